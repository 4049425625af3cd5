"""Points of a decision as rows of a form: of the draft agenda, and of the protocol."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.fields import FreeTextForm, OrganisationField
from members.models import Organisation, Staff

if TYPE_CHECKING:
    _PointForms = forms.BaseFormSet["PointForm"]
else:
    # Generic for the type checker only.
    _PointForms = forms.BaseFormSet

MOST_POINTS = 60


class KeptPoint(Protocol):
    """What every kept point has, on the agenda and in the protocol."""

    text_kk: str
    text_ru: str
    executor_id: int | None
    due_on: date | None
    is_standing: bool


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PointForm(FreeTextForm):
    """One point: text, executor, and a date or a standing task."""

    text_kk = forms.CharField(label=_("Point in Kazakh"), required=False, widget=_area(3))
    text_ru = forms.CharField(label=_("Point in Russian"), required=False, widget=_area(3))
    executor = OrganisationField(
        Organisation.objects.none(),
        label=_("Executor"),
        required=False,
        empty_label=_("none: the point is only taken note of"),
        help_text=_("Makes the point an instruction, or a recommendation for a body by consent"),
    )
    due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day on which it is in time"),
    )
    is_standing = forms.BooleanField(label=_("On a standing basis, without a date"), required=False)

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["executor"].queryset = staff.organisations.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("due_on") and data.get("is_standing"):
            self.add_error("due_on", ValidationError(_("Leave either the date or the standing basis.")))
        return data


class DraftPointForm(PointForm):
    """A point of the draft decision: it says something in one of the two languages at least."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        is_said = data.get("text_kk") or data.get("text_ru") or {"text_kk", "text_ru"} & set(self.errors)
        says_how = data.get("executor") or data.get("due_on") or data.get("is_standing")
        if says_how and not is_said:
            self.add_error("text_kk", ValidationError(_("Write the point in Kazakh or in Russian.")))
        return data


class _Points(_PointForms):
    """The points of one decision in their order; rows marked for deletion are left out."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Take this point off")

    def written(self) -> list[dict[str, Any]]:
        filled = [form.cleaned_data for form in self.forms if form.has_changed() or form.initial]
        names = ("text_kk", "text_ru", "executor", "due_on", "is_standing")
        return [{name: row[name] for name in names} for row in filled if not row.get("DELETE")]

    def said(self) -> list[dict[str, Any]]:
        """Return the written points that have a text: a row that was emptied is no point any more."""
        return [row for row in self.written() if row["text_kk"] or row["text_ru"]]

    def with_one_more(self) -> Any:
        """Return what was typed, bound again with one more empty row, up to the most there may be."""
        count = min(self.total_form_count() + 1, MOST_POINTS)
        data = dict(self.data.items()) | {f"{self.prefix}-TOTAL_FORMS": str(count)}
        return type(self)(data, initial=self.initial, form_kwargs=self.form_kwargs, prefix=self.prefix)


def formset_of(form: type[PointForm]) -> type[_Points]:
    """Return the formset of points made of `form`: what is saved, and one empty row."""
    made = forms.formset_factory(
        form, formset=_Points, extra=1, can_delete=True, max_num=MOST_POINTS, absolute_max=MOST_POINTS
    )
    return cast("type[_Points]", made)


def initial_of(points: Iterable[KeptPoint]) -> list[dict[str, object]]:
    """Return what is saved of the points as the formset's initial rows."""
    return [
        {
            "text_kk": point.text_kk,
            "text_ru": point.text_ru,
            "executor": point.executor_id,
            "due_on": point.due_on,
            "is_standing": point.is_standing,
        }
        for point in points
    ]
