from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, letters, permissions
from meetings.facts.plans import approved_plan_version
from meetings.forms.plans import AgreementForm, AnswerForm, ApprovePlanForm, ReturnPlanForm, SubmitPlanForm
from meetings.labels import plan_title
from meetings.models import PlanVersion, WorkPlan
from meetings.policies import plans as policies
from meetings.views.pages import tried
from meetings.views.plan_pages import plan_act_only, plan_context, plan_of
from members.labels import message
from members.pages import staff_page
from members.permissions import Actor, holders_on
from members.policies import needs_ground

# What the form of the agreement offers first; the regulation sets no term.
USUAL_DAYS = timedelta(days=7)


@staff_page(permissions.PREPARE_PLAN)
def agreement(request: HttpRequest, actor: Actor, plan: str) -> HttpResponse:
    """Send the draft to the members for agreement, with a day for their answers (clause 26(5))."""
    row = plan_of(actor, plan)
    form = AgreementForm(request.POST or None, initial={"due": timezone.localdate() + USUAL_DAYS})
    if request.method == "POST" and form.is_valid():
        due = form.cleaned_data["due"]
        if tried(form, lambda: actions.send_for_agreement(row, due=due, by=actor, now=timezone.now())):
            messages.success(request, _("The draft is with the members for agreement."))
            return redirect(row)
    elif request.method != "POST":
        policies.may_edit_plan(row).or_raise()
    context = {"plan": row, "title": plan_title(row), "form": form}
    return render(request, "meetings/plans/agreement.html", context, status=422 if form.errors else 200)


@plan_act_only
@staff_page(permissions.AGREE_PLAN)
def agree(request: HttpRequest, actor: Actor, plan: str) -> HttpResponse:
    """Answer on the agreement sheet: agreed, or with remarks."""
    row = plan_of(actor, plan)
    version = _version(row, request)
    form = AnswerForm(request.POST, prefix="answer")
    if form.is_valid():
        data = form.cleaned_data
        if tried(form, lambda: actions.agree(version, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("Your answer is on the agreement sheet."))
            return redirect(row)
    context = plan_context(actor, row) | {"answer_form": form, "form": form}
    return render(request, "meetings/plans/detail.html", context, status=422)


@plan_act_only
@staff_page(permissions.PREPARE_PLAN)
def submit(request: HttpRequest, actor: Actor, plan: str) -> HttpResponse:
    """Lay the plan before the head."""
    row = plan_of(actor, plan)
    version, form = _version(row, request), SubmitPlanForm(request.POST)
    if form.is_valid():
        early = form.cleaned_data["early"]
        if tried(form, lambda: actions.submit_plan(version, early=early, by=actor, now=timezone.now())):
            messages.success(request, _("The plan is with the head. You will be told of the decision."))
            return redirect(row)
    context = plan_context(actor, row) | {"submit_form": form, "form": form}
    return render(request, "meetings/plans/detail.html", context, status=422)


@plan_act_only
@staff_page(permissions.PREPARE_PLAN)
def take_back(request: HttpRequest, actor: Actor, plan: str) -> HttpResponse:
    """Take the plan back for writing."""
    row = plan_of(actor, plan)
    actions.take_back_plan(_version(row, request), by=actor, now=timezone.now())
    messages.success(request, _("The plan is a draft again."))
    return redirect(row)


@plan_act_only
@staff_page(permissions.DECIDE_PLAN)
def decide(request: HttpRequest, actor: Actor, plan: str) -> HttpResponse:
    """Approve the plan that was read, or return it with a remark."""
    row = plan_of(actor, plan)
    version = _version(row, request)
    approve = "approve" in request.POST
    asks_ground = needs_ground(actor)
    form = (
        ApprovePlanForm(request.POST, required=asks_ground)
        if approve
        else ReturnPlanForm(request.POST, required=asks_ground, prefix="return")
    )
    if not form.is_valid():
        name = "approve_form" if approve else "return_form"
        context = plan_context(actor, row) | {name: form, "form": form}
        return render(request, "meetings/plans/detail.html", context, status=422)
    now, data = timezone.now(), form.cleaned_data
    if approve:
        actions.approve_plan(version, by=actor, now=now, **data)
        messages.success(request, _("The plan is approved. The secretary sends it to the members."))
    else:
        actions.return_plan(version, by=actor, now=now, **data)
        messages.success(request, _("The plan is returned with your remark."))
    return redirect(row)


@staff_page(permissions.PREPARE_PLAN)
def dispatch(request: HttpRequest, actor: Actor, plan: str) -> HttpResponse:
    """Send the approved plan to the members: who gets it, and the letter in both languages (clause 17)."""
    row = plan_of(actor, plan)
    if request.method == "POST":
        actions.dispatch_plan(row, by=actor, now=timezone.now())
        messages.success(request, _("Sent. The letters go out by themselves."))
        return redirect(row)
    approved = approved_plan_version(row)
    policies.may_dispatch_plan(approved).or_raise()
    members = holders_on(row.staff, timezone.localdate()).filter(seat__votes=True)
    context = {
        "plan": row,
        "title": plan_title(row),
        "is_sent": hasattr(approved, "dispatch"),
        "members": members.select_related("user", "seat"),
        "letter": message(lambda: letters.plan_sent(row), ""),
    }
    return render(request, "meetings/plans/dispatch.html", context)


def _version(plan: WorkPlan, request: HttpRequest) -> PlanVersion:
    number = request.POST.get("version", "")
    wanted = int(number) if number.isdecimal() and len(number) < 5 else 0
    version = next((row for row in plan.versions.all() if row.number == wanted), None)
    if version is None:
        raise Http404
    version.plan = plan
    return version
