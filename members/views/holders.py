"""Who sits in a seat: a person takes it, leaves it, acts by an order (clauses 11, 20)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from members import actions
from members.accounts import confirm_first
from members.actions.terms import DAY, is_carried, line_of, term_of
from members.forms.people import EndTermForm, HolderForm, OrderForm
from members.models import Holder, Seat
from members.pages import staff_page, tried
from members.permissions import SEAT, Actor
from members.states import Role


@staff_page(SEAT)
def new(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Put a person into a seat; who held it, held it until the day before."""
    now = timezone.now()
    today = timezone.localdate(now)
    approved = Seat.objects.filter(composition__staff=actor.staff, composition__approved_at__isnull=False)
    seat = get_object_or_404(approved.select_related("composition", "organisation"), pk=pk)
    if seat.role != Role.MEMBER:
        confirm_first(request)
    first_day = max(today, seat.composition.in_force_from)
    form = HolderForm(request.POST or None, today=today, initial={"since": first_day})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        holder = tried(form, lambda: actions.seat_person(seat, by=actor, now=now, **data))
        if holder is not None:
            _tell_seated(request, holder, typed=data["name"])
            return _to_composition(actor)
    present = Holder.objects.on(today).filter(seat=seat).first()
    return render(request, "members/holder_new.html", {"form": form, "edited": seat, "present": present})


def _tell_seated(request: HttpRequest, holder: Holder, *, typed: str) -> None:
    name = holder.user.name
    messages.success(request, _("%(name)s holds the seat.") % {"name": name})
    if name != typed:
        words = _("This e-mail belongs to %(name)s; the name in the portal stays as it was.")
        messages.info(request, words % {"name": name})


@staff_page(SEAT)
def end(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """End the term of a holder; access ends with it."""
    now = timezone.now()
    today = timezone.localdate(now)
    holder = _holder(actor, pk)
    last_day = term_of(holder, line_of(holder.seat))[-1].until
    was_mistaken = "mistake" in request.POST
    typed = {"until": holder.since - DAY} if was_mistaken else request.POST or None
    form = EndTermForm(typed, today=today, initial={"until": last_day or today})
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        ended = tried(form, lambda: actions.end_term(holder, until=until, by=actor, now=now))
        if ended is not None:
            done = _("The last day of the term is recorded. The seat stays in the total.")
            messages.success(request, _("The entry is taken off.") if was_mistaken else done)
            return _to_composition(actor)
    may_cancel = holder.since >= today and not is_carried(holder)
    context = {"form": form, "holder": holder, "may_cancel": may_cancel}
    return render(request, "members/holder_end.html", context, status=422 if form.errors else 200)


@staff_page(SEAT)
def order(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Correct the order by which a holder acts."""
    now = timezone.now()
    holder = _holder(actor, pk)
    initial = {"acting_number": holder.acting_number, "acting_date": holder.acting_date}
    form = OrderForm(request.POST or None, today=timezone.localdate(now), initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if tried(form, lambda: actions.correct_order(holder, by=actor, now=now, **data)) is not None:
            messages.success(request, _("The order is corrected."))
            return _to_composition(actor)
    return render(request, "members/holder_order.html", {"form": form, "holder": holder})


def _holder(actor: Actor, pk: int) -> Holder:
    rows = Holder.objects.filter(
        seat__composition__staff=actor.staff, seat__composition__approved_at__isnull=False
    )
    return get_object_or_404(rows.select_related("user", "seat__composition", "seat__organisation"), pk=pk)


def _to_composition(actor: Actor) -> HttpResponse:
    return redirect("members:composition", staff=actor.staff.code)
