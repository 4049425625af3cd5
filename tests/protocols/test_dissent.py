"""Dissenting opinions: written, attached, never lost (clause 14)."""

from datetime import UTC, datetime

import pytest

from members.models import Notice
from members.permissions import Actor
from protocols import actions
from protocols.models import DissentingOpinion, Protocol
from protocols.states import State
from tests import stage as scene
from tests.protocols import life
from tests.protocols.life import AFTERNOON
from tests.protocols.test_drawing_up import reason_of
from tests.stage import Stage

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 12, 18, 6, 0, tzinfo=UTC)


def file(protocol_or_meeting: object, by: Actor) -> DissentingOpinion:
    meeting = getattr(protocol_or_meeting, "meeting", protocol_or_meeting)
    item = meeting.items.get(order=1)
    return actions.file_dissent(item, text="Келіспеймін", proposal="Кейінге", by=by, now=LATER)


def opinions_in(protocol: Protocol) -> list[list[str]]:
    editions = protocol.editions.order_by("number")
    return [[row["name"] for row in edition.facts["opinions"]] for edition in editions]


def test_before_the_protocol_it_waits_for_it() -> None:
    stage = scene.set_stage()
    meeting = scene.ended(stage)
    file(meeting, stage.member)
    protocol = life.sent_from(stage, meeting)
    assert opinions_in(protocol) == [["М. Сынақ5"]]


def test_what_lies_with_the_head_gets_a_new_edition() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    file(protocol, stage.member)
    protocol = life.fresh(protocol)
    assert (protocol.state, life.states_of(protocol)) == (State.PREPARING, ["replaced", "current"])
    assert opinions_in(protocol) == [[], ["М. Сынақ5"]]
    assert [row.recipient for row in Notice.objects.filter(event="protocol.replaced")] == [stage.head.user]
    assert protocol.first_sent_at == AFTERNOON


def test_after_the_signing_it_is_kept_beside_the_document() -> None:
    stage = scene.set_stage()
    protocol = life.signed(stage)
    opinion = file(protocol, stage.member)
    assert (opinion.after_signing, life.fresh(protocol).state) == (True, State.SIGNED)
    assert opinions_in(protocol) == [[]]
    told = {row.recipient for row in Notice.objects.filter(event="dissent.after_signing")}
    assert told == {stage.secretary.user, stage.head.user}


def test_an_absent_member_may_dissent_too() -> None:
    stage = scene.set_stage()
    protocol = life.sent(stage)
    opinion = file(protocol, stage.voters[-1])
    assert protocol.meeting.electors.get(pk=opinion.elector_id).attendance.presence == "unknown"
    facts = life.fresh(protocol).editions.current().get().facts
    assert [row["choice"] for row in facts["opinions"]] == [""]


def test_during_the_meeting_only_after_the_vote() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    assert reason_of(file, meeting, stage.member) == "question_not_decided"
    ballot = scene.ballot_on(stage, meeting)
    assert reason_of(file, meeting, stage.member) == "question_not_decided"
    scene.vote_all(ballot, stage.voters, "ffffffffff")
    scene.actions.close_ballot(ballot, by=stage.secretary)
    assert file(meeting, stage.member).after_signing is False


@pytest.mark.parametrize("before", ["planned", "registered"])
def test_not_before_the_meeting(before: str) -> None:
    stage = scene.set_stage()
    meeting = getattr(scene, before)(stage)
    wanted = "no_vote_at_meeting" if before == "planned" else "question_not_decided"
    assert reason_of(file, meeting, stage.member) == wanted


def test_once_per_member_and_question() -> None:
    stage = scene.set_stage()
    protocol = life.drawn_up(stage)
    file(protocol, stage.member)
    file(protocol, stage.head)
    assert reason_of(file, protocol, stage.member) == "opinion_already_filed"
    assert DissentingOpinion.objects.count() == 2


def test_the_secretary_has_no_vote_and_no_opinion() -> None:
    stage: Stage = scene.set_stage()
    assert reason_of(file, life.drawn_up(stage), stage.secretary) == "no_vote_at_meeting"


def test_a_member_of_another_staff_does_not_file() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    assert reason_of(file, life.drawn_up(stage), other.member) == "other_staff"
