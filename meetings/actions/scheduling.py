from copy import copy
from datetime import date, datetime, time
from typing import Any, TypedDict

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from meetings import calendar, facts, letters, permissions, policies, recipients
from meetings.actions.answers import forget_answers, forget_impossible_answers
from meetings.facts import Terms
from meetings.locks import lock_series, locked_meeting, submitted_version
from meetings.models import Initiative, Meeting
from meetings.states import AgendaState, State
from members import journal, notices
from members.labels import message
from members.models import Regulation, Staff
from members.permissions import Actor

# A change of these needs a reason; they and the link are told to everybody.
MOVED = frozenset(
    {"day", "starts_at", "place_kk", "place_ru", "mode", "kind", "urgent_ground", "call_ground"}
)
TOLD = MOVED | {"link"}


class Schedule(TypedDict, total=False):
    """When, where and how a meeting takes place."""

    kind: str
    day: date
    starts_at: time
    place_kk: str
    place_ru: str
    mode: str
    link: str
    is_field: bool
    urgent_ground: str
    call_ground: str
    initiative: Initiative


@transaction.atomic
def schedule(staff: Staff, *, by: Actor, now: datetime, **fields: Any) -> Meeting:
    """Create a planned meeting of `staff` from the fields of `Schedule`, tell the members and return it.

    Raises Refused for another role or Staff, for a day that is over, and for an extraordinary meeting that
    nobody called. It has no number until it opens lawfully (clause 12).
    """
    permissions.PREPARE.require(by, staff.pk)
    _require_a_call(Meeting(), fields)
    policies.is_to_come(fields["day"], today=timezone.localdate(now)).or_raise()
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
    notices.send(
        staff,
        "meeting.scheduled",
        f"meeting.scheduled:{meeting.pk}",
        message(lambda: letters.meeting_scheduled(meeting), meeting.get_absolute_url()),
        recipients.voting_members(staff, timezone.localdate(now)),
        now=now,
        calendar=lambda person: calendar.request_for(meeting, person, now),
    )
    return meeting


@transaction.atomic
def reschedule(
    meeting: Meeting, *, by: Actor, now: datetime, reason: str = "", seen: int | None = None, **fields: Any
) -> Meeting:
    """Change when, where and how a planned meeting takes place; its terms follow by themselves.

    A change of `MOVED` needs a `reason` and is told to whom it concerns. `seen` is the sequence of the
    meeting that the change was written over. Raises Refused once the meeting has begun, while its agenda
    is with the head (clause 22), for a day that is over, and when it was changed meanwhile.
    """
    permissions.PREPARE.require(by, meeting.staff_id)
    lock_series(meeting.staff)
    meeting = locked_meeting(meeting)
    policies.may_edit_agenda(meeting, submitted_version(meeting)).or_raise()
    changed = {name for name, value in fields.items() if getattr(meeting, name) != value}
    if not changed:
        return meeting
    policies.is_as_seen(meeting, seen).or_raise()
    policies.may_move(changed & MOVED, reason).or_raise()
    if "day" in changed:
        policies.is_to_come(fields["day"], today=timezone.localdate(now)).or_raise()
    _require_a_call(meeting, fields)
    before, old_terms = copy(meeting), facts.terms_of(meeting)
    _carry_over(meeting, changed, fields)
    meeting.save()
    said = _facts(meeting) | ({"reason": reason} if reason else {})
    said["was"] = {name: getattr(before, name) for name in sorted(changed)}
    journal.record("meeting.rescheduled", meeting, by=by, now=now, clause="12", **said)
    if changed & TOLD:
        _tell_moved(before, meeting, old_terms, reason, now)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: Actor, now: datetime) -> Meeting:
    """Cancel a planned meeting with a reason and tell everybody who was told of it (clause 12).

    Its questions become free for another agenda, the initiative behind it may be called again; a version
    of the agenda that lies with the head is taken back. It never gets a number. Raises Refused.
    """
    permissions.PREPARE.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    policies.may_cancel(meeting, reason).or_raise()
    initiative, meeting.initiative = meeting.initiative, None
    meeting.state, meeting.cancel_reason = State.CANCELLED, reason
    meeting.cancelled_at, meeting.cancelled_by = now, by.person
    meeting.sequence += 1
    meeting.save()
    said = {"reason": reason} | ({"initiative": initiative.pk} if initiative else {})
    lying = submitted_version(meeting)
    if lying is not None:
        lying.state, lying.decided_at, lying.decided_by = AgendaState.WITHDRAWN, now, by.person
        lying.decided_as = str(by)
        lying.save()
        said["version"] = lying.number
    journal.record("meeting.cancelled", meeting, by=by, now=now, clause="12", **said)
    _tell_cancelled(meeting, now)
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


def _require_a_call(meeting: Meeting, fields: dict[str, Any]) -> None:
    """Raise Refused when `meeting` with these fields would be extraordinary without a ground (clause 12)."""
    by_members = bool(meeting.initiative_id or fields.get("initiative"))
    kind, ground = (fields.get(name, getattr(meeting, name)) for name in ("kind", "call_ground"))
    policies.may_be_called(kind, ground, by_members=by_members).or_raise()


def _carry_over(meeting: Meeting, changed: set[str], fields: dict[str, Any]) -> None:
    """Set the new fields of a locked meeting, and what follows from them; the caller saves it."""
    if "day" in changed:
        meeting.ordinal = _next_ordinal(meeting.staff, fields["day"])
        meeting.year = fields["day"].year
    if changed & {"day", "urgent_ground"}:
        for item in meeting.items.exclude(late_marked_at=None, admitted_at=None):
            item.late_marked_at = item.admitted_at = item.admitted_by = None
            item.admitted_reason = item.admitted_ground = ""
            item.save()
    if changed & {"day", "starts_at"}:
        forget_answers(meeting)
    for name, value in fields.items():
        setattr(meeting, name, value)
    if "mode" in changed:
        forget_impossible_answers(meeting)
    follow_regulation(meeting)
    meeting.sequence += bool(changed & TOLD)


def _tell_moved(before: Meeting, meeting: Meeting, old_terms: Terms, reason: str, now: datetime) -> None:
    today, terms = timezone.localdate(now), facts.terms_of(meeting)

    def words() -> tuple[str, str]:
        return letters.meeting_moved(before, meeting, (old_terms, terms), reason)

    for people, path in _who_knows(meeting, today):
        notices.send(
            meeting.staff,
            "meeting.rescheduled",
            f"meeting.rescheduled:{meeting.pk}:{meeting.sequence}",
            message(words, path),
            people,
            now=now,
            calendar=lambda person: calendar.request_for(meeting, person, now),
        )
    if terms.materials_due != old_terms.materials_due:
        notices.send(
            meeting.staff,
            "meeting.terms_moved",
            f"meeting.terms_moved:{meeting.pk}:{meeting.sequence}",
            message(lambda: letters.term_moved(meeting, old_terms, terms), meeting.get_absolute_url()),
            recipients.owing_people(meeting, today),
            now=now,
        )


def _tell_cancelled(meeting: Meeting, now: datetime) -> None:
    today = timezone.localdate(now)
    key = f"meeting.cancelled:{meeting.pk}"
    for people, path in _who_knows(meeting, today):
        notices.send(
            meeting.staff,
            "meeting.cancelled",
            key,
            message(lambda: letters.meeting_cancelled(meeting), path),
            people,
            now=now,
            calendar=lambda person: calendar.cancellation_for(meeting, person, now),
        )
    # Who only owes materials has no entry of it in the calendar.
    notices.send(
        meeting.staff,
        "meeting.cancelled",
        key,
        message(lambda: letters.meeting_cancelled(meeting), meeting.get_absolute_url()),
        recipients.owing_people(meeting, today),
        now=now,
    )


def _who_knows(meeting: Meeting, today: date) -> list[tuple[list[notices.Recipient], str]]:
    """Return who has the meeting in the calendar, each group with the page that its letter leads to."""
    guests = recipients.told_guests(meeting)
    return [
        (recipients.voting_members(meeting.staff, today), meeting.get_absolute_url()),
        ([guest for guest in guests if guest.user], meeting.get_absolute_url()),
        ([guest for guest in guests if not guest.user], reverse("rules")),
    ]


def _next_ordinal(staff: Staff, day: date) -> int:
    latest = Meeting.objects.filter(staff=staff, day=day).aggregate(latest=Max("ordinal"))["latest"]
    return (latest or 0) + 1


def _facts(meeting: Meeting) -> dict[str, object]:
    said = {"day": meeting.day, "starts_at": meeting.starts_at, "kind": meeting.kind, "mode": meeting.mode}
    grounds = {"call_ground": meeting.call_ground, "urgent_ground": meeting.urgent_ground}
    return said | {name: ground for name, ground in grounds.items() if ground}
