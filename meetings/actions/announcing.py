from datetime import datetime

from django.db import transaction

from meetings import permissions, policies
from meetings.locks import locked_meeting
from meetings.models import Meeting
from members import journal
from members.permissions import Actor


@transaction.atomic
def announce(meeting: Meeting, *, by: Actor, now: datetime) -> Meeting:
    """Put the meeting on the public page: meetings of the Staff are open (clause 19); once is enough.

    What the page shows is computed: a new date, the cancelling, the approved questions follow by themselves.
    Raises Refused for a meeting that is over or cancelled.
    """
    permissions.ANNOUNCE.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    if meeting.announced_at is not None:
        return meeting
    policies.may_announce(meeting).or_raise()
    meeting.announced_at, meeting.announced_by = now, by.person
    meeting.save()
    journal.record("meeting.announced", meeting, by=by, now=now, clause="19", day=meeting.day)
    return meeting
