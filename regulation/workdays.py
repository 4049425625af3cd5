"""Working days of the five-day week.

The calendar is passed in: ``holidays`` are the days off besides Saturday and Sunday, ``extra_working`` the
days that an order made working (a moved Saturday). A day in both is working: the order is the later word.
All days are local calendar dates.
"""

from collections.abc import Container
from datetime import date, timedelta

SATURDAY = 5
DAY = timedelta(days=1)


def is_working(day: date, holidays: Container[date], *, extra_working: Container[date] = frozenset()) -> bool:
    """Whether offices work on this day."""
    if day in extra_working:
        return True
    return day.weekday() < SATURDAY and day not in holidays


def next_working(
    day: date, holidays: Container[date], *, extra_working: Container[date] = frozenset()
) -> date:
    """The day itself if working, else the first working day after it."""
    while not is_working(day, holidays, extra_working=extra_working):
        day += DAY
    return day


def previous_working(
    day: date, holidays: Container[date], *, extra_working: Container[date] = frozenset()
) -> date:
    """The day itself if working, else the last working day before it."""
    while not is_working(day, holidays, extra_working=extra_working):
        day -= DAY
    return day


def working_days_before(
    day: date, count: int, holidays: Container[date], *, extra_working: Container[date] = frozenset()
) -> date:
    """The ``count``-th working day before ``day``, which itself does not count; ``day`` for 0."""
    for _ in range(count):
        day = previous_working(day - DAY, holidays, extra_working=extra_working)
    return day
