from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.models import CalendarDay
from members.states import DayKind
from members.work_calendar import SEEDED


class Command(BaseCommand):
    help = "Set one day of the calendar as an order says; seed_calendar never changes it again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("day", type=date.fromisoformat, metavar="DATE", help="2027-05-10")
        parser.add_argument("--kind", choices=DayKind.values, required=True)
        parser.add_argument("--name-kk", required=True)
        parser.add_argument("--name-ru", required=True)
        parser.add_argument("--source", required=True, help="number and date of the order")

    def handle(
        self, *_args: Any, day: date, kind: str, name_kk: str, name_ru: str, source: str, **_options: Any
    ) -> None:
        """Write the day, a new one or over the one that is there. Raises CommandError without an order."""
        if not source.strip() or source.startswith(SEEDED):
            raise CommandError("Name the order that sets the day: number and date.")
        values = {"kind": kind, "name_kk": name_kk, "name_ru": name_ru, "source": source.strip()}
        _row, is_new = CalendarDay.objects.update_or_create(day=day, defaults=values)
        self.stdout.write(f"{day}: {DayKind(kind).value} {'added' if is_new else 'changed'}.")
