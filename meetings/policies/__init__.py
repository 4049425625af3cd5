"""May this happen now? Facts in, a verdict out, with the clause; permissions are asked elsewhere."""

from meetings.policies.agenda import (
    decides_on_agenda,
    is_for_head_alone,
    is_same_text,
    is_undecided,
    is_what_was_seen,
    may_decide_agenda,
    may_edit_agenda,
    may_submit,
    problems_before_submitting,
)
from meetings.policies.materials import may_admit_late, may_dispatch
from meetings.policies.scheduling import may_become, may_prepare
from meetings.policies.session import (
    has_quorum,
    is_chaired,
    lacks_quorum,
    may_chair,
    may_change_chair,
    may_claim_presence,
    may_end,
    may_mark,
    may_open_meeting,
    may_start_registration,
    may_undo_mark,
)
from meetings.policies.voting import (
    may_close_ballot,
    may_open_ballot,
    may_record_hand,
    may_vote,
    votes_needed,
)

__all__ = [
    "decides_on_agenda",
    "has_quorum",
    "is_chaired",
    "is_for_head_alone",
    "is_same_text",
    "is_undecided",
    "is_what_was_seen",
    "lacks_quorum",
    "may_admit_late",
    "may_become",
    "may_chair",
    "may_change_chair",
    "may_claim_presence",
    "may_close_ballot",
    "may_decide_agenda",
    "may_dispatch",
    "may_edit_agenda",
    "may_end",
    "may_mark",
    "may_open_ballot",
    "may_open_meeting",
    "may_prepare",
    "may_record_hand",
    "may_start_registration",
    "may_submit",
    "may_undo_mark",
    "may_vote",
    "problems_before_submitting",
    "votes_needed",
]
