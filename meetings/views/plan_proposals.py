from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, letters, permissions
from meetings.forms import NoteForm
from meetings.forms.plans import CallForm, DeclineForm, ProposalForm
from meetings.labels import plan_title
from meetings.models import Proposal, WorkPlan
from meetings.months import approval_target, collection_opens
from meetings.policies import plans as policies
from meetings.states import Change
from meetings.views.pages import tried
from meetings.views.plan_pages import plan_act_only, plan_of
from members.labels import message
from members.pages import staff_page
from members.permissions import Actor

# What the form of the call offers first; the regulation sets no term.
USUAL_DAYS = timedelta(days=29)


@staff_page(permissions.PREPARE_PLAN)
def call(request: HttpRequest, actor: Actor, plan: str) -> HttpResponse:
    """Ask the members for proposals until a day; the letter in both languages stands beside (T12)."""
    row = plan_of(actor, plan)
    policies.may_edit_plan(row).or_raise()
    today = timezone.localdate()
    opens = collection_opens(row.year, row.half)
    row.proposals_due = row.proposals_due or max(today, opens) + USUAL_DAYS
    form = CallForm(request.POST or None, initial={"due": row.proposals_due})
    if request.method == "POST" and form.is_valid():
        due = form.cleaned_data["due"]
        if tried(form, lambda: actions.call_for_proposals(row, due=due, by=actor, now=timezone.now())):
            messages.success(request, _("The members are asked for proposals."))
            return redirect(row)
    context = {
        "plan": row,
        "title": plan_title(row),
        "form": form,
        "letter": message(lambda: letters.plan_called(row), ""),
        "opens": opens,
        "target": approval_target(row.year, row.half),
    }
    return render(request, "meetings/plans/call.html", context, status=422 if form.errors else 200)


@staff_page(permissions.PROPOSE)
def propose(request: HttpRequest, actor: Actor, plan: str) -> HttpResponse:
    """Propose a question for the plan (clause 16)."""
    row = plan_of(actor, plan)
    policies.may_propose(row, actor).or_raise()
    form = ProposalForm(request.POST or None, plan=row)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if tried(form, lambda: actions.propose(row, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("Your proposal is with the secretary."))
            return redirect(row)
    is_late = row.proposals_due is not None and timezone.localdate() > row.proposals_due
    context = {"plan": row, "title": plan_title(row), "form": form, "is_late": is_late}
    return render(request, "meetings/plans/propose.html", context, status=422 if form.errors else 200)


@plan_act_only
@staff_page(permissions.PROPOSE)
def withdraw(request: HttpRequest, actor: Actor, plan: str, pk: int) -> HttpResponse:
    """Withdraw one's own proposal."""
    row = plan_of(actor, plan)
    actions.withdraw_proposal(_proposal(row, pk), by=actor, now=timezone.now())
    messages.success(request, _("Your proposal is withdrawn."))
    return redirect(row)


@plan_act_only
@staff_page(permissions.PREPARE_PLAN)
def accept(request: HttpRequest, actor: Actor, plan: str, pk: int) -> HttpResponse:
    """Put a proposal into the draft plan."""
    row = plan_of(actor, plan)
    actions.accept_proposal(_proposal(row, pk), by=actor, now=timezone.now())
    messages.success(request, _("The proposal is in section 1 of the draft. Its author is told."))
    return redirect(row)


@staff_page(permissions.PREPARE_PLAN)
def decline(request: HttpRequest, actor: Actor, plan: str, pk: int) -> HttpResponse:
    """Decline a proposal with a reason."""
    row = plan_of(actor, plan)
    proposal = _proposal(row, pk)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data, now = form.cleaned_data, timezone.now()
        if tried(form, lambda: actions.decline_proposal(proposal, by=actor, now=now, **data)):
            messages.success(request, _("The proposal is declined. Its author is told why."))
            return redirect(row)
    context = {"plan": row, "title": plan_title(row), "form": form, "proposal": proposal}
    return render(request, "meetings/plans/decline.html", context, status=422 if form.errors else 200)


@staff_page(permissions.PREPARE_PLAN)
def note(request: HttpRequest, actor: Actor, plan: str, pk: int) -> HttpResponse:
    """Make a note of clause 18 of a proposal that came too late for the plan."""
    row = plan_of(actor, plan)
    proposal = _proposal(row, pk)
    policies.may_note_proposal(proposal).or_raise()
    start = {
        "kind": Change.ADD,
        "title_kk": proposal.title_kk,
        "title_ru": proposal.title_ru,
        "agency": proposal.seat.organisation_id,
        "to": f"{row.year}-{proposal.month:02}",
    }
    form = NoteForm(request.POST or None, initial=start, staff=actor.staff, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        given, now = form.fields_of_note(), timezone.now()
        if made := tried(form, lambda: actions.note_proposal(proposal, by=actor, now=now, **given)):
            messages.success(request, _("The note is with the head. You will be told of the decision."))
            return redirect(made)
    return render(request, "meetings/notes/form.html", {"form": form}, status=422 if form.errors else 200)


def _proposal(plan: WorkPlan, pk: int) -> Proposal:
    proposal = plan.proposals.select_related("author", "seat").filter(pk=pk).first()
    if proposal is None:
        raise Http404
    proposal.plan = plan
    return proposal
