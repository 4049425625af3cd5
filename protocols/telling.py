"""Who is told about a protocol, and how the notice is put into the outbox, once per key."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils import timezone

from meetings.models import Meeting
from members import notices
from members.labels import message
from members.models import Notice, Staff, User
from members.notices import to_user
from members.permissions import holders_on
from protocols.locks import current_edition
from protocols.models import Protocol

Words = Callable[[Meeting], tuple[str, str]]


def tell(
    meeting: Meeting,
    event: str,
    key: object,
    words: Words,
    people: Iterable[User],
    *,
    now: datetime,
    page: str = "protocols:detail",
) -> list[Notice]:
    """Put one notice per person into the outbox and return the new ones.

    `event` and `key` name what happened to which object at which stage; `page` is a name of an address
    of the meeting; `words` gives subject and text in the current language.
    """
    letter = message(lambda: words(meeting), meeting.address(page))
    return notices.send(
        meeting.staff, event, f"{event}:{key}", letter, [to_user(user) for user in people], now=now
    )


def in_roles(staff: Staff, *roles: str, now: datetime) -> list[User]:
    """Return who holds a seat with one of `roles` (any seat without roles) on the local day of `now`."""
    holders = holders_on(staff, timezone.localdate(now))
    if roles:
        holders = holders.filter(seat__role__in=roles)
    return [holder.user for holder in holders]


def signer_of(protocol: Protocol) -> list[User]:
    """Return who is to sign what was sent (clauses 15, 25(3)); nobody while the text is a draft."""
    edition = current_edition(protocol)
    return [edition.signer] if edition and edition.signer else []
