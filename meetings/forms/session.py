from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.states import Choice, Presence
from members.fields import FreeTextForm


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
