"""Working days of Kazakhstan: the table as `seed_calendar` fills it, and what a person sets by an order."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command

from members import work_calendar
from members.models import CalendarDay
from members.states import DayKind
from regulation.workdays import is_working

# Weekdays off besides Saturday and Sunday, as the Labour Ministry explained and the press printed them.
WEEKDAYS_OFF = {
    2026: (
        "01-01 01-02 01-07 03-09 03-23 03-24 03-25 05-01 05-07 05-11 05-27 07-06 10-26 12-16",
        247,
    ),
    2027: (
        "01-01 01-04 01-07 03-08 03-15 03-22 03-23 03-24 05-03 05-07 05-10 07-06 10-25 12-16",
        247,
    ),
}
NAMES = [
    pytest.param("2026-12-16", "Тәуелсіздік күні", "День независимости", id="a plain holiday"),
    pytest.param(
        "2026-05-11",
        "Жеңіс күні (қайта белгіленген демалыс)",
        "День Победы (перенесённый выходной)",
        id="carried over",
    ),
    pytest.param(
        "2027-03-15", "Қазақстан Республикасының Конституциясы күні", "День Конституции", id="the new day"
    ),
    pytest.param("2026-05-27", "Құрбан айт", "Курбан айт (первый день)", id="an estimated day"),
    pytest.param(
        "2025-01-03",
        "Демалыс күні (05.01.2025 бастап ауыстырылды)",
        "Выходной день (перенесён с 05.01.2025)",
        id="a moved day off",
    ),
    pytest.param(
        "2025-01-05",
        "Жұмыс күні (демалыс 03.01.2025 күніне ауыстырылды)",
        "Рабочий день (выходной перенесён на 03.01.2025)",
        id="the Sunday that became working",
    ),
]
ORDER = {"kind": "working", "name_kk": "Жұмыс күні", "name_ru": "Рабочий день", "source": "№ 7, 01.02.2026"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded() -> None:
    work_calendar.seed(2024, 4)


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_the_year_has_the_official_weekdays_off(seeded: None, year: int) -> None:
    table = CalendarDay.objects.work_calendar()
    expected, working = WEEKDAYS_OFF[year]
    days = [date(year, 1, 1) + timedelta(count) for count in range(365)]
    off = [f"{day:%m-%d}" for day in days if day.weekday() < 5 and day in table.holidays]
    assert " ".join(off) == expected
    assert sum(is_working(day, table.holidays, extra_working=table.extra_working) for day in days) == working


def test_the_old_constitution_day_is_worked(seeded: None) -> None:
    assert not CalendarDay.objects.filter(day__in=[date(2026, 8, 31), date(2027, 8, 30)]).exists()


@pytest.mark.parametrize(("day", "name_kk", "name_ru"), NAMES)
def test_a_day_is_named_in_both_languages(seeded: None, day: str, name_kk: str, name_ru: str) -> None:
    row = CalendarDay.objects.get(day=day)
    assert (row.name_kk, row.name_ru) == (name_kk, name_ru)


@pytest.mark.parametrize("day", ["2024-05-04", "2025-01-05"])
def test_a_moved_saturday_or_sunday_is_working(seeded: None, day: str) -> None:
    table = CalendarDay.objects.work_calendar()
    moved = date.fromisoformat(day)
    assert CalendarDay.objects.get(day=moved).kind == DayKind.WORKING
    assert is_working(moved, table.holidays, extra_working=table.extra_working)


def test_an_estimated_day_says_so_in_its_source(seeded: None) -> None:
    estimated = CalendarDay.objects.filter(source__contains=work_calendar.ESTIMATED_SOURCE)
    assert {str(row.day) for row in estimated} == {"2026-05-27", "2027-05-16"}
    assert {row.source.startswith(work_calendar.SEEDED) for row in CalendarDay.objects.all()} == {True}


def test_every_day_of_the_century_has_a_russian_name() -> None:
    assert all(day.name_ru for day in work_calendar.days_of(2024, 75))


def test_an_unknown_day_is_refused_rather_than_left_in_one_language() -> None:
    with pytest.raises(ValueError, match="no Russian name"):
        work_calendar.russian("Бейтаныс мереке")
    with pytest.raises(ValueError, match="no Russian words"):
        work_calendar.russian("Жеңіс күні (белгісіз ескертпе)")


def test_seeding_again_changes_nothing(seeded: None) -> None:
    before = list(CalendarDay.history.values_list("pk", flat=True))
    assert work_calendar.seed(2024, 4) == work_calendar.Seeded(added=0, changed=0, removed=0, kept=0)
    assert list(CalendarDay.history.values_list("pk", flat=True)) == before


def test_a_day_set_by_an_order_is_never_overwritten(seeded: None) -> None:
    call_command("set_day", "2026-05-11", *(f"--{name.replace('_', '-')}={ORDER[name]}" for name in ORDER))
    call_command("set_day", "2026-05-16", *(f"--{name.replace('_', '-')}={ORDER[name]}" for name in ORDER))
    assert work_calendar.seed(2026, 1) == work_calendar.Seeded(added=0, changed=0, removed=0, kept=2)
    assert list(CalendarDay.objects.filter(kind="working", day__year=2026).values(*ORDER)) == [ORDER, ORDER]
    table = CalendarDay.objects.work_calendar()
    assert is_working(date(2026, 5, 11), table.holidays, extra_working=table.extra_working)


def test_our_rows_follow_a_newer_package(seeded: None) -> None:
    old = f"{work_calendar.SEEDED} 0.1"
    CalendarDay.objects.create(
        day=date(2026, 8, 31), kind="holiday", name_kk="Күн", name_ru="День", source=old
    )
    CalendarDay.objects.filter(day=date(2026, 12, 16)).update(name_ru="Иначе", source=old)
    assert work_calendar.seed(2026, 1) == work_calendar.Seeded(added=0, changed=1, removed=1, kept=0)
    assert not CalendarDay.objects.filter(source=old).exists()


def test_the_command_seeds_last_year_this_one_and_four_more(capsys: pytest.CaptureFixture[str]) -> None:
    with time_machine.travel("2026-11-22T10:00:00+05:00"):
        call_command("seed_calendar")
    assert capsys.readouterr().out.startswith("2025–2030: ")
    years = {row.day.year for row in CalendarDay.objects.all()}
    assert years == set(range(2025, 2031))


@pytest.mark.parametrize("source", ["", "  ", "PyPI holidays 0.109"])
def test_a_day_cannot_be_set_without_an_order(source: str) -> None:
    with pytest.raises(CommandError, match="Name the order"):
        call_command("set_day", "2026-05-11", **ORDER | {"source": source})


@pytest.mark.parametrize(("first", "years"), [(2026, 0), (1980, 2), (2090, 20)])
def test_impossible_years_are_told(first: int, years: int) -> None:
    with pytest.raises(CommandError, match="Give years"):
        call_command("seed_calendar", first_year=first, years=years)


def test_the_portal_serves_without_the_package() -> None:
    code = "import django; django.setup(); import staff_portal.urls, sys; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={**os.environ}, check=False).returncode == 0
