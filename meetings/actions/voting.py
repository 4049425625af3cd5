import secrets
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now

from meetings import facts, permissions, policies
from meetings.locks import locked_ballot, locked_meeting, locked_open_ballot
from meetings.models import AgendaItem, Ballot, Elector, Meeting, Vote, VoteChange
from meetings.states import State
from members import journal
from members.permissions import Actor
from members.states import Role
from regulation import voting
from regulation.verdicts import Refused, refused

# Letters and digits that nobody confuses when reading a receipt aloud.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

# What a closing writes; the text put to the vote and its opening are guarded.
CLOSING = (
    *("closed_at", "closed_by", "present", "present_ids", "needed", "votes_for", "votes_against"),
    *("votes_abstained", "chair", "chair_vote", "adopted", "reason", "clause"),
)


@transaction.atomic
def open_ballot(item: AgendaItem, *, by: Actor) -> Ballot:
    """Put the draft decision of `item` to the open vote; its text is frozen (clause 13).

    The moment is the database's. Raises Refused without a quorum or while another vote is open.
    """
    permissions.CONDUCT.require(by, item.meeting.staff_id)
    meeting = locked_meeting(item.meeting)
    item = meeting.items.get(pk=item.pk)
    roll = facts.roll(meeting)
    ballots = meeting.ballots.select_related("item")
    policies.may_open_ballot(meeting, item, ballots, roll).or_raise()
    ballot = Ballot.objects.create(
        meeting=meeting,
        item=item,
        text_kk=item.draft_kk,
        text_ru=item.draft_ru,
        opened_at=Now(),
        opened_by=by.person,
        total=roll.total,
    )
    ballot.refresh_from_db()
    journal.record(
        "ballot.opened",
        ballot,
        by=by,
        now=ballot.opened_at,
        clause="13",
        order=item.order,
        total=roll.total,
        present=roll.present,
    )
    return ballot


@transaction.atomic
def cast_vote(ballot: Ballot, *, elector: Elector, choice: str, key: str, by: Actor) -> Vote:
    """Record the vote of `elector` and return it with its receipt; until the closing it may change.

    `key` names the act: the same key again changes nothing and gives the same receipt. The secretary
    records a raised hand for a member. The moment is the database's, taken under the ballot's lock,
    so no vote falls outside the tally (clause 13). Raises Refused.
    """
    by_hand = by.role == Role.SECRETARY
    (permissions.CONDUCT if by_hand else permissions.VOTE).require(by, ballot.meeting.staff_id)
    ballot = locked_ballot(ballot)
    elector = ballot.meeting.electors.select_related("attendance").get(pk=elector.pk)
    if not by_hand and (by.user is None or elector.user_id != by.user.pk):
        raise Refused(refused("no_vote_here", "20"))
    vote = Vote.objects.filter(ballot=ballot, elector=elector).first()
    if vote and vote.changes.filter(key=key).exists():
        return vote
    policies.may_vote(ballot, elector, elector.attendance.presence).or_raise()
    if by_hand:
        policies.may_record_hand(vote).or_raise()
    vote = _write(
        vote or Vote(ballot=ballot, elector=elector, code=_code()), choice, key, by, by_hand=by_hand
    )
    # Before the closing nobody learns the choice, so the journal has only the receipt.
    journal.record(
        "vote.cast", ballot, by=by, now=vote.cast_at, clause="13", receipt=vote.code, by_hand=by_hand
    )
    return vote


def _write(vote: Vote, choice: str, key: str, by: Actor, *, by_hand: bool) -> Vote:
    vote.choice, vote.cast_at, vote.entered_by, vote.by_hand = choice, Now(), by.user, by_hand  # type: ignore[assignment]
    vote.save()
    vote.refresh_from_db()
    VoteChange.objects.create(
        vote=vote, choice=choice, cast_at=vote.cast_at, entered_by=by.person, by_hand=by_hand, key=key
    )
    return vote


def _code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


@transaction.atomic
def close_ballot(ballot: Ballot, *, by: Actor) -> Ballot:
    """Close the vote at the database's moment and store the outcome with all its numbers (clause 13).

    Raises Refused when it is closed already.
    """
    permissions.CONDUCT.require(by, ballot.meeting.staff_id)
    ballot = locked_ballot(ballot)
    policies.may_close_ballot(ballot).or_raise()
    settle(ballot, present=[elector.pk for elector in facts.roll(ballot.meeting).attending])
    ballot.closed_at, ballot.closed_by = Now(), by.user
    ballot.save(update_fields=CLOSING)
    ballot.refresh_from_db()
    record_closing(ballot, by=by)
    return ballot


def settle(ballot: Ballot, *, present: list[int]) -> None:
    """Fill the outcome of `ballot` from its votes, unsaved; `present` are keys of electors (clause 13)."""
    meeting = ballot.meeting
    counts = facts.tally(ballot)
    outcome = voting.outcome(
        total=ballot.total,
        present=len(present),
        votes_for=counts["for"],
        votes_against=counts["against"],
        abstained=counts["abstained"],
        chair_vote=facts.chair_vote(ballot, meeting),
        procedure=meeting.procedure,
    )
    ballot.present, ballot.present_ids, ballot.needed = outcome.present, present, outcome.needed
    ballot.votes_for, ballot.votes_against = outcome.votes_for, outcome.votes_against
    ballot.votes_abstained = outcome.abstained
    ballot.adopted, ballot.reason, ballot.clause = outcome.adopted, outcome.reason, outcome.clause
    ballot.chair, ballot.chair_vote = meeting.chair, facts.chair_vote(ballot, meeting) or ""


def record_closing(ballot: Ballot, *, by: Actor) -> None:
    """Write the closing with every vote by seat into the journal: from now on they are known to all."""
    votes = {str(order): choice for order, choice in ballot.votes.values_list("elector__order", "choice")}
    assert ballot.closed_at is not None  # noqa: S101 - settled and saved by the caller
    journal.record(
        "ballot.closed",
        ballot,
        by=by,
        now=ballot.closed_at,
        clause=ballot.clause,
        adopted=ballot.adopted,
        reason=ballot.reason,
        total=ballot.total,
        present=ballot.present,
        needed=ballot.needed,
        votes=votes,
        chair_vote=ballot.chair_vote,
    )


@transaction.atomic
def end_meeting(meeting: Meeting, *, by: Actor, now: datetime) -> Meeting:
    """End the meeting; from this day the protocol's one-day term runs (clause 23). Raises Refused."""
    permissions.CONDUCT.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    policies.may_end(meeting, locked_open_ballot(meeting)).or_raise()
    meeting.state, meeting.ended_at, meeting.ended_by = State.ENDED, now, by.user
    meeting.save()
    journal.record("meeting.ended", meeting, by=by, now=now, clause="23", number=meeting.number)
    return meeting
