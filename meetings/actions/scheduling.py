from datetime import date, datetime, time
from typing import Any, TypedDict

from django.db import transaction
from django.db.models import Max

from meetings import permissions, policies
from meetings.locks import lock_series, locked_meeting, submitted_version
from meetings.models import Meeting
from meetings.states import State
from members import journal
from members.models import Regulation, Staff
from members.permissions import Actor


class Schedule(TypedDict, total=False):
    """When, where and how a meeting takes place."""

    kind: str
    day: date
    starts_at: time
    place_kk: str
    place_ru: str
    mode: str
    link: str
    urgent_ground: str


@transaction.atomic
def schedule(staff: Staff, *, by: Actor, now: datetime, **fields: Any) -> Meeting:
    """Create a planned meeting of `staff` from the fields of `Schedule` and return it (clause 12).

    Raises Refused for another role or Staff. It has no number until it opens lawfully.
    """
    permissions.PREPARE.require(by, staff.pk)
    lock_series(staff)
    same = Meeting.objects.filter(staff=staff, state=State.PLANNED, **fields).first()
    if same is not None:
        # The form was sent twice: one meeting is enough.
        return same
    day: date = fields["day"]
    meeting = Meeting.objects.create(
        staff=staff,
        regulation=Regulation.objects.on(staff, day),
        year=day.year,
        ordinal=_next_ordinal(staff, day),
        **fields,
    )
    journal.record("meeting.scheduled", meeting, by=by, now=now, clause="12", **_facts(meeting))
    return meeting


@transaction.atomic
def reschedule(meeting: Meeting, *, by: Actor, now: datetime, **fields: Any) -> Meeting:
    """Change when, where and how a planned meeting takes place; its terms follow by themselves.

    Raises Refused once the meeting has begun or while its agenda is with the head (clause 22).
    """
    permissions.PREPARE.require(by, meeting.staff_id)
    lock_series(meeting.staff)
    meeting = locked_meeting(meeting)
    policies.may_edit_agenda(meeting, submitted_version(meeting)).or_raise()
    if fields["day"] != meeting.day:
        meeting.ordinal = _next_ordinal(meeting.staff, fields["day"])
        meeting.year = fields["day"].year
        for item in meeting.items.exclude(late_marked_at=None):
            item.late_marked_at = None
            item.save()
    for name, value in fields.items():
        setattr(meeting, name, value)
    follow_regulation(meeting)
    meeting.save()
    journal.record("meeting.rescheduled", meeting, by=by, now=now, clause="12", **_facts(meeting))
    return meeting


def follow_regulation(meeting: Meeting) -> bool:
    """Set the regulation in force on the day of a planned meeting; return whether it changed (clause 11).

    The caller has locked the meeting and saves it: a version approved since it was scheduled counts.
    """
    in_force = Regulation.objects.on(meeting.staff, meeting.day)
    changed = meeting.regulation != in_force
    meeting.regulation = in_force
    return changed


def regulation_facts(meeting: Meeting) -> dict[str, object]:
    """Return what the journal keeps of the regulation that a meeting goes over to."""
    return {"regulation_from": meeting.regulation.in_force_from, "regulation": meeting.regulation.act_number}


def _next_ordinal(staff: Staff, day: date) -> int:
    latest = Meeting.objects.filter(staff=staff, day=day).aggregate(latest=Max("ordinal"))["latest"]
    return (latest or 0) + 1


def _facts(meeting: Meeting) -> dict[str, object]:
    return {"day": meeting.day, "starts_at": meeting.starts_at, "kind": meeting.kind, "mode": meeting.mode}
