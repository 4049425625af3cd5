from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings import facts, policies
from meetings.duties.changes import of_changes
from meetings.duties.dispatch import at_risk, to_answer
from meetings.duties.head import decide_agenda, decide_late
from meetings.duties.initiative import of_initiatives
from meetings.duties.members import owed_by, unread
from meetings.duties.plans import of_plans
from meetings.duties.quarter import of_quarter
from meetings.duties.secretary import of_secretary
from meetings.duties.session import going_on
from meetings.facts import Terms
from meetings.locks import submitted_version
from meetings.models import AgendaItem, Meeting
from meetings.permissions import DECIDE_AGENDA, DECIDE_LATE
from meetings.states import State
from members.days import long_day
from members.duties import Duty
from members.models.calendar import CalendarDay
from members.permissions import Actor
from members.policies import has_powers_of_head
from members.states import Role


def duties(actor: Actor, *, now: datetime) -> list[Duty]:
    """Return what `actor` has to do about the meetings of the Staff at `now`."""
    today = timezone.localdate(now)
    calendar = CalendarDay.objects.work_calendar()
    rows: list[Duty] = []
    upcoming = list(Meeting.objects.filter(staff=actor.staff).upcoming().for_duties())
    for meeting in upcoming:
        terms = facts.terms_of(meeting, calendar)
        rows += going_on(actor, meeting) if meeting.state != State.PLANNED else []
        if meeting.state == State.PLANNED:
            rows += _planned(actor, meeting, terms, today)
    rows += at_risk(actor, [row for row in upcoming if row.state == State.PLANNED], today)
    return [
        *_absent(actor),
        *of_quarter(actor, today),
        *of_initiatives(actor, today),
        *of_changes(actor, today=today),
        *of_plans(actor, today),
        *rows,
    ]


def _absent(actor: Actor) -> Iterator[Duty]:
    absence = actor.absence
    if absence is None or actor.role != Role.HEAD:
        return
    yield Duty(
        title=_("Your absence is recorded, the last day is %(until)s")
        % {"until": long_day(absence.until, get_language())},
        why=_("Your duties are performed by %(name)s; to act yourself, end the absence first")
        % {"name": absence.deputy.name},
        clause="25.3",
        url=reverse("members:absences", args=[actor.staff.code]),
        act=_("Open the absence"),
    )


def _planned(actor: Actor, meeting: Meeting, terms: Terms, today: date) -> Iterator[Duty]:
    rows = [facts.materials_of(item, terms.materials_due, today=today) for item in _items(meeting)]
    submitted = submitted_version(meeting)
    if actor.is_secretary:
        yield from of_secretary(meeting, terms, rows, submitted, today)
    decides = actor.role in DECIDE_AGENDA.roles and policies.decides_on_agenda(meeting, actor)
    if submitted is not None and decides:
        yield decide_agenda(actor, meeting, submitted, terms, today)
    if actor.role in DECIDE_LATE.roles and has_powers_of_head(actor):
        yield from decide_late(actor, meeting, rows, terms)
    yield from owed_by(actor, meeting, rows, terms, today)
    yield from unread(actor, meeting, today)
    yield from to_answer(actor, meeting, today)


def _items(meeting: Meeting) -> list[AgendaItem]:
    items = list(meeting.items.all())
    for item in items:
        item.meeting = meeting
    return items
