from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from staff_portal import actions


class Command(BaseCommand):
    help = "Compare all terms with the clock, tell who must act, send the letters that wait."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now", help="ISO moment to compare with instead of the clock, local without an offset"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        told = actions.sweep(now=_moment(options["now"]))
        self.stdout.write(f"New notices: {told}")


def _moment(text: str | None) -> datetime:
    if not text:
        return timezone.now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--now wants an ISO moment like 2026-12-13T09:00, not {text!r}") from None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
