from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from meetings.facts.quarter import Quarter, has_regular_in_quarter
from meetings.facts.terms import Terms, terms_for
from meetings.models import Meeting
from meetings.states import State
from members.models import CalendarDay, Regulation, Staff
from members.models.calendar import WorkCalendar
from members.states import DayKind
from regulation.terms import quarter_of
from regulation.workdays import DAY, is_working


@dataclass(frozen=True)
class Candidate:
    """A day on which a meeting may be scheduled: its terms, what the calendar and the quarter say of it."""

    day: date
    terms: Terms
    # Working days after the term for materials, up to the term of the dispatch.
    between: int
    is_off: bool
    calendar_day: CalendarDay | None
    quarter: Quarter
    has_regular: bool
    others: tuple[Meeting, ...]
    is_urgent: bool
    today: date
    # The target for holding a meeting that members called; None for any other.
    hold_due: date | None = None

    @property
    def warnings(self) -> list[str]:
        """What to know before choosing it, by code; none of it refuses the day."""
        doubts = {
            "day_off": self.is_off,
            "nothing_between": not self.is_urgent and not self.between,
            "materials_over": not self.is_urgent and self.terms.materials_due < self.today,
            "announcement_over": self.terms.announcement_due < self.today,
            "same_day": bool(self.others),
            "after_hold": self.hold_due is not None and self.day > self.hold_due,
        }
        return [code for code, holds in doubts.items() if holds]

    @property
    def holiday(self) -> CalendarDay | None:
        """The day of the calendar that makes it a day off by name."""
        named = self.calendar_day
        return named if named is not None and named.kind == DayKind.HOLIDAY else None


def candidates(
    staff: Staff,
    first: date,
    last: date,
    *,
    today: date,
    urgent: bool = False,
    moving: Meeting | None = None,
    hold_due: date | None = None,
) -> list[Candidate]:
    """Return the days from `first` to `last` on which `staff` may meet (clauses 12, 19, 22, 26(4)).

    Days without a regulation in force are left out. `moving` is the meeting that looks for another day;
    `hold_due` the target for one that members called.
    """
    calendar = CalendarDay.objects.work_calendar()
    named = {row.day: row for row in CalendarDay.objects.filter(day__range=(first, last))}
    days = list(_days(first, last))
    held = {
        quarter: has_regular_in_quarter(staff, quarter, today=today, besides=moving)
        for quarter in sorted({quarter_of(day) for day in days})
    }
    others = _others(staff, first, last, moving)
    regulations = list(Regulation.objects.filter(staff=staff, approved_at__isnull=False))
    rows = []
    for day in days:
        regulation = next((row for row in regulations if _is_in_force(row, day)), None)
        if regulation is None:
            continue
        terms = terms_for(day, regulation.procedure, calendar, urgent=urgent)
        rows.append(
            Candidate(
                day=day,
                terms=terms,
                between=_working_between(terms, calendar),
                is_off=not is_working(day, calendar.holidays, extra_working=calendar.extra_working),
                calendar_day=named.get(day),
                quarter=quarter_of(day),
                has_regular=held[quarter_of(day)],
                others=tuple(row for row in others if row.day == day),
                is_urgent=urgent,
                today=today,
                hold_due=hold_due,
            )
        )
    return rows


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _is_in_force(regulation: Regulation, day: date) -> bool:
    until = regulation.in_force_until
    return regulation.in_force_from <= day and (until is None or day <= until)


def _others(staff: Staff, first: date, last: date, moving: Meeting | None) -> list[Meeting]:
    rows = Meeting.objects.filter(staff=staff, day__range=(first, last)).exclude(state=State.CANCELLED)
    if moving is not None:
        rows = rows.exclude(pk=moving.pk)
    return list(rows.select_related("staff").order_by("day", "starts_at", "pk"))


def _working_between(terms: Terms, calendar: WorkCalendar) -> int:
    days = _days(terms.materials_due + DAY, terms.circulation_due)
    return sum(is_working(day, calendar.holidays, extra_working=calendar.extra_working) for day in days)
