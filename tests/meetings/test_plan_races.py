"""Several at once about one plan, with real threads: decided once, answered once, sent once."""

from functools import partial

import pytest

from meetings import actions
from meetings.models import Agreement, PlanDispatch, PlanVersion, WorkPlan
from members import journal
from members.models import Notice
from tests import stage as scene
from tests.meetings import planning
from tests.meetings.planning import LATER, NOW
from tests.meetings.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_plan_is_decided_once() -> None:
    stage = scene.set_stage()
    version = planning.submitted(stage)
    results = together(
        partial(actions.approve_plan, version, seen=version.sha256, by=stage.head, now=LATER),
        partial(actions.return_plan, version, remark="қайта", by=stage.head, now=LATER),
        partial(actions.take_back_plan, version, by=stage.secretary, now=LATER),
    )
    assert results.count("plan_already_decided") == 2
    assert PlanVersion.objects.get().decided_at == LATER


def test_an_answer_and_the_decision_never_cross() -> None:
    stage = scene.set_stage()
    version = planning.submitted(stage)
    results = together(
        *[partial(actions.agree, version, agreed=True, by=stage.member, now=LATER)] * 3,
        partial(actions.approve_plan, version, seen=version.sha256, by=stage.head, now=LATER),
    )
    assert Agreement.objects.count() <= 1
    assert set(map(str, results)) >= {str(PlanVersion.objects.get())}
    assert journal.first_broken(stage.staff) is None


def test_a_plan_is_begun_once() -> None:
    stage = scene.set_stage()
    together(*[partial(planning.made, stage)] * 4)
    assert WorkPlan.objects.count() == 1


def test_a_dispatch_pressed_twice_is_sent_once() -> None:
    stage = scene.set_stage()
    plan = planning.approved(stage)
    together(*[partial(actions.dispatch_plan, plan, by=stage.secretary, now=LATER)] * 4)
    assert PlanDispatch.objects.count() == 1
    assert Notice.objects.filter(event="plan.dispatched").count() == len(stage.voters)


def test_rows_added_at_once_get_places_of_their_own() -> None:
    stage = scene.set_stage()
    plan = planning.called(stage)
    together(*[partial(planning.row, stage, plan, number) for number in (1, 2, 3, 4)])
    assert sorted(plan.items.values_list("order", flat=True)) == [1, 2, 3, 4]


def test_a_proposal_is_accepted_or_withdrawn() -> None:
    stage = scene.set_stage()
    proposal = planning.proposed(planning.called(stage), stage.member)
    results = together(
        partial(actions.accept_proposal, proposal, by=stage.secretary, now=NOW),
        partial(actions.withdraw_proposal, proposal, by=stage.member, now=NOW),
        partial(actions.decline_proposal, proposal, reason="бар", by=stage.secretary, now=NOW),
    )
    assert results.count("proposal_is_answered") == 2
