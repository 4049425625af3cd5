from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meetings import actions, facts, permissions, policies
from meetings.forms import InitiativeForm
from meetings.models import Initiative
from meetings.views.pages import tried
from members.pages import staff_page
from members.permissions import Actor


@staff_page(permissions.READ_INITIATIVES)
def initiatives(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The initiatives of members for extraordinary meetings, the latest first (clause 12)."""
    rows = _of_staff(actor)
    context = {
        "rows": facts.standings(actor.staff, rows, today=timezone.localdate()),
        "may_start": _is_voter(actor),
    }
    return render(request, "meetings/initiatives.html", context)


@staff_page(permissions.JOIN_INITIATIVE)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Start an initiative: the question and the ground (clause 12)."""
    policies.has_a_vote(actor).or_raise()
    form = InitiativeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        started = tried(
            form, lambda: actions.start_initiative(actor.staff, by=actor, now=timezone.now(), **fields)
        )
        if started is not None:
            messages.success(request, _("The initiative is started, the members are asked to join."))
            return redirect(started)
    today = timezone.localdate()
    context = {"form": form, "electoral": facts.electoral_of(actor.staff, today=today)}
    return render(request, "meetings/initiative_new.html", context)


@staff_page(permissions.READ_INITIATIVES)
def initiative(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One initiative: the question, the ground, who joined when, and how many are still needed."""
    row = initiative_of(actor, pk)
    standing = facts.standings(actor.staff, [row], today=timezone.localdate())[0]
    is_member = _is_voter(actor)
    has_joined = is_member and standing.has(actor.person.pk)
    open_ = bool(policies.is_open(row))
    context = {
        "initiative": row,
        "standing": standing,
        "today": timezone.localdate(),
        "has_joined": has_joined,
        "may_join": is_member and open_ and not has_joined,
        "may_leave": open_ and has_joined,
        "may_withdraw": is_member and bool(policies.may_withdraw(row, actor)),
        "may_call": actor.is_secretary and standing.waits_for_call,
    }
    return render(request, "meetings/initiative.html", context)


@require_POST
@staff_page(permissions.JOIN_INITIATIVE)
def join(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Join an initiative (clause 12)."""
    row = actions.join_initiative(initiative_of(actor, pk), by=actor, now=timezone.now())
    messages.success(request, _("You have joined the initiative."))
    return redirect(row)


@require_POST
@staff_page(permissions.JOIN_INITIATIVE)
def leave(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Leave an initiative that is not reached yet (clause 12)."""
    row = actions.leave_initiative(initiative_of(actor, pk), by=actor, now=timezone.now())
    messages.success(request, _("You have left the initiative."))
    return redirect(row)


@require_POST
@staff_page(permissions.JOIN_INITIATIVE)
def withdraw(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take an own initiative back before it is reached (clause 12)."""
    row = actions.withdraw_initiative(initiative_of(actor, pk), by=actor, now=timezone.now())
    messages.success(request, _("The initiative is withdrawn."))
    return redirect(row)


def initiative_of(actor: Actor, pk: int) -> Initiative:
    """Return the initiative of the actor's Staff, or raise Http404."""
    row = _of_staff(actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _of_staff(actor: Actor) -> QuerySet[Initiative]:
    rows = Initiative.objects.filter(staff=actor.staff)
    related = ("staff", "question", "started_by", "withdrawn_by", "meeting__staff")
    return rows.select_related(*related).prefetch_related("supporters__user", "supporters__seat")


def _is_voter(actor: Actor) -> bool:
    permitted = permissions.JOIN_INITIATIVE.verdict(actor, actor.staff.pk)
    return bool(permitted) and bool(policies.has_a_vote(actor))
