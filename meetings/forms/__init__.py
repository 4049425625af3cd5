"""What is typed about a meeting; rules across rows live in the actions."""

from meetings.forms.agenda import LIVE, ApproveForm, GroundForm, InviteeForm, ItemForm, ReturnForm
from meetings.forms.materials import AdmitForm, MaterialForm
from meetings.forms.scheduling import FURTHEST_AHEAD, MeetingForm, is_near
from meetings.forms.session import ChairForm, CheckedVoteForm, MarkForm, VoteForm

__all__ = [
    "FURTHEST_AHEAD",
    "LIVE",
    "AdmitForm",
    "ApproveForm",
    "ChairForm",
    "CheckedVoteForm",
    "GroundForm",
    "InviteeForm",
    "ItemForm",
    "MarkForm",
    "MaterialForm",
    "MeetingForm",
    "ReturnForm",
    "VoteForm",
    "is_near",
]
