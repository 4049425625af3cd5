from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from meetings import permissions, policies
from meetings.actions.changes import prepare_note
from meetings.locks import lock_series, locked_meeting
from meetings.models import AgendaItem, JustificationNote, Meeting
from meetings.points import PointText, write_points
from meetings.states import Change
from members import journal
from members.permissions import Actor


@transaction.atomic
def propose_at_meeting(meeting: Meeting, *, by: Actor, now: datetime, **fields: Any) -> JustificationNote:
    """Propose to add a question while the meeting goes on; agreed, it stands behind the others (clause 18).

    `fields` are those of `prepare_note`. Raises Refused.
    """
    permissions.CONDUCT.require(by, meeting.staff_id)
    lock_series(meeting.staff)
    meeting = locked_meeting(meeting)
    policies.is_going_on(meeting).or_raise()
    when = {"to_year": meeting.day.year, "to_month": meeting.day.month}
    return prepare_note(kind=Change.ADD, meeting=meeting, by=by, now=now, **fields | when)


@transaction.atomic
def write_added_draft(
    item: AgendaItem, *, points: Sequence[PointText], by: Actor, now: datetime, **fields: Any
) -> AgendaItem:
    """Write the draft decision and the speaker of a question added at the meeting, before its vote (13, 18).

    Raises Refused for a question of the approved agenda, and once something was put to the vote on it.
    """
    permissions.CONDUCT.require(by, item.meeting.staff_id)
    meeting = locked_meeting(item.meeting)
    item = meeting.items.select_related("note", "question").get(pk=item.pk)
    policies.may_write_added_draft(meeting, item, has_ballot=item.ballots.exists()).or_raise()
    for name, value in fields.items():
        setattr(item, name, value)
    item.version += 1
    item.save()
    write_points(item, points)
    journal.record("agenda.draft_written", meeting, by=by, now=now, clause="18", order=item.order)
    return item
