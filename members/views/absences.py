"""When the head is away and who performs his duties (clause 25(3))."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members import actions
from members.accounts import confirm_first
from members.days import long_day
from members.forms.people import AbsenceForm, EndAbsenceForm
from members.models import Absence, Holder
from members.pages import staff_page, tried
from members.permissions import READ_ABSENCE_GROUNDS, READ_ABSENCES, RECORD_ABSENCE, Actor, holders_on
from members.states import Role
from regulation.verdicts import Refused, refused

DAY = timedelta(days=1)


@staff_page(READ_ABSENCES)
def absences(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All absences of the head, the latest first, with who performed his duties."""
    today = timezone.localdate()
    rows = Absence.objects.filter(staff=actor.staff).select_related("deputy")
    head = holders_on(actor.staff, today).filter(seat__role=Role.HEAD).first()
    context = {
        "rows": rows,
        "today": today,
        "head": head,
        "current": actor.absence,
        "shows_grounds": bool(actor.roles & READ_ABSENCE_GROUNDS.roles),
        "may_record": bool(actor.roles & RECORD_ABSENCE.roles),
    }
    return render(request, "members/absences.html", context)


@staff_page(RECORD_ABSENCE)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Record that the head is away and who performs his duties."""
    confirm_first(request)
    now = timezone.now()
    today = timezone.localdate(now)
    deputies = deputies_to_choose(actor)
    form = AbsenceForm(request.POST or None, today=today, deputies=deputies, initial={"since": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        data["deputy"] = next(row.user for row in deputies if str(row.user_id) == data["deputy"])
        if tried(form, lambda: actions.record_absence(actor.staff, by=actor, now=now, **data)) is not None:
            messages.success(
                request,
                _("The absence is recorded. The duties of the head are performed by %(name)s.")
                % {"name": data["deputy"].name},
            )
            return _to_absences(actor)
    return render(request, "members/absence_new.html", {"form": form, "deputies": deputies})


def deputies_to_choose(actor: Actor) -> list[Holder]:
    """Return the deputies of today in the order of the composition; a deputy does not choose another."""
    holders = holders_on(actor.staff, timezone.localdate()).filter(seat__role=Role.DEPUTY_HEAD)
    return list(holders[:1] if actor.role == Role.DEPUTY_HEAD else holders)


@staff_page(RECORD_ABSENCE)
def end(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Shorten an absence: the head is back earlier."""
    now = timezone.now()
    today = timezone.localdate(now)
    absence = _absence(actor, pk)
    proposed = max(today - DAY, absence.since) if absence.since <= today else today - DAY
    form = EndAbsenceForm(request.POST or None, today=today, initial={"last_day": proposed})
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        ended = tried(form, lambda: actions.end_absence(absence, last_day=last_day, by=actor, now=now))
        if ended is not None:
            is_cancelled = ended.until > last_day and ended.since > today
            day = long_day(ended.until, get_language())
            words = _("Recorded: the last day is %(day)s.") % {"day": day}
            messages.success(request, _("The absence is cancelled.") if is_cancelled else words)
            return _to_absences(actor)
    return render(request, "members/absence_end.html", {"form": form, "absence": absence})


def _absence(actor: Actor, pk: int) -> Absence:
    """Return an absence of the actor's Staff; Refused for a cancelled one, Http404 for none of this Staff."""
    rows = Absence.objects.filter(staff=actor.staff).select_related("staff", "deputy")
    found = rows.filter(pk=pk).first()
    if found is None and Absence.history.filter(id=pk, staff=actor.staff).exists():
        raise Refused(refused("absence_cancelled", "25.3"))
    return found or get_object_or_404(rows, pk=pk)


def _to_absences(actor: Actor) -> HttpResponse:
    return redirect("members:absences", staff=actor.staff.code)
