from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members import actions
from members.labels import refusal
from members.models import Staff
from members.permissions import Actor, seats_on
from regulation.verdicts import Refused


class Command(BaseCommand):
    help = "Put a person into a seat of a Staff; the former holder's term ends the day before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("staff", help="code of the Staff, as in its addresses")
        parser.add_argument("seat", type=int, help="number of the seat in the composition")
        parser.add_argument("email")
        parser.add_argument("name", help="initial and surname, as it is signed")
        parser.add_argument("--since", type=date.fromisoformat, help="ISO date, today by default")
        parser.add_argument("--acting-number", default="", help="number of the order, for who is acting")
        parser.add_argument("--acting-date", type=date.fromisoformat, help="ISO date of that order")

    def handle(self, *args: Any, **options: Any) -> None:
        since = options["since"] or timezone.localdate()
        staff = Staff.objects.filter(code=options["staff"]).first()
        if staff is None:
            raise CommandError(f"There is no Staff with the code {options['staff']}")
        seat = seats_on(staff, since).filter(order=options["seat"]).first()
        if seat is None:
            raise CommandError(f"There is no seat {options['seat']} in the composition in force on {since}")
        try:
            actions.seat_person(
                seat,
                email=options["email"],
                name=options["name"],
                since=since,
                acting_number=options["acting_number"],
                acting_date=options["acting_date"],
                by=Actor(staff),
                now=timezone.now(),
            )
        except Refused as error:
            raise CommandError(refusal(error.verdict)) from None
        self.stdout.write(
            f"{options['name']} holds seat {seat.order} from {since}; a password is set by the reset letter"
        )
