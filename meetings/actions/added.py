from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from meetings import permissions, policies
from meetings.actions.changes import prepare_note
from meetings.locks import item_on, lock_series, locked_meeting
from meetings.models import AgendaItem, JustificationNote, Meeting
from meetings.points import PointText, write_points
from meetings.states import Change
from members import journal
from members.permissions import Actor


@transaction.atomic
def propose_at_meeting(
    meeting: Meeting, *, by: Actor, now: datetime, kind: str = Change.ADD, **fields: Any
) -> JustificationNote:
    """Propose to add, move or remove a question while the meeting goes on (clause 18).

    Agreed, an added one stands behind the others, the others keep their places and are not put to the vote.
    `fields` are those of `prepare_note`. Raises Refused.
    """
    permissions.PREPARE_NOTE.require(by, meeting.staff_id)
    lock_series(meeting.staff)
    meeting = locked_meeting(meeting)
    policies.is_going_on(meeting).or_raise()
    if kind == Change.ADD:
        fields |= {"to_year": meeting.day.year, "to_month": meeting.day.month}
    return prepare_note(kind=kind, meeting=meeting, by=by, now=now, **fields)


@transaction.atomic
def write_added_draft(
    item: AgendaItem, *, points: Sequence[PointText], version: int, by: Actor, now: datetime, **fields: Any
) -> AgendaItem:
    """Write the draft decision and the speaker of a question added at the meeting, before its vote (13, 18).

    `version` is the one that was opened for writing. Raises Refused for another one, for a question of the
    approved agenda, and once something was put to the vote on it.
    """
    permissions.CONDUCT.require(by, item.meeting.staff_id)
    meeting = locked_meeting(item.meeting)
    item = item_on(meeting, item)
    policies.may_write_added_draft(meeting, item, has_ballot=item.ballots.exists()).or_raise()
    policies.is_same_text(item, version).or_raise()
    for name, value in fields.items():
        setattr(item, name, value)
    item.version += 1
    item.save()
    write_points(item, points)
    journal.record("agenda.draft_written", meeting, by=by, now=now, clause="18", order=item.order)
    return item
