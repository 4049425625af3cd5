from datetime import date
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from members.models.people import User
from members.states import Role
from regulation.procedure import Procedure

# A code begins every address of its Staff, so it may not shadow the portal's own addresses.
RESERVED_CODES = (
    "accounts",
    "demo",
    "help",
    "language",
    "livez",
    "me",
    "open",
    "readyz",
    "static",
    "metrics",
)
CODE = RegexValidator(rf"^(?!(?:{'|'.join(RESERVED_CODES)})$)[a-z][a-z0-9-]{{1,30}}$")


def in_force(day: date, path: str = "") -> Q:
    """Return the condition of a version, reached by `path`, in force on the local date `day` (clause 11)."""
    started = Q(**{f"{path}in_force_from__lte": day})
    return started & (Q(**{f"{path}in_force_until__isnull": True}) | Q(**{f"{path}in_force_until__gte": day}))


class Staff(models.Model):
    """An Interagency Staff (штаб); an installation may hold many, each under a parent."""

    code = models.CharField(_("code"), max_length=31, unique=True, validators=[CODE])
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name_kk = models.CharField(_("full name in Kazakh"), max_length=500)
    name_ru = models.CharField(_("full name in Russian"), max_length=500)
    body_kk = models.CharField(_("akimat in Kazakh"), max_length=200)
    body_ru = models.CharField(_("akimat in Russian"), max_length=200)
    working_body_kk = models.CharField(_("working body in Kazakh"), max_length=300)
    working_body_ru = models.CharField(_("working body in Russian"), max_length=300)
    place_kk = models.CharField(_("place of meetings in Kazakh"), max_length=200)
    place_ru = models.CharField(_("place of meetings in Russian"), max_length=200)
    file_index = models.CharField(_("file plan index of protocols"), max_length=20, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        verbose_name = _("Staff")
        verbose_name_plural = _("Staffs")

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("home", kwargs={"staff": self.code})


class Organisation(models.Model):
    """A state body or organisation that takes part in the work of a Staff."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="organisations")
    name_kk = models.CharField(_("name in Kazakh"), max_length=400)
    name_ru = models.CharField(_("name in Russian"), max_length=400)
    by_agreement = models.BooleanField(
        _("takes part by agreement"),
        default=False,
        help_text=_("Points of a decision are recommendations for it, not instructions"),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["staff", "name_kk"], name="organisation_once_per_staff")
        ]

    def __str__(self) -> str:
        return self.name_kk


class RegulationQuerySet(models.QuerySet["Regulation"]):
    def on(self, staff: Staff, day: date) -> "Regulation":
        """Return the regulation of `staff` in force on `day`; DoesNotExist where there is none."""
        return self.filter(in_force(day), staff=staff).get()


class ActVersion(models.Model):
    """What an act of the akimat approved, and from when until when (clause 11)."""

    act_number = models.CharField(_("number of the act"), max_length=40, blank=True)
    act_date = models.DateField(_("date of the act"), null=True, blank=True)
    in_force_from = models.DateField(_("in force from"))
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)

    class Meta:
        abstract = True


class Regulation(ActVersion):
    """A version of the regulation: the act and the parameters it sets."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="regulations")
    parameters = models.JSONField(
        _("parameters"), default=dict, blank=True, help_text=_("Only what departs from the defaults")
    )

    objects = RegulationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("-in_force_from",)
        verbose_name = _("regulation")
        verbose_name_plural = _("regulations")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["staff", "in_force_from"], name="regulation_version_once"),
            models.UniqueConstraint(
                fields=["staff"], condition=Q(in_force_until__isnull=True), name="regulation_one_open_version"
            ),
            models.CheckConstraint(
                condition=Q(in_force_until__isnull=True) | Q(in_force_until__gte=F("in_force_from")),
                name="regulation_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.in_force_from:%d.%m.%Y}"

    @property
    def procedure(self) -> Procedure:
        """The parameters as `regulation` computes with them."""
        return Procedure.from_dict(self.parameters)


class Composition(ActVersion):
    """A version of the composition, by offices (annex 1 of the act)."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="compositions")

    history = HistoricalRecords()

    class Meta:
        ordering = ("-in_force_from",)
        verbose_name = _("composition")
        verbose_name_plural = _("compositions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["staff", "in_force_from"], name="composition_version_once"),
            models.UniqueConstraint(
                fields=["staff"],
                condition=Q(in_force_until__isnull=True),
                name="composition_one_open_version",
            ),
            models.CheckConstraint(
                condition=Q(in_force_until__isnull=True) | Q(in_force_until__gte=F("in_force_from")),
                name="composition_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.in_force_from:%d.%m.%Y}"


class Seat(models.Model):
    """An office in the composition; the person in it changes without an act."""

    composition = models.ForeignKey(Composition, models.CASCADE, related_name="seats")
    order = models.PositiveSmallIntegerField(_("order"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats")
    office_kk = models.CharField(_("office in Kazakh"), max_length=400)
    office_ru = models.CharField(_("office in Russian"), max_length=400)
    by_agreement = models.BooleanField(_("by agreement"), default=False)
    votes = models.BooleanField(_("votes and counts in the total"), default=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ("composition", "order")
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["composition", "order"], name="seat_order_once"),
            models.UniqueConstraint(
                fields=["composition"], condition=Q(role=Role.HEAD), name="seat_one_head"
            ),
            models.UniqueConstraint(
                fields=["composition"], condition=Q(role=Role.SECRETARY), name="seat_one_secretary"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="seat_role_known"),
        ]

    def __str__(self) -> str:
        return self.office_kk


class HolderQuerySet(models.QuerySet["Holder"]):
    def on(self, day: date) -> "HolderQuerySet":
        """Return who holds a seat on the local date `day`, with the seat and the person."""
        return self.filter(Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))).select_related(
            "user", "seat__organisation", "seat__composition"
        )


class Holder(models.Model):
    """A person in a seat from a day until a day; acting only by an order."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="holders")
    user = models.ForeignKey(User, models.PROTECT, related_name="holders")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    acting_order = models.CharField(
        _("order on acting, number and date"), max_length=120, blank=True, help_text=_("Blank unless acting")
    )

    objects = HolderQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("seat__order",)
        verbose_name = _("holder of a seat")
        verbose_name_plural = _("holders of seats")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(until__isnull=True), name="holder_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="holder_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.seat_id}"
