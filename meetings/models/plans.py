from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.agenda import Question
from meetings.states import PlanItemState, PlanState, PlanVersionState, ProposalState, Section
from members.models import Notice, Organisation, Seat, Staff

INDICATORS = 12


def _month() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        _("month"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )


def _indicator() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        _("related indicator"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(INDICATORS)],
        help_text=_("Number of the indicator of clause 29, from 1 to 12"),
    )


def _indicator_known() -> Q:
    return Q(indicator__isnull=True) | Q(indicator__range=(1, INDICATORS))


class WorkPlan(models.Model):
    """The half-year work plan of a Staff (clauses 16, 17): its working text, and where it stands."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField(_("year"))
    half = models.PositiveSmallIntegerField(_("half-year"))
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    proposals_due = models.DateField(_("proposals are due by"), null=True, blank=True)
    called_at = models.DateTimeField(_("called for proposals"), null=True, blank=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="plans_called"
    )
    control_kk = models.TextField(_("control of decisions, in Kazakh"), blank=True)
    control_ru = models.TextField(_("control of decisions, in Russian"), blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ("-year", "-half")
        verbose_name = _("work plan")
        verbose_name_plural = _("work plans")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["staff", "year", "half"], name="plan_once_a_half_year"),
            models.CheckConstraint(condition=Q(half__in=(1, 2)), name="plan_half_known"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_known"),
            models.CheckConstraint(
                condition=Q(called_at__isnull=True, called_by__isnull=True)
                | Q(called_at__isnull=False, called_by__isnull=False, proposals_due__isnull=False),
                name="plan_called_at_by",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return self.address("meetings:plan")

    def address(self, name: str, **more: object) -> str:
        """Return the address of the page `name` of this plan."""
        return reverse(name, kwargs={"staff": self.staff.code, "plan": self.key, **more})

    @property
    def key(self) -> str:
        """How addresses name it: "2027-1" is the first half of 2027."""
        return f"{self.year}-{self.half}"

    @property
    def first_month(self) -> int:
        return 1 if self.half == 1 else 7

    @property
    def months(self) -> range:
        return range(self.first_month, self.first_month + 6)

    @property
    def first_day(self) -> date:
        return date(self.year, self.first_month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)


class PlanItem(models.Model):
    """A row of the plan: a question for a meeting (section 1) or a measure between meetings (section 2)."""

    plan = models.ForeignKey(WorkPlan, models.CASCADE, related_name="items")
    section = models.PositiveSmallIntegerField(
        _("section"), choices=Section.choices, default=Section.QUESTIONS
    )
    order = models.PositiveSmallIntegerField(_("order"))
    question = models.ForeignKey(Question, models.PROTECT, null=True, blank=True, related_name="plan_items")
    title_kk = models.CharField(_("measure in Kazakh"), max_length=500, blank=True)
    title_ru = models.CharField(_("measure in Russian"), max_length=500, blank=True)
    month = _month()
    agency = models.ForeignKey(
        Organisation, models.PROTECT, related_name="plan_items", verbose_name=_("agency that prepares it")
    )
    speaker_kk = models.CharField(_("speaker in Kazakh"), max_length=300, blank=True)
    speaker_ru = models.CharField(_("speaker in Russian"), max_length=300, blank=True)
    expected_kk = models.CharField(_("expected result in Kazakh"), max_length=500, blank=True)
    expected_ru = models.CharField(_("expected result in Russian"), max_length=500, blank=True)
    completion_kk = models.CharField(_("form of completion in Kazakh"), max_length=300, blank=True)
    completion_ru = models.CharField(_("form of completion in Russian"), max_length=300, blank=True)
    indicator = _indicator()
    remark_kk = models.CharField(_("remark in Kazakh"), max_length=300, blank=True)
    remark_ru = models.CharField(_("remark in Russian"), max_length=300, blank=True)
    # Changes of clause 18; the month above stays as it was approved.
    state = models.CharField(max_length=7, choices=PlanItemState.choices, default=PlanItemState.PLANNED)
    moved_year = models.PositiveSmallIntegerField(_("moved to the year"), null=True, blank=True)
    moved_month = models.PositiveSmallIntegerField(_("moved to the month"), null=True, blank=True)
    added_by = models.ForeignKey(
        "meetings.JustificationNote", models.PROTECT, null=True, blank=True, related_name="added_items"
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ("plan", "section", "order")
        verbose_name = _("item of the plan")
        verbose_name_plural = _("items of the plan")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "section", "order"], name="plan_item_order_once"),
            models.UniqueConstraint(fields=["plan", "question"], name="plan_item_question_once"),
            models.CheckConstraint(condition=Q(section__in=Section.values), name="plan_item_section_known"),
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="plan_item_month_known"),
            models.CheckConstraint(condition=_indicator_known(), name="plan_item_indicator_known"),
            models.CheckConstraint(
                condition=Q(section=Section.QUESTIONS, question__isnull=False)
                | Q(section=Section.MEASURES, question__isnull=True) & ~Q(title_kk="", title_ru=""),
                name="plan_item_question_or_measure",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanItemState.MOVED, moved_year__isnull=False, moved_month__range=(1, 12))
                | ~Q(state=PlanItemState.MOVED) & Q(moved_year__isnull=True, moved_month__isnull=True),
                name="plan_item_moved_to",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section}.{self.order}"

    @property
    def due_month(self) -> tuple[int, int]:
        """The (year, month) in which it is due now, after the changes."""
        if self.moved_year and self.moved_month:
            return self.moved_year, self.moved_month
        return self.plan.year, self.month


class Proposal(models.Model):
    """A member's proposal for the plan: question, month, speaker, expected result (clause 16)."""

    plan = models.ForeignKey(WorkPlan, models.CASCADE, related_name="proposals")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="proposals")
    title_kk = models.CharField(_("question in Kazakh"), max_length=500, blank=True)
    title_ru = models.CharField(_("question in Russian"), max_length=500, blank=True)
    month = _month()
    speaker_kk = models.CharField(_("speaker in Kazakh"), max_length=300, blank=True)
    speaker_ru = models.CharField(_("speaker in Russian"), max_length=300, blank=True)
    expected_kk = models.CharField(_("expected result in Kazakh"), max_length=500, blank=True)
    expected_ru = models.CharField(_("expected result in Russian"), max_length=500, blank=True)
    indicator = _indicator()
    state = models.CharField(max_length=9, choices=ProposalState.choices, default=ProposalState.NEW)
    answer = models.CharField(_("why it was declined"), max_length=500, blank=True)
    item = models.OneToOneField(PlanItem, models.SET_NULL, null=True, blank=True, related_name="proposal")
    made_at = models.DateTimeField(_("made"))
    days_late = models.PositiveSmallIntegerField(_("days late"), default=0)

    history = HistoricalRecords()

    class Meta:
        ordering = ("plan", "month", "pk")
        verbose_name = _("proposal for the plan")
        verbose_name_plural = _("proposals for the plan")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(title_kk="", title_ru=""), name="proposal_has_a_title"),
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="proposal_month_known"),
            models.CheckConstraint(condition=_indicator_known(), name="proposal_indicator_known"),
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.DECLINED) | ~Q(answer=""), name="proposal_declined_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title_kk or self.title_ru


class PlanVersion(models.Model):
    """The plan exactly as it went to the members and to the head; a decided one never changes."""

    plan = models.ForeignKey(WorkPlan, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        max_length=9, choices=PlanVersionState.choices, default=PlanVersionState.AGREEING
    )
    agreement_due = models.DateField(_("members answer by"))
    made_at = models.DateTimeField(_("sent for agreement"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="plans_sent")
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="plans_submitted"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="plans_decided"
    )
    decided_as = models.CharField(_("decided as"), max_length=500, blank=True)
    remark = models.CharField(_("remark"), max_length=1000, blank=True)
    ground = models.CharField(_("ground of the head's absence"), max_length=300, blank=True)

    class Meta:
        ordering = ("plan", "-number")
        verbose_name = _("version of the plan")
        verbose_name_plural = _("versions of the plan")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=(PlanVersionState.AGREEING, PlanVersionState.SUBMITTED)),
                name="plan_one_version_on_its_way",
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state=PlanVersionState.APPROVED), name="plan_approved_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=PlanVersionState.values), name="plan_version_state_known"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="plan_version_submitted_at_by",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=(PlanVersionState.AGREEING, PlanVersionState.SUBMITTED),
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                )
                | Q(
                    state__in=(
                        PlanVersionState.APPROVED,
                        PlanVersionState.RETURNED,
                        PlanVersionState.WITHDRAWN,
                    ),
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
                name="plan_version_decided_at_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.number}"


class Agreement(models.Model):
    """A line of the agreement sheet: a member agrees, or has remarks (clause 26(5))."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="agreements")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="agreements")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="agreements")
    name = models.CharField(max_length=120)
    agreed = models.BooleanField(_("agreed"))
    remarks = models.CharField(_("remarks"), max_length=1000, blank=True)
    at = models.DateTimeField(_("answered"))

    history = HistoricalRecords()

    class Meta:
        ordering = ("version", "seat__order", "pk")
        verbose_name = _("line of the agreement sheet")
        verbose_name_plural = _("lines of the agreement sheet")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "user"], name="agreement_once"),
            models.CheckConstraint(condition=Q(agreed=True) | ~Q(remarks=""), name="agreement_or_remarks"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.name}"


class PlanDispatch(models.Model):
    """The sending of the approved plan to the members (clause 17)."""

    version = models.OneToOneField(PlanVersion, models.PROTECT, related_name="dispatch")
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="plan_dispatches")

    class Meta:
        ordering = ("-sent_at",)
        verbose_name = _("dispatch of the plan")
        verbose_name_plural = _("dispatches of the plan")

    def __str__(self) -> str:
        return f"{self.version}"


class PlanDelivery(models.Model):
    """Proof that the plan was sent to one member: the notice, and when the plan was opened."""

    dispatch = models.ForeignKey(PlanDispatch, models.PROTECT, related_name="deliveries")
    notice = models.OneToOneField(Notice, models.PROTECT, related_name="plan_delivery")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="plan_deliveries"
    )
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("delivery of the plan")
        verbose_name_plural = _("deliveries of the plan")

    def __str__(self) -> str:
        return f"{self.dispatch_id}: {self.notice_id}"
