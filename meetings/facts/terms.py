from dataclasses import dataclass
from datetime import date

from meetings.models import Meeting
from members.models.calendar import CalendarDay, WorkCalendar
from regulation import terms
from regulation.procedure import Procedure


@dataclass(frozen=True)
class Terms:
    """The dates of a meeting, all local (clauses 19, 22, 23, 26(4)); before its end the last are expected."""

    materials_due: date
    circulation_due: date
    announcement_due: date
    protocol_due: date
    protocol_unrolled: date
    has_ended: bool


def terms_of(meeting: Meeting, calendar: WorkCalendar | None = None) -> Terms:
    """Return the terms of `meeting`; before its end the protocol's term is the one expected."""
    days = calendar or CalendarDay.objects.work_calendar()
    ended_on = meeting.ended_on
    return terms_for(meeting.day, meeting.procedure, days, urgent=meeting.is_urgent, ended_on=ended_on)


def terms_for(
    day: date,
    procedure: Procedure,
    calendar: WorkCalendar,
    *,
    urgent: bool = False,
    ended_on: date | None = None,
) -> Terms:
    """Return the terms of a meeting on the local date `day`, for a form before the meeting exists."""
    holidays, extra = calendar
    ended = ended_on or day
    return Terms(
        materials_due=terms.materials_due(day, procedure, holidays, urgent=urgent, extra_working=extra),
        circulation_due=terms.circulation_due(day, procedure, holidays, urgent=urgent, extra_working=extra),
        announcement_due=terms.announcement_due(day, procedure, holidays, extra_working=extra),
        protocol_due=terms.protocol_due(ended, procedure, holidays, extra_working=extra),
        protocol_unrolled=terms.unrolled_protocol_due(ended, procedure),
        has_ended=ended_on is not None,
    )
