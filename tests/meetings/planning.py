"""A half-year plan brought to the point where a test begins."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction

from meetings import actions
from meetings.models import PlanItem, PlanVersion, Proposal, WorkPlan
from meetings.states import Section
from members.permissions import Actor
from regulation.verdicts import Refused
from tests.stage import Stage

# Tuesday 10 November 2026; the first half of 2027 is planned.
NOW = datetime(2026, 11, 10, 5, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 3, 5, 0, tzinfo=UTC)
PROPOSALS_DUE = date(2026, 11, 30)
ANSWERS_DUE = date(2026, 12, 10)
YEAR, HALF = 2027, 1


def made(stage: Stage, *, year: int = YEAR, half: int = HALF) -> WorkPlan:
    """Return a plan that was begun, without rows."""
    return actions.make_plan(stage.staff, year=year, half=half, by=stage.secretary, now=NOW)


def called(stage: Stage) -> WorkPlan:
    """Return a plan for which proposals are collected until 30 November."""
    return actions.call_for_proposals(made(stage), due=PROPOSALS_DUE, by=stage.secretary, now=NOW)


def proposed(plan: WorkPlan, by: Actor, number: int = 1, *, now: datetime = NOW, **fields: Any) -> Proposal:
    """Return a member's proposal."""
    given = {
        "title_kk": f"{number}-ұсыныс туралы",
        "title_ru": f"О предложении {number}",
        "month": 2,
        "speaker_kk": "баяндамашы",
        "speaker_ru": "докладчик",
        "expected_kk": "хаттамалық шешім",
        "expected_ru": "протокольное решение",
        "indicator": 3,
    }
    return actions.propose(plan, by=by, now=now, **given | fields)


def row(stage: Stage, plan: WorkPlan, number: int = 1, *, section: int = Section.QUESTIONS) -> PlanItem:
    """Return a row of the draft: question `number`, or a measure."""
    texts = {
        "speaker_kk": f"{number}-баяндамашы",
        "speaker_ru": f"Докладчик {number}",
        "expected_kk": "хаттамалық шешім",
        "expected_ru": "протокольное решение",
    }
    measure = {"completion_kk": "анықтама", "completion_ru": "справка", "indicator": 2}
    return actions.add_plan_row(
        plan,
        section=section,
        title_kk=f"{section}.{number}-жол туралы",
        title_ru=f"О строке {section}.{number}",
        month=plan.first_month + number,
        agency=stage.organisations[4],
        by=stage.secretary,
        now=NOW,
        **(texts if section == Section.QUESTIONS else measure),
    )


def drafted(stage: Stage, *, rows: int = 1) -> WorkPlan:
    """Return a called plan with `rows` questions and as many measures."""
    plan = called(stage)
    for number in range(1, rows + 1):
        row(stage, plan, number)
        row(stage, plan, number, section=Section.MEASURES)
    return plan


def agreeing(stage: Stage, *, rows: int = 1) -> PlanVersion:
    """Return the version that is with the members."""
    plan = drafted(stage, rows=rows)
    return actions.send_for_agreement(plan, due=ANSWERS_DUE, by=stage.secretary, now=LATER)


def submitted(stage: Stage, *, rows: int = 1) -> PlanVersion:
    """Return the version that is with the head."""
    return actions.submit_plan(agreeing(stage, rows=rows), by=stage.secretary, now=LATER, early=True)


def approved(stage: Stage, *, rows: int = 1) -> WorkPlan:
    """Return an approved plan."""
    version = submitted(stage, rows=rows)
    actions.approve_plan(version, seen=version.sha256, by=stage.head, now=LATER)
    return WorkPlan.objects.select_related("staff").get(pk=version.plan_id)


def sent(stage: Stage, *, rows: int = 1) -> WorkPlan:
    """Return an approved plan that was sent to the members."""
    plan = approved(stage, rows=rows)
    actions.dispatch_plan(plan, by=stage.secretary, now=LATER)
    return plan


def reason_of(call: Callable[[], Any]) -> str:
    """Return why `call` is refused."""
    with pytest.raises(Refused) as refusal, transaction.atomic():
        call()
    return str(refusal.value.verdict.reason)


def outcome(call: Callable[[], Any]) -> str:
    """Return "done", or why not; whatever was done is undone."""
    with transaction.atomic():
        try:
            call()
            answer = "done"
        except Refused as refusal:
            answer = refusal.verdict.reason
        transaction.set_rollback(True)
    return answer


def fresh(plan: WorkPlan) -> WorkPlan:
    """Return the plan as it is now."""
    return WorkPlan.objects.select_related("staff").get(pk=plan.pk)


def latest(plan: WorkPlan) -> PlanVersion:
    """Return the latest version of the plan as it is now."""
    return PlanVersion.objects.select_related("plan__staff").filter(plan=plan).order_by("-number")[0]
