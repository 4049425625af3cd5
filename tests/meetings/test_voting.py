"""The open vote: who votes, when, and what the closing computes (clauses 13, 20)."""

import pytest
from django.db import IntegrityError, connection, transaction

from meetings import actions
from meetings.models import Ballot, Vote
from members.models import JournalEntry
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import MORNING

pytestmark = pytest.mark.django_db

# Letters are the votes of the members present, the first of them is the head in the chair.
OUTCOMES = [
    pytest.param("ffffffffoo", "", True, "majority", 8, id="8-for-of-15"),
    pytest.param("fffffffooo", "", False, "not_enough_votes", 7, id="7-for-none-against-fails"),
    pytest.param("fffffffaaaaaaao", "", True, "casting_vote", 7, id="7-7-chair-for"),
    pytest.param("aaaaaaafffffffo", "", False, "casting_vote", 7, id="7-7-chair-against"),
    pytest.param("ofaffffffaaaaaa", "", False, "tie_not_broken", 7, id="7-7-chair-abstained"),
    pytest.param("fffffaaaaa", "", True, "casting_vote", 5, id="5-5-below-majority-adopted"),
    pytest.param("ffffffaaaa", "", False, "not_enough_votes", 6, id="6-4-fails-though-5-5-passes"),
    pytest.param("----------", "", False, "not_enough_votes", 0, id="nobody-voted"),
]


@pytest.mark.parametrize(("votes", "note", "adopted", "reason", "votes_for"), OUTCOMES)
def test_closing_computes_the_outcome(
    votes: str, note: str, adopted: bool, reason: str, votes_for: int
) -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, present=len(votes))
    ballot = scene.ballot_on(stage, meeting)
    scene.vote_all(ballot, stage.voters, votes)
    closed = actions.close_ballot(ballot, by=stage.secretary)
    assert (closed.adopted, closed.reason, closed.votes_for) == (adopted, reason, votes_for)
    assert (closed.total, closed.present, closed.needed) == (15, len(votes), 8)


def test_head_only_leaves_a_deputy_without_a_casting_vote() -> None:
    stage = scene.set_stage(tie="head_only")
    meeting = scene.registered(stage)
    present = stage.voters[1:13]
    scene.arrive(stage, meeting, present)
    deputy = scene.elector(meeting, stage.deputy)
    actions.appoint_chair(
        meeting, elector=deputy, ground="демалыс, № 5 бұйрық", by=stage.secretary, now=MORNING
    )
    meeting = actions.open_meeting(meeting, by=stage.secretary, now=MORNING)
    ballot = scene.ballot_on(stage, meeting)
    scene.vote_all(ballot, present, "ffffffaaaaaa")
    closed = actions.close_ballot(ballot, by=stage.secretary)
    assert (closed.adopted, closed.reason, closed.chair_vote) == (False, "tie_not_broken", "")


def test_a_deputy_in_the_chair_breaks_the_tie_by_default() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    present = stage.voters[1:13]
    scene.arrive(stage, meeting, present)
    deputy = scene.elector(meeting, stage.deputy)
    actions.appoint_chair(
        meeting, elector=deputy, ground="демалыс, № 5 бұйрық", by=stage.secretary, now=MORNING
    )
    meeting = actions.open_meeting(meeting, by=stage.secretary, now=MORNING)
    ballot = scene.ballot_on(stage, meeting)
    scene.vote_all(ballot, present, "ffffffaaaaaa")
    closed = actions.close_ballot(ballot, by=stage.secretary)
    assert (closed.adopted, closed.reason, closed.chair_id) == (True, "casting_vote", deputy.pk)


def test_a_vote_changes_until_closing_and_every_version_is_kept() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    ballot = scene.ballot_on(stage, meeting)
    scene.vote(ballot, stage.member, "for", key="first")
    scene.vote(ballot, stage.member, "against", key="second")
    vote = Vote.objects.get(ballot=ballot)
    assert vote.choice == "against"
    assert list(vote.changes.values_list("choice", flat=True)) == ["for", "against"]


def test_the_same_key_gives_the_same_receipt_and_nothing_new() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    ballot = scene.ballot_on(stage, meeting)
    own = scene.elector(meeting, stage.member)
    first = actions.cast_vote(ballot, elector=own, choice="for", key="act", by=stage.member)
    again = actions.cast_vote(ballot, elector=own, choice="against", key="act", by=stage.member)
    assert (first.code, first.choice) == (again.code, again.choice) == (again.code, "for")
    assert again.changes.count() == 1


def test_the_journal_keeps_no_choice_before_the_closing() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    ballot = scene.ballot_on(stage, meeting)
    scene.vote(ballot, stage.member, "against")
    entry = JournalEntry.objects.get(act="vote.cast")
    assert "against" not in str(entry.data)
    actions.close_ballot(ballot, by=stage.secretary)
    assert JournalEntry.objects.get(act="ballot.closed").data["votes"] == {"5": "against"}


REFUSED = [
    pytest.param("absent member", "not_marked_present", id="not-present"),
    pytest.param("closed", "vote_is_closed", id="after-closing"),
    pytest.param("somebody else", "no_vote_here", id="for-another"),
]


@pytest.mark.parametrize(("case", "reason"), REFUSED)
def test_a_vote_is_refused_with_its_reason(case: str, reason: str) -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, present=10)
    ballot = scene.ballot_on(stage, meeting)
    person, target = stage.member, stage.member
    if case == "absent member":
        person = target = stage.voters[12]
    if case == "somebody else":
        target = stage.voters[5]
    if case == "closed":
        actions.close_ballot(ballot, by=stage.secretary)
    with pytest.raises(Refused) as refusal:
        actions.cast_vote(ballot, elector=scene.elector(meeting, target), choice="for", key="k", by=person)
    assert refusal.value.verdict.reason == reason
    assert not Vote.objects.exists()


def test_the_secretary_records_a_raised_hand_marked_as_such() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    ballot = scene.ballot_on(stage, meeting)
    own = scene.elector(meeting, stage.member)
    vote = actions.cast_vote(ballot, elector=own, choice="for", key="k", by=stage.secretary)
    assert (vote.by_hand, vote.entered_by) == (True, stage.secretary.user)


def test_a_raised_hand_does_not_write_over_a_personal_vote() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    ballot = scene.ballot_on(stage, meeting)
    scene.vote(ballot, stage.member, "against")
    own = scene.elector(meeting, stage.member)
    with pytest.raises(Refused) as refusal:
        actions.cast_vote(ballot, elector=own, choice="for", key="k", by=stage.secretary)
    assert refusal.value.verdict.reason == "has_voted_personally"
    assert Vote.objects.get().choice == "against"


def test_a_vote_that_lost_its_quorum_is_taken_again() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, present=10)
    ballot = scene.ballot_on(stage, meeting)
    last = scene.elector(meeting, stage.voters[9])
    actions.mark(last, presence="absent", by=stage.secretary, now=MORNING)
    assert actions.close_ballot(ballot, by=stage.secretary).reason == "no_quorum"
    actions.mark(last, presence="room", by=stage.secretary, now=MORNING)
    again = scene.ballot_on(stage, meeting)
    scene.vote_all(again, stage.voters, "ffffffffff")
    assert actions.close_ballot(again, by=stage.secretary).adopted


def test_the_closing_keeps_who_was_present() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, present=11)
    ballot = scene.ballot_on(stage, meeting)
    actions.mark(scene.elector(meeting, stage.voters[10]), presence="absent", by=stage.secretary, now=MORNING)
    closed = actions.close_ballot(ballot, by=stage.secretary)
    assert closed.present_ids == [scene.elector(meeting, person).pk for person in stage.voters[:10]]


def test_no_vote_without_a_quorum() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, present=10)
    actions.mark(scene.elector(meeting, stage.member), presence="absent", by=stage.secretary, now=MORNING)
    with pytest.raises(Refused) as refusal:
        scene.ballot_on(stage, meeting)
    assert refusal.value.verdict.reason == "no_quorum"
    assert refusal.value.verdict.facts == {"present": 9, "total": 15, "needed": 10}


def test_a_quorum_lost_during_the_vote_leaves_it_without_a_decision() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, present=10)
    ballot = scene.ballot_on(stage, meeting)
    scene.vote_all(ballot, stage.voters, "fffffffff")
    actions.mark(scene.elector(meeting, stage.voters[9]), presence="absent", by=stage.secretary, now=MORNING)
    closed = actions.close_ballot(ballot, by=stage.secretary)
    assert (closed.adopted, closed.reason, closed.present) == (False, "no_quorum", 9)


def test_who_has_voted_does_not_leave_an_open_vote() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    ballot = scene.ballot_on(stage, meeting)
    scene.vote(ballot, stage.member, "for")
    with pytest.raises(Refused) as refusal:
        actions.mark(scene.elector(meeting, stage.member), presence="absent", by=stage.secretary, now=MORNING)
    assert refusal.value.verdict.reason == "has_voted_in_open_ballot"


def test_one_vote_at_a_time_and_once_an_item() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, items=2)
    first = scene.ballot_on(stage, meeting, 1)
    with pytest.raises(Refused) as refusal:
        scene.ballot_on(stage, meeting, 2)
    assert refusal.value.verdict.reason == "another_vote_is_open"
    actions.close_ballot(first, by=stage.secretary)
    with pytest.raises(Refused) as refusal:
        scene.ballot_on(stage, meeting, 1)
    assert refusal.value.verdict.reason == "item_already_voted"


def test_a_vote_closes_once() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    ballot = scene.ballot_on(stage, meeting)
    actions.close_ballot(ballot, by=stage.secretary)
    with pytest.raises(Refused) as refusal:
        actions.close_ballot(ballot, by=stage.secretary)
    assert refusal.value.verdict.reason == "vote_is_closed"


FORBIDDEN_SQL = [
    pytest.param("UPDATE meetings_ballot SET votes_for = 15", id="closed-ballot"),
    pytest.param("DELETE FROM meetings_ballot", id="delete-ballot"),
    pytest.param("UPDATE meetings_ballot SET text_kk = 'x'", id="text-put-to-the-vote"),
    pytest.param("UPDATE meetings_vote SET choice = 'against'", id="vote-after-closing"),
    pytest.param("DELETE FROM meetings_vote", id="delete-vote"),
    pytest.param("UPDATE meetings_votechange SET choice = 'against'", id="vote-version"),
    pytest.param("UPDATE meetings_elector SET votes = (1 = 0)", id="electorate"),
    pytest.param("DELETE FROM meetings_elector", id="delete-electorate"),
    pytest.param("UPDATE meetings_agendaversion SET content = '{}'", id="approved-agenda"),
    pytest.param("DELETE FROM meetings_agendaversion", id="delete-agenda"),
    pytest.param("UPDATE members_journalentry SET actor_text = 'x'", id="journal"),
    pytest.param("DELETE FROM members_journalentry", id="delete-journal"),
]


@pytest.mark.parametrize("statement", FORBIDDEN_SQL)
def test_the_database_itself_refuses_to_change_what_was_decided(statement: str) -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    ballot = scene.ballot_on(stage, meeting)
    scene.vote(ballot, stage.member, "for")
    actions.close_ballot(ballot, by=stage.secretary)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_a_vote_from_outside_the_electorate() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    meeting, elsewhere = scene.opened(stage), scene.opened(other)
    ballot = scene.ballot_on(stage, meeting)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(
            ballot=ballot,
            elector=scene.elector(elsewhere, other.member),
            choice="for",
            cast_at=MORNING,
            entered_by=other.member.person,
            code="XXXX-XXXX",
        )


def test_tally_of_rows_equals_the_stored_outcome() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, present=12)
    ballot = scene.ballot_on(stage, meeting)
    scene.vote_all(ballot, stage.voters, "ffffaaaooff-")
    closed = Ballot.objects.get(pk=actions.close_ballot(ballot, by=stage.secretary).pk)
    counted = [closed.votes.filter(choice=choice).count() for choice in ("for", "against", "abstained")]
    assert counted == [closed.votes_for, closed.votes_against, closed.votes_abstained] == [6, 3, 2]
