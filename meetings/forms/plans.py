from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from meetings.forms.agenda import GroundForm
from meetings.models import AgendaItem, PlanItem, Question, WorkPlan
from meetings.models.plans import INDICATORS
from meetings.months import term_word
from meetings.states import PlanItemState, QuestionKind, Section, State
from members.fields import FreeTextForm, LocalChoiceField
from members.models import Organisation

LANGUAGES = ("kk", "ru")


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _text(label: Any, length: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **more)


def _anew() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Plan the questions that were considered anew, as new questions"), required=False
    )


class _OfHalf(FreeTextForm):
    """What a row and a proposal share: titles, a month of the half-year, the indicator."""

    conditional = frozenset({"title_kk", "title_ru"})

    title_kk = _text(_("Title in Kazakh"), 500)
    title_ru = _text(_("Title in Russian"), 500)
    month = forms.TypedChoiceField(label=_("Month"), coerce=int)
    indicator = forms.TypedChoiceField(
        label=_("Related indicator"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Number of the indicator of clause 29, from 1 to 12"),
    )

    def __init__(self, *args: Any, plan: WorkPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        months = [(month, term_word(month, get_language())) for month in plan.months]
        numbers = [("", _("none")), *((number, str(number)) for number in range(1, INDICATORS + 1))]
        self.fields["month"].choices = months  # type: ignore[attr-defined]
        self.fields["indicator"].choices = numbers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("title_kk") or data.get("title_ru") or data.get("question")):
            self.add_error("title_kk", _("Write the title in Kazakh or in Russian."))
        return data


class ProposalForm(_OfHalf):
    speaker_kk = _text(_("Speaker in Kazakh"), 300)
    speaker_ru = _text(_("Speaker in Russian"), 300)
    expected_kk = _text(_("Expected result in Kazakh"), 500)
    expected_ru = _text(_("Expected result in Russian"), 500)


class RowForm(_OfHalf):
    """A row of section 1 or 2; what belongs to the other section is left out."""

    question = LocalChoiceField(
        Question.objects.none(),
        field="title",
        label=_("Known question"),
        required=False,
        empty_label=_("a new question, by the titles below"),
    )
    kind = forms.ChoiceField(label=_("Kind of question"), choices=QuestionKind.choices)
    agency = LocalChoiceField(
        Organisation.objects.none(),
        field="name",
        label=_("Agency that prepares it"),
        empty_label=_("choose the agency"),
    )
    speaker_kk = _text(_("Speaker in Kazakh"), 300)
    speaker_ru = _text(_("Speaker in Russian"), 300)
    expected_kk = _text(_("Expected result in Kazakh"), 500)
    expected_ru = _text(_("Expected result in Russian"), 500)
    completion_kk = _text(_("Form of completion in Kazakh"), 300)
    completion_ru = _text(_("Form of completion in Russian"), 300)
    remark_kk = _text(_("Remark in Kazakh"), 300)
    remark_ru = _text(_("Remark in Russian"), 300)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self, *args: Any, plan: WorkPlan, section: int, item: PlanItem | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, plan=plan, initial=_initial(item) | kwargs.pop("initial", {}), **kwargs)
        self.fields["agency"].queryset = Organisation.objects.filter(staff=plan.staff)  # type: ignore[attr-defined]
        if section == Section.QUESTIONS:
            left_out = ["completion_kk", "completion_ru"]
        else:
            left_out = ["question", "kind", "speaker_kk", "speaker_ru", "expected_kk", "expected_ru"]
        if item is None:
            left_out.append("seen")
        else:
            left_out.append("question")
        for name in left_out:
            self.fields.pop(name, None)
        if "question" in self.fields:
            self.fields["question"].queryset = free_questions(plan)  # type: ignore[attr-defined]


def free_questions(plan: WorkPlan) -> Any:
    """Return the questions of the Staff that stand in no plan and on no agenda.

    An agenda whose meeting was cancelled, or not held for want of a quorum, keeps no question.
    """
    standing = PlanItem.objects.exclude(state=PlanItemState.REMOVED).filter(question__isnull=False)
    on_agendas = AgendaItem.objects.exclude(meeting__state__in=(State.CANCELLED, State.NO_QUORUM))
    free = Question.objects.filter(staff=plan.staff)
    return free.exclude(pk__in=standing.values("question")).exclude(pk__in=on_agendas.values("question"))


def _initial(item: PlanItem | None) -> dict[str, Any]:
    if item is None:
        return {}
    names = ("speaker", "expected", "completion", "remark")
    titled: Any = item.question or item
    return {
        "title_kk": titled.title_kk,
        "title_ru": titled.title_ru,
        "kind": item.question.kind if item.question else "",
        "month": item.month,
        "agency": item.agency_id,
        "indicator": item.indicator,
        **{f"{name}_{code}": getattr(item, f"{name}_{code}") for name in names for code in LANGUAGES},
    }


class CallForm(forms.Form):
    due = _day(label=_("Proposals are due by"), help_text=_("The last day on which a proposal is in time"))


class AgreementForm(forms.Form):
    due = _day(label=_("Members answer by"), help_text=_("The regulation sets no term; choose a day"))


class SubmitPlanForm(forms.Form):
    """The secretary says knowingly that the plan goes to the head before the members' day is over."""

    early = forms.BooleanField(
        label=_("Submit the plan to the head before the members' day is over"), required=False
    )


class DeclineForm(FreeTextForm):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ControlForm(FreeTextForm):
    control_kk = forms.CharField(
        label=_("Control of decisions, in Kazakh"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    control_ru = forms.CharField(
        label=_("Control of decisions, in Russian"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class AnswerForm(FreeTextForm):
    """A member's line of the agreement sheet."""

    agreed = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=(("yes", _("agreed")), ("no", _("with remarks"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    remarks = _text(_("Remarks"), 1000, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("agreed") is False and not data.get("remarks"):
            self.add_error("remarks", ValidationError(_("Write the remarks.")))
        if data.get("agreed") and data.get("remarks"):
            self.add_error("agreed", ValidationError(_("Choose «with remarks», or clear the remarks.")))
        return data


class ApprovePlanForm(GroundForm):
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ReturnPlanForm(GroundForm):
    remark = forms.CharField(label=_("Remark"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class PlanForm(forms.Form):
    """Which half-year, and from which earlier plan its rows are copied."""

    half_year = forms.ChoiceField(label=_("Half-year"))
    source = forms.ModelChoiceField(
        WorkPlan.objects.none(),
        label=_("Copy the rows from"),
        required=False,
        empty_label=_("nothing, begin with an empty plan"),
    )
    anew = _anew()

    def __init__(
        self, *args: Any, halves: list[tuple[str, str]], plans: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["half_year"].choices = halves  # type: ignore[attr-defined]
        source = self.fields["source"]
        source.queryset = WorkPlan.objects.filter(pk__in=plans)  # type: ignore[attr-defined]
        source.label_from_instance = lambda plan: plans[plan.pk]  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    source = forms.ModelChoiceField(
        WorkPlan.objects.none(), label=_("Copy the rows from"), empty_label=_("choose the plan")
    )
    anew = _anew()

    def __init__(self, *args: Any, plans: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source = self.fields["source"]
        source.queryset = WorkPlan.objects.filter(pk__in=plans)  # type: ignore[attr-defined]
        source.label_from_instance = lambda plan: plans[plan.pk]  # type: ignore[attr-defined]
