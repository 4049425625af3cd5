"""The head's decision on a justification note, and whom it concerns (clause 18)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from meetings import letters, permissions, policies
from meetings.actions.carrying_out import carry_out, lock_what_changes
from meetings.actions.changes import locked_note, said_of
from meetings.models import JustificationNote
from meetings.recipients import people_of, voting_members
from meetings.states import NoteState
from members import journal, notices
from members.labels import message
from members.notices import Recipient, to_user
from members.permissions import Actor, holders_on
from members.policies import ground_for_head
from members.states import Role


@transaction.atomic
def decide_note(
    note: JustificationNote, *, agree: bool, reason: str, by: Actor, now: datetime, ground: str = ""
) -> JustificationNote:
    """The head agrees or refuses, with a reason; what he agrees to happens at once (clause 18).

    The row of the plan changes, the question leaves the agendas being prepared, and one added at a meeting
    goes to the end of its items. A deputy names the ground of the head's absence (25(3)). Raises Refused,
    also to agree where the question was voted or considered meanwhile.
    """
    permissions.DECIDE_NOTE.require(by, note.staff_id)
    note = locked_note(note)
    lock_what_changes(note.question, note.meeting, (note.to_year, note.to_month))
    policies.may_decide_note(note, by, ground).or_raise()
    policies.has_reason(reason, "18").or_raise()
    if agree:
        policies.may_agree_note(note, today=timezone.localdate(now)).or_raise()
    decided(note, agree=agree, reason=reason, by=by, now=now, ground=ground)
    return note


def decided(
    note: JustificationNote, *, agree: bool, reason: str, by: Actor, now: datetime, ground: str
) -> None:
    """Write the decision on a locked note, carry it out and tell everybody whom it concerns."""
    note.state = NoteState.AGREED if agree else NoteState.REFUSED
    note.decided_at, note.decided_by, note.decided_as = now, by.user, str(by)
    note.decision_reason, note.ground = reason, ground_for_head(by, ground)
    agencies = carry_out(note, by=by, now=now) if agree else set()
    note.save()
    journal.record(
        f"note.{note.state}", note, by=by, now=now, clause="18", ground=note.ground, **said_of(note)
    )
    told = _tell_decision(note, by, now=now)
    if note.is_agreed:
        _tell_change(note, agencies, [*told, to_user(by.person)], now=now)


def _tell_decision(note: JustificationNote, by: Actor, *, now: datetime) -> list[Recipient]:
    """Tell who prepared it, who asked for it, and the head where another decided for him; return them."""
    people = [note.prepared_by] + ([note.request.author] if note.request else [])
    if by.role != Role.HEAD:
        heads = holders_on(note.staff, timezone.localdate(now)).filter(seat__role=Role.HEAD)
        people += [holder.user for holder in heads]
    told = [to_user(user) for user in dict.fromkeys(people)]
    letter = message(lambda: letters.note_decided(note), note.get_absolute_url())
    key = f"note.{note.state}:{note.pk}"
    notices.send(note.staff, f"note.{note.state}", key, letter, told, now=now)
    return told


def _tell_change(
    note: JustificationNote, agencies: Iterable[int], told: list[Recipient], *, now: datetime
) -> None:
    """Tell every member of an agreed change, and the agencies that were preparing the question (18, 22)."""
    today = timezone.localdate(now)
    page = reverse("meetings:question", args=[note.staff.code, note.question_id])
    groups = (
        ("members", voting_members(note.staff, today), note.get_absolute_url()),
        ("agencies", people_of(agencies, note.staff, today), page),
    )
    known = {person.key for person in told}
    for group, people, url in groups:
        new = [person for person in people if person.key not in known]
        known |= {person.key for person in new}
        letter = message(lambda: letters.plan_changed(note), url)
        notices.send(note.staff, "plan.changed", f"plan.changed:{note.pk}:{group}", letter, new, now=now)
