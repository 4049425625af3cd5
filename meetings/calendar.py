"""Meetings as entries of people's own calendars (iCalendar, RFC 5545; invitations by RFC 5546).

An entry holds title, time and place only: no text of a document, no person but the one it is sent to.
Moments are in UTC, so no calendar program needs to know the rules of our time zone.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from meetings.models import Meeting
from meetings.states import State
from members.labels import local
from members.models import Staff
from members.notices import Recipient

PRODUCT = "-//Staff portal//Meetings//KK"
# How often a calendar program asks a feed again (RFC 7986, and the older name that Outlook reads).
REFRESH = timedelta(hours=1)
# An agenda of a few minutes still takes people an hour.
SHORTEST = timedelta(hours=1)


def request_for(meeting: Meeting, recipient: Recipient, now: datetime) -> str:
    """Return the invitation of `recipient` to `meeting` in the own language; also after it was changed."""
    return _message(meeting, recipient, now, method="REQUEST", status="CONFIRMED")


def cancellation_for(meeting: Meeting, recipient: Recipient, now: datetime) -> str:
    """Return what takes the meeting out of the calendar of `recipient`: it or the invitation is no more.

    The caller has raised `meeting.sequence`, so that it counts as later than what was sent before.
    """
    return _message(meeting, recipient, now, method="CANCEL", status="CANCELLED")


def feed(staff: Staff, meetings: Iterable[Meeting], language: str, now: datetime) -> str:
    """Return the meetings of `staff` as a calendar to subscribe to; cancelled ones say so.

    `meetings` come with their items; an entry says title, time and place, and leads nowhere.
    """
    with translation.override(language):
        calendar = _calendar()
        calendar.add("NAME", local(staff, "name"))
        calendar.add("X-WR-CALNAME", local(staff, "name"))
        calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", "PT1H")
        for meeting in meetings:
            status = "CANCELLED" if meeting.state == State.CANCELLED else "CONFIRMED"
            calendar.add_component(_event(meeting, now, status=status))
    return _text(calendar)


def starts_at(meeting: Meeting) -> datetime:
    """Return the moment of the beginning: the portal's day and time, as UTC."""
    local_moment = datetime.combine(meeting.day, meeting.starts_at)
    return timezone.make_aware(local_moment, timezone.get_default_timezone()).astimezone(UTC)


def _message(meeting: Meeting, recipient: Recipient, now: datetime, *, method: str, status: str) -> str:
    with translation.override(recipient.language):
        calendar = _calendar()
        calendar.add("METHOD", method)
        event = _event(meeting, now, status=status)
        if recipient.user:
            event.add("URL", settings.PORTAL_URL + meeting.get_absolute_url())
        event.add(
            "ORGANIZER", _address(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], local(meeting.staff, "name"))
        )
        attendee = _address(recipient.email, recipient.name)
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
        # Answers are given in the portal, where the forecast of the quorum counts them.
        attendee.params["RSVP"] = vText("FALSE")
        event.add("ATTENDEE", attendee)
        calendar.add_component(event)
    return _text(calendar)


def _text(calendar: Calendar) -> str:
    written: bytes = calendar.to_ical()
    return written.decode()


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    return calendar


def _event(meeting: Meeting, now: datetime, *, status: str) -> Event:
    start = starts_at(meeting)
    event = Event()
    event.add("UID", f"{meeting.uid}@staff-portal")
    event.add("SEQUENCE", meeting.sequence)
    event.add("DTSTAMP", now.astimezone(UTC))
    event.add("DTSTART", start)
    event.add("DTEND", start + _length(meeting))
    event.add("SUMMARY", _summary(meeting))
    event.add("LOCATION", local(meeting, "place"))
    event.add("STATUS", status)
    return event


def _summary(meeting: Meeting) -> str:
    """Return a short title: the full name of a Staff is longer than any calendar shows."""
    return (
        f"{_('Meeting of the Staff')} №\u00a0{meeting.number}"
        if meeting.number
        else _("Meeting of the Staff")
    )


def _length(meeting: Meeting) -> timedelta:
    """Return how long the questions on the agenda take by their minutes."""
    return max(SHORTEST, timedelta(minutes=sum(item.minutes for item in meeting.items.all())))


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = vText(" ".join(name.split()))
    return address
