"""Copying the rows of an earlier half-year into a draft (clauses 16, 26(5))."""

from datetime import UTC, date, datetime
from functools import partial

import pytest

from meetings import actions
from meetings.models import PlanItem, Question, WorkPlan
from meetings.states import PlanItemState
from regulation.verdicts import Refused
from tests import stage as scene
from tests.meetings import planning
from tests.meetings.planning import NOW
from tests.meetings.test_changes import plan_of
from tests.meetings.test_execution import held
from tests.stage import Stage

pytestmark = pytest.mark.django_db

# The first half of 2027 is over.
AFTER = datetime(2027, 7, 5, 5, 0, tzinfo=UTC)


def copied(stage: Stage, source: WorkPlan, *, now: datetime = AFTER) -> WorkPlan:
    return actions.begin_plan(stage.staff, year=2027, half=2, source=source, by=stage.secretary, now=now)


def questions(plan: WorkPlan) -> list[Question]:
    rows = PlanItem.objects.filter(plan=plan, section=1).select_related("question").order_by("order")
    return [row.question for row in rows if row.question]


def test_rows_and_section_3_come_over_with_the_months_of_the_half() -> None:
    stage = scene.set_stage()
    source = planning.drafted(stage, rows=2)
    actions.set_control(
        source,
        seen=actions.control_hash(source),
        control_kk="бақылау",
        control_ru="",
        by=stage.secretary,
        now=NOW,
    )
    plan = copied(stage, source)
    rows = plan.items.order_by("section", "order").values_list("section", "order", "month")
    assert list(rows) == [(1, 1, 8), (1, 2, 9), (2, 1, 8), (2, 2, 9)]
    assert WorkPlan.objects.get(pk=plan.pk).control_kk == "бақылау"
    assert actions.copy_plan(source, plan, by=stage.secretary, now=AFTER) == 0


def test_a_question_never_considered_goes_on_itself_once_its_half_is_over() -> None:
    stage = scene.set_stage()
    source = planning.approved(stage)
    assert questions(copied(stage, source)) == questions(source)


WHEN = [
    pytest.param(datetime(2027, 2, 20, 5, 0, tzinfo=UTC), 0, id="still to come"),
    pytest.param(datetime(2027, 5, 5, 5, 0, tzinfo=UTC), 1, id="not considered in its month"),
]


@pytest.mark.parametrize(("moment", "count"), WHEN)
def test_copying_while_the_half_year_runs_makes_no_new_question(moment: datetime, count: int) -> None:
    stage = scene.set_stage()
    source = planning.approved(stage)
    plan = copied(stage, source, now=moment)
    assert questions(plan) == questions(source)[:count]
    assert Question.objects.count() == 1


def test_a_question_on_an_agenda_stays_there() -> None:
    stage = scene.set_stage()
    source = planning.approved(stage)
    meeting = scene.planned(stage, items=0, day=date(2027, 3, 4))
    actions.add_item(
        meeting,
        question=questions(source)[0],
        agency=stage.organisations[4],
        by=stage.secretary,
        now=scene.WEEK_BEFORE,
    )
    assert questions(copied(stage, source)) == []


MOVED = [
    pytest.param((2027, 9), [9], id="into the half-year"),
    pytest.param((2028, 2), [], id="past it"),
]


@pytest.mark.parametrize(("to", "months"), MOVED)
def test_a_moved_question_goes_on_in_its_new_month(to: tuple[int, int], months: list[int]) -> None:
    stage = scene.set_stage()
    source = planning.approved(stage)
    rows = PlanItem.objects.filter(plan=source, section=1)
    rows.update(state=PlanItemState.MOVED, moved_year=to[0], moved_month=to[1])
    plan = copied(stage, source, now=datetime(2027, 5, 5, 5, 0, tzinfo=UTC))
    taken = PlanItem.objects.filter(plan=plan, section=1)
    assert list(taken.values_list("month", flat=True)) == months
    assert Question.objects.count() == 1


@pytest.mark.parametrize(("anew", "count"), [(False, 0), (True, 1)])
def test_a_question_already_considered_is_planned_anew_only_when_asked(anew: bool, count: int) -> None:
    stage = scene.set_stage()
    source = plan_of(stage)
    held(stage, source, votes="ffffffffff")
    question = questions(source)[0]
    plan = actions.begin_plan(
        stage.staff, year=2027, half=1, source=source, anew=anew, by=stage.secretary, now=AFTER
    )
    assert [row.title_ru for row in questions(plan)] == [question.title_ru] * count
    assert question not in questions(plan)


def test_a_removed_row_stays_behind() -> None:
    stage = scene.set_stage()
    source = planning.approved(stage, rows=2)
    PlanItem.objects.filter(plan=source, section=1, order=1).update(state=PlanItemState.REMOVED)
    assert [row.title_ru for row in questions(copied(stage, source))] == ["О строке 1.2"]


def test_nothing_is_copied_from_a_later_half_year() -> None:
    stage = scene.set_stage()
    source, plan = planning.drafted(stage), planning.made(stage, year=2026, half=2)
    with pytest.raises(Refused) as refusal:
        actions.copy_plan(source, plan, by=stage.secretary, now=NOW)
    assert refusal.value.verdict.reason == "copy_from_earlier"


def test_a_plan_refused_its_source_is_not_begun() -> None:
    stage = scene.set_stage()
    source = planning.drafted(stage)
    begin = partial(actions.begin_plan, stage.staff, year=2026, half=2, source=source)
    with pytest.raises(Refused):
        begin(by=stage.secretary, now=NOW)
    assert WorkPlan.objects.count() == 1
