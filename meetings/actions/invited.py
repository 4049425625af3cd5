from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from meetings import calendar, letters, permissions, policies
from meetings.locks import locked_meeting, submitted_version
from meetings.models import AgendaItem, Invitee, Meeting
from members import journal, notices
from members.labels import message
from members.models import Notice
from members.notices import Recipient, to_user
from members.permissions import Actor
from regulation.verdicts import refused


@transaction.atomic
def invite(
    meeting: Meeting, *, by: Actor, now: datetime, items: Iterable[AgendaItem] = (), **fields: Any
) -> Invitee:
    """Add an invited person; the list is approved together with the agenda (clause 21).

    `fields` are name, office_kk/ru, email, stands_in_for; `items` the questions, none for the whole meeting.
    A second person of the same name is taken for a form that was sent twice. Raises Refused.
    """
    meeting = _editable(meeting, by)
    policies.may_stand_in(meeting, fields.get("stands_in_for")).or_raise()
    person, is_new = Invitee.objects.get_or_create(meeting=meeting, name=fields.pop("name"), defaults=fields)
    if not is_new:
        return person
    person.items.set(_of_meeting(meeting, items))
    journal.record("meeting.invited", meeting, by=by, now=now, clause="21", name=person.name)
    return person


@transaction.atomic
def edit_invitee(
    person: Invitee, *, by: Actor, now: datetime, items: Iterable[AgendaItem], **fields: Any
) -> Invitee:
    """Change an invited person before the list is approved again (clause 21). Raises Refused."""
    meeting = _editable(person.meeting, by)
    person = meeting.invitees.get(pk=person.pk)
    policies.may_stand_in(meeting, fields.get("stands_in_for")).or_raise()
    if meeting.invitees.exclude(pk=person.pk).filter(name=fields["name"]).exists():
        refused("invited_already", "21", name=fields["name"]).or_raise()
    for name, value in fields.items():
        setattr(person, name, value)
    person.save()
    person.items.set(_of_meeting(meeting, items))
    journal.record("meeting.invitation_changed", meeting, by=by, now=now, clause="21", name=person.name)
    return person


@transaction.atomic
def uninvite(person: Invitee, *, by: Actor, now: datetime) -> None:
    """Take a person off the list of the invited before it is approved (clause 21). Raises Refused."""
    meeting = _editable(person.meeting, by)
    found = meeting.invitees.filter(pk=person.pk).first()
    if found is None:
        return
    found.delete()
    journal.record("meeting.uninvited", meeting, by=by, now=now, clause="21", name=person.name)
    _call_off(meeting, person.email, now)


def _call_off(meeting: Meeting, email: str, now: datetime) -> None:
    """Take the meeting out of the calendar of who had been sent the invitation; nobody else is told."""
    told = Notice.objects.filter(
        delivery__dispatch__version__meeting=meeting, event="pack.invited", email__iexact=email
    )
    last = told.exclude(calendar="").exclude(email="").select_related("recipient").order_by("-pk").first()
    if last is None:
        return
    meeting.sequence += 1
    meeting.save()
    user = last.recipient
    notices.send(
        meeting.staff,
        "meeting.uninvited",
        f"meeting.uninvited:{meeting.pk}:{meeting.sequence}",
        message(lambda: letters.uninvited(meeting), reverse("rules")),
        [to_user(user) if user else Recipient(last.name, last.email, last.language)],
        now=now,
        calendar=lambda person: calendar.cancellation_for(meeting, person, now),
    )


def _editable(meeting: Meeting, by: Actor) -> Meeting:
    permissions.PREPARE.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    policies.may_edit_agenda(meeting, submitted_version(meeting)).or_raise()
    return meeting


def _of_meeting(meeting: Meeting, items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Return the items as they are on the agenda now: one may have been taken off meanwhile."""
    return list(meeting.items.filter(pk__in=[item.pk for item in items]))
