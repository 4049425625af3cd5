"""What stands on an agenda on what ground, and what an agreed note takes off it (clause 18)."""

from datetime import date

import pytest

from meetings import actions, policies
from meetings.models import Meeting, WorkPlan
from tests import stage as scene
from tests.meetings.test_changes import added, decide, note_of, plan_of
from tests.stage import WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db
FEBRUARY = date(2027, 2, 10)


def test_a_moved_question_leaves_the_draft_agenda() -> None:
    stage = scene.set_stage()
    plan = plan_of(stage, rows=2)
    meeting = scene.planned(stage, items=1)
    row = plan.items.get(order=1)
    item = actions.add_item(
        meeting, question=row.question, agency=row.agency, by=stage.secretary, now=WEEK_BEFORE
    )
    assert item.plan_item == row
    decide(stage, note_of(stage))
    assert [each.order for each in meeting.items.order_by("order")] == [1]
    assert not meeting.items.filter(question=row.question).exists()


def test_an_agenda_that_lies_with_the_head_goes_back_with_his_reason() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=2)
    for item in meeting.items.all():
        scene.attach(stage, item)
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    question = meeting.items.get(order=1).question
    note = note_of(stage, plan_item=None, question=question, kind="remove", to_year=None, to_month=None)
    decide(stage, note)
    version.refresh_from_db()
    assert (version.state, version.remark) == ("returned", "Негізделген")
    assert list(meeting.items.values_list("order", flat=True)) == [1]


def test_a_question_without_ground_is_refused_only_where_a_plan_covers_the_day() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=2)

    def orders() -> list[object]:
        return [each.facts["order"] for each in policies.ungrounded(meeting, meeting.items.for_agenda())]

    assert orders() == []
    plan_of(stage)
    assert orders() == [1, 2]
    note = added(stage, question=meeting.items.get(order=1).question, title_kk="", title_ru="")
    decide(stage, note)
    assert orders() == [2]
    meeting.urgent_ground = "тапсырма"
    assert orders() == []


def of_december(stage: Stage, day: date, **fields: str) -> Meeting:
    """Return a meeting of `day` with the question that the plan names for December 2026."""
    plan = plan_of(stage)
    meeting = scene.planned(stage, items=0, day=day, **fields)
    row = plan.items.get()
    actions.add_item(meeting, question=row.question, agency=row.agency, by=stage.secretary, now=WEEK_BEFORE)
    return meeting


def lacks(meeting: Meeting) -> list[str]:
    return [each.reason for each in policies.ungrounded(meeting, meeting.items.for_agenda())]


@pytest.mark.parametrize("state", [None, "draft", "approved"], ids=["no plan", "draft", "approved"])
def test_a_question_of_another_half_year_is_moved_by_a_note_first(state: str | None) -> None:
    stage = scene.set_stage()
    meeting = of_december(stage, FEBRUARY)
    if state:
        WorkPlan.objects.create(staff=stage.staff, year=2027, half=1, state=state)
    assert lacks(meeting) == ["question_of_other_time"]
    question = meeting.items.get().question
    decide(stage, note_of(stage, plan_item=None, question=question, to_year=2027, to_month=2))
    assert lacks(meeting) == []
    assert meeting.items.get().question == question


def test_within_its_half_year_a_question_is_considered_in_any_month() -> None:
    stage = scene.set_stage()
    meeting = of_december(stage, date(2026, 12, 17))
    assert lacks(meeting) == []
    plan = WorkPlan.objects.get()
    plan.items.update(month=9)
    assert lacks(meeting) == []


def test_a_meeting_moved_to_another_half_year_leaves_its_questions_without_ground() -> None:
    stage = scene.set_stage()
    meeting = of_december(stage, date(2026, 12, 17))
    Meeting.objects.filter(pk=meeting.pk).update(day=FEBRUARY)
    assert lacks(Meeting.objects.get(pk=meeting.pk)) == ["question_of_other_time"]


def test_a_note_puts_a_question_into_the_half_year_that_it_names() -> None:
    stage = scene.set_stage()
    plan_of(stage)
    meeting = scene.planned(stage, items=0)
    note = decide(stage, added(stage, to_year=2027, to_month=2))
    question = note.question
    actions.add_item(
        meeting, question=question, agency=stage.organisations[5], by=stage.secretary, now=WEEK_BEFORE
    )
    assert lacks(meeting) == ["question_of_other_time"]
    decide(stage, note_of(stage, plan_item=None, question=question, to_year=2026, to_month=12))
    assert lacks(meeting) == []


def test_the_agenda_page_leads_to_the_note_that_moves_the_question() -> None:
    stage = scene.set_stage()
    meeting = of_december(stage, FEBRUARY)
    item = meeting.items.get()
    page = scene.signed_in(stage.secretary).get(meeting.address("meetings:agenda")).content.decode()
    assert f"kind=move&amp;question={item.question_id}&amp;row={item.plan_item_id}" in page
