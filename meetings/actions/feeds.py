import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from meetings import permissions
from meetings.models import CalendarFeed
from members.models import User
from members.permissions import Actor

TOKEN_BYTES = 32
# A calendar program asks every hour; when it last did is kept no finer than that.
READ_NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def renew_feed(*, by: Actor, now: datetime) -> str:
    """Give `by` a calendar address and return its token, which is shown once: only its hash is kept.

    The former address of the person in this Staff opens nothing any more.
    """
    permissions.READ.require(by, by.staff.pk)
    _locked(by.person)
    revoke_feed(by=by, now=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.create(staff=by.staff, user=by.person, token_hash=hash_of(token), created_at=now)
    return token


@transaction.atomic
def revoke_feed(*, by: Actor, now: datetime) -> None:
    """End the calendar address of `by` in this Staff; without one nothing happens."""
    in_use = CalendarFeed.objects.filter(staff=by.staff, user=by.person, revoked_at=None)
    in_use.update(revoked_at=now)


def feed_of(token: str, *, now: datetime) -> CalendarFeed | None:
    """Return the address in use that `token` opens, and note that it was read; None for any other."""
    feeds = CalendarFeed.objects.filter(token_hash=hash_of(token), revoked_at=None, user__is_active=True)
    feed = feeds.select_related("staff", "user").first()
    if feed is not None:
        stale = Q(read_at=None) | Q(read_at__lte=now - READ_NOTED_EVERY)
        CalendarFeed.objects.filter(stale, pk=feed.pk).update(read_at=now)
    return feed


def hash_of(token: str) -> str:
    """Return what is kept of a token; it is random and long, so a plain hash tells nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def _locked(user: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
