"""How far a plan is carried out: computed from the meetings (clauses 17, 18)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings import actions
from meetings.facts.changes import changes_of
from meetings.facts.execution import execution_of, executions_of
from meetings.models import AgendaItem, PlanItem, Question, WorkPlan
from meetings.states import QuestionKind
from tests import stage as scene
from tests.meetings.test_changes import added, decide, note_of, plan_of
from tests.stage import WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)


def states(plan: WorkPlan, *, today: date = BEFORE) -> list[str]:
    return [each.state for each in execution_of(plan, today=today).rows]


def on_agenda(stage: Stage, row: PlanItem, meeting: Any) -> None:
    actions.add_item(
        meeting,
        question=row.question,
        agency=row.agency,
        speaker_kk="баяндамашы",
        points=[scene.PointText("шара өткізілсін", "провести мероприятие")],
        by=stage.secretary,
        now=WEEK_BEFORE,
    )


def held(stage: Stage, plan: WorkPlan, *, votes: str) -> None:
    """Hold a meeting with the first question of the plan, voted by `votes`, or not voted at all."""
    meeting = scene.planned(stage, items=0)
    on_agenda(stage, plan.items.order_by("order").first(), meeting)  # type: ignore[arg-type]
    scene.attach(stage, meeting.items.get(order=1))
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)
    meeting = actions.start_registration(meeting, by=stage.secretary, now=scene.MORNING)
    scene.arrive(stage, meeting, stage.voters[:10])
    chair = scene.elector(meeting, stage.head)
    actions.appoint_chair(meeting, elector=chair, by=stage.secretary, now=scene.MORNING)
    meeting = actions.open_meeting(meeting, by=stage.secretary, now=scene.MORNING)
    if votes:
        ballot = scene.ballot_on(stage, meeting)
        scene.vote_all(ballot, stage.voters, votes)
        actions.close_ballot(ballot, by=stage.secretary)
    actions.end_meeting(meeting, by=stage.secretary, now=scene.MORNING.replace(hour=6))


@pytest.mark.parametrize(
    ("today", "state"), [(BEFORE, "coming"), (AFTER, "overdue")], ids=["its month", "after it"]
)
def test_a_question_is_overdue_once_its_month_is_over(today: date, state: str) -> None:
    assert states(plan_of(scene.set_stage()), today=today) == [state]


@pytest.mark.parametrize(
    ("kind", "votes", "state"),
    [
        ("decision", "ffffffffff", "considered"),
        ("decision", "aaaaaaaaaa", "considered"),
        ("decision", "", "overdue"),
        ("information", "", "considered"),
        ("hearing", "", "considered"),
        ("execution", "", "overdue"),
    ],
    ids=["adopted", "refused", "not voted", "information", "hearing", "execution unvoted"],
)
def test_what_counts_as_considered(kind: str, votes: str, state: str) -> None:
    stage = scene.set_stage()
    plan = plan_of(stage)
    Question.objects.update(kind=QuestionKind(kind))
    held(stage, plan, votes=votes)
    assert states(plan, today=AFTER) == [state]


def test_moved_removed_and_added_questions_are_counted_by_their_base() -> None:
    stage = scene.set_stage()
    plan = plan_of(stage, rows=4)
    rows = list(plan.items.order_by("order"))
    decide(stage, note_of(stage, plan_item=rows[1]))
    decide(stage, note_of(stage, plan_item=rows[2], kind="remove", to_year=None, to_month=None))
    decide(stage, added(stage))
    held(stage, plan, votes="ffffffffff")
    execution = execution_of(plan, today=BEFORE)
    numbers = (execution.considered, execution.moved, execution.removed, execution.coming, execution.overdue)
    assert (numbers, execution.total) == ((1, 1, 1, 2, 0), 5)
    assert [note.number for note in changes_of(plan)] == [1, 2, 3]


def test_a_moved_question_is_overdue_after_its_new_month() -> None:
    stage = scene.set_stage()
    plan = plan_of(stage)
    decide(stage, note_of(stage))
    days = (AFTER, date(2027, 3, 31), date(2027, 4, 1))
    assert [states(plan, today=day)[0] for day in days] == ["moved", "moved", "overdue"]


def test_a_question_moved_into_a_draft_is_considered_as_a_row_of_the_later_plan() -> None:
    stage = scene.set_stage()
    meeting = scene.ended(stage)
    plan = plan_of(stage)
    later = WorkPlan.objects.create(staff=stage.staff, year=2026, half=1, state="draft")
    row = plan.items.get()
    PlanItem.objects.filter(pk=row.pk).update(state="moved", moved_year=2026, moved_month=12)
    copy = PlanItem.objects.create(plan=later, order=1, question=row.question, month=6, agency=row.agency)
    AgendaItem.objects.filter(meeting=meeting).update(question=row.question, plan_item=copy)
    assert (states(plan), states(later)) == (["considered"], ["considered"])


def test_the_number_of_queries_does_not_depend_on_plans_and_rows() -> None:
    stage = scene.set_stage()
    one = plan_of(stage)
    with CaptureQueriesContext(
        connection,
    ) as few:
        executions_of([one], today=BEFORE)
    more = [one, plan_of(stage, rows=3, year=2027, half=1), plan_of(stage, rows=3, year=2027, half=2)]
    with CaptureQueriesContext(connection) as many:
        executions_of(more, today=BEFORE)
    assert len(many) == len(few)
