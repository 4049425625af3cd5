from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, facts, permissions, policies, sight
from meetings.forms import MeetingForm, is_near
from meetings.locks import submitted_version
from meetings.models import Meeting
from meetings.views.pages import meeting_of, tried
from members.models import Regulation
from members.models.calendar import CalendarDay
from members.models.composition import in_force
from members.pages import staff_page
from members.permissions import Actor
from regulation.terms import quarter_alarm, quarter_of


@staff_page(permissions.READ)
def meetings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All meetings of the Staff, with the state of the quarter (clause 12)."""
    today = timezone.localdate()
    quarter = quarter_of(today)
    scheduled = facts.has_regular_in_quarter(actor.staff, quarter, today=today)
    of_staff = sight.meetings_for(actor).select_related("staff")
    context = {
        "upcoming": of_staff.upcoming(),
        "held": of_staff.held(),
        "quarter": quarter,
        "alarm": "" if scheduled else quarter_alarm(today),
        "may_prepare": actor.is_secretary,
    }
    return render(request, "meetings/list.html", context)


@staff_page(permissions.PREPARE)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Schedule a meeting; the form shows the terms of the day chosen."""
    staff = actor.staff
    start = Meeting(place_kk=staff.place_kk, place_ru=staff.place_ru)
    form = MeetingForm(request.POST or None, instance=start, staff=staff, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        meeting = actions.schedule(staff, by=actor, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The meeting is scheduled. Now put questions on the agenda."))
        return redirect(meeting)
    return render(request, "meetings/form.html", {"form": form, **_terms_of_form(form, actor)})


@staff_page(permissions.PREPARE)
def edit(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Change when, where and how a planned meeting takes place."""
    meeting = meeting_of(actor, key)
    policies.may_edit_agenda(meeting, submitted_version(meeting)).or_raise()
    form = MeetingForm(request.POST or None, instance=meeting, staff=actor.staff, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        current = meeting_of(actor, key)
        moved = tried(form, lambda: actions.reschedule(current, by=actor, now=timezone.now(), **fields))
        if moved is not None:
            messages.success(request, _("Saved. The terms follow the new date."))
            return redirect(moved)
    return render(
        request, "meetings/form.html", {"form": form, "meeting": meeting, **_terms_of_form(form, actor)}
    )


@staff_page(permissions.PREPARE)
def terms(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The terms of a day, as a part of the form while it is being filled in."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return HttpResponse(status=204)
    urgent = "is_urgent" in request.GET
    return render(request, "meetings/_form_terms.html", _terms_of_day(actor, day, urgent=urgent))


def _terms_of_form(form: MeetingForm, actor: Actor) -> dict[str, object]:
    try:
        day = date.fromisoformat(str(form["day"].value() or ""))
    except ValueError:
        return {"terms": None}
    return _terms_of_day(actor, day, urgent=bool(form["is_urgent"].value()))


def _terms_of_day(actor: Actor, day: date, *, urgent: bool) -> dict[str, object]:
    regulation = Regulation.objects.filter(in_force(day), staff=actor.staff).first()
    if regulation is None or not is_near(day, timezone.localdate()):
        return {"terms": None}
    calendar = CalendarDay.objects.work_calendar()
    return {"terms": facts.terms_for(day, regulation.procedure, calendar, urgent=urgent), "day": day}
