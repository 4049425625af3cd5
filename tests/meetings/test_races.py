"""Several at once, with real threads: no vote outside the tally, nothing twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from meetings import actions
from meetings.models import AgendaVersion, Ballot, Meeting, Vote
from members import journal
from members.models import Notice
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import MORNING, WEEK_BEFORE

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Run all calls at one moment, each in a thread with a connection of its own; refusals come back."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return call()
        except Refused as refusal:
            return refusal.verdict.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_votes_against_closings_leave_nothing_outside_the_tally() -> None:
    stage = scene.set_stage(total=9)
    meeting = scene.opened(stage, present=9, items=5)
    for order in range(1, 6):
        ballot = scene.ballot_on(stage, meeting, order)
        votes = [
            partial(scene.vote, ballot, person, choice)
            for person in stage.voters
            for choice in ("for", "against")
        ]
        closings = [partial(actions.close_ballot, ballot, by=stage.secretary)] * 3
        results = together(*votes, *closings)
        closed = Ballot.objects.get(pk=ballot.pk)
        counted = [Vote.objects.filter(ballot=closed, choice=choice).count() for choice in ("for", "against")]
        assert [closed.votes_for, closed.votes_against] == counted
        assert sum(isinstance(result, Ballot) for result in results) == 1
        assert not Vote.objects.filter(ballot=closed, cast_at__gt=closed.closed_at).exists()
    assert journal.first_broken(stage.staff) is None


def test_one_act_sent_eight_times_is_one_vote_with_one_receipt() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    ballot = scene.ballot_on(stage, meeting)
    own = scene.elector(meeting, stage.member)

    def cast() -> str:
        return actions.cast_vote(ballot, elector=own, choice="for", key="one-act", by=stage.member).code

    codes = together(*[cast] * 8)
    assert set(codes) == {Vote.objects.get().code}
    assert Vote.objects.get().changes.count() == 1


def test_presence_against_vote_never_disagree() -> None:
    stage = scene.set_stage(total=6)
    meeting = scene.opened(stage, present=5, items=4)
    own = scene.elector(meeting, stage.member)
    for order in range(1, 5):
        actions.mark(own, presence="room", by=stage.secretary, now=MORNING)
        ballot = scene.ballot_on(stage, meeting, order)
        together(
            partial(scene.vote, ballot, stage.member, "for"),
            lambda: actions.mark(own, presence="absent", by=stage.secretary, now=MORNING),
        )
        closed = actions.close_ballot(ballot, by=stage.secretary)
        assert closed.present is not None
        assert closed.present >= closed.votes.count()


def test_two_votes_are_not_opened_at_once() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, items=2)
    items = list(meeting.items.all())
    results = together(*[lambda item=item: actions.open_ballot(item, by=stage.secretary) for item in items])
    assert sorted(str(result) for result in results if isinstance(result, str)) == ["another_vote_is_open"]
    assert Ballot.objects.count() == 1


def test_meetings_opened_at_once_get_different_numbers() -> None:
    stage = scene.set_stage(total=4)
    meetings = []
    for _each in range(4):
        meeting = scene.registered(stage)
        scene.arrive(stage, meeting, stage.voters)
        chair = scene.elector(meeting, stage.head)
        meetings.append(actions.appoint_chair(meeting, elector=chair, by=stage.secretary, now=MORNING))
    together(
        *[lambda row=row: actions.open_meeting(row, by=stage.secretary, now=MORNING) for row in meetings]
    )
    assert list(Meeting.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]


def test_one_agenda_is_decided_once() -> None:
    stage = scene.set_stage()
    version = actions.submit_agenda(scene.planned(stage), by=stage.secretary, now=WEEK_BEFORE)
    results = together(
        lambda: actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE),
        lambda: actions.return_agenda(version, remark="қайта", by=stage.head, now=WEEK_BEFORE),
        lambda: actions.take_back_agenda(version, by=stage.secretary, now=WEEK_BEFORE),
    )
    assert results.count("agenda_already_decided") == 2
    assert AgendaVersion.objects.get().decided_at == WEEK_BEFORE


def test_a_dispatch_pressed_twice_is_sent_once() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    results = together(*[lambda: actions.dispatch(meeting, by=stage.secretary, now=WEEK_BEFORE)] * 4)
    assert results.count("already_dispatched") == 3
    assert Notice.objects.filter(event="pack.dispatched").count() == 15


def test_two_sweeps_at_once_tell_once() -> None:
    scene.planned(scene.set_stage())
    together(*[lambda: actions.sweep(now=MORNING.replace(day=13))] * 4)
    assert Notice.objects.filter(event="material.late").count() == 3


def test_opening_against_claims_and_marks_waits_for_nobody_in_a_circle() -> None:
    stage = scene.set_stage(total=8)
    meeting = scene.registered(stage)
    scene.arrive(stage, meeting, stage.voters[:6])
    chair = scene.elector(meeting, stage.head)
    actions.appoint_chair(meeting, elector=chair, by=stage.secretary, now=MORNING)
    last = scene.elector(meeting, stage.voters[6])
    together(
        partial(actions.open_meeting, meeting, by=stage.secretary, now=MORNING),
        partial(actions.claim_presence, meeting, by=stage.voters[6], now=MORNING),
        partial(actions.claim_presence, meeting, by=stage.voters[7], now=MORNING),
        partial(actions.mark, last, presence="video", by=stage.secretary, now=MORNING),
        partial(scene.planned, stage, kind="extraordinary"),
    )
    assert Meeting.objects.get(pk=meeting.pk).number == 1
    assert journal.first_broken(stage.staff) is None


def test_a_cancelling_against_the_beginning_leaves_one_of_them() -> None:
    stage = scene.set_stage(total=4)
    meeting = scene.approved(stage)
    cancel = partial(actions.cancel_meeting, meeting, reason="карантин", by=stage.secretary, now=MORNING)
    begin = partial(actions.start_registration, meeting, by=stage.secretary, now=MORNING)
    results = together(cancel, begin, cancel)
    assert results.count("wrong_meeting_state") == 2
    assert Meeting.objects.get().state in ("cancelled", "registration")
