from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from meetings import calendar, facts, letters, permissions, policies
from meetings.locks import locked_meeting, submitted_version
from meetings.models import AgendaItem, AgendaVersion, Invitee, Meeting
from members import journal, notices
from members.labels import message
from members.models import Notice
from members.notices import Recipient, to_user
from members.permissions import Actor


@transaction.atomic
def invite(
    meeting: Meeting, *, by: Actor, now: datetime, items: Iterable[AgendaItem] = (), **fields: Any
) -> Invitee:
    """Add an invited person; the list is approved together with the agenda (clause 21).

    `fields` are name, office_kk/ru, email, stands_in_for; `items` the questions, none for the whole meeting.
    The same form sent twice invites once; another person of the same name or e-mail, or a voting member, is
    refused. Raises Refused.
    """
    meeting = _editable(meeting, by)
    policies.may_stand_in(meeting, fields.get("stands_in_for")).or_raise()
    rows = _of_meeting(meeting, items)
    same = meeting.invitees.filter(**fields).first()
    if same is not None and set(same.items.all()) == set(rows):
        return same
    people = meeting.invitees.all()
    policies.may_be_invited(meeting, fields["name"], fields.get("email", ""), people).or_raise()
    person = Invitee.objects.create(meeting=meeting, **fields)
    person.items.set(rows)
    journal.record("meeting.invited", meeting, by=by, now=now, clause="21", name=person.name)
    return person


@transaction.atomic
def edit_invitee(
    person: Invitee, *, version: int, by: Actor, now: datetime, items: Iterable[AgendaItem], **fields: Any
) -> Invitee:
    """Change an invited person before the list is approved again (clause 21).

    `version` is the one that was opened for editing. Raises Refused, "invitee_edited_meanwhile" among others.
    """
    meeting = _editable(person.meeting, by)
    person = meeting.invitees.get(pk=person.pk)
    policies.may_stand_in(meeting, fields.get("stands_in_for")).or_raise()
    policies.is_same_invitation(person, version).or_raise()
    others = meeting.invitees.exclude(pk=person.pk)
    policies.may_be_invited(meeting, fields["name"], fields.get("email", ""), others).or_raise()
    for name, value in fields.items():
        setattr(person, name, value)
    person.version += 1
    person.save()
    person.items.set(_of_meeting(meeting, items))
    journal.record("meeting.invitation_changed", meeting, by=by, now=now, clause="21", name=person.name)
    return person


@transaction.atomic
def uninvite(person: Invitee, *, by: Actor, now: datetime) -> None:
    """Take a person off the draft list of the invited (clause 21). Raises Refused.

    Who stands on the approved list is told when a list without them is approved.
    """
    meeting = _editable(person.meeting, by)
    found = meeting.invitees.filter(pk=person.pk).first()
    if found is None:
        return
    found.delete()
    journal.record("meeting.uninvited", meeting, by=by, now=now, clause="21", name=person.name)


def call_off_omitted(
    meeting: Meeting, before: AgendaVersion | None, after: AgendaVersion, now: datetime
) -> None:
    """Withdraw the invitation of who stood on the list approved `before` and does not `after` (clause 21).

    Takes the meeting out of the calendar of who had been sent the invitation; nobody else is told. The
    caller has locked the meeting.
    """
    gone = _emails(before) - _emails(after) if before is not None else set()
    sent = Notice.objects.filter(delivery__dispatch__version__meeting=meeting, event="pack.invited")
    told = sent.exclude(calendar="").select_related("recipient").order_by("pk")
    people = {row.email.lower(): row for row in told if row.email.lower() in gone}
    if not people:
        return
    meeting.sequence += 1
    meeting.save()
    notices.send(
        meeting.staff,
        "meeting.uninvited",
        f"meeting.uninvited:{meeting.pk}:{meeting.sequence}",
        message(lambda: letters.uninvited(meeting), reverse("rules")),
        [_recipient(row) for row in people.values()],
        now=now,
        calendar=lambda person: calendar.cancellation_for(meeting, person, now),
    )


def _emails(version: AgendaVersion) -> set[str]:
    return {guest.email.lower() for guest in facts.guests_in(version.content) if guest.email}


def _recipient(told: Notice) -> Recipient:
    return to_user(told.recipient) if told.recipient else Recipient(told.name, told.email, told.language)


def _editable(meeting: Meeting, by: Actor) -> Meeting:
    permissions.PREPARE.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    policies.may_edit_agenda(meeting, submitted_version(meeting)).or_raise()
    return meeting


def _of_meeting(meeting: Meeting, items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Return the items as they are on the agenda now: one may have been taken off meanwhile."""
    return list(meeting.items.filter(pk__in=[item.pk for item in items]))
