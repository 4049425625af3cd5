"""What the secretary does about letters that the post could not bring."""

from datetime import datetime

from django.db import transaction

from members import journal, waking
from members.models import Notice
from members.permissions import HANDLE_LETTERS, Actor
from members.states import HANDLED_BY_HAND, SENT_AGAIN, Mail


@transaction.atomic
def send_again(notice: Notice, *, by: Actor, now: datetime) -> bool:
    """Let a letter that failed or is unclear go once more; return False when it needs no such help.

    Its tries are counted anew, the worker is woken. A second click changes nothing.
    """
    notice = _locked(notice, by)
    if notice.mail not in SENT_AGAIN:
        return False
    notice.mail, notice.available_at, notice.attempts = Mail.WAITING, now, 0
    notice.save(update_fields=["mail", "available_at", "attempts"])
    journal.record("letter.retried", notice, by=by, now=now, name=notice.name, event=notice.event)
    transaction.on_commit(lambda: waking.wake("members.tasks.deliver"))
    return True


@transaction.atomic
def deliver_by_hand(notice: Notice, *, by: Actor, now: datetime) -> bool:
    """Remember that the person learnt of it otherwise; return False when the letter went or is on its way.

    The letter is not sent any more. A second click changes nothing.
    """
    notice = _locked(notice, by)
    if notice.mail not in HANDLED_BY_HAND:
        return False
    notice.mail = Mail.BY_HAND
    notice.save(update_fields=["mail"])
    journal.record("letter.by_hand", notice, by=by, now=now, name=notice.name, event=notice.event)
    return True


def _locked(notice: Notice, by: Actor) -> Notice:
    HANDLE_LETTERS.require(by, notice.staff_id)
    return Notice.objects.select_for_update().get(pk=notice.pk)
