from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.meeting import Meeting
from meetings.states import PRESENT, Presence
from members.models import Seat
from members.states import Role


class ElectorQuerySet(models.QuerySet["Elector"]):
    def voting(self) -> "ElectorQuerySet":
        """Return those who count in the total number of members, vacant seats too."""
        return self.filter(votes=True)

    def present(self) -> "ElectorQuerySet":
        """Return the voting members who are in the room or on the video link now."""
        return self.filter(votes=True, attendance__presence__in=PRESENT)


class Elector(models.Model):
    """A seat of the composition as it was frozen when registration began; N is their count (clause 13).

    Who did not hold the seat that day is not added later: members attend without substitution (clause 20).
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="electors")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="electors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="electors"
    )
    order = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=12, choices=Role.choices)
    votes = models.BooleanField()
    by_agreement = models.BooleanField()
    name = models.CharField(max_length=120, blank=True)
    office_kk = models.CharField(max_length=400)
    office_ru = models.CharField(max_length=400)
    organisation_kk = models.CharField(max_length=400)
    organisation_ru = models.CharField(max_length=400)
    acting_order = models.CharField(max_length=120, blank=True)

    objects = ElectorQuerySet.as_manager()

    class Meta:
        ordering = ("meeting", "order")
        verbose_name = _("seat at a meeting")
        verbose_name_plural = _("seats at a meeting")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="elector_role_known"),
            models.UniqueConstraint(fields=["meeting", "seat"], name="elector_once"),
            models.UniqueConstraint(fields=["meeting", "user"], name="elector_one_seat_a_person"),
        ]

    def __str__(self) -> str:
        return self.name or self.office_kk


class Attendance(models.Model):
    """Whether a member is there; nobody is by default (clause 20)."""

    elector = models.OneToOneField(Elector, models.PROTECT, related_name="attendance")
    presence = models.CharField(max_length=7, choices=Presence.choices, default=Presence.UNKNOWN)
    claimed_at = models.DateTimeField(_("said to be here"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    reason = models.CharField(_("reason of absence"), max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ("elector__order",)
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(presence__in=Presence.values), name="attendance_known"),
            models.CheckConstraint(
                condition=Q(presence=Presence.LEFT, left_at__gte=F("arrived_at"))
                | ~Q(presence=Presence.LEFT),
                name="attendance_left_after_arrival",
            ),
            models.CheckConstraint(
                condition=Q(presence__in=[Presence.UNKNOWN, Presence.ABSENT]) | Q(arrived_at__isnull=False),
                name="attendance_present_has_arrived",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.elector_id}: {self.presence}"

    @property
    def is_present(self) -> bool:
        return self.presence in PRESENT
