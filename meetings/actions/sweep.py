from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from meetings import facts, letters
from meetings.actions.quarter import remind_of_quarter
from meetings.actions.scheduling import follow_regulation, regulation_facts
from meetings.facts import ItemMaterials, Terms
from meetings.locks import locked_meeting
from meetings.models import AgendaItem, Meeting
from meetings.states import State
from members import journal, notices
from members.labels import message
from members.models import Holder, JournalEntry, Notice, Place, Staff, User
from members.models.calendar import CalendarDay, WorkCalendar
from members.notices import to_user
from members.permissions import Actor, absence_on, holders_on
from members.states import PlaceRole, Role
from members.sweeping import total_over
from regulation.workdays import is_working

# The secretary is reminded of the dispatch on the last days before its term.
CIRCULATION_NEAR = 1
EVENTS = ("material.owed", "material.late", "material.held", "pack.due")


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
    told = total_over(planned, lambda meeting: _sweep_meeting(meeting, calendar, now))
    return told + total_over(
        Staff.objects.order_by("pk"), lambda staff: remind_of_quarter(staff, today=today, now=now)
    )


@transaction.atomic
def _sweep_meeting(meeting: Meeting, calendar: WorkCalendar, now: datetime) -> int:
    """Tell about one meeting; it is locked, so that nobody cancels or moves it meanwhile."""
    meeting = locked_meeting(meeting)
    if meeting.state != State.PLANNED:
        return 0
    ends = meeting.regulation.in_force_until
    if ends is not None and ends < meeting.day:
        _go_over(meeting, now)
    if meeting.is_urgent:
        # Materials come and go on the day itself (clause 22): there is nothing to remind of.
        return 0
    around = _around(meeting, calendar, now)
    told = 0
    for row in facts.items_with_materials(meeting, today=around.today):
        if row.days_late and row.item.late_marked_at is None:
            _mark_late(row.item, now)
        if row.is_overdue:
            told += _tell_overdue(row, around)
        elif row.is_missing:
            told += _remind(row, around)
        if row.held:
            told += _tell_held(row, around)
    return told + _remind_of_dispatch(meeting, around)


def _go_over(meeting: Meeting, now: datetime) -> None:
    """Let a planned meeting be computed by the regulation in force on its day, approved since (clause 11)."""
    if follow_regulation(meeting):
        meeting.save()
        portal, said = Actor(meeting.staff), regulation_facts(meeting)
        journal.record("meeting.regulation_followed", meeting, by=portal, now=now, clause="11", **said)


@dataclass(frozen=True)
class _Around:
    """What the stages of one meeting are computed from, fetched once."""

    meeting: Meeting
    terms: Terms
    calendar: WorkCalendar
    today: date
    now: datetime
    secretary: list[User]
    head: list[User]
    decides: list[User]
    # Who works for which organisation, holders of seats and officers alike.
    agencies: dict[int, list[User]]
    told: frozenset[str]

    def has_told(self, key: str, user: User) -> bool:
        """Return whether the notice with that key went to the person in an earlier sweep."""
        return f"{key}:{to_user(user).key}" in self.told


def _around(meeting: Meeting, calendar: WorkCalendar, now: datetime) -> _Around:
    today = timezone.localdate(now)
    holders, absence = list(holders_on(meeting.staff, today)), absence_on(meeting.staff, today)
    officers = Place.objects.on(today).filter(staff=meeting.staff, role=PlaceRole.AGENCY)
    agencies: dict[int, list[User]] = {}
    for holder in holders:
        agencies.setdefault(holder.seat.organisation_id, []).append(holder.user)
    for place in officers.select_related("user").order_by("pk"):
        agencies.setdefault(place.organisation_id or 0, []).append(place.user)
    head = _in_role(holders, Role.HEAD)
    prefixes = Q()
    for event in EVENTS:
        prefixes |= Q(key__startswith=f"{event}:{meeting.pk}:")
    return _Around(
        meeting=meeting,
        terms=facts.terms_of(meeting, calendar),
        calendar=calendar,
        today=today,
        now=now,
        secretary=_in_role(holders, Role.SECRETARY),
        head=head,
        decides=[absence.deputy] if absence else head,
        agencies=agencies,
        told=frozenset(Notice.objects.filter(prefixes).values_list("key", flat=True)),
    )


def _in_role(holders: list[Holder], role: str) -> list[User]:
    return [holder.user for holder in holders if holder.seat.role == role]


def _mark_late(item: AgendaItem, now: datetime) -> None:
    item.late_marked_at = now
    item.save()
    portal = Actor(item.meeting.staff)
    journal.record("material.late", item.meeting, by=portal, now=now, clause="22", order=item.order)


def _remind(row: ItemMaterials, around: _Around) -> int:
    left = (around.terms.materials_due - around.today).days
    stage = next((days for days in sorted(facts.REMINDERS) if left <= days), None)
    if stage is None:
        return 0
    # A clock set back finds a later stage told already, and does not go back to the earlier one.
    later = [f"{_owed_key(row, around)}:{days}" for days in facts.REMINDERS if days < stage]
    gone = [*later, _late_key(row, around)]
    told = 0
    for agencies, people in _by_agencies(row, around).items():
        owed = [each for each in row.owed if each.agency_id in agencies]
        words = partial(letters.material_owed, row.item, owed, around.terms)
        fresh = [user for user in people if not any(around.has_told(key, user) for key in gone)]
        told += _tell(row.item, "material.owed", f"{_owed_key(row, around)}:{stage}", words, fresh, around)
    return told


def _tell_overdue(row: ItemMaterials, around: _Around) -> int:
    key, told = _late_key(row, around), 0
    for agencies, people in _by_agencies(row, around).items():
        owed = [each for each in row.owed if each.agency_id in agencies]
        words = partial(letters.material_late, row.item, owed, around.terms)
        told += _tell(row.item, "material.late", key, words, people, around)
    words = partial(letters.material_late, row.item, row.owed, around.terms)
    return told + _tell(row.item, "material.late", key, words, [*around.secretary, *around.head], around)


def _tell_held(row: ItemMaterials, around: _Around) -> int:
    latest = max(material.pk for material in row.held)
    key = f"material.held:{around.meeting.pk}:{row.item.pk}:{latest}"
    people = [*around.secretary, *around.decides]
    return _tell(row.item, "material.held", key, partial(letters.material_held, row), people, around)


def _owed_key(row: ItemMaterials, around: _Around) -> str:
    return f"material.owed:{around.meeting.pk}:{row.item.pk}:{around.terms.materials_due}"


def _late_key(row: ItemMaterials, around: _Around) -> str:
    return f"material.late:{around.meeting.pk}:{row.item.pk}:{around.terms.materials_due}"


def _by_agencies(row: ItemMaterials, around: _Around) -> dict[frozenset[int], list[User]]:
    """Return the people of the agencies that owe, by the agencies of each: one letter a person."""
    of_person: dict[User, set[int]] = {}
    for agency in dict.fromkeys(each.agency_id for each in row.owed):
        for user in around.agencies.get(agency, []):
            of_person.setdefault(user, set()).add(agency)
    groups: dict[frozenset[int], list[User]] = {}
    for user, agencies in of_person.items():
        groups.setdefault(frozenset(agencies), []).append(user)
    return groups


def _remind_of_dispatch(meeting: Meeting, around: _Around) -> int:
    """Remind the secretary the day before the term, on its day, once it is over, then each working day."""
    left = (around.terms.circulation_due - around.today).days
    if left > CIRCULATION_NEAR or facts.is_sent_as_approved(meeting):
        return 0
    key = f"pack.due:{meeting.pk}:{around.terms.circulation_due}"
    is_late_told = any(each.startswith(f"{key}:late") for each in around.told)
    if left < 0:
        _note_breach(meeting, around)
        holidays, extra = around.calendar
        if is_late_told and not is_working(around.today, holidays, extra_working=extra):
            return 0
        stage, words = f"late:{around.today}", letters.circulation_late
    elif is_late_told or (left and any(each.startswith(f"{key}:today") for each in around.told)):
        # The clock was set back: what was told later stands.
        return 0
    else:
        stage, words = "near" if left else "today", letters.circulation_near
    people = [user for user in around.secretary if not around.has_told(f"{key}:{stage}", user)]
    if not people:
        return 0
    said = message(partial(words, meeting, around.terms), meeting.address("meetings:dispatch"))
    recipients = [to_user(user) for user in people]
    return len(notices.send(meeting.staff, "pack.due", f"{key}:{stage}", said, recipients, now=around.now))


def _note_breach(meeting: Meeting, around: _Around) -> None:
    """Write once into the journal that the term of sending passed; its reason comes with the sending."""
    if facts.is_sent(meeting):
        return
    due = around.terms.circulation_due.isoformat()
    known = JournalEntry.objects.filter(
        object_type="meetings.meeting", object_id=meeting.pk, act="pack.late", data__due=due
    )
    if not known.exists():
        portal = Actor(meeting.staff)
        journal.record("pack.late", meeting, by=portal, now=around.now, clause="26.4", due=due)


def _tell(
    item: AgendaItem,
    event: str,
    key: str,
    words: Callable[[], tuple[str, str]],
    people: Iterable[User],
    around: _Around,
) -> int:
    fresh = [to_user(user) for user in people if not around.has_told(key, user)]
    if not fresh:
        return 0
    said = message(words, item.get_absolute_url())
    return len(notices.send(around.meeting.staff, event, key, said, fresh, now=around.now))
