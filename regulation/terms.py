"""Due dates and periods (clauses 12, 16, 19, 22, 23, 26.4, 26.7).

All dates are local calendar days (time zone Asia/Qostanay). A term ends at 24:00 of its last day: what
arrives on the due date is in time. ``holidays`` and ``extra_working`` are those of ``workdays``.
"""

from collections.abc import Container
from datetime import date, timedelta
from typing import Literal

from regulation.procedure import PlanPeriod, Procedure
from regulation.workdays import DAY, next_working, previous_working, working_days_before

Alarm = Literal["", "amber", "red"]

AMBER_FROM_DAY = 15
PLAN_MONTHS: dict[PlanPeriod, int] = {"quarter": 3, "half_year": 6, "year": 12}


def materials_due(
    meeting_day: date,
    procedure: Procedure,
    holidays: Container[date] = frozenset(),
    *,
    extra_working: Container[date] = frozenset(),
    urgent: bool = False,
) -> date:
    """The last day for state bodies to submit materials (clause 22).

    Reading: five calendar days back from the meeting, not moved when the day is off; the day of the meeting
    itself for an urgent one. A procedure may count working days or move the term back to a working day.
    """
    if urgent:
        return meeting_day
    if procedure.materials_unit == "working":
        return working_days_before(
            meeting_day, procedure.materials_days, holidays, extra_working=extra_working
        )
    due = meeting_day - timedelta(days=procedure.materials_days)
    if procedure.materials_roll == "previous":
        return previous_working(due, holidays, extra_working=extra_working)
    return due


def circulation_due(
    meeting_day: date,
    procedure: Procedure,
    holidays: Container[date] = frozenset(),  # noqa: ARG001 - terms share one call shape
    *,
    extra_working: Container[date] = frozenset(),  # noqa: ARG001 - terms share one call shape
    urgent: bool = False,
) -> date:
    """The last day to send the members all documents (clause 26.4).

    Reading: three calendar days back from the meeting, never moved, so the calendar has no say. The day
    of the meeting itself for an urgent one (clause 22).
    """
    return meeting_day if urgent else meeting_day - timedelta(days=procedure.circulation_days)


def unrolled_protocol_due(ended_on: date, procedure: Procedure) -> date:
    """The day by which the protocol should be drawn up if days off did not matter (clause 23)."""
    return ended_on + timedelta(days=procedure.protocol_days)


def protocol_due(
    ended_on: date,
    procedure: Procedure,
    holidays: Container[date] = frozenset(),
    *,
    extra_working: Container[date] = frozenset(),
) -> date:
    """The last day to draw up the protocol of a meeting that ended on ``ended_on`` (clauses 15, 23).

    Reading: one day from the local date of the end; when that day is off, the next working day.
    """
    due = unrolled_protocol_due(ended_on, procedure)
    if procedure.protocol_roll == "next":
        return next_working(due, holidays, extra_working=extra_working)
    return due


def announcement_due(
    meeting_day: date,
    procedure: Procedure,
    holidays: Container[date] = frozenset(),
    *,
    extra_working: Container[date] = frozenset(),
) -> date:
    """The last day to announce an open meeting to the public without a warning (clause 19).

    Reading: the third working day before the meeting (Law on access to information, article 13).
    """
    return working_days_before(
        meeting_day, procedure.announcement_working_days, holidays, extra_working=extra_working
    )


def annual_report_due(year: int, procedure: Procedure) -> date:
    """The day by which the annual information about ``year`` goes to the authorised body (clause 26.7)."""
    month, day = procedure.annual_report_due
    return date(year + 1, month, day)


def days_late(due: date, on: date) -> int:
    """By how many calendar days ``on`` is after ``due``; 0 when in time, the due date included."""
    return max(0, (on - due).days)


def quarter_of(day: date) -> tuple[int, int]:
    """The calendar quarter of a day as (year, quarter 1..4) (clause 12)."""
    return day.year, (day.month + 2) // 3


def quarter_bounds(quarter: tuple[int, int]) -> tuple[date, date]:
    """The first and the last day of (year, quarter 1..4); ValueError for another quarter."""
    year, number = quarter
    if number not in range(1, 5):
        raise ValueError(f"no quarter {number!r} in a year")
    return _months(year, number * 3 - 2, 3)


def quarter_alarm(today: date) -> Alarm:
    """How urgent it is to schedule the quarter's regular meeting while none is scheduled (clause 12).

    Reading: amber from the 15th of the quarter's second month, red from the 1st of the third; "" before.
    """
    month_of_quarter = (today.month - 1) % 3 + 1
    if month_of_quarter == 3:
        return "red"
    return "amber" if month_of_quarter == 2 and today.day >= AMBER_FROM_DAY else ""


def plan_bounds(day: date, procedure: Procedure) -> tuple[date, date]:
    """The first and the last day of the work plan's period that holds ``day`` (clause 16)."""
    length = PLAN_MONTHS[procedure.plan_period]
    return _months(day.year, (day.month - 1) // length * length + 1, length)


def _months(year: int, first_month: int, count: int) -> tuple[date, date]:
    after = first_month + count
    end = date(year, 12, 31) if after > 12 else date(year, after, 1) - DAY
    return date(year, first_month, 1), end
