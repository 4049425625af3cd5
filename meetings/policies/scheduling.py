from collections.abc import Collection

from meetings.models import Meeting
from meetings.states import TRANSITIONS, State
from regulation.verdicts import ALLOWED, Verdict, refused


def may_become(meeting: Meeting, state: str) -> Verdict:
    """Return whether the meeting's life goes on to `state` from where it is."""
    if state in TRANSITIONS[meeting.state]:
        return ALLOWED
    return refused("wrong_meeting_state", state=meeting.state, wanted=state)


def may_prepare(meeting: Meeting) -> Verdict:
    """The agenda is prepared only before the meeting (clause 22)."""
    if meeting.state == State.CANCELLED:
        return refused("meeting_is_cancelled", "12")
    if meeting.state != State.PLANNED:
        return refused("meeting_has_begun", "22")
    return ALLOWED


def may_move(moved: Collection[str], reason: str) -> Verdict:
    """Another day, time, place or mode needs a reason: it is told to everybody (clause 12)."""
    return refused("reason_of_moving_needed", "12") if moved and not reason else ALLOWED


def may_cancel(meeting: Meeting, reason: str) -> Verdict:
    """A meeting is cancelled before it begins, with a reason (clause 12)."""
    possible = may_become(meeting, State.CANCELLED)
    if not possible:
        return possible
    return ALLOWED if reason else refused("reason_of_cancelling_needed", "12")
