from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from meetings.facts.basis import live_rows
from meetings.forms.agenda import GroundForm
from meetings.models import AgendaItem, PlanItem, Question
from meetings.states import Change, LateDecision, QuestionKind
from meetings.words_of_changes import half_year, month_of
from members.fields import FreeTextForm, LocalChoiceField
from members.labels import local
from members.models import Organisation, Staff

# How far ahead a question may be moved: the present half-year and the whole next year.
MONTHS_AHEAD = 18
LEAVING = ((Change.REMOVE.value, Change.REMOVE.label), (Change.MOVE.value, Change.MOVE.label))


def months_from(today: date) -> list[tuple[str, str]]:
    """Return the months that may be chosen on the local date `today`: ("2026-12", "желтоқсан …")."""
    first = today.year * 12 + today.month - 1
    months = [divmod(number, 12) for number in range(first, first + MONTHS_AHEAD)]
    language = get_language()
    return [(f"{year}-{month + 1:02}", month_of(year, month + 1, language)) for year, month in months]


def year_and_month(value: str) -> dict[str, int | None]:
    """Return what was chosen as to_year and to_month; both None where nothing was."""
    if not value:
        return {"to_year": None, "to_month": None}
    year, month = value.split("-")
    return {"to_year": int(year), "to_month": int(month)}


def needs(form: forms.Form, *names: str, sentence: Promise) -> None:
    """Complain beside the first of `names` where all are empty; a field that is wrong says so itself."""
    is_told = any(name in form.errors for name in names)
    if not is_told and not any(form.cleaned_data.get(name) for name in names):
        form.add_error(names[0], str(sentence))


def needs_reason(form: forms.Form) -> None:
    """Complain beside the first field where a note gives no reason in any language."""
    needs(form, "reason_kk", "reason_ru", sentence=_("Write the reasons in Kazakh or in Russian."))


class MonthForm(FreeTextForm):
    """A form in which a month to come may be chosen."""

    to = forms.ChoiceField(label=_("New time of the consideration"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        empty = ("", _("choose the month"))
        self.fields["to"].choices = [empty, *months_from(today)]  # type: ignore[attr-defined]


class RowField(forms.ModelChoiceField):
    """A choice among the rows of plans: half-year, number, question."""

    def label_from_instance(self, obj: PlanItem) -> str:
        half = half_year(obj.plan, get_language())
        return f"{half}, {obj.order}. {local(obj.question, 'title')}"


class NoteTexts(MonthForm):
    """What stands in every justification note (T7): the new time, who prepares it, why, what follows."""

    question_kind = forms.ChoiceField(
        label=_("Kind of question"), choices=QuestionKind.choices, initial=QuestionKind.DECISION
    )
    agency = LocalChoiceField(
        Organisation.objects.none(), field="name", label=_("Agency that prepares it"), required=False
    )
    reason_kk = forms.CharField(
        label=_("Reasons, in Kazakh"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason_ru = forms.CharField(
        label=_("Reasons, in Russian"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    effects_kk = forms.CharField(
        label=_("Consequences, in Kazakh"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The meeting of the quarter, the executors, the indicators"),
    )
    effects_ru = forms.CharField(
        label=_("Consequences, in Russian"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Organisation.objects.filter(staff=staff)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        needs_reason(self)
        return data


class NoteForm(NoteTexts):
    """A justification note (T7): what changes, when, why and with what consequences."""

    kind = forms.ChoiceField(label=_("What is proposed"), choices=Change.choices, widget=forms.RadioSelect)
    plan_item = RowField(
        PlanItem.objects.none(),
        label=_("Question of the plan"),
        required=False,
        empty_label=_("a question that is in no plan"),
    )
    question = LocalChoiceField(
        Question.objects.none(),
        field="title",
        label=_("Question that is in no plan"),
        required=False,
        empty_label=_("a new question, by the titles below"),
    )
    title_kk = forms.CharField(label=_("Question in Kazakh"), max_length=500, required=False)
    title_ru = forms.CharField(label=_("Question in Russian"), max_length=500, required=False)

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, staff=staff, **kwargs)
        rows = live_rows(staff)
        self.fields["plan_item"].queryset = rows  # type: ignore[attr-defined]
        others = Question.objects.filter(staff=staff).exclude(plan_items__in=rows).order_by("-pk")
        self.fields["question"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        adds, moves = data.get("kind") == Change.ADD, data.get("kind") == Change.MOVE
        has_titles = data.get("title_kk") or data.get("title_ru")
        if adds and not (data.get("question") or has_titles):
            needs(self, "title_kk", "title_ru", sentence=_("Write the question in Kazakh or in Russian."))
        if adds:
            needs(self, "agency", sentence=_("Choose the agency that prepares the question."))
        if not adds and data.get("kind") and not (data.get("plan_item") or data.get("question")):
            needs(self, "plan_item", "question", sentence=_("Choose the question."))
        if adds or moves:
            needs(self, "to", sentence=_("Choose the month."))
        return data

    def fields_of_note(self) -> dict[str, Any]:
        """Return what was typed as the fields of `actions.prepare_note`; what does not belong is left out."""
        data = dict(self.cleaned_data)
        month = year_and_month(data.pop("to"))
        if data["kind"] == Change.ADD:
            data["plan_item"] = None
        else:
            data.update(agency=None, title_kk="", title_ru="")
        if data["kind"] == Change.REMOVE:
            month = year_and_month("")
        return data | month


class QuickNoteForm(FreeTextForm):
    """A question that is added while the meeting goes on: the note is written on the spot (clause 18)."""

    title_kk = forms.CharField(label=_("Question in Kazakh"), max_length=500, required=False)
    title_ru = forms.CharField(label=_("Question in Russian"), max_length=500, required=False)
    question_kind = forms.ChoiceField(
        label=_("Kind of question"), choices=QuestionKind.choices, initial=QuestionKind.DECISION
    )
    agency = LocalChoiceField(Organisation.objects.none(), field="name", label=_("Agency that prepares it"))
    reason_kk = forms.CharField(
        label=_("Reasons, in Kazakh"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason_ru = forms.CharField(
        label=_("Reasons, in Russian"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Organisation.objects.filter(staff=staff)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        needs(self, "title_kk", "title_ru", sentence=_("Write the question in Kazakh or in Russian."))
        needs_reason(self)
        return data

    def fields_of_note(self) -> dict[str, Any]:
        """Return what was typed as the fields of `actions.propose_at_meeting`."""
        return dict(self.cleaned_data)


class QuickChangeForm(MonthForm):
    """A question of the agenda that is removed or moved while the meeting goes on (clause 18)."""

    kind = forms.ChoiceField(label=_("What is proposed"), choices=LEAVING, widget=forms.RadioSelect)
    reason_kk = forms.CharField(
        label=_("Reasons, in Kazakh"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason_ru = forms.CharField(
        label=_("Reasons, in Russian"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = ("kind", "to", "reason_kk", "reason_ru")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") == Change.MOVE:
            needs(self, "to", sentence=_("Choose the month."))
        needs_reason(self)
        return data

    def fields_of_note(self) -> dict[str, Any]:
        """Return what was typed as the fields of `actions.propose_at_meeting`."""
        data = dict(self.cleaned_data)
        return data | year_and_month(data.pop("to"))


class AddedDraftForm(FreeTextForm, forms.ModelForm):
    """Who reports on a question added at the meeting; its points stand beside."""

    class Meta:
        model = AgendaItem
        fields: ClassVar[list[str]] = ["speaker_kk", "speaker_ru", "version"]
        widgets: ClassVar[dict[str, Any]] = {"version": forms.HiddenInput}


class DecideNoteForm(GroundForm):
    """The head's reason; agree or refuse is the button."""

    reason = forms.CharField(
        label=_("Reason of the decision"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class LateForm(MonthForm, GroundForm):
    """What becomes of a late question, and why (clauses 18, 22)."""

    decision = forms.ChoiceField(
        label=_("Your decision"), choices=LateDecision.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    field_order = ("decision", "to", "reason", "ground")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].help_text = _("Only when the question is moved")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("decision") == LateDecision.MOVE:
            needs(self, "to", sentence=_("Choose the month."))
        return data

    def decided(self) -> dict[str, Any]:
        """Return what was typed as the fields of `actions.decide_late`."""
        data = dict(self.cleaned_data)
        return data | year_and_month(data.pop("to"))
