"""What people do about meetings: check, lock, change, journal and notices in one transaction."""

from meetings.actions.access import open_material, set_access, write_note
from meetings.actions.added import propose_at_meeting, write_added_draft
from meetings.actions.agenda import (
    add_item,
    approve_agenda,
    edit_item,
    place_item,
    remove_item,
    return_agenda,
    submit_agenda,
    take_back_agenda,
)
from meetings.actions.announcing import announce
from meetings.actions.answers import answer, forget_answers
from meetings.actions.attendance import (
    appoint_chair,
    claim_presence,
    mark,
    open_meeting,
    record_no_quorum,
    start_registration,
)
from meetings.actions.awaited import await_material, await_no_more, change_awaited
from meetings.actions.bringing import attach_material
from meetings.actions.change_requests import decline_request, request_change, take_request
from meetings.actions.changes import prepare_note, withdraw_note
from meetings.actions.deciding import decide_note
from meetings.actions.dispatch import dispatch, note_opening, resend
from meetings.actions.feeds import feed_of, renew_feed, revoke_feed
from meetings.actions.initiative import (
    call_meeting,
    join_initiative,
    leave_initiative,
    start_initiative,
    withdraw_initiative,
)
from meetings.actions.invited import edit_invitee, invite, uninvite
from meetings.actions.late import decide_late
from meetings.actions.materials import admit_late, withdraw_material
from meetings.actions.pack import ask_for_pack, make_pack, note_handed_over, sources_of, sweep_packs
from meetings.actions.plan_approval import (
    agree,
    approve_plan,
    return_plan,
    send_for_agreement,
    submit_plan,
    take_back_plan,
)
from meetings.actions.plan_copying import begin_plan, copy_plan
from meetings.actions.plan_dispatch import dispatch_plan, note_plan_opening
from meetings.actions.plan_proposals import (
    accept_proposal,
    decline_proposal,
    note_proposal,
    propose,
    withdraw_proposal,
)
from meetings.actions.plan_rows import add_plan_row, edit_plan_row, move_plan_row, remove_plan_row, row_hash
from meetings.actions.plans import call_for_proposals, control_hash, make_plan, set_control
from meetings.actions.quarter import explain_breach, remind_of_quarter
from meetings.actions.scheduling import cancel_meeting, reschedule, schedule
from meetings.actions.sweep import sweep
from meetings.actions.voting import cast_vote, close_ballot, end_meeting, open_ballot

__all__ = [
    "accept_proposal",
    "add_item",
    "add_plan_row",
    "admit_late",
    "agree",
    "announce",
    "answer",
    "appoint_chair",
    "approve_agenda",
    "approve_plan",
    "ask_for_pack",
    "attach_material",
    "await_material",
    "await_no_more",
    "begin_plan",
    "call_for_proposals",
    "call_meeting",
    "cancel_meeting",
    "cast_vote",
    "change_awaited",
    "claim_presence",
    "close_ballot",
    "control_hash",
    "copy_plan",
    "decide_late",
    "decide_note",
    "decline_proposal",
    "decline_request",
    "dispatch",
    "dispatch_plan",
    "edit_invitee",
    "edit_item",
    "edit_plan_row",
    "end_meeting",
    "explain_breach",
    "feed_of",
    "forget_answers",
    "invite",
    "join_initiative",
    "leave_initiative",
    "make_pack",
    "make_plan",
    "mark",
    "move_plan_row",
    "note_handed_over",
    "note_opening",
    "note_plan_opening",
    "note_proposal",
    "open_ballot",
    "open_material",
    "open_meeting",
    "place_item",
    "prepare_note",
    "propose",
    "propose_at_meeting",
    "record_no_quorum",
    "remind_of_quarter",
    "remove_item",
    "remove_plan_row",
    "renew_feed",
    "request_change",
    "reschedule",
    "resend",
    "return_agenda",
    "return_plan",
    "revoke_feed",
    "row_hash",
    "schedule",
    "send_for_agreement",
    "set_access",
    "set_control",
    "sources_of",
    "start_initiative",
    "start_registration",
    "submit_agenda",
    "submit_plan",
    "sweep",
    "sweep_packs",
    "take_back_agenda",
    "take_back_plan",
    "take_request",
    "uninvite",
    "withdraw_initiative",
    "withdraw_material",
    "withdraw_note",
    "withdraw_proposal",
    "write_added_draft",
    "write_note",
]
