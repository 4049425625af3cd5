"""Months, quarters and half-years as words of a plan, Kazakh and Russian side by side."""

from datetime import date

from members.days import MONTHS, known

NAMES = {
    "kk": MONTHS["kk"],
    "ru": (
        *("январь", "февраль", "март", "апрель", "май", "июнь"),
        *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
    ),
}
QUARTERS = ("I", "II", "III", "IV")
TERM = {"kk": "{quarter} тоқсан, {month}", "ru": "{quarter} квартал, {month}"}


def month_word(month: int, language: str | None) -> str:
    """Return «ақпан» or «февраль» for a month from 1 to 12."""
    return NAMES[known(language)][month - 1]


def term_word(month: int, language: str | None) -> str:
    """Return the quarter and the month of a planned row: «I тоқсан, ақпан» / «I квартал, февраль»."""
    quarter = QUARTERS[(month - 1) // 3]
    return TERM[known(language)].format(quarter=quarter, month=month_word(month, language))


def half_of(day: date) -> tuple[int, int]:
    """Return the (year, half) in which a local date lies."""
    return day.year, 1 if day.month <= 6 else 2


def half_after(year: int, half: int) -> tuple[int, int]:
    """Return the (year, half) that follows."""
    return (year, 2) if half == 1 else (year + 1, 1)


def collection_opens(year: int, half: int) -> date:
    """Return the usual day on which proposals for the half-year begin to be collected (a target)."""
    return date(year - 1, 11, 1) if half == 1 else date(year, 5, 1)


def approval_target(year: int, half: int) -> date:
    """Return the usual last day of the approval; the regulation sets no term."""
    return date(year - 1, 12, 20) if half == 1 else date(year, 6, 20)
