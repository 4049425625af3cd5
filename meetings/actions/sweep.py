from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from meetings import facts, letters
from meetings.actions.scheduling import follow_regulation, regulation_facts
from meetings.facts import ItemMaterials, Terms
from meetings.locks import locked_meeting
from meetings.models import AgendaItem, Meeting
from meetings.states import State
from members import journal, notices
from members.labels import message
from members.models import Absence, Holder
from members.models.calendar import CalendarDay, WorkCalendar
from members.notices import to_user
from members.permissions import Actor, absence_on, holders_on
from members.states import Role
from members.sweeping import total_over

# Days before the material's own term at which the agency that still owes it is reminded.
REMINDERS = (5, 2, 1, 0)
# The secretary is reminded of the dispatch on the last days before its term.
CIRCULATION_NEAR = 1


def sweep(*, now: datetime) -> int:
    """Compare the terms of planned meetings with the clock and tell, once each, who must act.

    Returns the number of new notices. Safe to run twice, at once, or after days of silence: only what
    is still true at `now` (an aware moment) is told (clauses 22, 26(4)).
    """
    calendar = CalendarDay.objects.work_calendar()
    today = timezone.localdate(now)
    planned = Meeting.objects.filter(state=State.PLANNED, day__gte=today).select_related(
        "staff", "regulation"
    )
    return total_over(planned, lambda meeting: _sweep_meeting(meeting, calendar, today, now))


def _sweep_meeting(meeting: Meeting, calendar: WorkCalendar, today: date, now: datetime) -> int:
    ends = meeting.regulation.in_force_until
    if ends is not None and ends < meeting.day:
        meeting = _go_over(meeting, now)
    terms = facts.terms_of(meeting, calendar)
    holders = list(holders_on(meeting.staff, today))
    absence = absence_on(meeting.staff, today)
    told = 0
    for item in meeting.items.for_agenda():
        item.meeting = meeting
        row = facts.materials_of(item, terms.materials_due, today=today)
        if row.days_late:
            _mark_late(item, now)
        if row.is_overdue:
            told += _tell_overdue(item, terms, holders, now)
        elif row.held:
            told += _tell_held(row, holders, absence, now)
        elif row.is_missing:
            told += _remind(item, terms, holders, today, now)
    return told + _remind_of_dispatch(meeting, terms, holders, today, now)


@transaction.atomic
def _go_over(meeting: Meeting, now: datetime) -> Meeting:
    """Let a planned meeting be computed by the regulation in force on its day, approved since (clause 11)."""
    fresh = locked_meeting(meeting)
    if fresh.state == State.PLANNED and follow_regulation(fresh):
        fresh.save()
        portal, said = Actor(fresh.staff), regulation_facts(fresh)
        journal.record("meeting.regulation_followed", fresh, by=portal, now=now, clause="11", **said)
    return fresh


def _remind(item: AgendaItem, terms: Terms, holders: list[Holder], today: date, now: datetime) -> int:
    left = (terms.materials_due - today).days
    stage = next((days for days in sorted(REMINDERS) if left <= days), None)
    if stage is None:
        return 0
    return _tell(
        item,
        "material.owed",
        f"material.owed:{item.pk}:{terms.materials_due}:{stage}",
        lambda: letters.material_owed(item, terms),
        _agency(item, holders),
        now,
    )


@transaction.atomic
def _mark_late(item: AgendaItem, now: datetime) -> None:
    fresh = AgendaItem.objects.select_for_update().filter(pk=item.pk, late_marked_at__isnull=True).first()
    if fresh is not None:
        fresh.late_marked_at = now
        fresh.save()
        portal = Actor(item.meeting.staff)
        journal.record("material.late", item.meeting, by=portal, now=now, clause="22", order=item.order)


def _tell_overdue(item: AgendaItem, terms: Terms, holders: list[Holder], now: datetime) -> int:
    return _tell(
        item,
        "material.late",
        f"material.late:{item.pk}:{terms.materials_due}",
        lambda: letters.material_late(item, terms),
        [*_agency(item, holders), *_in_roles(holders, Role.SECRETARY, Role.HEAD)],
        now,
    )


def _tell_held(row: ItemMaterials, holders: list[Holder], absence: Absence | None, now: datetime) -> int:
    secretary, head = _in_roles(holders, Role.SECRETARY), _in_roles(holders, Role.HEAD)
    stand_in = [holder for holder in holders if absence and holder.user_id == absence.deputy_id]
    return _tell(
        row.item,
        "material.held",
        f"material.held:{max(material.pk for material in row.held)}",
        lambda: letters.material_held(row),
        [*secretary, *(stand_in or head)],
        now,
    )


def _remind_of_dispatch(
    meeting: Meeting, terms: Terms, holders: list[Holder], today: date, now: datetime
) -> int:
    left = (terms.circulation_due - today).days
    if left > CIRCULATION_NEAR or facts.is_sent(meeting):
        return 0
    words = letters.circulation_near if left >= 0 else letters.circulation_late
    told = notices.send(
        meeting.staff,
        "pack.due",
        f"pack.due:{meeting.pk}:{terms.circulation_due}:{'near' if left >= 0 else 'late'}",
        message(lambda: words(meeting, terms), meeting.get_absolute_url()),
        [to_user(holder.user) for holder in _in_roles(holders, Role.SECRETARY)],
        now=now,
    )
    return len(told)


def _tell(
    item: AgendaItem,
    event: str,
    key: str,
    words: Callable[[], tuple[str, str]],
    people: Iterable[Holder],
    now: datetime,
) -> int:
    told = notices.send(
        item.meeting.staff,
        event,
        key,
        message(words, item.get_absolute_url()),
        [to_user(holder.user) for holder in people],
        now=now,
    )
    return len(told)


def _agency(item: AgendaItem, holders: list[Holder]) -> list[Holder]:
    return [holder for holder in holders if holder.seat.organisation_id == item.agency_id]


def _in_roles(holders: list[Holder], *roles: str) -> list[Holder]:
    return [holder for holder in holders if holder.seat.role in roles]
