"""What is typed about a meeting; rules across rows live in the actions."""

from meetings.forms.agenda import LIVE, ApproveForm, GroundForm, InviteeForm, ItemForm, ReturnForm
from meetings.forms.change_requests import ChangeRequestForm, DeclineForm, TakenNoteForm
from meetings.forms.changes import (
    AddedDraftForm,
    DecideNoteForm,
    LateForm,
    NoteForm,
    QuickChangeForm,
    QuickNoteForm,
)
from meetings.forms.dispatch import AnswerForm, DispatchForm, ResendForm
from meetings.forms.initiative import InitiativeForm
from meetings.forms.materials import (
    AccessForm,
    BringForm,
    CorrectForm,
    MaterialForm,
    OwedForm,
    PrivateNoteForm,
)
from meetings.forms.scheduling import FURTHEST_AHEAD, CancelForm, ExplainForm, MeetingForm, is_near
from meetings.forms.session import ChairForm, CheckedVoteForm, MarkForm, VoteForm

__all__ = [
    "FURTHEST_AHEAD",
    "LIVE",
    "AccessForm",
    "AddedDraftForm",
    "AnswerForm",
    "ApproveForm",
    "BringForm",
    "CancelForm",
    "ChairForm",
    "ChangeRequestForm",
    "CheckedVoteForm",
    "CorrectForm",
    "DecideNoteForm",
    "DeclineForm",
    "DispatchForm",
    "ExplainForm",
    "GroundForm",
    "InitiativeForm",
    "InviteeForm",
    "ItemForm",
    "LateForm",
    "MarkForm",
    "MaterialForm",
    "MeetingForm",
    "NoteForm",
    "OwedForm",
    "PrivateNoteForm",
    "QuickChangeForm",
    "QuickNoteForm",
    "ResendForm",
    "ReturnForm",
    "TakenNoteForm",
    "VoteForm",
    "is_near",
]
