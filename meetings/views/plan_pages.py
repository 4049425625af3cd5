"""What every page about a half-year plan fetches first, and what the plan's own page shows."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language

from meetings import permissions
from meetings.facts.changes import changes_of
from meetings.facts.execution import execution_of
from meetings.facts.plans import (
    Difference,
    answers_of,
    approved_plan_version,
    control_changed,
    differences,
    rows_of,
    sheet_of,
    version_on_its_way,
)
from meetings.forms.plans import AnswerForm, ApprovePlanForm, ReturnPlanForm, SubmitPlanForm
from meetings.labels import plan_title, refusal
from meetings.models import Agreement, PlanDelivery, PlanVersion, WorkPlan
from meetings.months import term_word
from meetings.policies import plans as policies
from meetings.states import PlanState, PlanVersionState, ProposalState, Section
from meetings.views.pages import sentence_of
from members.permissions import Actor
from members.policies import needs_ground


class Written(NamedTuple):
    """A version of the plan, and what it says otherwise than the one before it."""

    version: PlanVersion
    differences: list[Difference]
    control_changed: bool


def plans_for(actor: Actor) -> QuerySet[WorkPlan]:
    """Return the plans of the Staff that the actor may read: an agency's officer the approved ones."""
    plans = WorkPlan.objects.filter(staff=actor.staff).select_related("staff")
    if not reads_drafts(actor):
        plans = plans.filter(state=PlanState.APPROVED)
    return plans.prefetch_related("versions__dispatch", "versions__decided_by")


def reads_drafts(actor: Actor) -> bool:
    """Whether the actor reads plans before they are approved."""
    return bool(permissions.READ_PLAN_DRAFTS.verdict(actor, actor.staff.pk))


def plan_of(actor: Actor, key: str) -> WorkPlan:
    """Return the plan known as `key` ("2027-1") among those that the actor reads, or raise Http404."""
    year, _dash, half = key.partition("-")
    plan = plans_for(actor).filter(year=int(year), half=int(half)).first()
    if plan is None:
        raise Http404
    return plan


def plan_act_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Lead a GET of an act's address (a link after signing in again) to the page of the plan."""

    @wraps(view)
    def page(request: HttpRequest, staff: str, plan: str, **rest: Any) -> HttpResponseBase:
        if request.method != "POST":
            return redirect("meetings:plan", staff=staff, plan=plan)
        return view(request, staff=staff, plan=plan, **rest)

    return page


def plan_context(actor: Actor, plan: WorkPlan) -> dict[str, Any]:
    """Return what the plan's page shows, also with a form that was refused."""
    today = timezone.localdate()
    approved, on_its_way = approved_plan_version(plan), version_on_its_way(plan)
    rows = rows_of(plan, approved)
    context: dict[str, Any] = {
        "plan": plan,
        "title": plan_title(plan),
        "questions": [row for row in rows if row.text.section == Section.QUESTIONS],
        "measures": [row for row in rows if row.text.section == Section.MEASURES],
        "approved": approved,
        "on_its_way": on_its_way,
        "sent": getattr(approved, "dispatch", None) if approved else None,
        "may_edit": actor.is_secretary and bool(policies.may_edit_plan(plan)),
        "reads_drafts": reads_drafts(actor),
        "deliveries": _deliveries(actor, approved),
    }
    if reads_drafts(actor):
        context |= _of_draft(actor, plan, approved, on_its_way, today)
        context |= _of_proposals(actor, plan, questions=len(context["questions"]))
        context |= _of_decision(actor, on_its_way)
    if reads_drafts(actor) and approved is not None:
        context |= {"execution": execution_of(plan, today=today), "changes": changes_of(plan)}
    return context


def _of_draft(
    actor: Actor, plan: WorkPlan, approved: PlanVersion | None, on_its_way: PlanVersion | None, today: date
) -> dict[str, Any]:
    version = on_its_way or approved
    sheet = sheet_of(version, today=today) if version else []
    own = next((line.answer for line in sheet if line.user == actor.user), None)
    may_agree = on_its_way is not None and bool(policies.may_agree(on_its_way, actor))
    return {
        "sheet": sheet,
        "sheet_version": version,
        "answers": answers_of(sheet),
        "goes_on": on_its_way is not None and today <= on_its_way.agreement_due,
        "submit_form": SubmitPlanForm(),
        "versions": written(plan),
        "own_answer": own,
        "may_agree": may_agree,
        "answer_form": AnswerForm(initial=_answered(own), prefix="answer"),
        "may_submit": actor.is_secretary
        and on_its_way is not None
        and on_its_way.state == PlanVersionState.AGREEING,
        "may_take_back": actor.is_secretary and on_its_way is not None,
        "may_dispatch": actor.is_secretary and approved is not None and not hasattr(approved, "dispatch"),
    }


def _answered(own: Agreement | None) -> dict[str, str]:
    if own is None:
        return {}
    return {"agreed": "yes" if own.agreed else "no", "remarks": own.remarks}


def _of_proposals(actor: Actor, plan: WorkPlan, *, questions: int) -> dict[str, Any]:
    proposals = list(plan.proposals.select_related("author", "seat", "item").order_by("made_at", "pk"))
    waiting = sum(proposal.state == ProposalState.NEW for proposal in proposals)
    may_edit = actor.is_secretary and bool(policies.may_edit_plan(plan))
    return {
        "proposals": [(row, term_word(row.month, get_language())) for row in proposals],
        "waiting": waiting,
        "missing": [refusal(row) for row in policies.problems_before_agreement(questions, waiting)]
        if may_edit
        else [],
        "may_propose": bool(permissions.PROPOSE.verdict(actor, plan.staff_id))
        and bool(policies.may_propose(plan, actor)),
        "returned": next(
            (row for row in list(plan.versions.all())[:1] if row.state == PlanVersionState.RETURNED), None
        ),
    }


def _of_decision(actor: Actor, on_its_way: PlanVersion | None) -> dict[str, Any]:
    is_submitted = on_its_way is not None and on_its_way.state == PlanVersionState.SUBMITTED
    is_decider = is_submitted and actor.role in permissions.DECIDE_PLAN.roles
    decides = policies.decides_on_plan(actor)
    asks_ground = needs_ground(actor)
    seen = on_its_way.sha256 if on_its_way else ""
    return {
        "may_decide": is_decider and bool(decides),
        "why_not_decide": "" if decides or not is_decider else sentence_of(decides),
        "approve_form": ApprovePlanForm(required=asks_ground, initial={"seen": seen}),
        "return_form": ReturnPlanForm(required=asks_ground, prefix="return"),
    }


def written(plan: WorkPlan) -> list[Written]:
    """Return the versions of the plan, the latest first, each with what changed in it."""
    versions = list(plan.versions.all())
    rows = [
        Written(
            later,
            differences(earlier.content, later.content),
            control_changed(earlier.content, later.content),
        )
        for later, earlier in pairwise(versions)
    ]
    return [*rows, Written(versions[-1], [], control_changed=False)] if versions else []


def _deliveries(actor: Actor, approved: PlanVersion | None) -> Any:
    if approved is None or not permissions.READ_PLAN_DISPATCH.verdict(actor, actor.staff.pk):
        return ()
    rows = PlanDelivery.objects.filter(dispatch__version=approved)
    return rows.select_related("notice").order_by("notice__pk")
