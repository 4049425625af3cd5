"""Requests of members to change the plan; the note itself is prepared by others (clause 18)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, permissions, policies
from meetings.facts.basis import plan_covering
from meetings.forms import ChangeRequestForm, DeclineForm, TakenNoteForm
from meetings.models import ChangeRequest, WorkPlan
from meetings.states import PlanState
from meetings.views.pages import tried
from members.pages import staff_page
from members.permissions import Actor


@staff_page(permissions.REQUEST_CHANGE)
def request_new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Ask the working body to propose a change of the plan."""
    start = {"kind": request.GET.get("kind"), "plan_item": request.GET.get("row")}
    form = ChangeRequestForm(request.POST or None, initial=start, staff=actor.staff)
    plan = _plan_now(actor)
    if request.method == "POST" and plan is not None and form.is_valid():
        about = form.asked()
        row = about["plan_item"]
        asked = tried(
            form,
            lambda: actions.request_change(row.plan if row else plan, by=actor, now=timezone.now(), **about),
        )
        if asked is not None:
            messages.success(request, _("The working body is asked. You will be told of the answer."))
            return redirect("meetings:notes", staff=actor.staff.code)
    context = {"form": form, "plan": plan}
    return render(request, "meetings/notes/request.html", context, status=422 if form.errors else 200)


def _plan_now(actor: Actor) -> WorkPlan | None:
    """Return the approved plan of today's half-year, else the latest approved one, or None."""
    today = timezone.localdate()
    approved = WorkPlan.objects.filter(staff=actor.staff, state=PlanState.APPROVED)
    return plan_covering(actor.staff, today.year, today.month) or approved.order_by("-year", "-half").first()


@staff_page(permissions.ANSWER_REQUEST)
def request_take(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Prepare the note that a member asked for, or say why not."""
    asked = _request(actor, pk)
    form = _note_form(asked, request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.fields_of_note()
        made = tried(form, lambda: actions.take_request(asked, by=actor, now=timezone.now(), **fields))
        if made is not None:
            messages.success(request, _("The note is with the head. You will be told of the decision."))
            return redirect(made)
    return _answer(request, asked, form=form, decline_form=DeclineForm(prefix="decline"))


@staff_page(permissions.ANSWER_REQUEST)
def request_decline(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Answer a member that no note is prepared."""
    asked = _request(actor, pk)
    if request.method != "POST":
        return redirect("meetings:request_take", staff=actor.staff.code, pk=pk)
    decline = DeclineForm(request.POST, prefix="decline")
    if decline.is_valid():
        why = decline.cleaned_data["reason"]
        if tried(decline, lambda: actions.decline_request(asked, reason=why, by=actor, now=timezone.now())):
            messages.success(request, _("The member is told of your answer."))
            return redirect("meetings:notes", staff=actor.staff.code)
    form = _note_form(asked)
    return _answer(request, asked, form=form, decline_form=decline)


def _request(actor: Actor, pk: int) -> ChangeRequest:
    rows = ChangeRequest.objects.select_related(
        "plan__staff", "plan_item__plan", "plan_item__question", "author"
    )
    return get_object_or_404(rows, plan__staff=actor.staff, pk=pk)


def _note_form(asked: ChangeRequest, data: QueryDict | None = None) -> TakenNoteForm:
    return TakenNoteForm(data, request=asked, staff=asked.plan.staff, today=timezone.localdate())


def _answer(request: HttpRequest, asked: ChangeRequest, **forms: Any) -> HttpResponse:
    is_open = policies.is_open_request(asked)
    wrong = [form for form in forms.values() if form.errors]
    context = {"asked": asked, "is_open": bool(is_open), "forms": list(forms.values()), **forms}
    return render(request, "meetings/notes/answer.html", context, status=422 if wrong else 200)
