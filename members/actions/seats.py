"""What is done about people: check, change, journal in one transaction."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from members import journal
from members.models import Holder, Seat, User
from members.permissions import Actor


@transaction.atomic
def seat_person(
    seat: Seat,
    *,
    email: str,
    name: str,
    since: date,
    by: Actor,
    now: datetime,
    acting_number: str = "",
    acting_date: date | None = None,
) -> Holder:
    """Put a person into `seat` from the local date `since`; who held it, held it until the day before.

    The user is found by e-mail or created without a password: the person sets one by the reset letter.
    A person performing the office by order *is* its holder (clause 20).
    """
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, name=name)
    still = Q(until__isnull=True) | Q(until__gte=since)
    Holder.objects.filter(still, seat=seat, since__lt=since).update(until=since - timedelta(days=1))
    holder = Holder.objects.create(
        seat=seat, user=user, since=since, acting_number=acting_number, acting_date=acting_date
    )
    journal.record("seat.taken", seat, by=by, now=now, clause="11", holder=holder.pk, since=since)
    return holder
