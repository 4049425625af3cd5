"""Justification notes while the meeting goes on: adding, removing and moving on the spot (clause 18)."""

from datetime import timedelta
from typing import Any

import pytest

from meetings import actions
from meetings.facts.execution import execution_of
from meetings.models import AgendaItem, JustificationNote, Meeting, PlanItem
from meetings.states import QuestionKind
from protocols.actions import draw_up
from regulation.verdicts import Refused
from tests import stage as scene
from tests.meetings.test_changes import added, decide, note_of, plan_of, reason_of
from tests.stage import WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
MARCH = {"to_year": 2027, "to_month": 3}


def test_a_question_added_at_the_meeting_is_put_last_gets_its_draft_and_is_voted() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    note = actions.propose_at_meeting(
        meeting,
        title_kk="Шұғыл мәселе",
        agency=stage.organisations[5],
        reason_kk="Жаңа деректер",
        by=stage.secretary,
        now=scene.MORNING,
    )
    actions.decide_note(
        note, agree=True, reason="Иә", by=stage.head, now=scene.MORNING + timedelta(minutes=1)
    )
    item: AgendaItem = meeting.items.get(order=2)
    assert (item.note, item.question) == (note, note.question)
    assert reason_of(actions.open_ballot, item, by=stage.secretary) == "item_without_draft"
    actions.write_added_draft(
        item,
        points=[scene.PointText("шара өткізілсін", "провести мероприятие")],
        version=item.version,
        by=stage.secretary,
        now=scene.MORNING,
    )
    ballot = scene.ballot_on(stage, meeting, 2)
    scene.vote_all(ballot, stage.voters, "ffffffffff")
    closed = actions.close_ballot(ballot, by=stage.secretary)
    assert closed.adopted
    act = {"points": [], "version": 2, "by": stage.secretary, "now": scene.MORNING}
    assert reason_of(actions.write_added_draft, item, **act) == "item_already_voted"
    first = meeting.items.get(order=1)
    assert reason_of(actions.write_added_draft, first, **act) == "not_added_at_meeting"


def test_a_note_on_the_spot_needs_a_meeting_that_goes_on() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    act = {"title_kk": "x", "agency": stage.organisations[5], "reason_kk": "x", "now": WEEK_BEFORE}
    said = reason_of(actions.propose_at_meeting, meeting, by=stage.secretary, **act)
    assert said == "wrong_meeting_state"


def propose(stage: Stage, meeting: Meeting, item: AgendaItem, **fields: Any) -> JustificationNote:
    start: dict[str, Any] = {"kind": "remove", "question": item.question, "reason_kk": "Деректер жоқ"}
    return actions.propose_at_meeting(meeting, by=stage.secretary, now=scene.MORNING, **start | fields)


def agreed(stage: Stage, note: JustificationNote) -> JustificationNote:
    return actions.decide_note(note, agree=True, reason="Иә", by=stage.head, now=scene.MORNING + MINUTE)


@pytest.mark.parametrize("fields", [{}, {"kind": "move", **MARCH}], ids=["remove", "move"])
def test_a_question_taken_off_at_the_meeting_keeps_its_number_and_is_not_voted(
    fields: dict[str, Any],
) -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, items=2)
    item = meeting.items.get(order=1)
    agreed(stage, propose(stage, meeting, item, **fields))
    assert list(meeting.items.order_by("order").values_list("order", flat=True)) == [1, 2]
    assert reason_of(actions.open_ballot, item, by=stage.secretary) == "item_taken_off"
    scene.ballot_on(stage, meeting, 2)


def test_a_note_from_before_the_meeting_takes_off_what_it_moves() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, items=1)
    item = meeting.items.get()
    note = note_of(stage, plan_item=None, question=item.question)
    agreed(stage, note)
    assert reason_of(actions.open_ballot, item, by=stage.secretary) == "item_taken_off"


def test_what_was_put_to_the_vote_is_not_taken_off() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, items=1)
    item = meeting.items.get()
    note = propose(stage, meeting, item)
    ballot = scene.ballot_on(stage, meeting)
    assert reason_of(agreed, stage, note) == "item_already_voted"
    scene.vote_all(ballot, stage.voters, "ffffffffff")
    actions.close_ballot(ballot, by=stage.secretary)
    actions.decide_note(note, agree=False, reason="Кеш", by=stage.head, now=scene.MORNING + MINUTE)
    assert reason_of(propose, stage, meeting, item) == "item_already_voted"


def test_the_protocol_leaves_out_what_was_taken_off() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, items=2)
    agreed(stage, propose(stage, meeting, meeting.items.get(order=1)))
    ballot = scene.ballot_on(stage, meeting, 2)
    scene.vote_all(ballot, stage.voters, "ffffffffff")
    actions.close_ballot(ballot, by=stage.secretary)
    meeting = actions.end_meeting(meeting, by=stage.secretary, now=scene.MORNING.replace(hour=6))
    protocol = draw_up(meeting, by=stage.secretary, now=scene.MORNING.replace(hour=7))
    assert [row.item.order for row in protocol.items.all()] == [2]


def test_a_deputy_makes_the_note_on_the_spot_and_a_member_does_not() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, items=1)
    item = meeting.items.get()
    with pytest.raises(Refused):
        actions.propose_at_meeting(
            meeting, kind="remove", question=item.question, reason_kk="x", by=stage.member, now=scene.MORNING
        )
    page = meeting.address("meetings:added_question")
    deputy = scene.signed_in(stage.deputy)
    assert deputy.get(page).status_code == 200
    answer = deputy.post(f"{page}?item=1", {"kind": "move", "to": "2027-03", "reason_kk": "Деректер жоқ"})
    note = JustificationNote.objects.get()
    assert (answer.status_code, note.kind, note.prepared_by, note.meeting) == (
        302,
        "move",
        stage.deputy.person,
        meeting,
    )
    assert f"{page}?item=1" in deputy.get(meeting.address("meetings:room")).content.decode()


@pytest.mark.parametrize(("query", "status"), [("1", 200), ("9", 404), ("x", 404), ("-1", 404)])
def test_the_page_names_a_question_of_the_agenda(query: str, status: int) -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, items=1)
    address = f"{meeting.address('meetings:added_question')}?item={query}"
    assert scene.signed_in(stage.secretary).get(address).status_code == status


def test_the_console_shows_what_was_taken_off() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, items=2)
    address = f"{meeting.address('meetings:added_question')}?item=1"
    client = scene.signed_in(stage.secretary)
    before = client.get(meeting.address("meetings:live")).content.decode()
    note = agreed(stage, propose(stage, meeting, meeting.items.get(order=1)))
    after = client.get(meeting.address("meetings:live")).content.decode()
    assert (address in before, address in after, note.get_absolute_url() in after) == (True, False, True)


def test_information_taken_off_at_the_meeting_was_not_heard() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, items=1)
    plan = plan_of(stage)
    row = PlanItem.objects.get()
    AgendaItem.objects.filter(meeting=meeting).update(question=row.question, plan_item=row)
    row.question.kind = QuestionKind.INFORMATION
    row.question.save()
    agreed(stage, propose(stage, meeting, meeting.items.get()))
    actions.end_meeting(meeting, by=stage.secretary, now=scene.MORNING.replace(hour=6))
    assert [each.state for each in execution_of(plan, today=meeting.day).rows] == ["removed"]


def test_a_question_of_the_agenda_typed_again_is_not_doubled() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, items=1)
    act = {"title_kk": "  1-МӘСЕЛЕ туралы", "agency": stage.organisations[5], "reason_kk": "x"}
    said = reason_of(actions.propose_at_meeting, meeting, by=stage.secretary, now=scene.MORNING, **act)
    assert said == "on_agenda_already"
    plan_of(stage)
    act["title_kk"] = "1-жоспарлы МӘСЕЛЕ"
    said = reason_of(actions.propose_at_meeting, meeting, by=stage.secretary, now=scene.MORNING, **act)
    assert said == "already_planned"


def test_another_agency_or_reason_is_another_note() -> None:
    stage = scene.set_stage()
    first = added(stage)
    assert added(stage) == first
    for other in ({"agency": stage.organisations[6]}, {"reason_kk": "Басқа себеп"}, {"by": stage.deputy}):
        assert reason_of(added, stage, **other) == "note_waits"
    assert decide(stage, first).prepared_at == WEEK_BEFORE
