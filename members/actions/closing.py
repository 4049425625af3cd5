"""An account is closed or opened again by the administrator; every Staff of the person keeps that."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from members import journal
from members.models import User
from members.permissions import Actor, staffs_of
from members.sessions import end_sessions


@transaction.atomic
def note_closing(user: User, *, by: User, now: datetime) -> None:
    """Write into the journal of each Staff of the person today whether `user` may sign in from now on.

    A closed account has no sessions. `by` administers the installation and is named so: without an office.
    """
    if not user.is_active:
        end_sessions(user)
    for staff in staffs_of(user, today=timezone.localdate(now)).order_by("code"):
        journal.record(
            "person.account_opened" if user.is_active else "person.account_closed",
            user,
            by=Actor(staff, by),
            now=now,
            name=user.name,
        )
