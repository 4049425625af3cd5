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
    if meeting.state != State.PLANNED:
        return refused("meeting_has_begun", "22")
    return ALLOWED
