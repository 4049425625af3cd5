from collections.abc import Collection
from datetime import date

from meetings.facts.quarter import Quarter, QuarterState
from meetings.models import Meeting
from meetings.states import TRANSITIONS, Kind, State
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


def may_be_called(kind: str, call_ground: str, *, by_members: bool) -> Verdict:
    """An extraordinary meeting is called by the head or by more than half of all members (clause 12).

    `call_ground` says who, when and why; the members' own initiative (`by_members`) is its ground itself.
    """
    if by_members:
        return ALLOWED if kind == Kind.EXTRAORDINARY else refused("called_by_members", "12")
    if kind == Kind.EXTRAORDINARY and not call_ground:
        return refused("call_ground_needed", "12")
    return ALLOWED


def is_to_come(day: date, *, today: date) -> Verdict:
    """A meeting is planned for today or later: its terms count back from its day (clause 12)."""
    return ALLOWED if day >= today else refused("day_is_over", "12")


def is_as_seen(meeting: Meeting, seen: int | None) -> Verdict:
    """What was changed in another window is not undone unseen; `seen` is the sequence the form showed."""
    return ALLOWED if seen is None or seen == meeting.sequence else refused("meeting_changed_meanwhile", "12")


def may_move(moved: Collection[str], reason: str) -> Verdict:
    """Another day, time, place, mode, kind or ground needs a reason: it is told to everybody (clause 12)."""
    return refused("reason_of_moving_needed", "12") if moved and not reason else ALLOWED


def may_explain(quarter: Quarter, state: QuarterState) -> Verdict:
    """A reason is recorded once, for a quarter that had no regular meeting (clause 12)."""
    if quarter not in state.breached:
        return refused("no_such_breach", "12")
    return ALLOWED if quarter in state.unexplained else refused("breach_is_explained", "12")


def may_cancel(meeting: Meeting, reason: str) -> Verdict:
    """A meeting is cancelled before it begins, with a reason (clause 12)."""
    possible = may_become(meeting, State.CANCELLED)
    if not possible:
        return possible
    return ALLOWED if reason else refused("reason_of_cancelling_needed", "12")
