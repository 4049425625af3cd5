from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

import meetings.duties
import meetings.permissions
import protocols.duties
import protocols.permissions
from meetings import facts, labels, sight
from meetings.actions import note_opening
from meetings.facts.execution import execution_now
from meetings.models import Meeting
from meetings.states import State
from meetings.views.pages import meeting_of
from members import notices
from members.duties import by_urgency
from members.models import Notice, User
from members.pages import sign_in_first, staff_page
from members.permissions import Actor, staffs_of
from members.states import Role
from staff_portal.context import pages_of_staff
from staff_portal.missing import missing_of
from staff_portal.steps import Progress, near_term, progress_of, steps_of

GROUPS = (
    ("now", gettext_lazy("Now")),
    ("late", gettext_lazy("Overdue")),
    ("soon", gettext_lazy("In the next days")),
    ("open", gettext_lazy("Later")),
)


@sign_in_first
def root(request: HttpRequest) -> HttpResponse:
    """Lead to the Staff of the person; who has several chooses, who has none is told so."""
    staffs = list(staffs_of(request.user, today=timezone.localdate()))  # type: ignore[arg-type]
    if len(staffs) == 1:
        return redirect(staffs[0])
    return render(request, "staffs.html", {"staffs": staffs})


@staff_page()
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits for me: what, by when, why, one button; computed, never stored."""
    now = timezone.now()
    rows = sorted(
        [*meetings.duties.duties(actor, now=now), *protocols.duties.duties(actor, now=now)], key=by_urgency
    )
    upcoming = (
        sight.meetings_for(actor)
        .select_related("staff", "regulation")
        .upcoming()
        .exclude(state=State.PLANNED, day__lt=timezone.localdate(now))
        .first()
    )
    context = {
        "count": len(rows),
        "groups": [(state, word, [row for row in rows if row.state == state]) for state, word in GROUPS],
        "upcoming": upcoming,
        "may_read_meetings": bool(actor.roles & meetings.permissions.READ.roles),
        "upcoming_title": labels.meeting_title(upcoming) if upcoming else "",
        # An invitation is no news to who is inside, and its address opens from the letter alone.
        "news": Notice.objects.exclude(event="invitation").filter(recipient=actor.user, staff=actor.staff)[
            :5
        ],
        "letters_waiting": notices.letters_stuck(actor.staff, now=now).count() if actor.is_secretary else 0,
        "pages_of_staff": pages_of_staff(actor),
        "execution": execution_now(actor.staff, today=timezone.localdate(now))
        if actor.roles & meetings.permissions.PREPARE_NOTE.roles | {Role.HEAD}
        else None,
    }
    return render(request, "home.html", context)


class Term(NamedTuple):
    """One of the dates of a meeting with its clause."""

    day: Any
    what: str
    clause: str


@staff_page(meetings.permissions.READ)
def meeting(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """A meeting: the secretary's nine steps, the terms, the questions with documents and outcomes."""
    row = meeting_of(actor, key)
    if row.key != key:
        return redirect(row)
    progress = progress_of(row, today=timezone.localdate())
    if actor.user is not None:
        note_opening(row, actor.user, now=timezone.now())
    steps = steps_of(progress, actor)
    is_guest = not actor.roles & meetings.permissions.READ_AGENDA.roles
    guest = facts.guest_of(row, actor.person.email) if is_guest else None
    context = {
        "meeting": row,
        "title": labels.meeting_title(row),
        "progress": progress,
        "steps": steps,
        "done": sum(step.state == "done" for step in steps),
        "near": near_term(progress),
        "missing": missing_of(progress) if actor.is_secretary else [],
        "may_cancel": actor.is_secretary and row.state == State.PLANNED,
        "terms": _terms(progress.terms, row),
        "questions": _questions(row, progress, actor, guest),
        "guest": guest,
        "may_start": actor.is_secretary
        and row.state == State.PLANNED
        and progress.approved is not None
        and row.day == progress.today,
        "undecided": [each for each in progress.rows if each.is_undecided],
        "is_going_on": row.state in (State.REGISTRATION, State.OPEN),
        "roll": progress.roll,
        "may": {
            "follow": bool(actor.roles & meetings.permissions.FOLLOW.roles),
            "read_agenda": bool(actor.roles & meetings.permissions.READ_AGENDA.roles),
            "read_protocol": bool(actor.roles & protocols.permissions.READ.roles),
            "read_pack": bool(actor.roles & meetings.permissions.READ_PACK.roles),
            "read_initiatives": bool(actor.roles & meetings.permissions.READ_INITIATIVES.roles),
        },
    }
    return render(request, "meeting.html", context)


def _questions(
    row: Meeting, progress: Progress, actor: Actor, guest: facts.Guest | None
) -> list[dict[str, Any]]:
    """Return the questions that the actor may read, each with its documents and its outcome."""
    closed = row.ballots.select_related("chair").exclude(closed_at=None)
    ballots = {ballot.item_id: ballot for ballot in closed}
    return [
        {
            "row": item,
            "with_materials": sight.may_see_materials(item.item, actor),
            "materials": sight.materials_for(item, actor),
            "outcome": labels.outcome_sentence(ballots[item.item.pk])
            if item.item.pk in ballots and sight.may_see_votes(item.item, actor)
            else "",
            "ballot": ballots.get(item.item.pk),
            "is_own": guest is not None and bool(guest.questions) and guest.is_for(item.item.question_id),
        }
        for item in sight.rows_for(progress.rows, actor, approved=progress.approved)
    ]


def _terms(terms: facts.Terms, row: Meeting) -> list[Term]:
    procedure = row.procedure
    materials, dispatch = _("Materials, at the meeting"), _("Dispatch, at the meeting")
    if not row.is_urgent:
        materials = _("Materials, days before: %(days)s") % {"days": procedure.materials_days}
        dispatch = _("Dispatch, days before: %(days)s") % {"days": procedure.circulation_days}
    before = [
        Term(terms.materials_due, materials, "22"),
        Term(terms.circulation_due, dispatch, "26.4"),
        Term(row.day, _("Meeting, %(time)s") % {"time": f"{row.starts_at:%H:%M}"}, ""),
    ]
    was_missed = row.state == State.PLANNED and row.day < timezone.localdate()
    if was_missed or row.state in (State.NO_QUORUM, State.CANCELLED):
        return before
    return [
        *before,
        Term(
            terms.protocol_due, _("Protocol, days after: %(days)s") % {"days": procedure.protocol_days}, "23"
        ),
    ]


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language of the portal and come back to the same page."""
    code = request.POST.get("language", "")
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = redirect(target)
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=365 * 24 * 3600,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
        if request.user.is_authenticated:
            User.objects.filter(pk=request.user.pk).update(language=code)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The form was open too long or came from elsewhere: say what to do, lose nothing."""
    return render(request, "403_csrf.html", status=403)


def livez(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers; how many letters wait is told, but mail being down stops no act."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse(
        {"database": "ok", "letters_waiting": Notice.objects.waiting().exclude(email="").count()}
    )
