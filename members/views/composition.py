"""Pages about the composition: who is what on a day, its versions, a draft seat by seat (clause 11)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from members import comparison, facts, labels, policies
from members.actions import composition as actions
from members.actions import record_consent
from members.actions.versions import latest_of
from members.forms.composition import ConsentForm, DayForm, SeatForm
from members.models import Composition, Seat
from members.pages import staff_page, tried
from members.permissions import EDIT_COMPOSITION, READ_COMPOSITION, Actor
from members.views.versions import draft_of
from regulation.verdicts import all_of


@staff_page(READ_COMPOSITION)
def composition(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The composition today or on any day, with its numbers and what to look at."""
    today = timezone.localdate()
    form = DayForm(request.GET if "day" in request.GET else None)
    day = (form.is_valid() and form.cleaned_data["day"]) or today
    found = facts.composition_on(actor.staff, day)
    context = {
        "facts": found,
        "rows": [(row, labels.warnings(row.warnings)) for row in found.rows],
        "lacks": found.version is not None and facts.lacks_act(found.version),
        "today": today,
        "form": form,
        "may_edit": bool(EDIT_COMPOSITION.verdict(actor, actor.staff.pk)),
        "has_draft": Composition.objects.filter(staff=actor.staff, approved_at=None).exists(),
    }
    return render(request, "members/composition.html", context, status=422 if form.errors else 200)


@staff_page(READ_COMPOSITION)
def versions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every version by act, the latest first, each with what it changed in the one before."""
    may_edit = bool(EDIT_COMPOSITION.verdict(actor, actor.staff.pk))
    rows = Composition.objects.filter(staff=actor.staff).prefetch_related("seats__organisation")
    approved = list(rows.filter(approved_at__isnull=False).select_related("approved_by"))
    drafts = list(rows.filter(approved_at__isnull=True)) if may_edit else []
    shown = [(version, approved[0] if approved else None) for version in drafts]
    shown += zip(approved, [*approved[1:], None], strict=False)
    context = {
        "versions": [_version(version, before) for version, before in shown],
        "today": timezone.localdate(),
        "may_edit": may_edit,
        "has_draft": bool(drafts),
    }
    return render(request, "members/versions.html", context)


def _version(version: Composition, before: Composition | None) -> dict[str, object]:
    seats = list(version.seats.all())
    former = list(before.seats.all()) if before else []
    # Of a version older than the portal no seats are kept: there is nothing to compare with.
    change = comparison.compare(former, seats) if former else None
    return {"version": version, "seats": seats, "change": change, "lacks": facts.lacks_act(version)}


@staff_page(EDIT_COMPOSITION)
def draft(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The draft: its act, its seats one by one, what is missing, and the way to approval."""
    version: Composition = draft_of(actor, "composition")
    rows = facts.rows_of(version, version.in_force_from)
    seats = [row.seat for row in rows]
    former = latest_of(Composition, actor.staff)
    before = list(former.seats.select_related("organisation")) if former else []
    verdict = all_of(policies.is_whole(seats), policies.may_begin_on(version.in_force_from, former))
    context = {
        "version": version,
        "former": former,
        "rows": [
            (row.seat, labels.warnings(code for code in row.warnings if code in facts.OF_SEAT))
            for row in rows
        ],
        "total": sum(seat.votes for seat in seats),
        "change": comparison.compare(before, seats),
        "verdict": verdict,
        "why_not": "" if verdict else labels.refusal(verdict),
    }
    return render(request, "members/composition_draft.html", context)


@staff_page(EDIT_COMPOSITION)
def seat_new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Put a seat at the end of the draft."""
    version = draft_of(actor, "composition")
    form = SeatForm(request.POST or None, staff=actor.staff, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        data, seen = form.cleaned_data, request.POST.get("seen", "")
        if tried(form, lambda: actions.add_seat(version, seen=seen, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("The seat is in the draft, at the end. Move it up if need be."))
            return redirect("members:composition_draft", staff=actor.staff.code)
    return _seat_page(request, form, None, seen=facts.body_hash(version))


@staff_page(EDIT_COMPOSITION)
def seat_edit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Change a seat of the draft; who changed it meanwhile is not written over, and nothing typed is lost."""
    seat = _seat_of_draft(actor, pk)
    form = SeatForm(request.POST or None, instance=seat, staff=actor.staff, today=timezone.localdate())
    current = _seat_of_draft(actor, pk)
    if request.method == "POST" and form.is_valid():
        data, seen = form.cleaned_data, request.POST.get("seen", "")
        if tried(form, lambda: actions.edit_seat(current, seen=seen, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("Saved."))
            return redirect("members:composition_draft", staff=actor.staff.code)
    return _seat_page(request, form, current, seen=facts.seat_hash(current))


def _seat_page(request: HttpRequest, form: SeatForm, seat: Seat | None, *, seen: str) -> HttpResponse:
    is_other = request.method == "POST" and request.POST.get("seen", "") != seen
    changes = comparison.of_seat(seat, form.instance) if seat and is_other else ()
    context: dict[str, Any] = {"form": form, "edited": seat, "seen": seen, "changes": changes}
    return render(request, "members/composition_seat.html", context, status=422 if form.errors else 200)


@staff_page(EDIT_COMPOSITION)
def seat_consent(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Record the consent letter and the level of an office of an approved version (clause 8)."""
    seat = _seat_of(actor, pk, composition__approved_at__isnull=False)
    form = ConsentForm(request.POST or None, instance=seat, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        said = {"consent_number": "", "consent_date": None} | form.cleaned_data
        if tried(form, lambda: record_consent(seat, by=actor, now=timezone.now(), **said)):
            messages.success(request, _("Saved."))
            return redirect("members:composition", staff=actor.staff.code)
    context = {"form": form, "edited": seat}
    return render(request, "members/seat_consent.html", context, status=422 if form.errors else 200)


@staff_page(EDIT_COMPOSITION)
def seat_move(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Move a seat of the draft one place up or down."""
    if request.method == "POST":
        up = request.POST.get("where") == "up"
        actions.move_seat(_seat_of_draft(actor, pk), up=up, by=actor, now=timezone.now())
    return redirect("members:composition_draft", staff=actor.staff.code)


@staff_page(EDIT_COMPOSITION)
def seat_remove(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a seat out of the draft, after asking."""
    seat = _seat_of_draft(actor, pk)
    if request.method == "POST":
        actions.remove_seat(seat, by=actor, now=timezone.now())
        messages.success(request, _("The seat is out of the draft."))
        return redirect("members:composition_draft", staff=actor.staff.code)
    return render(request, "members/composition_seat_remove.html", {"edited": seat})


def _seat_of_draft(actor: Actor, pk: int) -> Seat:
    """Return a seat of the draft of the actor's Staff, or raise Http404; of an approved version none is."""
    return _seat_of(actor, pk, composition__approved_at=None)


def _seat_of(actor: Actor, pk: int, **version: Any) -> Seat:
    seats = Seat.objects.select_related("composition__staff", "organisation")
    return get_object_or_404(seats, pk=pk, composition__staff=actor.staff, **version)
