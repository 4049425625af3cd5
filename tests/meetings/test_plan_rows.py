"""Rows and section 3 of a draft plan (clause 26(5))."""

from functools import partial
from typing import Any

import pytest

from meetings import actions
from meetings.models import (
    Proposal,
    Question,
)
from meetings.states import ProposalState, Section
from tests import stage as scene
from tests.meetings import planning
from tests.meetings.planning import NOW, fresh, reason_of

pytestmark = pytest.mark.django_db


def test_a_row_taken_out_gives_its_proposal_back() -> None:
    stage = scene.set_stage()
    plan = planning.called(stage)
    item = actions.accept_proposal(planning.proposed(plan, stage.member), by=stage.secretary, now=NOW)
    actions.remove_plan_row(item, by=stage.secretary, now=NOW)
    kept = Proposal.objects.get()
    assert (kept.state, kept.item) == (ProposalState.NEW, None)
    assert Question.objects.count() == 1


@pytest.mark.parametrize("section", Section.values)
def test_rows_keep_their_order(section: int) -> None:
    stage = scene.set_stage()
    plan = planning.called(stage)
    first, second, third = (planning.row(stage, plan, number, section=section) for number in (1, 2, 3))
    assert planning.row(stage, plan, 3, section=section) == third
    actions.move_plan_row(third, up=True, by=stage.secretary, now=NOW)
    actions.move_plan_row(first, up=True, by=stage.secretary, now=NOW)
    assert list(plan.items.order_by("order").values_list("pk", flat=True)) == [first.pk, third.pk, second.pk]
    actions.remove_plan_row(first, by=stage.secretary, now=NOW)
    rows = plan.items.order_by("order").values_list("pk", "order")
    assert list(rows) == [(third.pk, 1), (second.pk, 2)]


def test_a_row_edited_in_two_windows_is_not_lost() -> None:
    stage = scene.set_stage()
    item = planning.row(stage, planning.called(stage))
    seen = actions.row_hash(item)
    given: dict[str, Any] = {
        "title_kk": "басқа",
        "title_ru": "",
        "month": 4,
        "agency": stage.organisations[6],
    }
    edit = partial(actions.edit_plan_row, item, seen=seen, by=stage.secretary, now=NOW, **given)
    edit()
    assert reason_of(edit) == "row_edited_meanwhile"
    assert Question.objects.get().title_kk == "басқа"


@pytest.mark.parametrize("month", [7, 12])
def test_a_month_of_the_other_half_is_refused(month: int) -> None:
    stage = scene.set_stage()
    plan = planning.called(stage)
    assert reason_of(partial(planning.proposed, plan, stage.member, month=month)) == "month_outside_half"


def test_section_3_edited_in_two_windows_is_not_lost() -> None:
    stage = scene.set_stage()
    plan = planning.called(stage)
    write = partial(actions.set_control, plan, seen=actions.control_hash(plan), by=stage.secretary, now=NOW)
    write(control_kk="бақылау", control_ru="контроль")
    write(control_kk="бақылау", control_ru="контроль")
    assert reason_of(partial(write, control_kk="басқа", control_ru="")) == "control_edited_meanwhile"
    assert fresh(plan).control_kk == "бақылау"
