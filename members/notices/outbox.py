"""The outbox: a notice is a row, written in the transaction of the act that causes it."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from members import waking
from members.models import Notice, Staff, User
from members.notices.urgency import Pace, next_digest, pace_of
from members.states import HANDLED_BY_HAND, Mail

# Longer than any mail server answers: after it nobody knows whether the letter went out.
UNCLEAR_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Message:
    """What is told, in both languages, and the address of the page that it is about."""

    subject_kk: str
    subject_ru: str
    text_kk: str
    text_ru: str
    path: str


@dataclass(frozen=True)
class Recipient:
    """Who is told: a user of the portal, or an invited person with an e-mail only."""

    name: str
    email: str
    language: str = "kk"
    user: User | None = None

    @property
    def key(self) -> str:
        if self.user:
            return f"user-{self.user.pk}"
        return f"mail-{hashlib.sha256(self.email.lower().encode()).hexdigest()[:32]}"


def to_user(user: User) -> Recipient:
    """Return a user of the portal as a recipient."""
    return Recipient(user.name, user.email, user.language, user)


def send(
    staff: Staff,
    event: str,
    key: str,
    message: Message,
    recipients: Iterable[Recipient],
    *,
    now: datetime,
    calendar: Callable[[Recipient], str] | None = None,
) -> list[Notice]:
    """Put one notice per recipient into the outbox and return those that are new.

    `key` names event, object and stage; with the recipient it makes the notice unique, so that a
    second call, a second worker or a retry adds nothing. What is not urgent waits for the letter of
    the working day, except for who has no account and for a letter that carries an entry of the
    `calendar` of its recipient.
    """
    people = {f"{key}:{recipient.key}": recipient for recipient in recipients}
    known = set(Notice.objects.filter(key__in=people).values_list("key", flat=True))
    waits = pace_of(event) is Pace.DIGEST and calendar is None
    waits_until = next_digest(now) if waits else None
    fresh = [
        Notice(
            staff=staff,
            key=full_key,
            event=event,
            recipient=recipient.user,
            name=recipient.name,
            email=recipient.email,
            language=recipient.language,
            created_at=now,
            in_digest=waits_until is not None and recipient.user is not None,
            available_at=waits_until if waits_until and recipient.user else now,
            calendar=calendar(recipient) if calendar else "",
            **vars(message),
        )
        for full_key, recipient in people.items()
        if full_key not in known
    ]
    if fresh:
        Notice.objects.bulk_create(fresh, ignore_conflicts=True)
        transaction.on_commit(lambda: waking.wake("members.tasks.deliver"))
    return list(Notice.objects.filter(key__in=[notice.key for notice in fresh]).order_by("pk"))


def call_off(rows: QuerySet[Notice]) -> None:
    """Let those letters of `rows` that did not go out stay in the portal alone: they have no address then."""
    rows.filter(mail__in=HANDLED_BY_HAND).update(email="")


def readdress(user: User) -> None:
    """Let the letters to `user` that did not go out go to the address that the person has now."""
    Notice.objects.filter(recipient=user, mail__in=HANDLED_BY_HAND).exclude(email="").update(
        email=user.email, mail=Mail.WAITING, attempts=0, error=""
    )


def letters_stuck(staff: Staff, *, now: datetime) -> QuerySet[Notice]:
    """Return the notices of `staff` whose letter failed, is unclear, or waits longer than the post needs.

    A letter that waits for its 08:30 is not stuck; one that waits for another try is.
    """
    limit = now - UNCLEAR_AFTER
    waits = Q(available_at__lt=limit) | Q(attempts__gt=0, created_at__lt=limit)
    stuck = Q(mail__in=(Mail.FAILED, Mail.UNCLEAR)) | Q(mail__in=(Mail.WAITING, Mail.SENDING)) & waits
    return Notice.objects.filter(stuck, staff=staff).exclude(email="")
