"""Invented people in the seats, and the accounts with which anybody may try the portal."""

import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction

from members.models import Holder, Seat, Staff, User
from members.permissions import holders_on
from staff_portal.demo.composition import CODE, IN_FORCE_FROM

PEOPLE_FILE = Path(__file__).with_name("people.csv")
# Nobody can receive mail at a name under .example, so no real person ever gets a demo letter.
MAIL_DOMAIN = "@demo.kostanay.example"
# Shown to everybody on purpose: the accounts exist in the demo only.
SHARED_WORDS = "tobyl-demo-shtab"


class Account(NamedTuple):
    """A person of the demo with the seat held today."""

    user: User
    seat: Seat


@transaction.atomic
def load_people(staff: Staff) -> None:
    """Seat the invented people where nobody sits yet; all share one password, hashed once."""
    seats = {seat.order: seat for seat in Seat.objects.filter(composition__staff=staff)}
    known = set(User.objects.filter(email__endswith=MAIL_DOMAIN).values_list("email", flat=True))
    encoded = make_password(SHARED_WORDS)
    with PEOPLE_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            seat = seats.get(int(row.pop("order")))
            if seat is None or row["email"] in known or seat.holders.exists():
                continue
            Holder.objects.create(
                seat=seat, user=User.objects.create(password=encoded, **row), since=IN_FORCE_FROM
            )


def accounts(*, today: date) -> list[Account]:
    """Return the demo's people who hold a seat on the local date `today`, in the order of the act."""
    staff = Staff.objects.filter(code=CODE).first()
    if staff is None:
        return []
    people = holders_on(staff, today).filter(user__email__endswith=MAIL_DOMAIN, user__is_active=True)
    return [Account(holder.user, holder.seat) for holder in people]
