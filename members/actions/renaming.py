"""A name is corrected by the administrator of the installation; every Staff of the person keeps that."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from members import journal
from members.models import User
from members.permissions import Actor, staffs_of


@transaction.atomic
def rename(user: User, *, was: str, by: User, now: datetime) -> None:
    """Save `user` under the new name and write it into the journal of each Staff of the person today.

    Names in papers that were signed stay as they are. `by` administers the installation and is named so:
    without an office.
    """
    user.save()
    for staff in staffs_of(user, today=timezone.localdate(now)).order_by("code"):
        journal.record("user.renamed", user, by=Actor(staff, by), now=now, name=user.name, was=was)
