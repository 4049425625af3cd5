"""The facts of a protocol as the rows of a real meeting give them."""

import json
from typing import Any

import pytest

from protocols import documents
from protocols.facts import Facts, protocol_facts
from tests import stage as scene
from tests.protocols import life
from tests.protocols.life import AFTERNOON

pytestmark = pytest.mark.django_db


def test_the_facts_of_a_real_meeting_are_plain_json_and_say_who_voted_how() -> None:
    stage = scene.set_stage()
    meeting = scene.ended(stage, items=2, votes="fffffaaaaao")
    facts = protocol_facts(life.drawn_up(stage, meeting))
    assert json.loads(json.dumps(facts)) == facts
    assert [row["choice"] for row in facts["items"][0]["ballot"]["votes"]] == [
        *["for"] * 5,
        *["against"] * 5,
        "abstained",
        *["absent"] * 4,
    ]
    assert facts["counts"] == {"total": 15, "attended": 11, "quorum": 10}
    assert (facts["items"][0]["ballot"]["reason"], facts["chair"]["is_head"]) == ("casting_vote", True)
    assert documents.make(facts, "kk", now=AFTERNOON).pages >= 3


def test_the_number_of_queries_does_not_depend_on_the_items(django_assert_num_queries: Any) -> None:
    for code, items in (("one-item", 1), ("three-items", 3)):
        stage = scene.set_stage(code)
        protocol = life.fresh(life.drawn_up(stage, items=items))
        with django_assert_num_queries(10):
            protocol_facts(protocol)


def choices_of(facts: Facts) -> list[str]:
    return [row["choice"] for row in facts["items"][0]["ballot"]["votes"]]


def test_who_was_out_at_the_closing_was_absent_though_he_came_back() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, present=12)
    ballot = scene.ballot_on(stage, meeting)
    scene.vote_all(ballot, stage.voters, "ffffffffff--")
    scene.arrive(stage, meeting, stage.voters[11:12], "left")
    scene.actions.close_ballot(ballot, by=stage.secretary)
    scene.arrive(stage, meeting, stage.voters[11:12])
    meeting = scene.actions.end_meeting(meeting, by=stage.secretary, now=life.ENDED)
    facts = protocol_facts(life.drawn_up(stage, meeting))
    choices = choices_of(facts)
    assert choices[10:] == ["none", *["absent"] * 4]
    assert len(choices) - choices.count("absent") == facts["items"][0]["ballot"]["present"] == 11


def test_who_left_after_the_closing_was_present_at_it() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, present=11)
    ballot = scene.ballot_on(stage, meeting)
    scene.vote_all(ballot, stage.voters, "ffffffffff-")
    scene.actions.close_ballot(ballot, by=stage.secretary)
    scene.arrive(stage, meeting, stage.voters[10:11], "left")
    meeting = scene.actions.end_meeting(meeting, by=stage.secretary, now=life.ENDED)
    assert choices_of(protocol_facts(life.drawn_up(stage, meeting)))[10:] == ["none", *["absent"] * 4]


def test_a_ballot_keeps_its_own_chair_when_another_chairs_later() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    ballot = scene.ballot_on(stage, meeting)
    scene.vote_all(ballot, stage.voters, "fffffaaaaa")
    scene.actions.close_ballot(ballot, by=stage.secretary)
    scene.arrive(stage, meeting, stage.voters[:1], "left")
    scene.actions.appoint_chair(
        meeting,
        elector=scene.elector(meeting, stage.deputy),
        ground="іссапар",
        by=stage.secretary,
        now=scene.MORNING,
    )
    meeting = scene.actions.end_meeting(meeting, by=stage.secretary, now=life.ENDED)
    facts = protocol_facts(life.drawn_up(stage, meeting))
    voted = facts["items"][0]["ballot"]
    assert (voted["chair"], voted["chair_is_head"]) == ("М. Сынақ1", True)
    assert (facts["chair"]["name"], facts["chair"]["is_head"]) == ("М. Сынақ2", False)
