from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.facts.basis import live_rows
from meetings.forms.changes import NoteTexts, RowField, needs, year_and_month
from meetings.models import ChangeRequest, PlanItem
from meetings.states import Change
from members.fields import FreeTextForm
from members.models import Staff

# What a change does not say: only an added question names who prepares it, only a removal no time.
UNASKED = {Change.REMOVE: ("to", "agency", "question_kind"), Change.MOVE: ("agency", "question_kind")}


class ChangeRequestForm(FreeTextForm):
    """What a member asks the working body to propose."""

    kind = forms.ChoiceField(label=_("What you ask for"), choices=Change.choices, widget=forms.RadioSelect)
    plan_item = RowField(
        PlanItem.objects.none(),
        label=_("Question of the plan"),
        required=False,
        empty_label=_("a question that is in no plan"),
    )
    title_kk = forms.CharField(label=_("Question in Kazakh"), max_length=500, required=False)
    title_ru = forms.CharField(label=_("Question in Russian"), max_length=500, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan_item"].queryset = live_rows(staff)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        adds = data.get("kind") == Change.ADD
        if adds:
            needs(self, "title_kk", "title_ru", sentence=_("Write the question in Kazakh or in Russian."))
        if data.get("kind") and not adds:
            needs(self, "plan_item", sentence=_("Choose the question."))
        return data

    def asked(self) -> dict[str, Any]:
        """Return what was typed as the fields of `actions.request_change`."""
        data = dict(self.cleaned_data)
        return data | (
            {"plan_item": None} if data["kind"] == Change.ADD else {"title_kk": "", "title_ru": ""}
        )


class DeclineForm(FreeTextForm):
    reason = forms.CharField(
        label=_("Why no note is prepared"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class TakenNoteForm(NoteTexts):
    """The note that a member asked for: what changes is his to say, the rest that of who prepares it (18)."""

    def __init__(self, *args: Any, request: ChangeRequest, **kwargs: Any) -> None:
        super().__init__(*args, initial={f"reason_{request.author.language}": request.reason}, **kwargs)
        for name in UNASKED.get(Change(request.kind), ()):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "to" in self.fields:
            needs(self, "to", sentence=_("Choose the month."))
        if "agency" in self.fields:
            needs(self, "agency", sentence=_("Choose the agency that prepares the question."))
        return data

    def fields_of_note(self) -> dict[str, Any]:
        """Return what was typed as the fields of `actions.take_request`."""
        data = dict(self.cleaned_data)
        return data | year_and_month(data.pop("to", ""))
