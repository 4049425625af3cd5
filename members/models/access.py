"""Who else has a place in a Staff, who stands in for the head, and invitations to sign in."""

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from members.models.composition import Organisation, Staff
from members.models.people import User
from members.states import PlaceRole


class PlaceQuerySet(models.QuerySet["Place"]):
    def on(self, day: date) -> "PlaceQuerySet":
        """Return the places held on the local date `day`, with the person and the organisation."""
        return self.filter(Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))).select_related(
            "user", "organisation", "staff"
        )


class Place(models.Model):
    """A place in a Staff without a seat: outside N, without a vote; from a day until a day."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="places")
    user = models.ForeignKey(User, models.PROTECT, related_name="places")
    role = models.CharField(_("role"), max_length=12, choices=PlaceRole.choices)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="places",
        verbose_name=_("organisation"),
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = PlaceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("role", "pk")
        verbose_name = _("place in the Staff")
        verbose_name_plural = _("places in the Staff")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(role__in=PlaceRole.values), name="place_role_known"),
            models.CheckConstraint(
                condition=Q(role=PlaceRole.AGENCY, organisation__isnull=False)
                | ~Q(role=PlaceRole.AGENCY) & Q(organisation__isnull=True),
                name="place_of_agency_has_organisation",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="place_period_in_order"
            ),
            models.UniqueConstraint(
                fields=["staff", "user", "role"],
                condition=Q(until__isnull=True, organisation__isnull=True),
                name="place_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["staff", "user", "organisation"],
                condition=Q(until__isnull=True, organisation__isnull=False),
                name="place_once_per_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> "AbsenceQuerySet":
        """Return the absences that cover the local date `day`, with who performs the duties."""
        return self.filter(since__lte=day, until__gte=day).select_related("deputy")


class Absence(models.Model):
    """The head is away from a day until a day, and a deputy performs his duties (clause 25(3))."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="absences")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))
    ground = models.CharField(_("ground of the absence"), max_length=300)
    deputy = models.ForeignKey(
        User, models.PROTECT, related_name="absences", verbose_name=_("who performs the duties")
    )

    objects = AbsenceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("-since",)
        verbose_name = _("absence of the head")
        verbose_name_plural = _("absences of the head")
        # That no two absences of one Staff overlap is kept by a trigger (members.guards).
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_period_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.since:%d.%m.%Y} - {self.until:%d.%m.%Y}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, *, now: datetime) -> "InvitationQuerySet":
        """Return the invitations that may still be accepted at `now`."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)


class Invitation(models.Model):
    """A person is asked to set a password and sign in; it expires, and works once."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="invitations", verbose_name=_("Staff"))
    user = models.ForeignKey(
        User, models.PROTECT, related_name="invitations", verbose_name=_("who is invited")
    )
    invited_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations_sent",
        verbose_name=_("invited by"),
    )
    created_at = models.DateTimeField(_("created"))
    expires_at = models.DateTimeField(_("open until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="invitation_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
            models.UniqueConstraint(
                fields=["staff", "user"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.name}, {self.expires_at:%d.%m.%Y}"
