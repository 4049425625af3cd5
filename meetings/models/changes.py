from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.agenda import Question
from meetings.models.meeting import Meeting
from meetings.models.plans import PlanItem, WorkPlan
from meetings.states import Change, NoteState, RequestState
from members.models import Organisation, Staff
from members.states import Role


def _to_month() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        _("to the month"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )


class ChangeRequest(models.Model):
    """A member asks the working body for a change of the plan; the note itself is not his to write (18)."""

    plan = models.ForeignKey(WorkPlan, models.CASCADE, related_name="requests")
    kind = models.CharField(_("change"), max_length=6, choices=Change.choices)
    plan_item = models.ForeignKey(
        PlanItem, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("question")
    )
    title_kk = models.CharField(_("question in Kazakh"), max_length=500, blank=True)
    title_ru = models.CharField(_("question in Russian"), max_length=500, blank=True)
    reason = models.TextField(_("reason"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="change_requests")
    made_at = models.DateTimeField(_("made"))
    state = models.CharField(max_length=8, choices=RequestState.choices, default=RequestState.OPEN)
    answer = models.CharField(_("why it was declined"), max_length=500, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = _("request to change the plan")
        verbose_name_plural = _("requests to change the plan")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=Change.values), name="request_kind_known"),
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_known"),
            models.CheckConstraint(
                condition=Q(kind=Change.ADD, plan_item__isnull=True) & ~Q(title_kk="", title_ru="")
                | ~Q(kind=Change.ADD) & Q(plan_item__isnull=False),
                name="request_names_what_changes",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.DECLINED) | ~Q(answer=""), name="request_declined_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.kind}"


class JustificationNote(models.Model):
    """A justification note (негіздеме-анықтама) and the head's decision on it (clause 18).

    Prepared by a deputy head or the working body only; about a row of the plan, or about a question that
    no plan names. Agreed or refused, it never changes again.
    """

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="justification_notes")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("change"), max_length=6, choices=Change.choices)
    plan = models.ForeignKey(WorkPlan, models.PROTECT, null=True, blank=True, related_name="changes")
    plan_item = models.ForeignKey(
        PlanItem, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name=_("question")
    )
    question = models.ForeignKey(Question, models.PROTECT, related_name="notes")
    # Who prepares a question that is added: without an agency no row and no agenda item could stand.
    agency = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name=_("agency that prepares it"),
    )
    to_year = models.PositiveSmallIntegerField(_("to the year"), null=True, blank=True)
    to_month = _to_month()
    reason_kk = models.TextField(_("reasons, in Kazakh"), blank=True)
    reason_ru = models.TextField(_("reasons, in Russian"), blank=True)
    effects_kk = models.TextField(_("consequences, in Kazakh"), blank=True)
    effects_ru = models.TextField(_("consequences, in Russian"), blank=True)
    # The meeting at which, or for whose agenda, it was prepared.
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="notes")
    request = models.OneToOneField(ChangeRequest, models.PROTECT, null=True, blank=True, related_name="note")
    prepared_at = models.DateTimeField(_("prepared"))
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notes_prepared")
    prepared_as = models.CharField(_("prepared as"), max_length=500)
    prepared_role = models.CharField(max_length=12, choices=Role.choices)
    state = models.CharField(max_length=9, choices=NoteState.choices, default=NoteState.SUBMITTED)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="notes_decided"
    )
    decided_as = models.CharField(_("decided as"), max_length=500, blank=True)
    decision_reason = models.CharField(_("reason of the decision"), max_length=500, blank=True)
    ground = models.CharField(_("ground of the head's absence"), max_length=300, blank=True)

    class Meta:
        ordering = ("-year", "-number")
        verbose_name = _("justification note")
        verbose_name_plural = _("justification notes")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["staff", "year", "number"], name="note_number_once_a_year"),
            models.CheckConstraint(condition=Q(kind__in=Change.values), name="note_kind_known"),
            models.CheckConstraint(condition=Q(state__in=NoteState.values), name="note_state_known"),
            models.CheckConstraint(
                condition=Q(prepared_role__in=(Role.DEPUTY_HEAD, Role.SECRETARY)), name="note_prepared_by_18"
            ),
            models.CheckConstraint(condition=~Q(reason_kk="", reason_ru=""), name="note_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind=Change.REMOVE, to_year__isnull=True, to_month__isnull=True)
                | ~Q(kind=Change.REMOVE) & Q(to_year__isnull=False, to_month__range=(1, 12)),
                name="note_names_the_time",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Change.ADD) | Q(agency__isnull=False), name="note_added_by_agency"
            ),
            models.CheckConstraint(
                condition=Q(state=NoteState.SUBMITTED, decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(state=NoteState.SUBMITTED) & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="note_decided_at_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"

    def get_absolute_url(self) -> str:
        return self.address("meetings:note")

    def address(self, name: str, **more: object) -> str:
        """Return the address of the page `name` of this note."""
        return reverse(name, kwargs={"staff": self.staff.code, "note": self.key, **more})

    @property
    def key(self) -> str:
        """How addresses name it: "5-2026" is number 5 of that year."""
        return f"{self.number}-{self.year}"

    @property
    def is_agreed(self) -> bool:
        return self.state == NoteState.AGREED
