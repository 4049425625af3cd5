import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.states import Kind, Mode, State
from members.models import Regulation, Staff
from regulation.procedure import Procedure


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def at(self, staff: Staff, key: str) -> "Meeting":
        """Return the meeting known as `key`, "4-2026" or "2026-12-17" or "2026-12-17-2".

        Raises Meeting.DoesNotExist; `key` has passed the address converter. The date stays an
        address after the number was given, so that links in letters live on.
        """
        parts = [int(part) for part in key.split("-")]
        if len(parts) == 2:
            return self.get(staff=staff, number=parts[0], year=parts[1])
        try:
            day = date(*parts[:3])
        except ValueError:
            raise self.model.DoesNotExist from None
        ordinal = parts[3] if len(parts) == 4 else 1
        here = self.filter(staff=staff, day=day, ordinal=ordinal).first()
        return here or self.get(pk=self._once_at(staff, day, ordinal))

    def _once_at(self, staff: Staff, day: date, ordinal: int) -> int | None:
        """Return the key of the meeting that was once planned for that day: letters lead to the new one."""
        rows = self.model.history.filter(staff=staff, day=day, ordinal=ordinal)
        pk: int | None = rows.order_by("-history_id").values_list("id", flat=True).first()
        return pk

    def upcoming(self) -> "MeetingQuerySet":
        """Return the meetings that are still to be held or going on, the nearest first."""
        return self.filter(state__in=(State.PLANNED, State.REGISTRATION, State.OPEN)).order_by(
            "day", "starts_at"
        )

    def for_duties(self) -> "MeetingQuerySet":
        """Return the meetings with all that the home page computes from, in a fixed number of queries."""
        return self.select_related("staff", "regulation").prefetch_related(
            "items__question",
            "items__agency",
            "items__materials__readers",
            "items__materials__dispatches",
            "items__owed__agency",
            "items__points__executor",
            "items__plan_item__plan",
            "items__note",
            "invitees__items",
            "invitees__stands_in_for",
            "agenda_versions__dispatches__deliveries",
            "agenda_versions__dispatches__materials",
            "replies",
            "ballots__item",
            "ballots__votes",
            "electors__attendance",
        )

    def held(self) -> "MeetingQuerySet":
        """Return the meetings that are over, lawful or not, the latest first."""
        return self.filter(state__in=(State.ENDED, State.NO_QUORUM)).order_by("-day", "-starts_at")

    def cancelled(self) -> "MeetingQuerySet":
        """Return the meetings that were called off before they began, the latest first."""
        return self.filter(state=State.CANCELLED).order_by("-day", "-starts_at")


class Meeting(models.Model):
    """A meeting (отырыс) of a Staff, from scheduling to its end."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="meetings")
    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="meetings")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.REGULAR)
    urgent_ground = models.CharField(
        _("head's instruction and ground of an urgent meeting"), max_length=300, blank=True
    )
    call_ground = models.CharField(_("on whose initiative"), max_length=300, blank=True)
    day = models.DateField(_("date"))
    ordinal = models.PositiveSmallIntegerField(default=1)
    starts_at = models.TimeField(_("time"))
    place_kk = models.CharField(_("place in Kazakh"), max_length=200)
    place_ru = models.CharField(_("place in Russian"), max_length=200)
    mode = models.CharField(_("mode"), max_length=5, choices=Mode.choices, default=Mode.ROOM)
    link = models.URLField(_("video link"), blank=True)
    is_field = models.BooleanField(
        _("field meeting"), default=False, help_text=_("Held outside, where the matter is")
    )
    initiative = models.OneToOneField(
        "meetings.Initiative", models.PROTECT, null=True, blank=True, related_name="meeting"
    )
    # What calendars know the meeting by; the sequence grows with every change that people must see.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="meetings_announced"
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="meetings_cancelled"
    )
    cancel_reason = models.CharField(_("reason of the cancelling"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PLANNED)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    total = models.PositiveSmallIntegerField(_("total number of members"), null=True, blank=True)
    chair = models.ForeignKey(
        "meetings.Elector", models.PROTECT, null=True, blank=True, related_name="chaired"
    )
    chair_ground = models.CharField(_("ground of the head's absence"), max_length=300, blank=True)
    registration_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="meetings_opened"
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="meetings_ended"
    )

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("-day", "-starts_at")
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["staff", "year", "number"], name="meeting_number_once_a_year"),
            models.UniqueConstraint(fields=["staff", "day", "ordinal"], name="meeting_ordinal_once_a_day"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="meeting_kind_known"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="meeting_mode_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="meeting_state_known"),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, opened_by__isnull=True, number__isnull=True)
                | Q(opened_at__isnull=False, opened_by__isnull=False, number__isnull=False),
                name="meeting_opened_at_by_number",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(State.PLANNED, State.CANCELLED))
                | Q(registration_at__isnull=False, total__isnull=False, total__gte=1),
                name="meeting_registration_sets_total",
            ),
            models.CheckConstraint(
                condition=Q(announced_at__isnull=True, announced_by__isnull=True)
                | Q(announced_at__isnull=False, announced_by__isnull=False),
                name="meeting_announced_at_by",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CANCELLED, cancelled_at__isnull=False, cancelled_by__isnull=False)
                | ~Q(state=State.CANCELLED) & Q(cancelled_at__isnull=True, cancelled_by__isnull=True),
                name="meeting_cancelled_at_by",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="meeting_ended_at_by",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ENDED, opened_at__isnull=False, ended_at__gte=F("opened_at"))
                | ~Q(state=State.ENDED),
                name="meeting_ended_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return self.address("meeting")

    def address(self, name: str, **more: object) -> str:
        """Return the address of the page `name` of this meeting."""
        return reverse(name, kwargs={"staff": self.staff.code, "key": self.key, **more})

    @property
    def key(self) -> str:
        """How addresses name it: "4-2026", before the opening its date (clause 22 knows no number yet)."""
        if self.number:
            return f"{self.number}-{self.year}"
        return self.date_key

    @property
    def date_key(self) -> str:
        return f"{self.day:%Y-%m-%d}" + (f"-{self.ordinal}" if self.ordinal > 1 else "")

    @property
    def is_urgent(self) -> bool:
        return bool(self.urgent_ground)

    @property
    def lacks_link(self) -> bool:
        """Whether somebody is to take part by video without a link to do it by."""
        return self.mode != Mode.ROOM and not self.link

    @property
    def procedure(self) -> Procedure:
        """The parameters of the regulation in force on the day of the meeting."""
        return self.regulation.procedure

    @property
    def ended_on(self) -> date | None:
        """The local date of the end, from which the protocol's day runs (clause 23)."""
        return timezone.localdate(self.ended_at) if self.ended_at else None
