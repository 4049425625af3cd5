from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meetings.actions.scheduling import MOVED
from meetings.models import Meeting
from meetings.reasons import REASONS
from meetings.states import Kind
from members.fields import FreeTextForm
from members.models import Regulation, Staff
from members.models.composition import in_force

# Nobody schedules a meeting further ahead; a mistyped year is told at once.
FURTHEST_AHEAD = timedelta(days=731)


def is_near(day: date, today: date) -> bool:
    """Return whether a meeting may be scheduled for `day`: not a year too late by a slip of the finger."""
    return today <= day <= today + FURTHEST_AHEAD


class MeetingForm(FreeTextForm, forms.ModelForm):
    is_urgent = forms.BooleanField(
        label=_("Urgent, on the head's instruction"),
        required=False,
        help_text=_("Materials may then be handed out at the meeting (clause 22)"),
    )

    link = forms.URLField(label=_("Video link"), required=False, assume_scheme="https")
    reason = forms.CharField(
        label=_("Reason of the change"),
        max_length=300,
        required=False,
        help_text=_("Needed when the day, the time, the place or the mode changes; it stands in the letter"),
    )

    class Meta:
        model = Meeting
        fields: ClassVar[list[str]] = [
            "kind",
            "day",
            "starts_at",
            "place_kk",
            "place_ru",
            "mode",
            "is_field",
            "link",
            "is_urgent",
            "urgent_ground",
        ]
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "urgent_ground": _("Fill it in for an urgent meeting: who instructed, when and why"),
            "kind": _("Only a regular meeting counts for the quarter (clause 12)"),
        }

    def __init__(self, *args: Any, staff: Staff, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff, self.today = staff, today
        self.fields["kind"].choices = Kind.choices  # type: ignore[attr-defined]
        self.fields["is_urgent"].initial = self.instance.is_urgent
        if not self.instance.pk:
            del self.fields["reason"]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < self.today:
            raise ValidationError(_("This day is over. Choose today or a later day."))
        if not is_near(day, self.today):
            raise ValidationError(_("Choose a day within the next two years."))
        if not Regulation.objects.filter(in_force(day), staff=self.staff).exists():
            raise ValidationError(_("No regulation of the Staff is in force on this day (clause 11)."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        ground = data.get("urgent_ground", "")
        if data.pop("is_urgent", False) and not ground:
            self.add_error("urgent_ground", _("Write the head's instruction and its ground (clause 22)."))
        elif ground and not self["is_urgent"].value():
            self.add_error("is_urgent", _("Mark the meeting as urgent, or clear the ground."))
        if "reason" in self.fields and MOVED & set(self.changed_data) and not data.get("reason"):
            self.add_error("reason", str(REASONS["reason_of_moving_needed"]))
        return data


class CancelForm(FreeTextForm):
    reason = forms.CharField(
        label=_("Reason of the cancelling"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the letter to everybody who was told, and on the page of the meeting"),
    )
