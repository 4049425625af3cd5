from collections.abc import Iterable
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.meeting import Meeting
from meetings.states import AgendaState, QuestionKind
from members.models import Organisation, Staff


class Question(models.Model):
    """A question (мәселе) that the Staff considers; it lives on when it is postponed (clause 18)."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="questions")
    title_kk = models.CharField(_("question in Kazakh"), max_length=500, blank=True)
    title_ru = models.CharField(_("question in Russian"), max_length=500, blank=True)
    kind = models.CharField(
        _("kind of question"), max_length=11, choices=QuestionKind.choices, default=QuestionKind.DECISION
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(title_kk="", title_ru=""), name="question_has_a_title"),
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="question_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title_kk or self.title_ru


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def for_agenda(self) -> "AgendaItemQuerySet":
        """Return the items in order with what an agenda shows."""
        return (
            self.select_related("question", "agency", "plan_item__plan", "note")
            .prefetch_related(
                "materials__readers",
                "materials__agency",
                "materials__dispatches",
                "owed__agency",
                "points__executor",
            )
            .order_by("order")
        )


class AgendaItem(models.Model):
    """The treatment of a question at one meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    question = models.ForeignKey(Question, models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField(_("order"))
    agency = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="items",
        verbose_name=_("agency that prepares it"),
        help_text=_("It owes the material five calendar days before the meeting"),
    )
    # The basis: a planned question, or the note by which the head added it (clause 18).
    plan_item = models.ForeignKey(
        "meetings.PlanItem", models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    note = models.ForeignKey(
        "meetings.JustificationNote", models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    speaker_kk = models.CharField(_("speaker in Kazakh"), max_length=300, blank=True)
    speaker_ru = models.CharField(_("speaker in Russian"), max_length=300, blank=True)
    co_speakers_kk = models.CharField(_("co-speakers in Kazakh"), max_length=500, blank=True)
    co_speakers_ru = models.CharField(_("co-speakers in Russian"), max_length=500, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=10, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    version = models.PositiveIntegerField(_("version of the text"), default=1)
    late_marked_at = models.DateTimeField(_("marked late"), null=True, blank=True)
    admitted_at = models.DateTimeField(_("late material admitted"), null=True, blank=True)
    admitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="items_admitted"
    )
    admitted_reason = models.CharField(_("reason"), max_length=300, blank=True)
    admitted_ground = models.CharField(_("ground of the head's absence"), max_length=300, blank=True)

    objects = AgendaItemQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("meeting", "order")
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "order"], name="item_order_once"),
            models.UniqueConstraint(fields=["meeting", "question"], name="item_question_once"),
            models.CheckConstraint(
                condition=Q(admitted_at__isnull=True, admitted_by__isnull=True)
                | Q(admitted_at__isnull=False, admitted_by__isnull=False),
                name="item_admitted_at_by",
            ),
            models.CheckConstraint(condition=Q(minutes__range=(1, 240)), name="item_minutes_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.question}"

    def get_absolute_url(self) -> str:
        return self.meeting.address("meetings:item", order=self.order)

    @property
    def draft_kk(self) -> str:
        """The draft decision in Kazakh, a numbered line a point; empty while no point has a text."""
        return _numbered(point.text_kk for point in self.points.all())

    @property
    def draft_ru(self) -> str:
        """The draft decision in Russian, a numbered line a point; empty while no point has a text."""
        return _numbered(point.text_ru for point in self.points.all())


def _numbered(texts: Iterable[str]) -> str:
    lines = (" ".join(text.split()) for text in texts)
    return "\n".join(f"{number}) {line}" for number, line in enumerate(lines, 1) if line)


class DraftPoint(models.Model):
    """A point of the draft decision of an item: text, executor, term; it becomes a point of the protocol."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField(_("number"))
    text_kk = models.TextField(_("text in Kazakh"), blank=True)
    text_ru = models.TextField(_("text in Russian"), blank=True)
    executor = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="draft_points",
        verbose_name=_("executor"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    is_standing = models.BooleanField(_("on a standing basis"), default=False)

    class Meta:
        ordering = ("item", "number")
        verbose_name = _("point of the draft decision")
        verbose_name_plural = _("points of the draft decision")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "number"], name="draft_point_number_once"),
            models.CheckConstraint(condition=~Q(text_kk="", text_ru=""), name="draft_point_has_a_text"),
            models.CheckConstraint(
                condition=Q(is_standing=False) | Q(due_on__isnull=True), name="draft_point_date_or_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}) {self.text_kk or self.text_ru}"


class AgendaVersion(models.Model):
    """The agenda exactly as it was submitted; what was approved never changes (clause 22)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda_versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=9, choices=AgendaState.choices, default=AgendaState.SUBMITTED)
    submitted_at = models.DateTimeField(_("submitted"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="agendas_submitted"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="agendas_decided"
    )
    decided_as = models.CharField(_("decided as"), max_length=500, blank=True)
    remark = models.CharField(_("remark"), max_length=1000, blank=True)
    ground = models.CharField(_("ground of the head's absence"), max_length=300, blank=True)

    class Meta:
        ordering = ("meeting", "-number")
        verbose_name = _("version of the agenda")
        verbose_name_plural = _("versions of the agenda")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_version_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state=AgendaState.SUBMITTED), name="agenda_one_submitted"
            ),
            models.CheckConstraint(condition=Q(state__in=AgendaState.values), name="agenda_state_known"),
            models.CheckConstraint(
                condition=Q(state=AgendaState.SUBMITTED, decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(state=AgendaState.SUBMITTED) & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="agenda_decided_at_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.number}"
