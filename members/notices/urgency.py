"""Which notices are mailed at once and which wait for the letter of the working day (ADR 6)."""

from datetime import date, datetime, time, timedelta
from enum import Enum

from django.utils import timezone

from members.models.calendar import CalendarDay
from regulation.workdays import next_working

DIGEST_AT = time(8, 30)


class Pace(Enum):
    """When the letter of an event goes out."""

    AT_ONCE = "at once"
    DIGEST = "with the letter of the working day"


# An event without a row goes at once: a letter too many does less harm than one too late.
PACES = {
    "invitation": Pace.AT_ONCE,
    "post.given": Pace.AT_ONCE,
    "second_factor_reset": Pace.AT_ONCE,
    "absence.recorded": Pace.AT_ONCE,
    "absence.ended": Pace.AT_ONCE,
    "absence.cancelled": Pace.AT_ONCE,
    "plan.called": Pace.AT_ONCE,
    "plan.proposed": Pace.DIGEST,
    "plan.answered": Pace.DIGEST,
    "plan.to_agree": Pace.AT_ONCE,
    "plan.remarked": Pace.DIGEST,
    "plan.submitted": Pace.AT_ONCE,
    "plan.approved": Pace.AT_ONCE,
    "plan.returned": Pace.AT_ONCE,
    "plan.dispatched": Pace.AT_ONCE,
    "meeting.scheduled": Pace.AT_ONCE,
    "meeting.rescheduled": Pace.AT_ONCE,
    "meeting.cancelled": Pace.AT_ONCE,
    "meeting.terms_moved": Pace.AT_ONCE,
    "quarter.amber": Pace.DIGEST,
    "quarter.red": Pace.DIGEST,
    "quarter.breach": Pace.DIGEST,
    "initiative.started": Pace.DIGEST,
    "initiative.reached": Pace.AT_ONCE,
    "initiative.withdrawn": Pace.DIGEST,
    "agenda.submitted": Pace.AT_ONCE,
    "agenda.approved": Pace.AT_ONCE,
    "agenda.returned": Pace.AT_ONCE,
    "pack.dispatched": Pace.AT_ONCE,
    "pack.invited": Pace.AT_ONCE,
    "meeting.uninvited": Pace.AT_ONCE,
    "quorum.at_risk": Pace.AT_ONCE,
    "pack.due": Pace.AT_ONCE,
    "material.brought": Pace.DIGEST,
    "material.owed": Pace.DIGEST,
    "material.late": Pace.DIGEST,
    "material.held": Pace.AT_ONCE,
    "note.submitted": Pace.AT_ONCE,
    "note.agreed": Pace.AT_ONCE,
    "note.refused": Pace.AT_ONCE,
    "plan.changed": Pace.DIGEST,
    "change.requested": Pace.AT_ONCE,
    "change.declined": Pace.DIGEST,
    "protocol.to_sign": Pace.AT_ONCE,
    "protocol.returned": Pace.AT_ONCE,
    "protocol.taken_back": Pace.AT_ONCE,
    "protocol.replaced": Pace.AT_ONCE,
    "protocol.signed": Pace.AT_ONCE,
    "protocol.term": Pace.AT_ONCE,
    "protocol.unsigned": Pace.DIGEST,
    "dissent.filed": Pace.DIGEST,
    "dissent.after_signing": Pace.DIGEST,
}


def pace_of(event: str) -> Pace:
    """Return when the letter of `event` goes out."""
    return PACES.get(event, Pace.AT_ONCE)


def next_digest(now: datetime) -> datetime:
    """Return the first 08:30 of a working day, in the portal's time zone, that is not before `now`.

    Moved working Saturdays count, days off do not, both by the table of `CalendarDay`.
    """
    local = now.astimezone(timezone.get_default_timezone())
    first = local.date() if local.time() <= DIGEST_AT else local.date() + timedelta(days=1)
    return _at_digest_time(next_working_day(first))


def next_working_day(day: date) -> date:
    """Return the local day itself when offices work on it, else the first working day after it."""
    calendar = CalendarDay.objects.work_calendar()
    return next_working(day, calendar.holidays, extra_working=calendar.extra_working)


def _at_digest_time(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, DIGEST_AT), timezone.get_default_timezone())
