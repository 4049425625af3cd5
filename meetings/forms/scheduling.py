from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.actions.scheduling import MOVED
from meetings.facts.quarter import Quarter
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
    """When, where and how a meeting takes place; `seen` is the sequence that an edit is written over."""

    conditional = frozenset({"call_ground", "urgent_ground", "reason"})

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
        help_text=_(
            "Needed when the day, the time, the place, the mode, the kind or its ground changes; it stands "
            "in the letter"
        ),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Meeting
        fields: ClassVar[list[str]] = [
            "kind",
            "call_ground",
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
            "call_ground": _(
                "For an extraordinary meeting: the head's initiative, when and why. Members call it by an "
                "initiative of their own (clause 12)"
            ),
            "kind": _("Only a regular meeting counts for the quarter (clause 12)"),
        }

    def __init__(self, *args: Any, staff: Staff, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff, self.now, self.today = staff, now, timezone.localdate(now)
        by_members = self.instance.initiative_id is not None
        kinds = [(Kind.EXTRAORDINARY.value, Kind.EXTRAORDINARY.label)] if by_members else Kind.choices
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["is_urgent"].initial = self.instance.is_urgent
        self.fields["seen"].initial = self.instance.sequence
        if by_members:
            del self.fields["call_ground"]
        if not self.instance.pk:
            del self.fields["reason"], self.fields["seen"]

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
        self._check_call(data)
        self._check_time(data)
        if "reason" in self.fields and MOVED & set(self.changed_data) and not data.get("reason"):
            self.add_error("reason", str(REASONS["reason_of_moving_needed"]))
        return data

    def _check_call(self, data: dict[str, Any]) -> None:
        if "call_ground" not in self.fields or {"kind", "call_ground"} & set(self.errors):
            return
        if data["kind"] == Kind.EXTRAORDINARY and not data["call_ground"]:
            self.add_error("call_ground", str(REASONS["call_ground_needed"]))
        elif data["kind"] == Kind.REGULAR and data["call_ground"]:
            self.add_error(
                "kind", _("A regular meeting needs no initiative: choose another kind, or clear it.")
            )

    def _check_time(self, data: dict[str, Any]) -> None:
        """Refuse a time of today that is over, unless it stood so before."""
        if self.instance.pk and not {"day", "starts_at"} & set(self.changed_data):
            return
        starts_at, is_today = data.get("starts_at"), data.get("day") == self.today
        if starts_at and is_today and starts_at < timezone.localtime(self.now).time():
            self.add_error("starts_at", _("This time is over. Choose a later time."))


class ExplainForm(FreeTextForm):
    """Why one of the past `quarters` had no regular meeting (clause 12)."""

    quarter = forms.ChoiceField(label=_("Quarter"))
    reason = forms.CharField(
        label=_("Reason of the breach"),
        min_length=10,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why no regular meeting was held; it stands on the page of meetings and in the journal"),
    )

    def __init__(self, *args: Any, quarters: Iterable[Quarter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = gettext("quarter %(number)s of %(year)s")
        self.fields["quarter"].choices = [  # type: ignore[attr-defined]
            (f"{year}-{number}", said % {"number": number, "year": year}) for year, number in quarters
        ]

    def clean_quarter(self) -> Quarter:
        year, number = self.cleaned_data["quarter"].split("-")
        return int(year), int(number)


class CancelForm(FreeTextForm):
    reason = forms.CharField(
        label=_("Reason of the cancelling"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the letter to everybody who was told, and on the page of the meeting"),
    )
