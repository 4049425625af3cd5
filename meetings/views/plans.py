from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from meetings import actions, permissions, plan_paper, plan_sheet
from meetings.facts.execution import PlanExecution, executions_of
from meetings.facts.plans import approved_plan_version
from meetings.forms.plans import PlanForm
from meetings.labels import plan_title
from meetings.models import PlanVersion, WorkPlan
from meetings.months import half_after, half_of
from meetings.states import PlanState
from meetings.views.pages import tried
from meetings.views.plan_pages import plan_context, plan_of, plans_for, reads_drafts
from members.days import known
from members.pages import staff_page
from members.permissions import Actor

# How far ahead a plan is begun: this half-year and the next two.
HALVES_AHEAD = 3


class PlanLine(NamedTuple):
    """A plan in the list: the approved version, and how far it is carried out; None before the approval."""

    plan: WorkPlan
    approved: PlanVersion | None
    execution: PlanExecution | None

    @property
    def title(self) -> str:
        return plan_title(self.plan)


@staff_page(permissions.READ_PLANS)
def plans(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All half-year plans of the Staff (clauses 16, 17)."""
    found = list(plans_for(actor))
    approved = [plan for plan in found if plan.state == PlanState.APPROVED] if reads_drafts(actor) else []
    done = executions_of(approved, today=timezone.localdate())
    rows = [PlanLine(plan, approved_plan_version(plan), done.get(plan.pk)) for plan in found]
    context = {
        "rows": rows,
        "with_shares": bool(done),
        "may_prepare": actor.is_secretary and bool(_halves(actor)),
    }
    return render(request, "meetings/plans/list.html", context)


@staff_page(permissions.PREPARE_PLAN)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Begin the plan of a half-year, empty or with the rows of an earlier one."""
    sources = {plan.pk: plan_title(plan) for plan in plans_for(actor)}
    form = PlanForm(request.POST or None, halves=_halves(actor), plans=sources)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = tried(form, lambda: _made(actor, data["half_year"], data["source"], anew=data["anew"]))
        if made is not None:
            return redirect(made)
    return render(request, "meetings/plans/new.html", {"form": form}, status=422 if form.errors else 200)


def _made(actor: Actor, key: str, source: WorkPlan | None, *, anew: bool) -> WorkPlan:
    year, _dash, half = key.partition("-")
    return actions.begin_plan(
        actor.staff,
        year=int(year),
        half=int(half),
        source=source,
        anew=anew,
        by=actor,
        now=timezone.now(),
    )


def _halves(actor: Actor) -> list[tuple[str, str]]:
    """Return the half-years from this one on that have no plan yet, as (key, title)."""
    known = {plan.key for plan in WorkPlan.objects.filter(staff=actor.staff)}
    year, half = half_of(timezone.localdate())
    found = []
    for _each in range(HALVES_AHEAD):
        plan = WorkPlan(year=year, half=half)
        if plan.key not in known:
            found.append((plan.key, plan_title(plan)))
        year, half = half_after(year, half)
    return found


@staff_page(permissions.READ_PLANS)
def plan(request: HttpRequest, actor: Actor, plan: str) -> HttpResponse:
    """A plan: its rows, where it stands, who agreed, what changed, the proof of its sending."""
    row = plan_of(actor, plan)
    if actor.user is not None:
        actions.note_plan_opening(row, actor.user, now=timezone.now())
    return render(request, "meetings/plans/detail.html", plan_context(actor, row))


@staff_page(permissions.READ_PLANS)
def pdf(request: HttpRequest, actor: Actor, plan: str) -> HttpResponse:
    """The plan as a document (T4) in the language of the page, or in that of `?language=`."""
    row = plan_of(actor, plan)
    language = _language(request)
    content = plan_paper.plan(row, language, now=timezone.localtime())
    return _file(content, "application/pdf", f"{actor.staff.code}-plan-{row.key}-{language}.pdf")


@staff_page(permissions.READ_PLANS)
def xlsx(request: HttpRequest, actor: Actor, plan: str) -> HttpResponse:
    """The plan as a workbook in the language of the page, or in that of `?language=`."""
    row = plan_of(actor, plan)
    language = _language(request)
    content = plan_sheet.plan(row, language, today=timezone.localdate())
    return _file(content, plan_sheet.CONTENT_TYPE, f"{actor.staff.code}-plan-{row.key}-{language}.xlsx")


def _language(request: HttpRequest) -> str:
    return known(request.GET.get("language") or get_language())


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
