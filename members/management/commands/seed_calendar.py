from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from members import work_calendar

YEARS = 6


class Command(BaseCommand):
    help = "Fill the calendar of days off and moved working days; days that a person edited stay as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", type=int, dest="first_year", metavar="YEAR", help="last year by default"
        )
        parser.add_argument("--years", type=int, default=YEARS, metavar="N", help=f"{YEARS} by default")

    def handle(self, *_args: Any, first_year: int | None, years: int, **_options: Any) -> None:
        """Seed the years asked for and say what was done. Raises CommandError for impossible years."""
        start = first_year or timezone.localdate().year - 1
        if years < 1 or start < 1992 or start + years > 2100:
            raise CommandError("Give years between 1992 and 2099, at least one.")
        done = work_calendar.seed(start, years)
        self.stdout.write(
            f"{start}–{start + years - 1}: {done.added} days added, {done.changed} changed, "
            f"{done.removed} removed, {done.kept} kept as edited by a person."
        )
