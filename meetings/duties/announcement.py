from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from meetings.facts import Terms
from meetings.labels import meeting_title
from meetings.models import Meeting
from members.duties import Duty, state_by


def to_announce(meeting: Meeting, terms: Terms, today: date) -> Iterator[Duty]:
    """Yield the announcement that the public still waits for (clause 19)."""
    if meeting.announced_at is None:
        yield Duty(
            title=_("Announce the meeting. %(meeting)s") % {"meeting": meeting_title(meeting)},
            why=_("Meetings are open: the announcement stands three working days before"),
            clause="19",
            url=meeting.address("meetings:announcement"),
            act=_("Announce"),
            due=terms.announcement_due,
            state=state_by(terms.announcement_due, today),
        )
