import uuid
from datetime import date
from pathlib import PurePath
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from members.models.people import User
from members.states import Rank, Role
from regulation.procedure import Procedure

# A code begins every address of its Staff, so it may not shadow the portal's own addresses.
RESERVED_CODES = (
    "accounts",
    "admin",
    "calendar",
    "demo",
    "help",
    "invitations",
    "kk",
    "language",
    "livez",
    "me",
    "open",
    "readyz",
    "ru",
    "static",
    "metrics",
)
CODE = RegexValidator(rf"^(?!(?:{'|'.join(RESERVED_CODES)})$)[a-z][a-z0-9-]{{1,30}}$")


def in_force(day: date, path: str = "") -> Q:
    """Return the condition of a version, reached by `path`, in force on the local date `day` (clause 11).

    A draft is never in force.
    """
    approved = Q(**{f"{path}approved_at__isnull": False, f"{path}in_force_from__lte": day})
    return approved & (
        Q(**{f"{path}in_force_until__isnull": True}) | Q(**{f"{path}in_force_until__gte": day})
    )


def act_path(_version: models.Model, name: str) -> str:
    """Return where the file of an act is kept: a name of our own making, the ending of the original."""
    return f"acts/{uuid.uuid4().hex}{PurePath(name).suffix.lower()[:8]}"


class Staff(models.Model):
    """An Interagency Staff (штаб); an installation may hold many, each under a parent."""

    code = models.CharField(_("code"), max_length=31, unique=True, validators=[CODE])
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Staff above it"),
    )
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

    def clean(self) -> None:
        """Refuse a parent that is the Staff itself or stands below it."""
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": _("A Staff stands neither below itself nor in a circle.")})
            seen.add(above.pk)
            above = above.parent


class Organisation(models.Model):
    """A state body or organisation that takes part in the work of a Staff."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="organisations", verbose_name=_("Staff"))
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
    """What an act of the akimat approved, and from when until when (clause 11); a draft until approved."""

    act_number = models.CharField(_("number of the act"), max_length=40, blank=True)
    act_date = models.DateField(_("date of the act"), null=True, blank=True)
    act_file = models.FileField(_("file of the act"), upload_to=act_path, blank=True)
    in_force_from = models.DateField(_("in force from"))
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )

    class Meta:
        abstract = True


def version_constraints(name: str) -> list[models.BaseConstraint]:
    """Return the constraints of versions by act: one draft and one open version per Staff, dates in order.

    That no two approved versions overlap is kept by a trigger (members.guards).
    """
    return [
        models.UniqueConstraint(
            fields=["staff"], condition=Q(approved_at__isnull=True), name=f"{name}_one_draft"
        ),
        models.UniqueConstraint(
            fields=["staff"],
            condition=Q(in_force_until__isnull=True, approved_at__isnull=False),
            name=f"{name}_one_open_version",
        ),
        models.CheckConstraint(
            condition=Q(in_force_until__isnull=True) | Q(in_force_until__gte=F("in_force_from")),
            name=f"{name}_period_in_order",
        ),
        models.CheckConstraint(
            condition=Q(approved_by__isnull=True) | Q(approved_at__isnull=False),
            name=f"{name}_approved_by_with_moment",
        ),
    ]


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
        constraints: ClassVar[list[models.BaseConstraint]] = version_constraints("regulation")

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
        constraints: ClassVar[list[models.BaseConstraint]] = version_constraints("composition")

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.in_force_from:%d.%m.%Y}"


class Seat(models.Model):
    """An office in the composition; the person in it changes without an act."""

    composition = models.ForeignKey(Composition, models.CASCADE, related_name="seats")
    continues = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="continued_by")
    order = models.PositiveSmallIntegerField(_("order"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats")
    office_kk = models.CharField(_("office in Kazakh"), max_length=400)
    office_ru = models.CharField(_("office in Russian"), max_length=400)
    by_agreement = models.BooleanField(_("by agreement"), default=False)
    votes = models.BooleanField(_("votes and counts in the total"), default=True)
    rank = models.CharField(_("level of the office"), max_length=8, choices=Rank.choices, blank=True)
    consent_number = models.CharField(_("number of the consent letter"), max_length=40, blank=True)
    consent_date = models.DateField(_("date of the consent letter"), null=True, blank=True)

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
            models.CheckConstraint(condition=Q(rank__in=["", *Rank.values]), name="seat_rank_known"),
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
    acting_number = models.CharField(
        _("number of the order on acting"), max_length=40, blank=True, help_text=_("Blank unless acting")
    )
    acting_date = models.DateField(_("date of the order on acting"), null=True, blank=True)

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
            models.CheckConstraint(
                condition=Q(acting_number="", acting_date__isnull=True)
                | ~Q(acting_number="") & Q(acting_date__isnull=False),
                name="holder_acting_by_dated_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.seat_id}"

    @property
    def acting_order(self) -> str:
        """The order by which the person acts, «№ 12, 01.12.2026»; empty for who was appointed."""
        return f"№ {self.acting_number}, {self.acting_date:%d.%m.%Y}" if self.acting_number else ""
