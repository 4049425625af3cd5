from meetings.models import AgendaVersion, Meeting
from meetings.states import State
from regulation.verdicts import ALLOWED, Verdict, refused

ANNOUNCED_IN = (State.PLANNED, State.REGISTRATION, State.OPEN)


def may_have_pack(version: AgendaVersion | None, *, sent: bool) -> Verdict:
    """There is a pack once the approved agenda has gone out to the members (clauses 22, 26(4))."""
    return ALLOWED if version is not None and sent else refused("pack_not_sent", "26.4")


def may_announce(meeting: Meeting) -> Verdict:
    """The public is told of a meeting that is still to come or goes on (clause 19)."""
    if meeting.state not in ANNOUNCED_IN:
        return refused("nothing_to_announce", "19", state=meeting.state)
    return ALLOWED
