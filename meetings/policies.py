"""May this happen now? Facts in, a verdict out, with the clause; permissions are asked elsewhere."""

from collections.abc import Iterable
from datetime import date

from meetings.facts import ItemMaterials, Roll
from meetings.models import AgendaItem, AgendaVersion, Ballot, Elector, Meeting, Vote
from meetings.states import PRESENT, TRANSITIONS, AgendaState, State
from members.models import Absence
from members.permissions import Actor
from members.policies import has_powers_of_head, may_act_for_head
from members.states import Role
from regulation.verdicts import ALLOWED, Verdict, refused
from regulation.voting import majority


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


def may_edit_agenda(meeting: Meeting, submitted: AgendaVersion | None) -> Verdict:
    """What lies with the head is not changed behind his back: it is taken back first (clause 22)."""
    if submitted is not None:
        return refused("agenda_is_with_head", "22", version=submitted.number)
    return may_prepare(meeting)


def problems_before_submitting(items: Iterable[AgendaItem]) -> list[Verdict]:
    """Return everything the agenda lacks, so that the page can show all of it (clause 22)."""
    rows = list(items)
    if not rows:
        return [refused("agenda_is_empty", "22")]
    problems = []
    for item in rows:
        if not (item.speaker_kk or item.speaker_ru):
            problems.append(refused("item_without_speaker", "22", order=item.order, item=item.pk))
        if not (item.draft_kk or item.draft_ru):
            problems.append(refused("item_without_draft", "22", order=item.order, item=item.pk))
    return problems


def may_submit(
    meeting: Meeting, submitted: AgendaVersion | None, approved: AgendaVersion | None, digest: str
) -> Verdict:
    """An agenda goes to the head once; the same text is not submitted again after its approval."""
    if submitted is not None:
        return refused("agenda_is_with_head", "22", version=submitted.number)
    if approved is not None and approved.sha256 == digest:
        return refused("agenda_unchanged", "22", version=approved.number)
    return may_prepare(meeting)


def is_undecided(version: AgendaVersion) -> Verdict:
    """A submitted version is decided, or taken back, once and before the meeting (clause 22)."""
    if version.state != AgendaState.SUBMITTED:
        return refused("agenda_already_decided", "22", version=version.number)
    return may_prepare(version.meeting)


def may_decide_agenda(version: AgendaVersion, by: Actor, ground: str) -> Verdict:
    """The head decides, or whoever replaces him, with the ground of the absence (clauses 22, 25(3))."""
    undecided = is_undecided(version)
    if not undecided:
        return undecided
    decides = decides_on_agenda(version.meeting, by)
    return decides if is_for_head_alone(version.meeting) or not decides else may_act_for_head(by, ground)


def decides_on_agenda(meeting: Meeting, by: Actor) -> Verdict:
    """The agenda is decided by who has the powers of the head (22).

    Where the regulation leaves it to the head alone, he decides in a recorded absence too: nobody else may.
    """
    if is_for_head_alone(meeting):
        return ALLOWED if by.role == Role.HEAD else refused("only_the_head", "22")
    return has_powers_of_head(by)


def is_for_head_alone(meeting: Meeting) -> bool:
    """Whether no deputy decides on the agenda, even while the head is away (clause 22)."""
    return meeting.procedure.agenda_approver == "head"


def is_what_was_seen(version: AgendaVersion, seen: str) -> Verdict:
    """One approves the text one has read: the hash comes back from the page."""
    return ALLOWED if version.sha256 == seen else refused("agenda_changed_meanwhile", "22")


def may_admit_late(row: ItemMaterials, by: Actor, ground: str) -> Verdict:
    """What is held back the head admits before the meeting, or who replaces him (clauses 22, 25(3))."""
    if row.is_missing:
        return refused("material_missing", "22", order=row.item.order)
    if not row.held:
        reason = "late_already_admitted" if row.item.admitted_at else "material_in_time"
        return refused(reason, "22", order=row.item.order)
    prepared = may_prepare(row.item.meeting)
    return may_act_for_head(by, ground) if prepared else prepared


def may_dispatch(meeting: Meeting, approved: AgendaVersion | None, *, already: bool, digest: str) -> Verdict:
    """Only an approved agenda is sent, each version once (clauses 22, 26(4))."""
    if approved is None:
        return refused("agenda_not_approved", "22")
    if approved.sha256 != digest:
        return refused("agenda_changed_after_approval", "22", version=approved.number)
    if already:
        return refused("already_dispatched", "26.4", version=approved.number)
    return may_prepare(meeting)


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


def may_open_ballot(meeting: Meeting, item: AgendaItem, ballots: Iterable[Ballot], roll: Roll) -> Verdict:
    """One vote at a time, once an item, with a quorum and a text in some language (clauses 13, 20)."""
    if meeting.state != State.OPEN:
        return refused("meeting_not_open", "13")
    for ballot in ballots:
        if ballot.is_open:
            return refused("another_vote_is_open", "13", order=ballot.item.order)
        if ballot.item_id == item.pk and ballot.reason != "no_quorum":
            return refused("item_already_voted", "13", order=item.order)
    if not (item.draft_kk or item.draft_ru):
        return refused("item_without_draft", "13", order=item.order)
    quorum = has_quorum(roll)
    return is_chaired(meeting, roll) if quorum else quorum


def may_vote(ballot: Ballot, elector: Elector | None, presence: str) -> Verdict:
    """A member who is present votes while the vote is open (clauses 13, 20)."""
    if elector is None or not elector.votes:
        return refused("no_vote_here", "20")
    if not ballot.is_open:
        return refused("vote_is_closed", "13", closed_at=ballot.closed_at)
    if presence not in PRESENT:
        return refused("not_marked_present", "20")
    return ALLOWED


def may_record_hand(vote: Vote | None) -> Verdict:
    """A raised hand is recorded for who has not voted; nobody's own vote is written over (clause 13)."""
    if vote is not None and not vote.by_hand:
        return refused("has_voted_personally", "13", name=vote.elector.name)
    return ALLOWED


def may_close_ballot(ballot: Ballot) -> Verdict:
    """A vote closes once."""
    return ALLOWED if ballot.is_open else refused("vote_is_closed", "13", closed_at=ballot.closed_at)


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


def votes_needed(ballot: Ballot, roll: Roll) -> int:
    """Return how many votes "for" the ballot needs under the parameter `adoption` (clause 13)."""
    procedure = ballot.meeting.procedure
    return majority(ballot.total if procedure.adoption == "total" else max(roll.present, 1), procedure)
