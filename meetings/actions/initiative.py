from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from meetings import facts, letters, permissions, policies, recipients
from meetings.actions.agenda import add_item
from meetings.actions.scheduling import schedule
from meetings.facts import Standing
from meetings.locks import lock_series, locked_meeting
from meetings.models import Initiative, Meeting, Question, Supporter
from meetings.states import Kind, State
from members import journal, notices
from members.labels import message
from members.models import CalendarDay, Staff
from members.notices import Recipient
from members.permissions import Actor


@transaction.atomic
def start_initiative(
    staff: Staff, *, title_kk: str, title_ru: str, ground: str, by: Actor, now: datetime
) -> Initiative:
    """Ask the members for an extraordinary meeting on a question; who starts it has joined (clause 12).

    Raises Refused for who has no vote in `staff`.
    """
    permissions.JOIN_INITIATIVE.require(by, staff.pk)
    policies.has_a_vote(by).or_raise()
    titles = {"question__title_kk": title_kk, "question__title_ru": title_ru}
    lock_series(staff)
    same = Initiative.objects.filter(
        staff=staff, ground=ground, started_by=by.person, reached_at=None, withdrawn_at=None, **titles
    ).first()
    if same is not None:
        # The form was sent twice: one initiative is enough.
        return same
    question = Question.objects.create(staff=staff, title_kk=title_kk, title_ru=title_ru)
    initiative = Initiative.objects.create(
        staff=staff, question=question, ground=ground, started_at=now, started_by=by.person
    )
    journal.record("initiative.started", initiative, by=by, now=now, clause="12")
    today = timezone.localdate(now)
    asked = [*recipients.voting_members(staff, today), *recipients.secretaries(staff, today)]
    _tell(initiative, "initiative.started", [person for person in asked if person.user != by.person], now)
    _add(initiative, by, now)
    return initiative


@transaction.atomic
def join_initiative(initiative: Initiative, *, by: Actor, now: datetime) -> Initiative:
    """A member joins an open initiative; the one who makes the number full makes it reached (clause 12).

    Joining twice changes nothing. Raises Refused.
    """
    permissions.JOIN_INITIATIVE.require(by, initiative.staff_id)
    initiative = _locked(initiative)
    if initiative.supporters.filter(user=by.person, left_at=None).exists():
        return initiative
    policies.may_join(initiative, by).or_raise()
    _add(initiative, by, now)
    return initiative


@transaction.atomic
def leave_initiative(initiative: Initiative, *, by: Actor, now: datetime) -> Initiative:
    """A member who joined leaves while the initiative is open (clause 12). Raises Refused."""
    permissions.JOIN_INITIATIVE.require(by, initiative.staff_id)
    initiative = _locked(initiative)
    policies.is_open(initiative).or_raise()
    if initiative.supporters.filter(user=by.person, left_at=None).update(left_at=now):
        journal.record("initiative.left", initiative, by=by, now=now, clause="12")
    return initiative


@transaction.atomic
def withdraw_initiative(initiative: Initiative, *, by: Actor, now: datetime) -> Initiative:
    """Who started an initiative takes it back before it is reached (clause 12). Raises Refused."""
    permissions.JOIN_INITIATIVE.require(by, initiative.staff_id)
    initiative = _locked(initiative)
    policies.may_withdraw(initiative, by).or_raise()
    initiative.withdrawn_at, initiative.withdrawn_by = now, by.person
    initiative.save()
    journal.record("initiative.withdrawn", initiative, by=by, now=now, clause="12")
    joined = initiative.supporters.filter(left_at=None).select_related("user")
    people = [notices.to_user(row.user) for row in joined if row.user != by.person]
    _tell(initiative, "initiative.withdrawn", people, now)
    return initiative


@transaction.atomic
def call_meeting(initiative: Initiative, *, by: Actor, now: datetime, **fields: Any) -> Meeting:
    """Call the extraordinary meeting of a reached initiative, its question on the agenda (clause 12).

    `fields` are those of `schedule`; the starter's organisation prepares the question. Raises Refused.
    """
    permissions.PREPARE.require(by, initiative.staff_id)
    lock_series(initiative.staff)
    initiative = _locked(initiative)
    fields |= {"kind": Kind.EXTRAORDINARY, "initiative": initiative}
    earlier = Meeting.objects.filter(initiative=initiative).first()
    if Meeting.objects.filter(state=State.PLANNED, **fields).exists():
        return schedule(initiative.staff, by=by, now=now, **fields)
    earlier = locked_meeting(earlier) if earlier else None
    policies.may_call(initiative, earlier).or_raise()
    if earlier is not None:
        earlier.initiative = None
        earlier.save()
    meeting = schedule(initiative.staff, by=by, now=now, **fields)
    starter = initiative.supporters.select_related("seat__organisation").earliest("joined_at", "pk")
    add_item(meeting, by=by, now=now, question=initiative.question, agency=starter.seat.organisation)
    journal.record("initiative.called", initiative, by=by, now=now, clause="12", day=meeting.day)
    return meeting


def _add(initiative: Initiative, by: Actor, now: datetime) -> None:
    """Add `by` to the initiative, which is locked or new; freeze the numbers when they are full."""
    Supporter.objects.create(
        initiative=initiative,
        seat=by.seat,  # type: ignore[misc] # the policy refused None
        user=by.person,
        joined_at=now,
    )
    standing = _standing(initiative, timezone.localdate(now))
    said = {"joined": standing.joined, "needed": standing.needed, "total": standing.total}
    if standing.missing:
        journal.record("initiative.joined", initiative, by=by, now=now, clause="12", **said)
        return
    initiative.reached_at, initiative.reached_joined = now, standing.joined
    initiative.reached_needed, initiative.reached_total = standing.needed, standing.total
    initiative.save()
    journal.record("initiative.joined", initiative, by=by, now=now, clause="12", **said)
    journal.record("initiative.reached", initiative, by=by, now=now, clause="12", **said)
    today = timezone.localdate(now)
    everybody = [
        *recipients.voting_members(initiative.staff, today),
        *recipients.secretary_and_head(initiative.staff, today),
    ]
    _tell(initiative, "initiative.reached", everybody, now)


def _standing(initiative: Initiative, today: date) -> Standing:
    electoral = facts.electoral_of(initiative.staff, today=today)
    return facts.standing_of(initiative, electoral, CalendarDay.objects.work_calendar())


def _locked(initiative: Initiative) -> Initiative:
    Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    return Initiative.objects.select_related("staff", "question", "started_by").get(pk=initiative.pk)


WORDS = {
    "initiative.started": letters.initiative_started,
    "initiative.reached": letters.initiative_reached,
    "initiative.withdrawn": letters.initiative_withdrawn,
}


def _tell(initiative: Initiative, event: str, people: list[Recipient], now: datetime) -> None:
    notices.send(
        initiative.staff,
        event,
        f"{event}:{initiative.pk}",
        message(lambda: WORDS[event](initiative), initiative.get_absolute_url()),
        people,
        now=now,
    )
