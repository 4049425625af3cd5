from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from meetings import facts, letters, permissions, policies
from meetings.actions.awaited import hand_over_owed
from meetings.actions.invited import call_off_omitted
from meetings.facts.agenda import invited_for_alone
from meetings.facts.basis import note_adding, row_of
from meetings.locks import approved_version, item_on, lock_series, locked_meeting, submitted_version
from meetings.models import AgendaItem, AgendaVersion, Meeting, OwedMaterial, Question
from meetings.points import PointText, write_points
from meetings.states import AgendaState, QuestionKind
from members import journal, notices
from members.labels import message
from members.models import User
from members.notices import to_user
from members.permissions import Actor, holders_on, with_powers_of_head
from members.policies import ground_for_head
from members.states import Role
from regulation.verdicts import Refused

# Above every real order: two items swap without meeting the unique constraint on the way.
ASIDE = 1000
# What every question needs at least.
INFORMATION_NOTE = {"title_kk": "Анықтама", "title_ru": "Справка"}


@transaction.atomic
def add_item(
    meeting: Meeting,
    *,
    by: Actor,
    now: datetime,
    question: Question | None = None,
    title_kk: str = "",
    title_ru: str = "",
    kind: str = QuestionKind.DECISION,
    points: Sequence[PointText] = (),
    **fields: Any,
) -> AgendaItem:
    """Put a question at the end of the draft agenda: a planned one, or a new one by titles and kind (22).

    `points` are the draft decision, `fields` those of AgendaItem: agency, speaker_kk/ru, minutes. Its agency
    owes an information note until other materials are named. Raises Refused.
    """
    permissions.PREPARE.require(by, meeting.staff_id)
    lock_series(meeting.staff)
    meeting = _editable(meeting, by)
    policies.is_of_staff(meeting.staff_id, fields["agency"]).or_raise()
    titles = {"question__title_kk": title_kk, "question__title_ru": title_ru}
    same = meeting.items.filter(**({"question": question} if question else titles)).first()
    if same is not None:
        # The form was sent twice: a question stands once on an agenda.
        return same
    if question is None:
        question = Question.objects.create(
            staff=meeting.staff, title_kk=title_kk, title_ru=title_ru, kind=kind
        )
    policies.may_put_on(meeting, question, today=timezone.localdate(now)).or_raise()
    last = meeting.items.aggregate(last=Max("order"))["last"] or 0
    basis = {"plan_item": row_of(question, meeting.day), "note": note_adding(question)}
    item = AgendaItem.objects.create(meeting=meeting, question=question, order=last + 1, **basis | fields)
    write_points(item, points)
    OwedMaterial.objects.create(item=item, agency=item.agency, **INFORMATION_NOTE)
    journal.record("agenda.item_added", meeting, by=by, now=now, clause="22", order=item.order)
    return item


@transaction.atomic
def edit_item(
    item: AgendaItem,
    *,
    by: Actor,
    now: datetime,
    title_kk: str,
    title_ru: str,
    kind: str = "",
    points: Sequence[PointText],
    version: int,
    **fields: Any,
) -> AgendaItem:
    """Change an item of the draft agenda, its points and the titles and kind of its question.

    `version` is the one that was opened for editing; without `kind` the question keeps its own. Raises
    Refused, "item_edited_meanwhile" among others.
    """
    meeting = _editable(item.meeting, by)
    item = item_on(meeting, item)
    policies.is_same_text(item, version).or_raise()
    policies.is_of_staff(meeting.staff_id, fields.get("agency")).or_raise()
    before = item.agency_id
    question = item.question
    question.title_kk, question.title_ru = title_kk, title_ru
    question.kind = kind or question.kind
    question.save()
    for name, value in fields.items():
        setattr(item, name, value)
    item.version += 1
    item.save()
    write_points(item, points)
    hand_over_owed(item, before, now=now)
    journal.record("agenda.item_changed", meeting, by=by, now=now, clause="22", order=item.order)
    return item


@transaction.atomic
def place_item(item: AgendaItem, *, to: int, by: Actor, now: datetime) -> None:
    """Move an item to the place `to`, the others close up; past an edge it stops there. Raises Refused."""
    meeting = _editable(item.meeting, by)
    pk = item_on(meeting, item).pk
    rows = list(meeting.items.order_by("order"))
    moved = next(row for row in rows if row.pk == pk)
    old, new = moved.order, max(1, min(to, len(rows)))
    if old == new:
        return
    rows.remove(moved)
    rows.insert(new - 1, moved)
    changed = [(row, place) for place, row in enumerate(rows, 1) if row.order != place]
    for row, place in changed:
        AgendaItem.objects.filter(pk=row.pk).update(order=ASIDE + place)
    for row, place in changed:
        row.order = place
        row.save()
    journal.record("agenda.item_moved", meeting, by=by, now=now, clause="22", order=old, to=new)


@transaction.atomic
def remove_item(item: AgendaItem, *, by: Actor, now: datetime) -> None:
    """Take an item out of the draft agenda; its question lives on. Raises Refused."""
    meeting = _editable(item.meeting, by)
    take_off(meeting, item_on(meeting, item), by=by, now=now, clause="22")


def take_off(
    meeting: Meeting, item: AgendaItem, *, by: Actor, now: datetime, clause: str, **said: str
) -> None:
    """Take an item out of a locked meeting's draft and close the gap; `said` goes into the journal."""
    order, names = item.order, _uninvite_with(item)
    item.delete()
    for later in meeting.items.filter(order__gt=order).order_by("order"):
        later.order -= 1
        later.save()
    for name in names:
        journal.record("meeting.uninvited", meeting, by=by, now=now, clause="21", name=name)
    journal.record("agenda.item_removed", meeting, by=by, now=now, clause=clause, order=order, **said)


def _uninvite_with(item: AgendaItem) -> list[str]:
    """Take off the list who was invited for this question alone, and return their names (clause 21)."""
    people = invited_for_alone(item)
    for person in people:
        person.delete()
    return [person.name for person in people]


@transaction.atomic
def submit_agenda(meeting: Meeting, *, by: Actor, now: datetime) -> AgendaVersion:
    """Freeze the draft agenda as its next version and lay it before the head (clause 22).

    Raises Refused with the first thing that is missing; a page shows all of them beforehand.
    """
    permissions.PREPARE.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    today = timezone.localdate(now)
    rows = facts.items_with_materials(meeting, today=today)
    content = facts.frozen_agenda(meeting, rows, drafter=by.person, today=today)
    digest = facts.content_hash(content)
    policies.may_submit(meeting, submitted_version(meeting), approved_version(meeting), digest).or_raise()
    items = [row.item for row in rows]
    for problem in policies.problems_before_submitting(items) + policies.ungrounded(meeting, items):
        raise Refused(problem)
    number = (meeting.agenda_versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = AgendaVersion.objects.create(
        meeting=meeting,
        number=number,
        content=content,
        sha256=digest,
        submitted_at=now,
        submitted_by=by.person,
    )
    journal.record("agenda.submitted", meeting, by=by, now=now, clause="22", version=number, sha256=digest)
    notices.send(
        meeting.staff,
        "agenda.submitted",
        f"agenda.submitted:{version.pk}",
        message(lambda: letters.agenda_submitted(meeting, version), meeting.address("meetings:agenda")),
        [to_user(user) for user in _deciders(meeting, today)],
        now=now,
    )
    return version


def _deciders(meeting: Meeting, today: date) -> list[User]:
    """Return who may decide on the agenda on `today`, as `policies.decides_on_agenda` says (clause 22)."""
    if not policies.is_for_head_alone(meeting):
        return with_powers_of_head(meeting.staff, today)
    holders = holders_on(meeting.staff, today).filter(seat__role=Role.HEAD)
    return [holder.user for holder in holders]


@transaction.atomic
def take_back_agenda(version: AgendaVersion, *, by: Actor, now: datetime) -> None:
    """Take a submitted version back for editing, before the head has decided. Raises Refused."""
    permissions.PREPARE.require(by, version.meeting.staff_id)
    version = _current(version)
    policies.is_undecided(version).or_raise()
    _decide(version, AgendaState.WITHDRAWN, by=by, now=now)


@transaction.atomic
def approve_agenda(version: AgendaVersion, *, seen: str, by: Actor, now: datetime, ground: str = "") -> None:
    """Approve the version whose SHA-256 was `seen`; a deputy names the ground of the head's absence.

    The ground of a recorded absence needs no naming (clauses 22, 25(3)). Raises Refused for another role,
    another text, a decided version, a late question that nobody has decided on. Who was invited by the
    version before and is not by this one is told so.
    """
    version = _for_decision(version, by, ground)
    policies.is_what_was_seen(version, seen).or_raise()
    rows = facts.items_with_materials(version.meeting, today=timezone.localdate(now))
    for problem in policies.may_approve_with(rows):
        raise Refused(problem)
    before = approved_version(version.meeting)
    _decide(version, AgendaState.APPROVED, by=by, now=now, ground=ground_for_head(by, ground))
    _tell_secretary(version, now=now)
    call_off_omitted(version.meeting, before, version, now)


@transaction.atomic
def return_agenda(version: AgendaVersion, *, remark: str, by: Actor, now: datetime, ground: str = "") -> None:
    """Return a submitted version with a remark (clause 22). Raises Refused."""
    version = _for_decision(version, by, ground)
    policies.has_reason(remark, "22").or_raise()
    ground = ground_for_head(by, ground)
    _decide(version, AgendaState.RETURNED, by=by, now=now, ground=ground, remark=remark)
    _tell_secretary(version, now=now)


def give_back(meeting: Meeting, *, remark: str, by: Actor, now: datetime, ground: str) -> None:
    """Return what lies with the head because he decided on one of its questions (18, 22); or nothing."""
    version = submitted_version(meeting)
    if version is not None:
        version.meeting = meeting
        _decide(version, AgendaState.RETURNED, by=by, now=now, ground=ground, remark=remark)
        _tell_secretary(version, now=now)


def _editable(meeting: Meeting, by: Actor) -> Meeting:
    permissions.PREPARE.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    policies.may_edit_agenda(meeting, submitted_version(meeting)).or_raise()
    return meeting


def _current(version: AgendaVersion) -> AgendaVersion:
    meeting = locked_meeting(version.meeting)
    version = meeting.agenda_versions.get(pk=version.pk)
    version.meeting = meeting
    return version


def _for_decision(version: AgendaVersion, by: Actor, ground: str) -> AgendaVersion:
    permissions.DECIDE_AGENDA.require(by, version.meeting.staff_id)
    version = _current(version)
    policies.may_decide_agenda(version, by, ground).or_raise()
    return version


def _decide(
    version: AgendaVersion, state: str, *, by: Actor, now: datetime, ground: str = "", remark: str = ""
) -> None:
    version.state, version.decided_at, version.decided_by = state, now, by.user
    version.decided_as, version.ground, version.remark = str(by), ground, remark
    version.save()
    journal.record(
        f"agenda.{state}", version.meeting, by=by, now=now, clause="22", version=version.number, ground=ground
    )


def _tell_secretary(version: AgendaVersion, *, now: datetime) -> None:
    meeting = version.meeting
    secretaries = holders_on(meeting.staff, timezone.localdate(now)).filter(seat__role=Role.SECRETARY)
    notices.send(
        meeting.staff,
        f"agenda.{version.state}",
        f"agenda.{version.state}:{version.pk}",
        message(lambda: letters.agenda_decided(meeting, version), meeting.address("meetings:agenda")),
        [to_user(holder.user) for holder in secretaries],
        now=now,
    )
