"""Decisions of clause 18 against other acts at the same moment, with real threads."""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest

from meetings import actions
from meetings.facts.basis import note_taking_off
from meetings.models import AgendaItem, JustificationNote, Meeting, PlanItem
from members import journal
from members.models import JournalEntry
from tests import stage as scene
from tests.meetings.test_changes import added, note_of, plan_of
from tests.meetings.test_races import together
from tests.stage import MORNING, WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db(transaction=True)
LATE = datetime(2026, 12, 13, 6, 0, tzinfo=UTC)
REMOVE: dict[str, Any] = {"kind": "remove", "plan_item": None, "to_year": None, "to_month": None}


def deciding(stage: Stage, note: JustificationNote, *, now: datetime = WEEK_BEFORE) -> Any:
    return partial(actions.decide_note, note, agree=True, reason="x", by=stage.head, now=now)


def removal(stage: Stage, item: AgendaItem) -> JustificationNote:
    return note_of(stage, question=item.question, **REMOVE)


def places(meeting: Meeting) -> list[int]:
    return list(meeting.items.order_by("order").values_list("order", flat=True))


def test_a_question_is_not_taken_off_the_agenda_of_a_meeting_that_has_begun() -> None:
    stage = scene.set_stage()
    plan_of(stage)
    for _round in range(3):
        meeting = scene.approved(stage, items=2, urgent_ground="тапсырма")
        item = meeting.items.get(order=1)
        note = removal(stage, item)
        begin = partial(actions.start_registration, meeting, by=stage.secretary, now=MORNING)
        together(deciding(stage, note, now=MORNING), begin)
        note.refresh_from_db()
        left = AgendaItem.objects.filter(pk=item.pk).first()
        acts = JournalEntry.objects.filter(object_type="meetings.meeting", object_id=meeting.pk)
        order = list(acts.order_by("sequence").values_list("act", flat=True))
        assert note.state == "agreed"
        if left is None:
            later = order[order.index("agenda.item_removed") :]
            assert "agenda.item_removed" not in order[: len(order) - len(later)]
            assert places(meeting) == [1]
        else:
            assert (places(meeting), note_taking_off(left)) == ([1, 2], note)
    assert journal.first_broken(stage.staff) is None


def test_a_question_leaves_an_agenda_that_is_put_in_another_order_at_once() -> None:
    stage = scene.set_stage()
    plan_of(stage)
    meeting = scene.planned(stage, items=5)
    for to in (4, 3, 2):
        item = meeting.items.get(order=1)
        move = partial(actions.place_item, item, to=to, by=stage.secretary, now=WEEK_BEFORE)
        results = together(deciding(stage, removal(stage, item)), move)
        assert isinstance(results[0], JustificationNote)
        assert results[1] in (None, "item_left_agenda")
        assert places(meeting) == list(range(1, to + 1))


def test_a_note_that_grounds_a_question_undoes_nothing_that_was_edited_at_once() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=4)
    for order in range(1, 5):
        item = meeting.items.get(order=order)
        note = added(stage, question=item.question, title_kk="", title_ru="")
        edit = partial(
            actions.edit_item,
            item,
            title_kk=f"{order}",
            title_ru="",
            points=[],
            version=1,
            minutes=55,
            by=stage.secretary,
            now=WEEK_BEFORE,
        )
        results = together(deciding(stage, note), edit)
        item.refresh_from_db()
        assert [type(row).__name__ for row in results] == ["JustificationNote", "AgendaItem"]
        assert (item.note, item.minutes, item.version) == (note, 55, 2)


def test_a_question_that_leaves_two_agendas_waits_for_nobody_in_a_circle() -> None:
    stage = scene.set_stage()
    plan_of(stage)
    meetings = [scene.planned(stage, items=3, day=date(2026, 12, day)) for day in (17, 24)]
    for order in (3, 2):
        first, second = (meeting.items.get(order=order) for meeting in meetings)
        AgendaItem.objects.filter(pk=second.pk).update(question=first.question)
        others = [
            partial(actions.place_item, meeting.items.get(order=1), to=2, by=stage.secretary, now=WEEK_BEFORE)
            for meeting in reversed(meetings)
        ]
        together(deciding(stage, removal(stage, first)), *others)
        assert [places(meeting) for meeting in meetings] == [list(range(1, order))] * 2
    assert journal.first_broken(stage.staff) is None


def test_the_decision_on_a_late_question_and_on_an_older_note_are_one_of_them() -> None:
    stage = scene.set_stage()
    row = plan_of(stage).items.get()
    meeting = scene.planned(stage, items=0)
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE}
    item = actions.add_item(meeting, question=row.question, agency=row.agency, **act)
    older = note_of(stage)
    late = partial(actions.decide_late, item, decision="remove", reason="кеш", by=stage.head, now=LATE)
    results = together(deciding(stage, older, now=LATE), late)
    older.refresh_from_db()
    state = PlanItem.objects.get(pk=row.pk).state
    refused = [each for each in results if isinstance(each, str)]
    assert (older.state, state, refused) in (
        ("agreed", "moved", ["item_left_agenda"]),
        ("refused", "removed", ["note_already_decided"]),
    )
    assert not AgendaItem.objects.filter(pk=item.pk).exists()


def test_a_question_put_on_two_agendas_at_once_stands_on_one() -> None:
    stage = scene.set_stage()
    row = plan_of(stage).items.get()
    meetings = [scene.planned(stage, items=0, day=date(2026, 12, day)) for day in (17, 24)]
    act: dict[str, Any] = {"question": row.question, "agency": row.agency, "by": stage.secretary}
    results = together(*[partial(actions.add_item, each, now=WEEK_BEFORE, **act) for each in meetings])
    assert results.count("question_on_other_agenda") == 1
    assert row.question.items.count() == 1


def test_two_sweeps_at_once_write_a_breach_into_the_journal_once() -> None:
    stage = scene.set_stage(since=date(2026, 1, 1))
    begun = datetime(2026, 1, 1, 5, tzinfo=UTC)
    journal.record("regulation.approved", stage.staff, by=stage.secretary, now=begun)
    together(*[partial(actions.sweep, now=datetime(2026, 4, 6, 5, tzinfo=UTC))] * 4)
    assert JournalEntry.objects.filter(act="quarter.breached").count() == 1
