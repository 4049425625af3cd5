from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from meetings import letters, permissions, policies
from meetings.facts.basis import live_rows
from meetings.facts.questions import UPCOMING
from meetings.locks import lock_series
from meetings.models import ChangeRequest, JustificationNote, PlanItem, Question
from meetings.recipients import deciders_of
from meetings.states import Change, NoteState, QuestionKind, RequestState
from members import journal, notices
from members.labels import message
from members.permissions import Actor
from regulation.verdicts import Refused, Verdict, all_of, refused


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
        plan_item = _row_now(plan_item)
        question = plan_item.question
    policies.is_of_staff(by.staff.pk, fields.get("agency")).or_raise()
    if kind == Change.REMOVE:
        fields |= {"to_year": None, "to_month": None}
    titles = {"title_kk": title_kk, "title_ru": title_ru}
    question = question or _titled(by, titles)
    waiting = _waiting(by, question)
    if waiting is not None and _is_same(waiting, kind, by, request, titles, fields):
        return waiting
    row = plan_item or (live_rows(by.staff).filter(question=question).first() if question else None)
    _ask(kind, question, row, waiting, fields, now).or_raise()
    if question is None:
        question = Question.objects.create(staff=by.staff, kind=question_kind, **titles)
    if request is not None:
        _take(request)
    note = written(by, now, kind=kind, plan_item=row, question=question, request=request, **fields)
    journal.record("note.prepared", note, by=by, now=now, clause="18", **said_of(note))
    _tell_head(note, now=now)
    return note


def _row_now(row: PlanItem) -> PlanItem:
    """Return the row as it is under the lock of the Staff; another may have changed it meanwhile."""
    found = PlanItem.objects.select_related("plan", "question", "agency").filter(pk=row.pk).first()
    if found is None:
        raise Refused(refused("row_is_removed", "18"))
    return found


def _ask(
    kind: str,
    question: Question | None,
    row: PlanItem | None,
    waiting: JustificationNote | None,
    fields: dict[str, Any],
    now: datetime,
) -> Verdict:
    to = (fields["to_year"], fields["to_month"]) if fields.get("to_month") else None
    meeting = fields.get("meeting")
    twice = meeting.items.filter(question=question).first() if meeting and question else None
    return all_of(
        policies.names_its_own(kind, to, fields.get("agency")),
        policies.may_prepare_note(kind, row, waiting, to, today=timezone.localdate(now)),
        policies.changes_month(kind, row, to),
        policies.is_not_there(twice if kind == Change.ADD else None),
        policies.may_leave(kind, question, row),
    )


def _titled(by: Actor, titles: dict[str, str]) -> Question | None:
    """Return the question of the Staff that bears these titles and still stands, or None.

    Typed again, a planned question, one that lies with the head or on an agenda is the same question. A title
    that is there in one language only says nothing against it.
    """
    if not any(titles.values()):
        return None
    rows, waits = Q(plan_items__in=live_rows(by.staff)), Q(notes__state=NoteState.SUBMITTED)
    standing = rows | waits | Q(items__meeting__state__in=UPCOMING)
    questions = Question.objects.filter(standing, staff=by.staff).distinct().order_by("pk")
    return next((each for each in questions if _bears(each, titles)), None)


def _bears(question: Question, titles: dict[str, str]) -> bool:
    pairs = [(_plain(getattr(question, name)), _plain(text)) for name, text in titles.items()]
    both = [(old, new) for old, new in pairs if old and new]
    return bool(both) and all(old == new for old, new in both)


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def _waiting(by: Actor, question: Question | None) -> JustificationNote | None:
    if question is None:
        return None
    permissions.PREPARE_NOTE.require(by, question.staff_id)
    return question.notes.filter(state=NoteState.SUBMITTED).first()


def _is_same(
    note: JustificationNote,
    kind: str,
    by: Actor,
    request: ChangeRequest | None,
    titles: dict[str, str],
    fields: dict[str, Any],
) -> bool:
    """Whether the form was sent twice: the same author, and the same in every field."""
    said = (note.kind, note.prepared_by, note.request)
    is_titled = not any(titles.values()) or all(
        getattr(note.question, name) == text for name, text in titles.items()
    )
    same = all(getattr(note, name) == value for name, value in fields.items())
    return said == (kind, by.user, request) and is_titled and same


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
    withdrawn(note, by=by, now=now)
    return note


def withdrawn(note: JustificationNote, *, by: Actor, now: datetime) -> None:
    """Write that a locked note was taken back."""
    if note.request is not None:
        note.request.state = RequestState.OPEN
        note.request.save()
    note.state, note.decided_at, note.decided_by, note.decided_as = NoteState.WITHDRAWN, now, by.user, str(by)
    note.request = None
    note.save()
    journal.record("note.withdrawn", note, by=by, now=now, clause="18", **said_of(note))


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
        deciders_of(note, timezone.localdate(now)),
        now=now,
    )
