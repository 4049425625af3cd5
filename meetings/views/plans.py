from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from meetings import actions, permissions, plan_paper, plan_sheet
from meetings.forms.plans import PlanForm
from meetings.labels import plan_title
from meetings.models import WorkPlan
from meetings.months import half_after, half_of
from meetings.views.pages import tried
from meetings.views.plan_pages import plan_context, plan_of, plans_for
from members.pages import staff_page
from members.permissions import Actor

# How far ahead a plan is begun: this half-year and the next two.
HALVES_AHEAD = 3


@staff_page(permissions.READ_PLANS)
def plans(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All half-year plans of the Staff (clauses 16, 17)."""
    rows = [(plan, plan_title(plan)) for plan in plans_for(actor)]
    context = {"rows": rows, "may_prepare": actor.is_secretary and bool(_halves(actor))}
    return render(request, "meetings/plans/list.html", context)


@staff_page(permissions.PREPARE_PLAN)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Begin the plan of a half-year, empty or with the rows of an earlier one."""
    sources = {plan.pk: plan_title(plan) for plan in plans_for(actor)}
    form = PlanForm(request.POST or None, halves=_halves(actor), plans=sources)
    if request.method == "POST" and form.is_valid():
        key, source = form.cleaned_data["half_year"], form.cleaned_data["source"]
        made = tried(form, lambda: _made(actor, key, source))
        if made is not None:
            return redirect(made)
    return render(request, "meetings/plans/new.html", {"form": form}, status=422 if form.errors else 200)


def _made(actor: Actor, key: str, source: WorkPlan | None) -> WorkPlan:
    now = timezone.now()
    year, _dash, half = key.partition("-")
    return actions.begin_plan(actor.staff, year=int(year), half=int(half), source=source, by=actor, now=now)


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
    """The plan as a document in the reader's language (template T4)."""
    row = plan_of(actor, plan)
    now = timezone.localtime()
    content = plan_paper.plan(row, get_language() or "", now=now)
    return _file(content, "application/pdf", f"{actor.staff.code}-plan-{row.key}.pdf")


@staff_page(permissions.READ_PLANS)
def xlsx(request: HttpRequest, actor: Actor, plan: str) -> HttpResponse:
    """The plan as a workbook in the reader's language."""
    row = plan_of(actor, plan)
    content = plan_sheet.plan(row, get_language() or "", today=timezone.localdate())
    return _file(content, plan_sheet.CONTENT_TYPE, f"{actor.staff.code}-plan-{row.key}.xlsx")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
