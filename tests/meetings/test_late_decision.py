"""The head's three choices for a late question (clauses 18, 22)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from meetings import actions, facts, policies
from meetings.models import AgendaItem, JustificationNote, Meeting
from members.models import Notice
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import Stage

pytestmark = pytest.mark.django_db

# M−4: the meeting is on Thursday, 17 December 2026, materials were due on the 12th.
LATE = datetime(2026, 12, 13, 6, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 14, 6, 0, tzinfo=UTC)
TO = {"to_year": 2027, "to_month": 2}


def late_meeting(**parameters: Any) -> tuple[Stage, Meeting]:
    """Return a meeting with two questions, of which the second has no material at M−4."""
    stage = scene.set_stage(**parameters)
    meeting = scene.planned(stage, items=2)
    scene.attach(stage, meeting.items.get(order=1))
    return stage, meeting


def rows_of(meeting: Meeting, *, today: date = date(2026, 12, 13)) -> list[facts.ItemMaterials]:
    return facts.items_with_materials(Meeting.objects.get(pk=meeting.pk), today=today)


def undecided(meeting: Meeting, *, today: date = date(2026, 12, 13)) -> list[object]:
    return [each.facts["order"] for each in policies.may_approve_with(rows_of(meeting, today=today))]


def decide(stage: Stage, item: AgendaItem, decision: str, **fields: Any) -> JustificationNote | None:
    start: dict[str, Any] = {"reason": "Басшы шешімі", "by": stage.head, "now": LATE}
    return actions.decide_late(item, decision=decision, **start | fields)


def reason_of(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.verdict.reason


def test_a_late_question_stands_against_the_approval_from_the_fourth_day_on() -> None:
    _stage, meeting = late_meeting()
    days = {day: undecided(meeting, today=date(2026, 12, day)) for day in (12, 13, 17)}
    assert days == {12: [], 13: [2], 17: [2]}


def test_where_lateness_is_only_marked_nothing_stands_against_the_approval() -> None:
    _stage, meeting = late_meeting(late_materials="mark")
    assert undecided(meeting) == []


def test_a_question_without_any_material_may_be_kept_and_what_comes_later_is_held_again() -> None:
    stage, meeting = late_meeting()
    item = meeting.items.get(order=2)
    assert decide(stage, item, "admit") is None
    assert undecided(meeting) == []
    scene.attach(stage, item, now=LATER)
    assert undecided(meeting, today=date(2026, 12, 14)) == [2]
    decide(stage, item, "admit", now=LATER.replace(hour=7))
    assert undecided(meeting, today=date(2026, 12, 14)) == []


@pytest.mark.parametrize(("decision", "to"), [("move", TO), ("remove", {})], ids=["move", "remove"])
def test_moving_or_removing_makes_a_note_of_the_working_body_that_the_head_agreed_to(
    decision: str, to: dict[str, int]
) -> None:
    stage, meeting = late_meeting()
    note = decide(stage, meeting.items.get(order=2), decision, **to)
    assert note is not None
    assert (note.prepared_by, note.prepared_role, note.decided_by) == (
        stage.secretary.user,
        "secretary",
        stage.head.user,
    )
    assert (note.kind, note.state, note.to_month, note.meeting) == (
        decision,
        "agreed",
        to.get("to_month"),
        meeting,
    )
    assert (bool(note.reason_kk), bool(note.reason_ru), note.decision_reason) == (True, True, "Басшы шешімі")
    assert list(meeting.items.values_list("order", flat=True)) == [1]
    told = Notice.objects.filter(event="note.agreed").values_list("recipient", flat=True)
    assert list(told) == [stage.secretary.person.pk]


def test_the_agenda_that_lies_with_the_head_goes_back_by_his_decision() -> None:
    stage, meeting = late_meeting()
    version = actions.submit_agenda(meeting, by=stage.secretary, now=LATE)
    act = {"seen": version.sha256, "by": stage.head, "now": LATE}
    assert reason_of(actions.approve_agenda, version, **act) == "late_undecided"
    decide(stage, meeting.items.get(order=2), "remove")
    version.refresh_from_db()
    assert (version.state, version.remark) == ("returned", "Басшы шешімі")


def test_an_approved_agenda_changes_by_the_decision_and_is_approved_again() -> None:
    stage, meeting = late_meeting()
    version = actions.submit_agenda(meeting, by=stage.secretary, now=scene.WEEK_BEFORE)
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=scene.WEEK_BEFORE)
    decide(stage, meeting.items.get(order=2), "move", **TO)
    again = actions.submit_agenda(meeting, by=stage.secretary, now=LATER)
    assert (again.number, len(again.content["items"])) == (2, 1)


@pytest.mark.parametrize(
    ("who", "reason"),
    [(1, "ground_needed"), (3, "not_your_role"), (4, "not_your_role")],
    ids=["deputy", "secretary", "member"],
)
@pytest.mark.parametrize("decision", ["admit", "move", "remove"])
def test_who_decides_on_a_late_question(who: int, reason: str, decision: str) -> None:
    stage, meeting = late_meeting()
    to = TO if decision == "move" else {}
    said = reason_of(decide, stage, meeting.items.get(order=2), decision, by=stage.people[who], **to)
    assert said == reason


@pytest.mark.parametrize("decision", ["admit", "move", "remove"])
def test_what_is_not_late_needs_no_decision(decision: str) -> None:
    stage, meeting = late_meeting()
    to = TO if decision == "move" else {}
    assert reason_of(decide, stage, meeting.items.get(order=1), decision, **to) == "material_in_time"


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ({}, "month_needed"),
        ({"to_year": 2026, "to_month": 11}, "month_is_over"),
        ({"to_year": 2026, "to_month": 12}, "month_not_later"),
    ],
    ids=["none", "past", "its own"],
)
def test_a_late_question_is_moved_to_a_month_after_that_of_the_meeting(
    to: dict[str, int], reason: str
) -> None:
    stage, meeting = late_meeting()
    assert reason_of(decide, stage, meeting.items.get(order=2), "move", **to) == reason


@pytest.mark.parametrize(("who", "state"), [(3, "refused"), (1, "refused")], ids=["secretary", "deputy"])
def test_a_note_that_lies_with_the_head_is_ended_by_his_other_decision(who: int, state: str) -> None:
    stage, meeting = late_meeting()
    item = meeting.items.get(order=2)
    fields: dict[str, Any] = {"kind": "move", "question": item.question, "reason_kk": "x", **TO}
    waiting = actions.prepare_note(by=stage.people[who], now=LATE, **fields)
    decide(stage, item, "remove")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decision_reason) == (state, "Басшы шешімі")


def test_a_deputy_who_acts_for_the_head_takes_his_own_waiting_note_back() -> None:
    stage, meeting = late_meeting()
    item = meeting.items.get(order=2)
    fields: dict[str, Any] = {"kind": "move", "question": item.question, "reason_kk": "x", **TO}
    waiting = actions.prepare_note(by=stage.deputy, now=LATE, **fields)
    decide(stage, item, "remove", by=stage.deputy, ground="04.12.2026 № 15 бұйрық")
    waiting.refresh_from_db()
    assert waiting.state == "withdrawn"


def test_a_decision_is_made_once() -> None:
    stage, meeting = late_meeting()
    item = meeting.items.get(order=2)
    decide(stage, item, "remove")
    assert reason_of(decide, stage, item, "remove") == "item_left_agenda"
    assert JustificationNote.objects.count() == 1


def test_a_meeting_that_began_is_past_the_decision() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    assert reason_of(decide, stage, meeting.items.get(order=1), "remove") == "meeting_has_begun"


def test_the_page_asks_the_head_and_takes_his_decision() -> None:
    stage, meeting = late_meeting()
    item = meeting.items.get(order=2)
    address = meeting.address("meetings:decide_late", order=2)
    with time_machine.travel(LATE, tick=True):
        client = scene.signed_in(stage.head)
        asked = client.get(item.get_absolute_url()).content.decode()
        wrong = client.post(address, {"decision": "move", "reason": "x"})
        done = client.post(address, {"decision": "move", "to": "2027-02", "reason": "x"})
    assert (address in asked, wrong.status_code, done.status_code) == (True, 422, 302)
    assert not AgendaItem.objects.filter(pk=item.pk).exists()
