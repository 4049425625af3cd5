"""Invented people in the seats and places, and the accounts with which anybody may try the portal."""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction

from members.models import Holder, Organisation, Place, Seat, Staff, User
from members.permissions import holders_on
from staff_portal.demo.composition import IN_FORCE_FROM

PEOPLE_FILE = Path(__file__).with_name("people.csv")
PLACES_FILE = Path(__file__).with_name("places.csv")
# Nobody can receive mail at a name under .example, so no real person ever gets a demo letter.
MAIL_DOMAIN = "@demo.kostanay.example"
# Shown to everybody on purpose: the accounts exist in the demo only.
SHARED_WORDS = "tobyl-demo-shtab"
OF_PERSON = ("name", "language", "phone")


class Account(NamedTuple):
    """A person of the demo in a Staff: with the seat held today, or with another place."""

    user: User
    staff: Staff
    seat: Seat | None = None
    place: Place | None = None

    @property
    def role(self) -> str:
        """The code of the role, of members.states."""
        return self.seat.role if self.seat else self.place.role if self.place else ""

    @property
    def organisation(self) -> Organisation | None:
        """The organisation of the seat, or of who works for an agency."""
        return self.seat.organisation if self.seat else self.place.organisation if self.place else None


@cache
def encoded_words() -> str:
    """Return the shared password as it is stored; it is hashed once."""
    return make_password(SHARED_WORDS)


@transaction.atomic
def load_people(staff: Staff, file: Path = PEOPLE_FILE) -> None:
    """Seat the invented people of a CSV file where nobody sits yet, and note what is known of their seats.

    Who was seated here before is not seated again: people may have changed it since.
    """
    seats = _seats(staff)
    for row in _rows(file):
        seat = seats.get(int(row["order"]))
        had = Holder.objects.filter(user__email=row["email"], seat__composition__staff=staff)
        if seat is None or seat.holders.exists() or had.exists():
            continue
        Holder.objects.create(seat=seat, user=_person(row), since=IN_FORCE_FROM)
        seat.rank, seat.consent_number = row["rank"], row["consent_number"]
        seat.consent_date = date.fromisoformat(row["consent_date"]) if row["consent_date"] else None
        seat.save()


@transaction.atomic
def load_places(staff: Staff) -> None:
    """Give the other roles of `staff` an invented person each, where nobody has had that place yet."""
    seats = _seats(staff)
    for row in _rows(PLACES_FILE):
        if Place.objects.filter(staff=staff, user__email=row["email"]).exists():
            continue
        of_seat = seats.get(int(row["organisation_of_seat"] or 0))
        Place.objects.create(
            staff=staff,
            user=_person(row),
            role=row["role"],
            organisation=of_seat.organisation if of_seat else None,
            since=IN_FORCE_FROM,
        )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _seats(staff: Staff) -> dict[int, Seat]:
    """Return the seats of the latest approved version by their order."""
    approved = Seat.objects.filter(composition__staff=staff, composition__approved_at__isnull=False)
    rows = approved.select_related("organisation").order_by("composition__in_force_from", "order")
    return {seat.order: seat for seat in rows}


def _person(row: dict[str, str]) -> User:
    known = User.objects.filter(email=row["email"]).first()
    facts = {name: row[name] for name in OF_PERSON}
    return known or User.objects.create(email=row["email"], password=encoded_words(), **facts)


def accounts(*, today: date) -> list[Account]:
    """Return the demo's people on the local date `today`: by Staff, seats in the order of the act first."""
    found = []
    for staff in Staff.objects.order_by("code"):
        people = holders_on(staff, today).filter(user__email__endswith=MAIL_DOMAIN, user__is_active=True)
        places = Place.objects.on(today).filter(
            staff=staff, user__email__endswith=MAIL_DOMAIN, user__is_active=True
        )
        found += [Account(holder.user, staff, seat=holder.seat) for holder in people]
        found += [Account(place.user, staff, place=place) for place in places.order_by("pk")]
    return found
