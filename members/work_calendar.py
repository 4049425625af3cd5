"""The days off of Kazakhstan, taken from the `holidays` package into an editable table.

The package knows the carry-overs and the moved days, but no Russian names. It is read only while seeding:
what the portal computes with is the table, which an order of the government may change at any time.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from importlib.metadata import version
from typing import Any

from django.db import transaction

from members.models import CalendarDay
from members.states import DayKind

# A row is ours as long as its source begins with these words; a person who edits a day names the order.
SEEDED = "PyPI holidays"

RUSSIAN_NAMES = {
    "Жаңа жыл": "Новый год",
    "Православиелік Рождество": "Рождество Христово (православное)",
    "Халықаралық әйелдер күні": "Международный женский день",
    "Қазақстан Республикасының Конституциясы күні": "День Конституции",
    "Наурыз мейрамы": "Наурыз мейрамы",
    "Қазақстан халқының бірлігі мерекесі": "Праздник единства народа Казахстана",
    "Отан Қорғаушы күні": "День защитника Отечества",
    "Жеңіс күні": "День Победы",
    "Құрбан айт": "Курбан айт (первый день)",
    "Астана күні": "День Столицы",
    "Республика күні": "День Республики",
    "Қазақстан Республикасы күні": "День Республики",
    "Тәуелсіздік күні": "День независимости",
    "Қазақстан Республикасының Тұңғыш Президенті күні": "День Первого Президента Республики Казахстан",
    "Демалыс күні": "Выходной день",
}
CARRIED_OVER = "қайта белгіленген демалыс"
# The package's word for a day of the lunar calendar that is not announced yet; our rows say so in the source.
ESTIMATED = "бағаланған"
ESTIMATED_SOURCE = "күні болжамды, дата оценочная"
# Of «Демалыс күні (05.01.2025 бастап ауыстырылды)»: the day from which the day off was moved.
MOVED_FROM = re.compile(r"(\d{2}\.\d{2}\.\d{4}) бастап ауыстырылды")
NAME_AND_NOTE = re.compile(r"(?P<name>[^(]+?)(?: \((?P<note>[^)]*)\))?")
PACKAGE_DAY = "%d.%m.%Y"


@dataclass(frozen=True)
class Day:
    """A day of the table, with both names and where they come from."""

    day: date
    kind: str
    name_kk: str
    name_ru: str
    source: str


@dataclass(frozen=True)
class Seeded:
    """How many days a seeding added, changed, removed, and kept as a person had edited them."""

    added: int
    changed: int
    removed: int
    kept: int


@transaction.atomic
def seed(first_year: int, years: int) -> Seeded:
    """Fill the table for `years` calendar years from `first_year` on; running it again changes nothing.

    A day whose source is not ours was edited by a person and stays as it is. A day of ours that the package
    no longer knows (a holiday was abolished) goes.
    """
    wanted = {day.day: day for day in days_of(first_year, years)}
    known = {
        row.day: row
        for row in CalendarDay.objects.filter(day__year__range=(first_year, first_year + years - 1))
    }
    ours = {day: row for day, row in known.items() if row.source.startswith(SEEDED)}
    added = [_save(CalendarDay(), wanted[day]) for day in wanted.keys() - known.keys()]
    changed = [
        _save(ours[day], wanted[day])
        for day in wanted.keys() & ours.keys()
        if _differs(ours[day], wanted[day])
    ]
    obsolete = ours.keys() - wanted.keys()
    for day in obsolete:
        ours[day].delete()
    return Seeded(len(added), len(changed), len(obsolete), kept=len(known.keys() - ours.keys()))


def days_of(first_year: int, years: int) -> Iterator[Day]:
    """Yield every day off and every moved working day of `years` years from `first_year` on, in order.

    Raises ValueError when the package names a holiday that has no Russian name here.
    """
    # Imported here: nothing that serves a page may depend on the package.
    import holidays

    span = range(first_year, first_year + years)
    calendar = holidays.country_holidays("KZ", years=span, language="kk")
    source = f"{SEEDED} {version('holidays')}"
    moved_to: dict[date, date] = {}
    for day in sorted(calendar):
        told = calendar.get_list(day)
        names = [without_estimate(name) for name in told]
        moved_to |= {origin: day for name in names for origin in _moved_from(name)}
        doubt = f"; {ESTIMATED_SOURCE}" if names != told else ""
        yield Day(day, DayKind.HOLIDAY, "; ".join(names), "; ".join(map(russian, names)), source + doubt)
    for day in sorted(calendar.weekend_workdays):
        if day.year in span:
            yield _working_day(day, moved_to.get(day), source)


def without_estimate(name_kk: str) -> str:
    """Return the package's name of a day without its note that the date is an estimate."""
    return name_kk.replace(f" ({ESTIMATED})", "").replace(f"({ESTIMATED}, ", "(")


def russian(name_kk: str) -> str:
    """Return the Russian name of a day off for the package's Kazakh one; ValueError for an unknown name."""
    match = NAME_AND_NOTE.fullmatch(name_kk)
    if match is None or match["name"] not in RUSSIAN_NAMES:
        raise ValueError(f"no Russian name for the day off «{name_kk}»")
    name, note = RUSSIAN_NAMES[match["name"]], match["note"]
    if note is None:
        return name
    if note == CARRIED_OVER:
        return f"{name} (перенесённый выходной)"
    if moved := MOVED_FROM.fullmatch(note):
        return f"{name} (перенесён с {moved[1]})"
    raise ValueError(f"no Russian words for the note of «{name_kk}»")


def _moved_from(name_kk: str) -> Iterator[date]:
    for match in MOVED_FROM.finditer(name_kk):
        yield datetime.strptime(match[1], PACKAGE_DAY).date()  # noqa: DTZ007 - a calendar date, not a moment


def _working_day(day: date, off: date | None, source: str) -> Day:
    name_kk, name_ru = "Жұмыс күні", "Рабочий день"
    if off is not None:
        name_kk += f" (демалыс {off:{PACKAGE_DAY}} күніне ауыстырылды)"
        name_ru += f" (выходной перенесён на {off:{PACKAGE_DAY}})"
    return Day(day, DayKind.WORKING, name_kk, name_ru, source)


def _differs(row: CalendarDay, day: Day) -> bool:
    return any(getattr(row, name) != value for name, value in asdict(day).items())


def _save(row: CalendarDay, day: Day) -> CalendarDay:
    values: dict[str, Any] = asdict(day)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row
