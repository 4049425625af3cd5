from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, facts, permissions, policies, sight
from meetings.facts import Standing
from meetings.forms import FURTHEST_AHEAD, CancelForm, MeetingForm, is_near
from meetings.locks import submitted_version
from meetings.models import Initiative, Meeting
from meetings.reasons.scheduling import BRIEF_WARNINGS, WARNINGS
from meetings.states import Kind
from meetings.views.pages import meeting_of, tried
from members.pages import staff_page
from members.permissions import Actor

# How many days the table of candidates shows at once, and how many it shows before the chosen one.
SHOWN, BEFORE = timedelta(days=13), timedelta(days=7)
STEP = SHOWN + timedelta(days=1)
# The buttons that only turn the table or fill the form in; nothing is scheduled by them.
TURNS = ("choose", "from")


@staff_page(permissions.READ)
def meetings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All meetings of the Staff, with the state of the quarters (clause 12)."""
    of_staff = sight.meetings_for(actor).select_related("staff")
    context = {
        "upcoming": of_staff.upcoming(),
        "held": of_staff.held(),
        "cancelled": of_staff.cancelled(),
        "quarter": facts.quarter_state(actor.staff, today=timezone.localdate()),
        "may_prepare": actor.is_secretary,
        "may_read_initiatives": bool(actor.roles & permissions.READ_INITIATIVES.roles),
    }
    return render(request, "meetings/list.html", context)


@staff_page(permissions.PREPARE)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Schedule a meeting, by choosing among days with their terms; or the one that members called for."""
    staff = actor.staff
    initiative = _initiative(request, actor)
    kind = Kind.EXTRAORDINARY if initiative else Kind.REGULAR
    start = Meeting(place_kk=staff.place_kk, place_ru=staff.place_ru, kind=kind)
    start.initiative_id = initiative.pk if initiative else None
    form = _form(request, actor, start)
    if request.method == "POST" and form.is_bound and form.is_valid():
        made = tried(form, lambda: _schedule(actor, initiative, form.cleaned_data))
        if made is not None:
            messages.success(request, _("The meeting is scheduled, the members are told."))
            _warn_of_link(request, made)
            return redirect(made)
    context = _context(request, form, actor, initiative=initiative)
    return render(request, "meetings/form.html", context, status=422 if form.errors else 200)


@staff_page(permissions.PREPARE)
def edit(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Change when, where and how a planned meeting takes place."""
    meeting = meeting_of(actor, key)
    policies.may_edit_agenda(meeting, submitted_version(meeting)).or_raise()
    form = _form(request, actor, meeting)
    if request.method == "POST" and form.is_bound and form.is_valid():
        fields = form.cleaned_data
        current = meeting_of(actor, key)
        moved = tried(form, lambda: actions.reschedule(current, by=actor, now=timezone.now(), **fields))
        if moved is not None:
            messages.success(request, _("Saved. The terms follow the new date."))
            _warn_of_link(request, moved)
            return redirect(moved)
    shown = meeting_of(actor, key)
    context = _context(request, form, actor, meeting=shown, initiative=shown.initiative)
    return render(request, "meetings/form.html", context, status=422 if form.errors else 200)


@staff_page(permissions.PREPARE)
def cancel(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Cancel a planned meeting with a reason (clause 12)."""
    meeting = meeting_of(actor, key)
    policies.may_cancel(meeting, reason="-").or_raise()
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = tried(
            form, lambda: actions.cancel_meeting(meeting, reason=reason, by=actor, now=timezone.now())
        )
        if done is not None:
            messages.success(request, _("The meeting is cancelled, everybody who was told knows of it."))
            return redirect(done)
    context = {"form": form, "meeting": meeting}
    return render(request, "meetings/cancel.html", context, status=422 if form.errors else 200)


@staff_page(permissions.PREPARE)
def terms(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The terms of a day, as a part of the form while it is being filled in."""
    day = _day(request.GET.get("day"))
    if day is None:
        return HttpResponse(status=204)
    hold_due = _hold_due(_standing(_initiative(request, actor)))
    chosen = _chosen(actor, day, urgent="is_urgent" in request.GET, moving=None, hold_due=hold_due)
    return render(request, "meetings/_form_terms.html", {"chosen": chosen})


def _form(request: HttpRequest, actor: Actor, meeting: Meeting) -> MeetingForm:
    """Return the form: bound when it is sent; when a day is chosen, filled with what was typed so far."""
    now = timezone.now()
    if request.method != "POST":
        return MeetingForm(instance=meeting, staff=actor.staff, now=now)
    if not any(name in request.POST for name in TURNS):
        return MeetingForm(request.POST, instance=meeting, staff=actor.staff, now=now)
    typed: dict[str, Any] = request.POST.dict()
    typed |= {name: name in request.POST for name in ("is_urgent", "is_field")}
    typed["day"] = request.POST.get("choose") or typed.get("day")
    return MeetingForm(initial=typed, instance=meeting, staff=actor.staff, now=now)


def _warn_of_link(request: HttpRequest, meeting: Meeting) -> None:
    if meeting.lacks_link:
        messages.warning(request, _("Somebody takes part by video, but there is no video link yet."))


def _schedule(actor: Actor, initiative: Initiative | None, fields: dict[str, Any]) -> Meeting:
    if initiative is not None:
        return actions.call_meeting(initiative, by=actor, now=timezone.now(), **fields)
    return actions.schedule(actor.staff, by=actor, now=timezone.now(), **fields)


def _initiative(request: HttpRequest, actor: Actor) -> Initiative | None:
    """Return the initiative named in the address, None without one; Http404 for one of another Staff."""
    pk = request.GET.get("initiative")
    if pk is None:
        return None
    rows = Initiative.objects.filter(staff=actor.staff).select_related("staff", "question", "started_by")
    found = rows.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 10 else None
    if found is None:
        raise Http404
    return found


def _standing(initiative: Initiative | None) -> Standing | None:
    """Return where the initiative that calls the meeting stands, with its targets; None without one."""
    if initiative is None:
        return None
    return facts.standings(initiative.staff, [initiative], today=timezone.localdate())[0]


def _hold_due(standing: Standing | None) -> date | None:
    return standing.hold_due if standing else None


def _context(
    request: HttpRequest,
    form: MeetingForm,
    actor: Actor,
    *,
    meeting: Meeting | None = None,
    initiative: Initiative | None = None,
) -> dict[str, Any]:
    today = timezone.localdate()
    urgent = bool(form["is_urgent"].value())
    day = _day(form["day"].value())
    standing = _standing(initiative)
    about: dict[str, Any] = {"urgent": urgent, "moving": meeting, "hold_due": _hold_due(standing)}
    around = max(today, day - BEFORE) if day is not None and is_near(day, today) else today
    asked = _day(request.POST.get("from")) or around
    first = min(max(today, asked), today + FURTHEST_AHEAD)
    rows = facts.candidates(actor.staff, first, first + SHOWN, today=today, **about)
    days: list[dict[str, Any]] = [
        {"row": row, "warnings": _briefly(row), "is_chosen": row.day == day} for row in rows
    ]
    return {
        "form": form,
        "meeting": meeting,
        "initiative": initiative,
        "standing": standing,
        "chosen": _chosen(actor, day, **about) if day else None,
        "days": [each for each in days if not each["row"].is_off or each["is_chosen"]],
        "days_off": [each for each in days if each["row"].is_off and not each["is_chosen"]],
        "quarters": sorted({(*row.quarter, row.has_regular) for row in rows}),
        "earlier": max(today, first - STEP) if first > today else None,
        "later": first + STEP if is_near(first + STEP, today) else None,
    }


def _chosen(actor: Actor, day: date, **about: Any) -> dict[str, Any] | None:
    """Return the terms and the warnings of one day; None for a day on which nobody schedules anything."""
    today = timezone.localdate()
    if not is_near(day, today):
        return None
    rows = facts.candidates(actor.staff, day, day, today=today, **about)
    return {"row": rows[0], "warnings": _sentences(rows[0])} if rows else None


def _sentences(row: facts.Candidate) -> list[str]:
    return [str(WARNINGS[code]) for code in row.warnings]


def _briefly(row: facts.Candidate) -> list[str]:
    return [str(BRIEF_WARNINGS[code]) for code in row.warnings if code in BRIEF_WARNINGS]


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text or ""))
    except ValueError:
        return None
