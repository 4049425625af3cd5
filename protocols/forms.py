"""What is typed about a protocol; rules across rows live in the actions."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.fields import FreeTextForm, OrganisationField
from members.models import Organisation, Staff
from protocols.models import Point, ProtocolItem
from protocols.states import PointKind

if TYPE_CHECKING:
    _PointForms = forms.BaseFormSet["PointForm"]
else:
    # Generic for the type checker only.
    _PointForms = forms.BaseFormSet

MOST_POINTS = 60
HEARD_HINT = _("Name, then what was reported in short; names are not inflected")
SPOKE_HINT = _("One speaker a line")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ItemForm(FreeTextForm):
    """What was said on one item; `version` is the text that was opened for editing."""

    heard_kk = forms.CharField(
        label=_("Heard, in Kazakh"),
        required=False,
        widget=_area(6),
        help_text=HEARD_HINT,
    )
    heard_ru = forms.CharField(
        label=_("Heard, in Russian"), required=False, widget=_area(6), help_text=HEARD_HINT
    )
    spoke_kk = forms.CharField(
        label=_("Spoke, in Kazakh"), required=False, widget=_area(4), help_text=SPOKE_HINT
    )
    spoke_ru = forms.CharField(
        label=_("Spoke, in Russian"), required=False, widget=_area(4), help_text=SPOKE_HINT
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, item: ProtocolItem) -> "ItemForm":
        """Return the form filled with what is saved."""
        names = ("heard_kk", "heard_ru", "spoke_kk", "spoke_ru", "version")
        return cls(initial={name: getattr(item, name) for name in names})


class PointForm(FreeTextForm):
    """One point: text, executor, and a date or a standing task; its kind follows from the executor."""

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

    @property
    def kind(self) -> str:
        """What the saved point is, in words; "" for a point not yet saved."""
        saved = self.initial.get("kind")
        return str(PointKind(saved).label) if saved else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("due_on") and data.get("is_standing"):
            self.add_error("due_on", ValidationError(_("Leave either the date or the standing basis.")))
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


PointFormSet = forms.formset_factory(
    PointForm, formset=_Points, extra=1, can_delete=True, max_num=MOST_POINTS, absolute_max=MOST_POINTS
)


def points_initial(points: list[Point]) -> list[dict[str, object]]:
    """Return what is saved of the points as the formset's initial rows."""
    names = ("text_kk", "text_ru", "kind", "due_on", "is_standing")
    return [
        {name: getattr(point, name) for name in names} | {"executor": point.executor_id} for point in points
    ]


class SignForm(forms.Form):
    """Confirmation of the signature; the hashes say which bytes were read."""

    seen_kk = forms.CharField(widget=forms.HiddenInput)
    seen_ru = forms.CharField(widget=forms.HiddenInput)
    password = forms.CharField(
        label=_("Your password, to confirm the signature"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password: it confirms that you sign.")},
    )


class ReturnForm(FreeTextForm):
    remark = forms.CharField(
        label=_("Remark"),
        max_length=1000,
        widget=_area(4),
        error_messages={"required": _("Write what must be mended.")},
    )


class DissentForm(FreeTextForm):
    text = forms.CharField(
        label=_("Your opinion and its grounds"),
        max_length=8000,
        widget=_area(10),
        error_messages={"required": _("Write your opinion.")},
    )
    proposal = forms.CharField(
        label=_("What you propose instead"), max_length=4000, required=False, widget=_area(4)
    )
