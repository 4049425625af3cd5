"""What is typed about a meeting; rules across rows live in the actions."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models import AgendaItem, Invitee, Material, Meeting, Question
from meetings.states import Choice, Kind, MaterialLanguage, Presence, State
from members.fields import FreeTextForm, LocalChoiceField
from members.models import Organisation, Regulation, Staff
from members.models.composition import in_force
from members.validators import PERSON_NAME

LIVE = (State.PLANNED, State.REGISTRATION, State.OPEN)


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

    class Meta:
        model = Meeting
        fields: ClassVar[list[str]] = [
            "kind",
            "day",
            "starts_at",
            "place_kk",
            "place_ru",
            "mode",
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
        return data


class ItemForm(FreeTextForm, forms.ModelForm):
    question = LocalChoiceField(
        Question.objects.none(),
        field="title",
        label=_("Question of the plan"),
        required=False,
        empty_label=_("a new question, by the titles below"),
    )
    agency = LocalChoiceField(
        Organisation.objects.none(),
        field="name",
        label=_("Agency that prepares it"),
        help_text=_("It owes the material five calendar days before the meeting"),
    )
    title_kk = forms.CharField(label=_("Question in Kazakh"), max_length=500, required=False)
    title_ru = forms.CharField(label=_("Question in Russian"), max_length=500, required=False)

    class Meta:
        model = AgendaItem
        fields: ClassVar[list[str]] = [
            "question",
            "title_kk",
            "title_ru",
            "agency",
            "speaker_kk",
            "speaker_ru",
            "minutes",
            "draft_kk",
            "draft_ru",
        ]
        help_texts: ClassVar[dict[str, Any]] = {
            "draft_kk": _("One point a line: it becomes a point of the protocol"),
            "draft_ru": _("One point a line: it becomes a point of the protocol"),
            "speaker_kk": _("Office and name, as they go into the protocol"),
            "speaker_ru": _("Office and name, as they go into the protocol"),
        }

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.filter(staff=staff)
        self.fields["agency"].queryset = organisations  # type: ignore[attr-defined]
        for name in ("draft_kk", "draft_ru"):
            self.fields[name].widget.attrs["rows"] = 5
        if self.instance.pk:
            del self.fields["question"]
            self.initial["title_kk"] = self.instance.question.title_kk
            self.initial["title_ru"] = self.instance.question.title_ru
        else:
            # A question is free again after a meeting that did not vote on it.
            taken = AgendaItem.objects.filter(Q(meeting__state__in=LIVE) | Q(ballots__isnull=False))
            free = Question.objects.filter(staff=staff).exclude(items__in=taken)
            self.fields["question"].queryset = free  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("question") or data.get("title_kk") or data.get("title_ru")):
            self.add_error("title_kk", _("Write the question in Kazakh or in Russian."))
        return data


class MaterialForm(FreeTextForm, forms.ModelForm):
    class Meta:
        model = Material
        fields: ClassVar[list[str]] = ["title", "language", "file"]
        help_texts: ClassVar[dict[str, Any]] = {
            "file": _("PDF, DOCX, XLSX, PPTX, JPG or PNG, up to 25 MB. No documents for official use only."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = MaterialLanguage.choices  # type: ignore[attr-defined]


class InviteeForm(FreeTextForm, forms.ModelForm):
    class Meta:
        model = Invitee
        fields: ClassVar[list[str]] = ["name", "office_kk", "office_ru", "email"]
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _(
                "Initial and surname. A stand-in of a member can only be invited: no vote (clause 20)."
            ),
            "email": _("Without it the person gets no letter"),
        }

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        PERSON_NAME(name)
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("office_kk") or data.get("office_ru")):
            self.add_error("office_kk", _("Write the office in Kazakh or in Russian."))
        return data


class GroundForm(FreeTextForm):
    """The ground on which a deputy acts for the head (clause 25(3))."""

    ground = forms.CharField(
        label=_("Ground of the head's absence"),
        max_length=300,
        required=False,
        help_text=_("For example, the order on leave with its number and date (clause 25(3))"),
    )

    def __init__(self, *args: Any, required: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if required:
            self.fields["ground"].required = True
        else:
            del self.fields["ground"]


class ApproveForm(GroundForm):
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ReturnForm(GroundForm):
    remark = forms.CharField(label=_("Remark"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class AdmitForm(GroundForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class MarkForm(FreeTextForm):
    presence = forms.ChoiceField(
        choices=[
            (Presence.ROOM, Presence.ROOM.label),
            (Presence.VIDEO, Presence.VIDEO.label),
            (Presence.ABSENT, Presence.ABSENT.label),
            (Presence.UNKNOWN, Presence.UNKNOWN.label),
        ]
    )
    reason = forms.CharField(max_length=200, required=False)


class ChairForm(FreeTextForm):
    elector = forms.ChoiceField(label=_("Who chairs"), widget=forms.RadioSelect)
    ground = forms.CharField(
        label=_("Ground of the head's absence"),
        max_length=300,
        required=False,
        help_text=_("Only when a deputy chairs (clause 25(3))"),
    )


class VoteForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("Your vote"),
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose «for», «against» or «abstained»")},
    )


class CheckedVoteForm(forms.Form):
    """The second step: the choice made on the first, with the key of the act."""

    choice = forms.ChoiceField(choices=Choice.choices, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
