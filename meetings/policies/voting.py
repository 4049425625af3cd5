from collections.abc import Iterable

from meetings.facts import Roll
from meetings.facts.basis import note_taking_off
from meetings.models import AgendaItem, Ballot, Elector, Meeting, Vote
from meetings.policies.session import has_quorum, is_chaired
from meetings.states import PRESENT, State
from regulation.verdicts import ALLOWED, Verdict, refused
from regulation.voting import majority


def may_open_ballot(meeting: Meeting, item: AgendaItem, ballots: Iterable[Ballot], roll: Roll) -> Verdict:
    """One vote at a time, once an item, with a quorum and a text in some language (clauses 13, 20)."""
    if meeting.state != State.OPEN:
        return refused("meeting_not_open", "13")
    for ballot in ballots:
        if ballot.is_open:
            return refused("another_vote_is_open", "13", order=ballot.item.order)
        if ballot.item_id == item.pk and ballot.reason != "no_quorum":
            return refused("item_already_voted", "13", order=item.order)
    taken_off = note_taking_off(item)
    if taken_off is not None:
        return refused("item_taken_off", "18", order=item.order, number=taken_off.number)
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


def votes_needed(ballot: Ballot, roll: Roll) -> int:
    """Return how many votes "for" the ballot needs under the parameter `adoption` (clause 13)."""
    procedure = ballot.meeting.procedure
    return majority(ballot.total if procedure.adoption == "total" else max(roll.present, 1), procedure)
