"""Working days of the five-day week with holidays and moved days."""

from datetime import date

import pytest

from regulation import workdays

INDEPENDENCE_DAY = date(2026, 12, 16)
MOVED_SATURDAY = date(2024, 5, 4)
MAY = frozenset({date(2026, 5, 7), date(2026, 5, 9), date(2026, 5, 11)})


@pytest.mark.parametrize(
    ("day", "holidays", "extra", "working"),
    [
        pytest.param(date(2026, 12, 14), set(), set(), True, id="Monday"),
        pytest.param(date(2026, 12, 18), set(), set(), True, id="Friday"),
        pytest.param(date(2026, 12, 19), set(), set(), False, id="Saturday"),
        pytest.param(date(2026, 12, 20), set(), set(), False, id="Sunday"),
        pytest.param(INDEPENDENCE_DAY, {INDEPENDENCE_DAY}, set(), False, id="holiday on a Wednesday"),
        pytest.param(INDEPENDENCE_DAY, set(), set(), True, id="the same day in an empty calendar"),
        pytest.param(MOVED_SATURDAY, set(), {MOVED_SATURDAY}, True, id="moved working Saturday"),
        pytest.param(
            INDEPENDENCE_DAY, {INDEPENDENCE_DAY}, {INDEPENDENCE_DAY}, True, id="an order overrides a holiday"
        ),
    ],
)
def test_is_working(day: date, holidays: set[date], extra: set[date], working: bool) -> None:
    assert workdays.is_working(day, holidays, extra_working=extra) is working


@pytest.mark.parametrize(
    ("day", "previous", "following"),
    [
        pytest.param(date(2026, 5, 8), date(2026, 5, 8), date(2026, 5, 8), id="a working day is itself"),
        pytest.param(date(2026, 5, 9), date(2026, 5, 8), date(2026, 5, 12), id="start of a long weekend"),
        pytest.param(date(2026, 5, 11), date(2026, 5, 8), date(2026, 5, 12), id="end of a long weekend"),
        pytest.param(date(2026, 5, 7), date(2026, 5, 6), date(2026, 5, 8), id="a single holiday"),
    ],
)
def test_previous_and_next_working(day: date, previous: date, following: date) -> None:
    assert workdays.previous_working(day, MAY) == previous
    assert workdays.next_working(day, MAY) == following


def test_a_moved_saturday_is_the_nearest_working_day() -> None:
    saturday = date(2026, 5, 16)
    assert workdays.next_working(saturday, MAY, extra_working={saturday}) == saturday
    assert workdays.previous_working(date(2026, 5, 17), MAY, extra_working={saturday}) == saturday


@pytest.mark.parametrize(
    ("count", "before"),
    [
        pytest.param(0, date(2026, 5, 12), id="none: the day itself"),
        pytest.param(1, date(2026, 5, 8), id="one: over the long weekend"),
        pytest.param(2, date(2026, 5, 6), id="two: over a single holiday"),
        pytest.param(4, date(2026, 5, 4), id="four"),
        pytest.param(5, date(2026, 5, 1), id="five: over a weekend"),
    ],
)
def test_working_days_before(count: int, before: date) -> None:
    assert workdays.working_days_before(date(2026, 5, 12), count, MAY) == before


def test_working_days_before_a_day_off_start_from_it() -> None:
    assert workdays.working_days_before(date(2026, 5, 10), 1, MAY) == date(2026, 5, 8)
