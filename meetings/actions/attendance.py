from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from meetings import facts, permissions, policies
from meetings.actions.scheduling import follow_regulation, regulation_facts
from meetings.locks import (
    approved_version,
    lock_series,
    locked_meeting,
    locked_open_ballot,
    submitted_version,
)
from meetings.models import Attendance, Elector, Meeting
from meetings.states import PRESENT, Presence, State
from members import journal
from members.permissions import Actor, absence_on, holders_on, seats_on
from members.states import Role


@transaction.atomic
def start_registration(meeting: Meeting, *, by: Actor, now: datetime) -> Meeting:
    """Freeze the composition of the day and begin registration; nobody is present by default.

    N is set here and does not change for this meeting, nor does the regulation in force on its day
    (clauses 11, 13, 20). Raises Refused.
    """
    permissions.CONDUCT.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    approved, submitted = approved_version(meeting), submitted_version(meeting)
    digest = facts.content_hash(facts.agenda_content(meeting, meeting.items.for_agenda()))
    today = timezone.localdate(now)
    policies.may_start_registration(meeting, approved, submitted, digest, today).or_raise()
    electors = Elector.objects.bulk_create(_electors(meeting))
    bulk_create_with_history(
        [Attendance(elector=elector) for elector in electors], Attendance, default_user=by.user
    )
    facts_of_regulation = regulation_facts(meeting) if follow_regulation(meeting) else {}
    meeting.state, meeting.registration_at = State.REGISTRATION, now
    meeting.total = sum(elector.votes for elector in electors)
    meeting.save()
    said = {"total": meeting.total, **facts_of_regulation}
    journal.record("meeting.registration_started", meeting, by=by, now=now, clause="20", **said)
    return meeting


def _electors(meeting: Meeting) -> list[Elector]:
    holders = {}
    taken: set[int] = set()
    for holder in holders_on(meeting.staff, meeting.day):
        # One person is one vote: a second seat of the same person stays vacant.
        if holder.user_id not in taken:
            holders[holder.seat_id] = holder
            taken.add(holder.user_id)
    return [
        Elector(
            meeting=meeting,
            seat=seat,
            user=holders[seat.pk].user if seat.pk in holders else None,
            order=seat.order,
            role=seat.role,
            votes=seat.votes,
            by_agreement=seat.by_agreement,
            name=holders[seat.pk].user.name if seat.pk in holders else "",
            acting_order=holders[seat.pk].acting_order if seat.pk in holders else "",
            office_kk=seat.office_kk,
            office_ru=seat.office_ru,
            organisation_kk=seat.organisation.name_kk,
            organisation_ru=seat.organisation.name_ru,
        )
        for seat in seats_on(meeting.staff, meeting.day)
    ]


@transaction.atomic
def claim_presence(meeting: Meeting, *, by: Actor, now: datetime) -> Attendance:
    """A member says "I am here"; it counts when the secretary marks it (clause 20). Raises Refused."""
    permissions.ATTEND.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    elector = elector_of(meeting, by)
    policies.may_claim_presence(meeting, elector).or_raise()
    attendance = elector.attendance  # type: ignore[union-attr] # the policy refused None
    attendance.claimed_at = now
    attendance.save()
    journal.record("attendance.claimed", meeting, by=by, now=now, clause="20", name=attendance.elector.name)
    return attendance


@transaction.atomic
def mark(elector: Elector, *, presence: str, by: Actor, now: datetime, reason: str = "") -> Attendance:
    """Mark a member present in the room or by video, absent with a reason, or gone (clause 20).

    Takes the lock of the open vote, so that presence and votes never disagree. Raises Refused.
    """
    permissions.CONDUCT.require(by, elector.meeting.staff_id)
    meeting = locked_meeting(elector.meeting)
    ballot = locked_open_ballot(meeting)
    has_voted = ballot is not None and ballot.votes.filter(elector=elector).exists()
    policies.may_mark(meeting, elector, presence, has_voted=has_voted).or_raise()
    attendance = Attendance.objects.get(elector=elector)
    if presence == Presence.UNKNOWN:
        policies.may_undo_mark(is_relied_on=meeting.ballots.exists()).or_raise()
    _set_presence(attendance, presence, reason, now)
    attendance.save()
    journal.record(
        "attendance.marked",
        meeting,
        by=by,
        now=now,
        clause="20",
        name=elector.name,
        presence=attendance.presence,
    )
    return attendance


def _set_presence(attendance: Attendance, presence: str, reason: str, now: datetime) -> None:
    was_present = attendance.is_present
    attendance.claimed_at = None
    if presence == Presence.UNKNOWN:
        attendance.arrived_at = attendance.left_at = None
    elif presence in PRESENT:
        attendance.arrived_at = attendance.arrived_at or now
        attendance.left_at = None
    elif was_present:
        # Who has been here has left; absent is who never came.
        presence, attendance.left_at = Presence.LEFT, now
    attendance.presence, attendance.reason = presence, reason


@transaction.atomic
def appoint_chair(
    meeting: Meeting, *, elector: Elector, by: Actor, now: datetime, ground: str = ""
) -> Meeting:
    """Record who chairs: the head, or a deputy with the ground of the head's absence (clause 25(3)).

    For who performs the duties of the head on that day the ground is the recorded one. Raises Refused.
    """
    permissions.CONDUCT.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    ballot = locked_open_ballot(meeting)
    elector = meeting.electors.select_related("attendance").get(pk=elector.pk)
    absence = absence_on(meeting.staff, meeting.day)
    if absence is not None and elector.user_id == absence.deputy_id:
        ground = absence.ground
    policies.may_change_chair(meeting, ballot).or_raise()
    policies.may_chair(elector, ground, absence, meeting.electors.present()).or_raise()
    meeting.chair, meeting.chair_ground = elector, "" if elector.role == Role.HEAD else ground
    meeting.save()
    journal.record(
        "meeting.chair_appointed",
        meeting,
        by=by,
        now=now,
        clause="25.3",
        elector=elector.pk,
        ground=meeting.chair_ground,
    )
    return meeting


@transaction.atomic
def open_meeting(meeting: Meeting, *, by: Actor, now: datetime) -> Meeting:
    """Open the meeting with a quorum and give it the next number of the year's series (clauses 12, 20).

    The Staff's row lock keeps the series without gaps and doubles. Raises Refused.
    """
    permissions.CONDUCT.require(by, meeting.staff_id)
    lock_series(meeting.staff)
    meeting = locked_meeting(meeting)
    roll = facts.roll(meeting)
    policies.may_open_meeting(meeting, roll).or_raise()
    last = Meeting.objects.filter(staff=meeting.staff, year=meeting.year).aggregate(last=Max("number"))[
        "last"
    ]
    meeting.number = (last or 0) + 1
    meeting.state, meeting.opened_at, meeting.opened_by = State.OPEN, now, by.user
    meeting.save()
    journal.record(
        "meeting.opened",
        meeting,
        by=by,
        now=now,
        clause="20",
        number=meeting.number,
        total=roll.total,
        present=roll.present,
        needed=roll.needed,
    )
    return meeting


@transaction.atomic
def record_no_quorum(meeting: Meeting, *, by: Actor, now: datetime) -> Meeting:
    """Record the want of a quorum: not lawful, no number, not counted for the quarter (clause 20)."""
    permissions.CONDUCT.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    policies.may_become(meeting, State.NO_QUORUM).or_raise()
    roll = facts.roll(meeting)
    policies.lacks_quorum(roll).or_raise()
    meeting.state, meeting.ended_at, meeting.ended_by = State.NO_QUORUM, now, by.user
    meeting.save()
    journal.record(
        "meeting.no_quorum",
        meeting,
        by=by,
        now=now,
        clause="20",
        total=roll.total,
        present=roll.present,
        needed=roll.needed,
    )
    return meeting


def elector_of(meeting: Meeting, by: Actor) -> Elector | None:
    """Return the seat that `by` holds at the meeting, with attendance, or None."""
    return meeting.electors.select_related("attendance").filter(user=by.user).first()
