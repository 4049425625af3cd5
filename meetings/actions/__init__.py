"""What people do about meetings: check, lock, change, journal and notices in one transaction."""

from meetings.actions.agenda import (
    add_item,
    approve_agenda,
    edit_item,
    move_item,
    remove_item,
    return_agenda,
    submit_agenda,
    take_back_agenda,
)
from meetings.actions.attendance import (
    appoint_chair,
    claim_presence,
    mark,
    open_meeting,
    record_no_quorum,
    start_registration,
)
from meetings.actions.materials import (
    admit_late,
    attach_material,
    dispatch,
    invite,
    note_opening,
    uninvite,
    withdraw_material,
)
from meetings.actions.scheduling import reschedule, schedule
from meetings.actions.sweep import sweep
from meetings.actions.voting import cast_vote, close_ballot, end_meeting, open_ballot

__all__ = [
    "add_item",
    "admit_late",
    "appoint_chair",
    "approve_agenda",
    "attach_material",
    "cast_vote",
    "claim_presence",
    "close_ballot",
    "dispatch",
    "edit_item",
    "end_meeting",
    "invite",
    "mark",
    "move_item",
    "note_opening",
    "open_ballot",
    "open_meeting",
    "record_no_quorum",
    "remove_item",
    "reschedule",
    "return_agenda",
    "schedule",
    "start_registration",
    "submit_agenda",
    "sweep",
    "take_back_agenda",
    "uninvite",
    "withdraw_material",
]
