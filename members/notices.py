"""Notices: written with the act that causes them, sent by mail afterwards, each once."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from members import waking
from members.models import Notice, Staff, User
from members.states import Mail

MAX_ATTEMPTS = 10
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
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
    staff: Staff, event: str, key: str, message: Message, recipients: Iterable[Recipient], *, now: datetime
) -> list[Notice]:
    """Put one notice per recipient into the outbox and return those that are new.

    `key` names event, object and stage; with the recipient it makes the notice unique, so that a
    second call, a second worker or a retry adds nothing.
    """
    people = {f"{key}:{recipient.key}": recipient for recipient in recipients}
    known = set(Notice.objects.filter(key__in=people).values_list("key", flat=True))
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
            available_at=now,
            **vars(message),
        )
        for full_key, recipient in people.items()
        if full_key not in known
    ]
    if fresh:
        Notice.objects.bulk_create(fresh, ignore_conflicts=True)
        transaction.on_commit(lambda: waking.wake("members.tasks.deliver"))
    return list(Notice.objects.filter(key__in=[notice.key for notice in fresh]))


def deliver(*, now: datetime) -> int:
    """Send the letters that wait and return how many went out; safe to run twice at once."""
    Notice.objects.filter(mail=Mail.SENDING, claimed_at__lt=now - UNCLEAR_AFTER).update(mail=Mail.UNCLEAR)
    due = Notice.objects.waiting().filter(available_at__lte=now).exclude(email="").order_by("pk")
    return sum(_deliver_one(pk, now=now) for pk in due.values_list("pk", flat=True))


def letters_stuck(staff: Staff, *, now: datetime) -> QuerySet[Notice]:
    """Return the notices of `staff` whose letter failed, is unclear, or waits longer than the post needs."""
    stuck = Q(mail__in=(Mail.FAILED, Mail.UNCLEAR)) | Q(created_at__lt=now - UNCLEAR_AFTER)
    return Notice.objects.filter(stuck, staff=staff).exclude(mail=Mail.SENT).exclude(email="")


def _deliver_one(pk: int, *, now: datetime) -> bool:
    claimed = Notice.objects.filter(pk=pk, mail=Mail.WAITING).update(
        mail=Mail.SENDING, claimed_at=now, attempts=F("attempts") + 1
    )
    if not claimed:
        return False
    notice = Notice.objects.get(pk=pk)
    try:
        letter(notice).send()
    except OSError as error:  # smtplib's exceptions are OSErrors, too
        _put_back(notice, str(error), now=now)
        return False
    Notice.objects.filter(pk=pk).update(mail=Mail.SENT, sent_at=now, error="")
    return True


def _put_back(notice: Notice, error: str, *, now: datetime) -> None:
    pause = min(FIRST_PAUSE * 2 ** (notice.attempts - 1), LONGEST_PAUSE)
    Notice.objects.filter(pk=notice.pk).update(
        mail=Mail.FAILED if notice.attempts >= MAX_ATTEMPTS else Mail.WAITING,
        available_at=now + pause,
        error=error[:300],
    )


def letter(notice: Notice) -> EmailMultiAlternatives:
    """Return the letter of `notice` in the recipient's language, text and HTML, with one link."""
    with translation.override(notice.language):
        context = {
            "notice": notice,
            "text": getattr(notice, f"text_{notice.language}"),
            "url": settings.PORTAL_URL + notice.path,
            "language": notice.language,
        }
        subject = getattr(notice, f"subject_{notice.language}")
        mail = EmailMultiAlternatives(
            # A subject is one line: nothing in it may begin another header.
            subject=" ".join(f"{gettext('Staff')}: {subject}".split()),
            body=render_to_string("mail/notice.txt", context),
            to=[notice.email],
            headers={"Message-ID": f"<notice-{notice.pk}@staff-portal>"},
        )
        mail.attach_alternative(render_to_string("mail/notice.html", context), "text/html")
    return mail
