from collections.abc import Iterable
from datetime import date

from meetings.facts import Roll
from meetings.models import AgendaVersion, Ballot, Elector, Meeting
from meetings.policies.scheduling import may_become
from meetings.states import PRESENT, State
from members.models import Absence
from members.states import Role
from regulation.verdicts import ALLOWED, Verdict, refused


def may_start_registration(
    meeting: Meeting,
    approved: AgendaVersion | None,
    submitted: AgendaVersion | None,
    digest: str,
    today: date,
) -> Verdict:
    """Registration begins on the day of the meeting with the agenda as approved (clauses 18, 20, 22)."""
    state = may_become(meeting, State.REGISTRATION)
    if not state:
        return state
    if submitted is not None:
        return refused("agenda_is_with_head", "22", version=submitted.number)
    if approved is None:
        return refused("agenda_not_approved", "22")
    if approved.sha256 != digest:
        return refused("agenda_changed_after_approval", "22", version=approved.number)
    if meeting.day != today:
        return refused("not_the_day", "20", day=meeting.day)
    return ALLOWED


def may_mark(meeting: Meeting, elector: Elector, presence: str, *, has_voted: bool) -> Verdict:
    """Attendance is marked while the meeting goes on; whom an open vote counts does not leave (clause 20)."""
    if meeting.state not in (State.REGISTRATION, State.OPEN):
        return refused("attendance_closed", "20")
    if elector.user_id is None:
        return refused("seat_is_vacant", "20")
    if has_voted and presence not in PRESENT:
        return refused("has_voted_in_open_ballot", "13", name=elector.name)
    return ALLOWED


def may_undo_mark(*, is_relied_on: bool) -> Verdict:
    """A mark made by mistake is undone only until something was put to the vote (clause 20)."""
    return refused("attendance_relied_on", "20") if is_relied_on else ALLOWED


def may_change_chair(meeting: Meeting, open_ballot: Ballot | None) -> Verdict:
    """The chair is recorded while the meeting goes on, never during a vote (clauses 13, 25(3))."""
    if open_ballot is not None:
        return refused("vote_is_going_on", "13", order=open_ballot.item.order)
    if meeting.state not in (State.REGISTRATION, State.OPEN):
        return refused("attendance_closed", "20")
    return ALLOWED


def may_chair(elector: Elector, ground: str, absence: Absence | None, present: Iterable[Elector]) -> Verdict:
    """The head chairs when he is there; else who performs his duties, else a deputy (clauses 25(1), 25(3)).

    `present` are the members who are there, `absence` what is recorded for the day. A deputy's ground is
    that of the recorded absence, or it is typed.
    """
    there = {row.user_id: row.role for row in present}
    if elector.role not in (Role.HEAD, Role.DEPUTY_HEAD):
        return refused("only_head_or_deputy_chairs", "25.3")
    if elector.role == Role.DEPUTY_HEAD and Role.HEAD in there.values():
        return refused("head_is_present", "25.3")
    if elector.attendance.presence not in PRESENT:
        return refused("chair_not_present", "25.1", name=elector.name)
    if absence and elector.role != Role.HEAD and absence.deputy_id in there.keys() - {elector.user_id}:
        return refused("another_performs", "25.3", name=absence.deputy.name, until=absence.until)
    return ALLOWED if ground or elector.role == Role.HEAD else refused("ground_needed", "25.3")


def has_quorum(roll: Roll) -> Verdict:
    """At least two thirds of the total number, recomputed whenever it is asked (clause 20)."""
    if roll.has_quorum:
        return ALLOWED
    return refused("no_quorum", "20", present=roll.present, total=roll.total, needed=roll.needed)


def may_open_meeting(meeting: Meeting, roll: Roll) -> Verdict:
    """A meeting opens with a quorum and a chair who is there (clauses 20, 25(1))."""
    state = may_become(meeting, State.OPEN)
    if not state:
        return state
    chaired = is_chaired(meeting, roll)
    return has_quorum(roll) if chaired else chaired


def is_chaired(meeting: Meeting, roll: Roll) -> Verdict:
    """Somebody chairs and is there: without a chair no tie could be broken (clauses 13, 25(1))."""
    if meeting.chair is None:
        return refused("no_chair", "25.1")
    if meeting.chair_id not in {row.pk for row in roll.attending}:
        return refused("chair_not_present", "25.1", name=meeting.chair.name)
    return ALLOWED


def may_end(meeting: Meeting, open_ballot: Ballot | None) -> Verdict:
    """A meeting ends when no vote is going on (clause 23 counts from that moment)."""
    if open_ballot is not None:
        return refused("vote_is_going_on", "13", order=open_ballot.item.order)
    return may_become(meeting, State.ENDED)


def may_claim_presence(meeting: Meeting, elector: Elector | None) -> Verdict:
    """A member says "I am here" once registration has begun; the secretary confirms (clause 20)."""
    if meeting.state not in (State.REGISTRATION, State.OPEN):
        return refused("attendance_closed", "20")
    if elector is None or not elector.votes:
        return refused("no_vote_here", "20")
    if elector.attendance.presence in PRESENT:
        return refused("already_present", "20")
    return ALLOWED


def lacks_quorum(roll: Roll) -> Verdict:
    """Want of a quorum is recorded only where there is none (clause 20)."""
    if roll.has_quorum:
        return refused("there_is_a_quorum", "20", present=roll.present, total=roll.total, needed=roll.needed)
    return ALLOWED
