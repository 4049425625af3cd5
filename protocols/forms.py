"""What is typed about a protocol; rules across rows live in the actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.forms import points as meetings_points
from members.fields import FreeTextForm
from protocols.models import Point, ProtocolItem
from protocols.states import PointKind

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


class PointForm(meetings_points.PointForm):
    """One point of the protocol; its kind follows from the executor."""

    @property
    def kind(self) -> str:
        """What the saved point is, in words; "" for a point not yet saved."""
        saved = self.initial.get("kind")
        return str(PointKind(saved).label) if saved else ""


PointFormSet = meetings_points.formset_of(PointForm)


def points_initial(points: list[Point]) -> list[dict[str, object]]:
    """Return what is saved of the points as the formset's initial rows."""
    rows = meetings_points.initial_of(points)
    return [row | {"kind": point.kind} for row, point in zip(rows, points, strict=True)]


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
