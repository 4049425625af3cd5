from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from meetings.policies import REPLIES
from meetings.states import Mode, Reply
from members.fields import FreeTextForm


class DispatchForm(FreeTextForm):
    """The reason of a dispatch after its term (clause 26(4)); nothing is asked in time."""

    late_reason = forms.CharField(
        label=_("Reason of the lateness"),
        max_length=300,
        help_text=_("Members read it; it stays with the proof of sending"),
    )

    def __init__(self, *args: Any, days_late: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not days_late:
            del self.fields["late_reason"]


class ResendForm(forms.Form):
    """Which dispatch goes again, to whom (empty: to all who have not opened it), and what the page showed."""

    dispatch = forms.IntegerField(min_value=1)
    seen = forms.IntegerField(min_value=0)
    to = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class AnswerForm(FreeTextForm):
    """Whether the person will come; who will not says why (clause 20)."""

    reply = forms.ChoiceField(
        label=_("Will you come?"),
        choices=Reply.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Only when you will not come; the secretary and the head read it"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = REPLIES[Mode(meeting.mode)]
        self.fields["reply"].choices = [(reply, reply.label) for reply in offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("reply") == Reply.WILL_NOT and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Write why you will not come: nobody may come instead of you."))
        return data
