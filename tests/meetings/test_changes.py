"""Justification notes of clause 18: who prepares, who decides, what an agreed note changes."""

from contextlib import suppress
from datetime import date, datetime
from typing import Any

import pytest

from meetings import actions
from meetings.facts.changes import changes_of
from meetings.facts.execution import execution_of
from meetings.models import AgendaItem, JustificationNote, PlanItem, Question, WorkPlan
from members.models import Organisation
from members.permissions import Actor
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db


def plan_of(
    stage: Stage, *, rows: int = 1, year: int = 2026, half: int = 2, state: str = "approved"
) -> WorkPlan:
    """Return a plan whose questions are due in December, or in June of a first half."""
    plan = WorkPlan.objects.create(staff=stage.staff, year=year, half=half, state=state)
    for order in range(1, rows + 1):
        question = Question.objects.create(
            staff=stage.staff, title_kk=f"{order}-жоспарлы мәселе", title_ru=f"Плановый вопрос {order}"
        )
        PlanItem.objects.create(
            plan=plan, order=order, question=question, month=half * 6, agency=stage.organisations[5]
        )
    return plan


def note_of(stage: Stage, by: Actor | None = None, **fields: Any) -> JustificationNote:
    """Return a note with the head; without `kind` it moves the first question of the plan to March 2027."""
    plan = WorkPlan.objects.filter(staff=stage.staff).first() or plan_of(stage)
    start: dict[str, Any] = {
        "kind": "move",
        "plan_item": plan.items.order_by("order").first(),
        "to_year": 2027,
        "to_month": 3,
        "reason_kk": "Деректер әлі жиналған жоқ",
        "reason_ru": "Данные ещё не собраны",
    }
    return actions.prepare_note(by=by or stage.secretary, now=WEEK_BEFORE, **start | fields)


def added(stage: Stage, **fields: Any) -> JustificationNote:
    """Return a note that adds a question to December 2026."""
    start = {
        "kind": "add",
        "plan_item": None,
        "title_kk": "Қосымша мәселе",
        "title_ru": "Дополнительный вопрос",
        "agency": stage.organisations[5],
        "to_year": 2026,
        "to_month": 12,
    }
    return note_of(stage, **start | fields)


def decide(stage: Stage, note: JustificationNote, *, agree: bool = True) -> JustificationNote:
    return actions.decide_note(note, agree=agree, reason="Негізделген", by=stage.head, now=WEEK_BEFORE)


def reason_of(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.verdict.reason


def _agency(stage: Stage, role: str) -> Organisation | None:
    return stage.organisations[6] if role == "agency" else None


def people(stage: Stage) -> dict[str, Actor]:
    places = ("controller", "agency", "analyst", "auditor", "invited")
    return {
        "head": stage.head,
        "deputy": stage.deputy,
        "secretary": stage.secretary,
        "member": stage.member,
        **{role: scene.placed(stage, role, organisation=_agency(stage, role)) for role in places},
    }


@pytest.mark.parametrize("kind", ["remove", "move", "add"])
def test_only_a_deputy_head_or_the_working_body_prepares_a_note(kind: str) -> None:
    stage = scene.set_stage()
    plan_of(stage)
    to: dict[str, Any] = {"to_year": None, "to_month": None} if kind == "remove" else {}
    may = set()
    for name, person in people(stage).items():
        with suppress(Refused):
            note = added(stage, by=person) if kind == "add" else note_of(stage, person, kind=kind, **to)
            may.add(name)
            actions.withdraw_note(note, by=person, now=WEEK_BEFORE)
    assert may == {"deputy", "secretary"}


def test_only_the_head_or_who_replaces_him_decides() -> None:
    stage = scene.set_stage()
    note = note_of(stage)
    said = {
        name: reason_of(actions.decide_note, note, agree=True, reason="x", by=person, now=WEEK_BEFORE)
        for name, person in people(stage).items()
        if name != "head"
    }
    others = ("secretary", "member", "controller", "agency", "analyst", "auditor", "invited")
    assert said == {"deputy": "ground_needed", **dict.fromkeys(others, "not_your_role")}
    assert decide(stage, note).state == "agreed"


def test_a_deputy_decides_with_the_ground_of_the_absence_but_not_on_his_own_note() -> None:
    stage = scene.set_stage()
    own = note_of(stage, stage.deputy)
    act: dict[str, Any] = {"agree": True, "reason": "x", "ground": "іссапар", "now": WEEK_BEFORE}
    assert reason_of(actions.decide_note, own, by=stage.deputy, **act) == "own_note"
    other = stage.people[2]
    note = actions.decide_note(own, by=other, **act)
    assert (note.state, note.ground) == ("agreed", "іссапар")


@pytest.mark.parametrize(
    ("kind", "state", "moved"),
    [("remove", "removed", (None, None)), ("move", "moved", (2027, 3))],
)
def test_an_agreed_note_changes_the_row_of_the_plan(kind: str, state: str, moved: tuple[int, int]) -> None:
    stage = scene.set_stage()
    to: dict[str, Any] = {"to_year": moved[0], "to_month": moved[1]}
    note = decide(stage, note_of(stage, kind=kind, **to))
    row = PlanItem.objects.get(changes=note)
    assert (row.state, (row.moved_year, row.moved_month), row.month) == (state, moved, 12)


def test_a_refused_note_changes_nothing() -> None:
    stage = scene.set_stage()
    note = decide(stage, note_of(stage), agree=False)
    assert note.state == "refused"
    assert PlanItem.objects.get(changes=note).state == "planned"


def test_an_added_question_becomes_a_row_of_the_plan_that_covers_its_month() -> None:
    stage = scene.set_stage()
    plan = plan_of(stage)
    note = decide(stage, added(stage))
    row = plan.items.get(order=2)
    assert (row.question, row.month, row.added_by, note.plan_item) == (note.question, 12, note, row)


def test_without_any_plan_an_added_question_stands_by_its_note_alone() -> None:
    stage = scene.set_stage()
    plan_of(stage)
    note = decide(stage, added(stage, to_year=2027, to_month=2))
    assert (note.plan, note.plan_item) == (None, None)


def test_an_added_question_enters_a_plan_that_is_still_being_made_and_its_register() -> None:
    stage = scene.set_stage()
    plan = plan_of(stage, state="draft")
    note = decide(stage, added(stage))
    row = plan.items.get(order=2)
    assert (row.question, row.month, row.added_by, note.plan_item) == (note.question, 12, note, None)
    assert changes_of(plan) == [note]


def test_a_question_moved_into_a_half_year_stands_in_its_draft_too() -> None:
    stage = scene.set_stage()
    plan = plan_of(stage)
    draft = WorkPlan.objects.create(staff=stage.staff, year=2027, half=1, state="draft")
    note = decide(stage, note_of(stage, plan_item=plan.items.get()))
    row = draft.items.get()
    assert (row.question, row.month, row.added_by) == (note.question, 3, note)
    assert (changes_of(plan), changes_of(draft)) == ([note], [note])


def test_a_removed_question_that_is_added_again_stands_again_in_its_row() -> None:
    stage = scene.set_stage()
    removed = decide(stage, note_of(stage, kind="remove", to_year=None, to_month=None))
    question = removed.question
    decide(stage, added(stage, question=question, title_kk="", title_ru=""))
    row = PlanItem.objects.get(question=question)
    assert (row.state, row.moved_month) == ("moved", 12)


def test_notes_are_numbered_in_one_series_a_year() -> None:
    stage = scene.set_stage()
    numbers = [added(stage, title_kk=f"{n}-мәселе").number for n in range(3)]
    next_year = actions.prepare_note(
        kind="add",
        title_kk="Жаңа жыл",
        agency=stage.organisations[5],
        to_year=2027,
        to_month=2,
        reason_kk="x",
        by=stage.secretary,
        now=datetime.fromisoformat("2027-01-10T05:00:00+00:00"),
    )
    assert (numbers, str(next_year)) == ([1, 2, 3], "1/2027")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"to_year": 2026, "to_month": 11}, "month_is_over"),
        ({"to_year": 2026, "to_month": 12}, "same_month"),
    ],
    ids=["past", "same"],
)
def test_what_a_note_may_not_name(fields: dict[str, Any], reason: str) -> None:
    stage = scene.set_stage()
    plan_of(stage)
    assert reason_of(note_of, stage, **fields) == reason


@pytest.mark.parametrize("state", ["collecting", "draft", "agreeing", "submitted"])
def test_a_plan_that_is_not_approved_is_not_changed_by_notes(state: str) -> None:
    stage = scene.set_stage()
    plan_of(stage, state=state)
    assert reason_of(note_of, stage) == "row_not_approved"


def test_a_note_sent_twice_is_one_note_and_another_on_the_question_waits() -> None:
    stage = scene.set_stage()
    first = note_of(stage)
    assert note_of(stage) == first
    assert reason_of(note_of, stage, kind="remove", to_year=None, to_month=None) == "note_waits"


def test_a_removed_row_is_not_changed_again() -> None:
    stage = scene.set_stage()
    decide(stage, note_of(stage, kind="remove", to_year=None, to_month=None))
    assert reason_of(note_of, stage) == "row_is_removed"


def test_a_note_is_decided_once() -> None:
    stage = scene.set_stage()
    note = decide(stage, note_of(stage))
    assert reason_of(decide, stage, note, agree=False) == "note_already_decided"
    assert (
        reason_of(actions.withdraw_note, note, by=stage.secretary, now=WEEK_BEFORE) == "note_already_decided"
    )


def test_who_prepared_a_note_takes_it_back() -> None:
    stage = scene.set_stage()
    note = note_of(stage, stage.deputy)
    assert reason_of(actions.withdraw_note, note, by=stage.people[2], now=WEEK_BEFORE) == "note_of_other"
    assert actions.withdraw_note(note, by=stage.deputy, now=WEEK_BEFORE).state == "withdrawn"


def test_another_staff_is_out_of_reach() -> None:
    stage = scene.set_stage()
    other = scene.set_stage("other-staff")
    note = note_of(stage)
    row = note.plan_item
    act = {"agree": True, "reason": "x", "now": WEEK_BEFORE}
    assert reason_of(actions.decide_note, note, by=other.head, **act) == "other_staff"
    assert reason_of(note_of, stage, other.secretary, plan_item=row) == "other_staff"


def test_a_month_is_read_with_the_half_year_it_lies_in() -> None:
    stage = scene.set_stage()
    plan = plan_of(stage, year=2027, half=1)
    assert (plan.first_day, plan.last_day) == (date(2027, 1, 1), date(2027, 6, 30))
    note = decide(stage, added(stage, to_year=2027, to_month=6))
    assert note.plan == plan


def test_a_considered_question_is_neither_removed_nor_moved_and_stays_considered() -> None:
    stage = scene.set_stage()
    meeting = scene.ended(stage)
    plan = plan_of(stage)
    waits = note_of(stage)
    row = plan.items.get()
    AgendaItem.objects.filter(meeting=meeting).update(question=row.question, plan_item=row)
    assert reason_of(decide, stage, waits) == "row_already_considered"
    decide(stage, waits, agree=False)
    assert reason_of(note_of, stage) == "row_already_considered"
    plan.items.update(state="removed")
    assert [each.state for each in execution_of(plan, today=meeting.day).rows] == ["considered"]
