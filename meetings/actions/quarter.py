from datetime import date, datetime

from django.db import transaction

from meetings import facts, letters, recipients
from meetings.facts.quarter import Quarter
from members import journal, notices
from members.labels import message
from members.models import Staff
from members.permissions import Actor


@transaction.atomic
def remind_of_quarter(staff: Staff, *, today: date, now: datetime) -> int:
    """Tell the secretary and the head that a quarter has no regular meeting; return the new notices.

    Amber, red and breach are told once each a quarter; after an outage only what is still true (clause 12).
    """
    state = facts.quarter_state(staff, today=today)
    told = _tell_stage(staff, state.quarter, state.alarm, today, now) if state.alarm else 0
    if state.last_breach is not None:
        told += _tell_stage(staff, state.last_breach, "breach", today, now)
    return told


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
    if told and stage == "breach":
        facts_of_breach = {"quarter": number, "year": year}
        journal.record("quarter.breached", staff, by=Actor(staff), now=now, clause="12", **facts_of_breach)
    return len(told)
