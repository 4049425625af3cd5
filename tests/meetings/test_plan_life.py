"""What may happen to a half-year plan in each state, and who may do it (clauses 16, 17, 26(5))."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from meetings import actions
from meetings.models import (
    PlanItem,
    PlanVersion,
    WorkPlan,
)
from meetings.states import Section
from members import journal
from members.models import JournalEntry
from tests import stage as scene
from tests.meetings import planning
from tests.meetings.planning import LATER, fresh, outcome
from tests.stage import Stage

pytestmark = pytest.mark.django_db


MAKERS: dict[str, Callable[[Stage], Any]] = {
    "draft": planning.made,
    "collecting": planning.drafted,
    "agreeing": planning.agreeing,
    "submitted": planning.submitted,
    "approved": planning.approved,
}
WAY, DONE, OVER = "plan_is_on_its_way", "done", "plan_is_approved"
DECIDED = "plan_already_decided"
# The act, and what it answers in each of the states in which there is something to act on.
LIFE = [
    ("call", {"draft": DONE, "collecting": DONE, "agreeing": WAY, "submitted": WAY, "approved": OVER}),
    (
        "propose",
        {
            "draft": "plan_not_called",
            "collecting": DONE,
            "agreeing": DONE,
            "submitted": DONE,
            "approved": OVER,
        },
    ),
    ("add", {"draft": DONE, "collecting": DONE, "agreeing": WAY, "submitted": WAY, "approved": OVER}),
    ("edit", {"collecting": DONE, "agreeing": WAY, "submitted": WAY, "approved": OVER}),
    ("move", {"collecting": DONE, "agreeing": WAY, "submitted": WAY, "approved": OVER}),
    ("remove", {"collecting": DONE, "agreeing": WAY, "submitted": WAY, "approved": OVER}),
    ("control", {"draft": DONE, "collecting": DONE, "agreeing": WAY, "submitted": WAY, "approved": OVER}),
    (
        "send",
        {
            "draft": "plan_is_empty",
            "collecting": DONE,
            "agreeing": WAY,
            "submitted": WAY,
            "approved": OVER,
        },
    ),
    ("agree", {"agreeing": DONE, "submitted": DONE, "approved": DECIDED}),
    ("submit", {"agreeing": DONE, "submitted": DONE, "approved": DECIDED}),
    ("approve", {"agreeing": "plan_not_submitted", "submitted": DONE, "approved": DECIDED}),
    ("return", {"agreeing": "plan_not_submitted", "submitted": DONE, "approved": DECIDED}),
    ("take_back", {"agreeing": DONE, "submitted": DONE, "approved": DECIDED}),
    (
        "dispatch",
        dict.fromkeys(("draft", "collecting", "agreeing", "submitted"), "plan_not_approved")
        | {"approved": DONE},
    ),
]


def act(name: str, stage: Stage, plan: WorkPlan, by: str = "") -> Callable[[], Any]:
    """Return the act `name` on the plan by who does it, or by the person named."""
    head, secretary, member = stage.head, stage.secretary, stage.member
    doer = {"approve": head, "return": head, "agree": member, "propose": member}.get(name, secretary)
    who: dict[str, Any] = {"by": getattr(stage, by) if by else doer, "now": LATER}
    item = PlanItem.objects.filter(plan=plan).select_related("plan", "question", "agency").first()
    version = PlanVersion.objects.filter(plan=plan).select_related("plan__staff").first()
    seen = version.sha256 if version else ""
    row: dict[str, Any] = {
        "title_kk": "жаңа",
        "title_ru": "новый",
        "month": 5,
        "agency": stage.organisations[5],
    }
    calls: dict[str, Callable[[], Any]] = {
        "call": partial(actions.call_for_proposals, plan, due=date(2026, 12, 5), **who),
        "propose": partial(actions.propose, plan, title_kk="ұсыныс", title_ru="", month=3, **who),
        "add": partial(actions.add_plan_row, plan, section=Section.QUESTIONS, **row, **who),
        "control": partial(
            actions.set_control,
            plan,
            seen=actions.control_hash(plan),
            control_kk="бақылау",
            control_ru="контроль",
            **who,
        ),
        "send": partial(actions.send_for_agreement, plan, due=date(2026, 12, 11), **who),
        "dispatch": partial(actions.dispatch_plan, plan, **who),
    }
    if item is not None:
        hashed = actions.row_hash(item)
        calls |= {
            "edit": partial(actions.edit_plan_row, item, seen=hashed, **row, **who),
            "move": partial(actions.move_plan_row, item, up=False, **who),
            "remove": partial(actions.remove_plan_row, item, **who),
        }
    if version is not None:
        calls |= {
            "agree": partial(actions.agree, version, agreed=True, **who),
            "submit": partial(actions.submit_plan, version, early=True, **who),
            "approve": partial(actions.approve_plan, version, seen=seen, **who),
            "return": partial(actions.return_plan, version, remark="қайта", **who),
            "take_back": partial(actions.take_back_plan, version, **who),
        }
    return calls[name]


def plan_in(state: str, stage: Stage) -> WorkPlan:
    found = MAKERS[state](stage)
    return fresh(found if isinstance(found, WorkPlan) else found.plan)


@pytest.mark.parametrize("state", MAKERS)
def test_what_may_happen_in_each_state(state: str) -> None:
    stage = scene.set_stage()
    plan = plan_in(state, stage)
    told = {name: outcome(act(name, stage, plan)) for name, answers in LIFE if state in answers}
    assert told == {name: answers[state] for name, answers in LIFE if state in answers}


ROLES = {
    "head": {"propose", "approve", "return"},
    "deputy": {"propose", "agree"},
    "secretary": {
        *("call", "add", "edit", "move", "remove", "control", "send"),
        *("submit", "take_back", "dispatch"),
    },
    "member": {"propose", "agree"},
}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_do_what(role: str) -> None:
    stage = scene.set_stage()
    plan = plan_in("submitted", stage)
    told = {name: outcome(act(name, stage, plan, role)) for name, _answers in LIFE}
    allowed = {name for name, answer in told.items() if answer != "not_your_role"}
    # A deputy may try to decide, but names the ground of the head's absence first.
    may_try = {"approve", "return"} if role == "deputy" else set()
    assert allowed == ROLES[role] | may_try
    assert {told[name] for name in may_try} <= {"ground_needed"}


@pytest.mark.parametrize("name", [name for name, _answers in LIFE])
def test_nobody_of_another_staff_does_anything(name: str) -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    plan = plan_in("submitted", stage)
    people = {"other_head": other.head, "other_secretary": other.secretary, "other_member": other.member}
    for key, person in people.items():
        setattr(stage, key, person)
        assert outcome(act(name, stage, plan, key)) == "other_staff"


def test_every_act_stands_in_the_journal() -> None:
    stage = scene.set_stage()
    plan = planning.sent(stage)
    acts = JournalEntry.objects.filter(object_type="meetings.workplan", object_id=plan.pk)
    assert list(acts.order_by("sequence").values_list("act", flat=True)) == [
        "plan.made",
        "plan.called",
        "plan.row_added",
        "plan.row_added",
        "plan.sent",
        "plan.submitted",
        "plan.approved",
        "plan.dispatched",
    ]
    assert journal.first_broken(stage.staff) is None
