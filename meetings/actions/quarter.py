from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from meetings import facts, letters, permissions, policies, recipients
from meetings.facts.quarter import Quarter
from meetings.locks import lock_series
from members import journal, notices
from members.labels import message
from members.models import JournalEntry, Staff
from members.permissions import Actor


@transaction.atomic
def remind_of_quarter(staff: Staff, *, today: date, now: datetime) -> int:
    """Tell the secretary and the head that a quarter has no regular meeting; return the new notices.

    Amber, red and breach are told once each a quarter; after an outage only what is still true (clause 12).
    """
    # Two sweeps at once write a breach into the journal once.
    lock_series(staff)
    state = facts.quarter_state(staff, today=today)
    told = _tell_stage(staff, state.quarter, state.alarm, today, now) if state.alarm else 0
    if state.last_breach is not None:
        told += _tell_stage(staff, state.last_breach, "breach", today, now)
    return told


@transaction.atomic
def explain_breach(staff: Staff, *, quarter: Quarter, reason: str, by: Actor, now: datetime) -> Quarter:
    """Record why `quarter` had no regular meeting; it leaves the home pages and stays on the list (12).

    Raises Refused for a quarter that was not breached, and for a second reason.
    """
    permissions.PREPARE.require(by, staff.pk)
    lock_series(staff)
    state = facts.quarter_state(staff, today=timezone.localdate(now))
    policies.may_explain(quarter, state).or_raise()
    year, number = quarter
    said = {"quarter": number, "year": year, "reason": reason}
    journal.record("quarter.explained", staff, by=by, now=now, clause="12", **said)
    return quarter


def _tell_stage(staff: Staff, quarter: Quarter, stage: str, today: date, now: datetime) -> int:
    year, number = quarter
    words = letters.quarter_breached if stage == "breach" else letters.quarter_alarm
    told = notices.send(
        staff,
        f"quarter.{stage}",
        f"quarter.{stage}:{staff.pk}:{year}-{number}",
        message(lambda: words(number, year), f"/{staff.code}/meetings/"),
        recipients.secretary_and_head(staff, today),
        now=now,
    )
    facts_of_breach = {"quarter": number, "year": year}
    if stage == "breach" and not _is_in_journal(staff, facts_of_breach):
        journal.record("quarter.breached", staff, by=Actor(staff), now=now, clause="12", **facts_of_breach)
    return len(told)


def _is_in_journal(staff: Staff, breach: dict[str, int]) -> bool:
    entries = JournalEntry.objects.filter(staff=staff, act="quarter.breached")
    return breach in entries.values_list("data", flat=True)
