"""The post: claims what waits in the outbox, hands it to the mail server, remembers how it ended."""

import contextlib
import smtplib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F, Q, QuerySet

from members.models import Notice
from members.notices.outbox import UNCLEAR_AFTER
from members.notices.smtp import UnknownOutcomeError
from members.notices.writing import digest, letter
from members.states import Mail
from members.sweeping import total_over

MAX_ATTEMPTS = 10
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)


class Post:
    """One connection for the letters of a run, opened anew after it broke.

    A server that cannot be reached is asked once in a run: every other letter fails with that answer.
    """

    def __init__(self) -> None:
        self.connection = get_connection()
        self.unreachable = ""

    def send(self, mail: EmailMultiAlternatives) -> None:
        """Hand one letter over; raise OSError when it did not go, UnknownOutcomeError when nobody knows."""
        if self.unreachable:
            raise ConnectionError(self.unreachable)
        try:
            self.connection.open()
        except OSError as error:
            self.unreachable = words_of(error)
            raise
        try:
            self.connection.send_messages([mail])
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        """End the connection; one that is broken already is left as it is."""
        with contextlib.suppress(OSError):
            self.connection.close()


def deliver(*, now: datetime) -> int:
    """Send the letters that wait and return how many went out; safe to run twice at once."""
    Notice.objects.filter(mail=Mail.SENDING, claimed_at__lt=now - UNCLEAR_AFTER).update(mail=Mail.UNCLEAR)
    post = Post()
    try:
        return total_over(_claims(now), lambda claimed: _deliver(post, claimed, now=now))
    finally:
        post.close()


def _claims(now: datetime) -> Iterator[list[Notice]]:
    """Yield what one letter is about, claimed for this run: a notice, or those of a person's digest."""
    due = Notice.objects.waiting().filter(available_at__lte=now).exclude(email="")
    for pk in list(due.filter(in_digest=False).order_by("pk").values_list("pk", flat=True)):
        yield _claim(Q(pk=pk), now=now)
    digests = due.filter(in_digest=True).order_by("recipient")
    for person in list(digests.values_list("recipient", flat=True).distinct()):
        # What could not be sent before goes with today's: one letter a day, not two.
        ready = Q(available_at__lte=now) | Q(attempts__gt=0)
        yield _claim(ready, in_digest=True, recipient=person, now=now)


@transaction.atomic
def _claim(ready: Q, *, now: datetime, **which: object) -> list[Notice]:
    # Locked in the order of the keys: of two workers one takes all of a digest, the other nothing.
    waiting = Notice.objects.waiting().exclude(email="").select_for_update(of=("self",))
    claimed = list(waiting.filter(ready, **which).select_related("staff").order_by("pk"))
    Notice.objects.filter(pk__in=[notice.pk for notice in claimed]).update(
        mail=Mail.SENDING, claimed_at=now, attempts=F("attempts") + 1
    )
    return claimed


def _deliver(post: Post, claimed: Sequence[Notice], *, now: datetime) -> int:
    if not claimed:
        return 0
    # Unclear meanwhile: another worker thought that this one had died.
    rows = Notice.objects.filter(
        pk__in=[notice.pk for notice in claimed], mail__in=(Mail.SENDING, Mail.UNCLEAR)
    )
    try:
        post.send(letter(claimed[0]) if len(claimed) == 1 else digest(claimed))
    except UnknownOutcomeError as error:
        rows.update(mail=Mail.UNCLEAR, error=words_of(error)[:300])
        return 0
    except OSError as error:  # smtplib's exceptions are OSErrors, too
        for notice in claimed:
            _put_back(rows, notice, words_of(error), now=now)
        return 0
    rows.update(mail=Mail.SENT, sent_at=now, error="")
    return 1


def _put_back(rows: QuerySet[Notice], notice: Notice, error: str, *, now: datetime) -> None:
    """Let the letter wait for its next try; `notice.attempts` does not count the one that failed."""
    attempts = notice.attempts + 1
    pause = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    rows.filter(pk=notice.pk).update(
        mail=Mail.FAILED if attempts >= MAX_ATTEMPTS else Mail.WAITING,
        available_at=now + pause,
        error=error[:300],
    )


def words_of(error: OSError) -> str:
    """Return what the mail server answered, code and text, without Python around it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(_answer(code, text) for code, text in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__


def _answer(code: int, text: bytes | str) -> str:
    return f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
