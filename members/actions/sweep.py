"""What ends by itself: a term or a place whose last day is over leaves no open session (clause 11)."""

from datetime import date, datetime, timedelta

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from members.actions.leaving import leave
from members.models import Holder, Invitation, Place, Staff, User
from members.sweeping import total_over

# The sweep may have been silent for days; who left before is out long ago.
LOOK_BACK = timedelta(days=31)


def sweep(*, now: datetime) -> int:
    """Let go whose last term or place ended before today; return the number of notices, which is none.

    Who has another place stays signed in. Safe to run twice: who is out already is not looked at again.
    """
    today = timezone.localdate(now)
    return total_over(_ended(today, now=now), lambda pair: _let_go(*pair, today=today, now=now))


def _ended(today: date, *, now: datetime) -> list[tuple[User, Staff]]:
    """Return who left which Staff lately, and still has a session or an open invitation."""
    days = {"until__lt": today, "until__gte": today - LOOK_BACK}
    holders = Holder.objects.filter(**days, seat__composition__approved_at__isnull=False)
    pairs = set(holders.values_list("user_id", "seat__composition__staff_id"))
    pairs |= set(Place.objects.filter(**days).values_list("user_id", "staff_id"))
    waiting = set(UserSession.objects.values_list("user_id", flat=True))
    waiting |= set(Invitation.objects.open(now=now).values_list("user_id", flat=True))
    users = User.objects.in_bulk({user for user, _staff in pairs} & waiting)
    staffs = Staff.objects.in_bulk({staff for _user, staff in pairs})
    return [(users[user], staffs[staff]) for user, staff in sorted(pairs) if user in users]


@transaction.atomic
def _let_go(user: User, staff: Staff, *, today: date, now: datetime) -> int:
    leave(user, staff, day=today, now=now)
    return 0
