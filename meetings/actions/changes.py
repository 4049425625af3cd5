from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from meetings import letters, permissions, policies
from meetings.actions.carrying_out import carry_out
from meetings.facts.basis import live_rows
from meetings.locks import lock_series
from meetings.models import ChangeRequest, JustificationNote, PlanItem, Question
from meetings.states import Change, NoteState, QuestionKind, RequestState
from members import journal, notices
from members.labels import message
from members.notices import to_user
from members.permissions import Actor, holders_on, with_powers_of_head
from members.policies import ground_for_head
from regulation.verdicts import all_of


@transaction.atomic
def prepare_note(
    *,
    kind: str,
    by: Actor,
    now: datetime,
    plan_item: PlanItem | None = None,
    question: Question | None = None,
    title_kk: str = "",
    title_ru: str = "",
    question_kind: str = QuestionKind.DECISION,
    request: ChangeRequest | None = None,
    **fields: Any,
) -> JustificationNote:
    """Lay a justification note before the head: remove, move or add a question (clause 18).

    It is about a row of the plan, about a question, or about a new one by its titles; `fields` are those of
    JustificationNote: to_year, to_month, agency, meeting, reasons and consequences. Sent twice, it is one
    note. Raises Refused.
    """
    permissions.PREPARE_NOTE.require(by, by.staff.pk)
    lock_series(by.staff)
    if plan_item is not None:
        permissions.PREPARE_NOTE.require(by, plan_item.plan.staff_id)
        question = plan_item.question
    titles = {"title_kk": title_kk, "title_ru": title_ru}
    waiting = _waiting(by, question, titles)
    to = (fields["to_year"], fields["to_month"]) if kind != Change.REMOVE else None
    if waiting is not None and _is_same(waiting, kind, to):
        return waiting
    row = plan_item or (live_rows(by.staff).filter(question=question).first() if question else None)
    today = timezone.localdate(now)
    may = policies.may_prepare_note(kind, row, waiting, to, today=today)
    all_of(may, policies.changes_month(kind, row, to)).or_raise()
    if question is None:
        question = Question.objects.create(staff=by.staff, kind=question_kind, **titles)
    if request is not None:
        _take(request)
    note = written(by, now, kind=kind, plan_item=row, question=question, request=request, **fields)
    journal.record("note.prepared", note, by=by, now=now, clause="18", **said_of(note))
    _tell_head(note, now=now)
    return note


def _waiting(by: Actor, question: Question | None, titles: dict[str, str]) -> JustificationNote | None:
    notes = JustificationNote.objects.filter(staff=by.staff, state=NoteState.SUBMITTED)
    if question is not None:
        permissions.PREPARE_NOTE.require(by, question.staff_id)
        return notes.filter(question=question).first()
    return notes.filter(**{f"question__{name}": text for name, text in titles.items()}).first()


def _is_same(note: JustificationNote, kind: str, to: tuple[int, int] | None) -> bool:
    there = (note.to_year, note.to_month) if note.to_year else None
    return (note.kind, there) == (kind, to)


def _take(request: ChangeRequest) -> None:
    request = ChangeRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    policies.is_open_request(request).or_raise()
    request.state = RequestState.TAKEN
    request.save()


def written(by: Actor, now: datetime, **fields: Any) -> JustificationNote:
    """Create a note with the next number of the Staff's year; the Staff's row is locked (clause 18).

    `by` is the deputy head or the secretary who prepares it.
    """
    year = timezone.localdate(now).year
    last = JustificationNote.objects.filter(staff=by.staff, year=year).aggregate(last=Max("number"))["last"]
    row = fields.get("plan_item")
    return JustificationNote.objects.create(
        staff=by.staff,
        year=year,
        number=(last or 0) + 1,
        plan=row.plan if row else None,
        prepared_at=now,
        prepared_by=by.person,
        prepared_as=str(by),
        prepared_role=by.role,
        **fields,
    )


@transaction.atomic
def withdraw_note(note: JustificationNote, *, by: Actor, now: datetime) -> JustificationNote:
    """Take a note back before the head has decided; a member's request waits again. Raises Refused."""
    permissions.PREPARE_NOTE.require(by, note.staff_id)
    note = locked_note(note)
    policies.may_withdraw_note(note, by).or_raise()
    if note.request is not None:
        note.request.state = RequestState.OPEN
        note.request.save()
    note.state, note.decided_at, note.decided_by, note.decided_as = NoteState.WITHDRAWN, now, by.user, str(by)
    note.request = None
    note.save()
    journal.record("note.withdrawn", note, by=by, now=now, clause="18", **said_of(note))
    return note


@transaction.atomic
def decide_note(
    note: JustificationNote, *, agree: bool, reason: str, by: Actor, now: datetime, ground: str = ""
) -> JustificationNote:
    """The head agrees or refuses, with a reason; what he agrees to happens at once (clause 18).

    The row of the plan changes, the question leaves the agendas being prepared, and one added at a meeting
    goes to the end of its items. A deputy names the ground of the head's absence (25(3)). Raises Refused.
    """
    permissions.DECIDE_NOTE.require(by, note.staff_id)
    note = locked_note(note)
    policies.may_decide_note(note, by, ground).or_raise()
    decided(note, agree=agree, reason=reason, by=by, now=now, ground=ground)
    return note


def decided(
    note: JustificationNote, *, agree: bool, reason: str, by: Actor, now: datetime, ground: str
) -> None:
    """Write the decision on a locked note, carry it out and tell everybody whom it concerns."""
    note.state = NoteState.AGREED if agree else NoteState.REFUSED
    note.decided_at, note.decided_by, note.decided_as = now, by.user, str(by)
    note.decision_reason, note.ground = reason, ground_for_head(by, ground)
    if agree:
        carry_out(note, by=by, now=now)
    note.save()
    journal.record(
        f"note.{note.state}", note, by=by, now=now, clause="18", ground=note.ground, **said_of(note)
    )
    _tell_decision(note, by, now=now)


def locked_note(note: JustificationNote) -> JustificationNote:
    """Return the note as it is now; the Staff's row keeps every change of its plans in one line."""
    lock_series(note.staff)
    related = ("staff", "question", "plan_item__plan", "agency", "meeting", "prepared_by", "request__author")
    return JustificationNote.objects.select_related(*related).get(pk=note.pk)


def said_of(note: JustificationNote) -> dict[str, Any]:
    """Return the facts of a note for the journal."""
    said = {"number": note.number, "change": note.kind, "question": note.question_id}
    return said | ({"to": f"{note.to_year}-{note.to_month:02}"} if note.to_month else {})


def _tell_head(note: JustificationNote, *, now: datetime) -> None:
    notices.send(
        note.staff,
        "note.submitted",
        f"note.submitted:{note.pk}",
        message(lambda: letters.note_submitted(note), note.get_absolute_url()),
        [to_user(user) for user in with_powers_of_head(note.staff, timezone.localdate(now))],
        now=now,
    )


def _tell_decision(note: JustificationNote, by: Actor, *, now: datetime) -> None:
    """Tell who prepared it and who asked for it; of an agreed change every member learns (clause 18)."""
    people = [note.prepared_by] + ([note.request.author] if note.request else [])
    letter = message(lambda: letters.note_decided(note), note.get_absolute_url())
    key = f"note.{note.state}:{note.pk}"
    notices.send(note.staff, f"note.{note.state}", key, letter, [to_user(user) for user in people], now=now)
    if not note.is_agreed:
        return
    members = holders_on(note.staff, timezone.localdate(now)).filter(seat__votes=True)
    others = [holder.user for holder in members if holder.user not in (*people, by.user)]
    news = message(lambda: letters.plan_changed(note), note.get_absolute_url())
    notices.send(
        note.staff,
        "plan.changed",
        f"plan.changed:{note.pk}",
        news,
        [to_user(user) for user in others],
        now=now,
    )
