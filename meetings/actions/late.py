from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation

from meetings import facts, permissions, policies
from meetings.actions.carrying_out import lock_what_changes
from meetings.actions.changes import locked_note, said_of, withdrawn, written
from meetings.actions.deciding import decided
from meetings.actions.materials import admit_late
from meetings.facts import ItemMaterials
from meetings.facts.basis import row_of
from meetings.locks import item_on, lock_series, locked_meeting
from meetings.models import AgendaItem, JustificationNote
from meetings.states import Change, LateDecision, NoteState
from meetings.words_of_changes import lateness_sentence
from members import journal
from members.permissions import Actor, actor_in, holders_on
from members.states import Role
from regulation.verdicts import Refused, refused


@transaction.atomic
def decide_late(
    item: AgendaItem,
    *,
    decision: str,
    reason: str,
    by: Actor,
    now: datetime,
    ground: str = "",
    to_year: int | None = None,
    to_month: int | None = None,
) -> JustificationNote | None:
    """The head's decision on a late question: it stays, is moved or is removed (clauses 18, 22).

    Admitted, it stays with what has come so far; what comes later is held again. Moved or removed, it leaves
    the agenda by a note of the working body that the head agrees to in the same act, and an agenda that lies
    with him goes back with his reason. Returns that note. A deputy names the ground (25(3)). Raises Refused.
    """
    permissions.DECIDE_LATE.require(by, item.meeting.staff_id)
    if decision == LateDecision.ADMIT:
        admit_late(item, reason=reason, by=by, now=now, ground=ground)
        return None
    lock_series(by.staff)
    lock_what_changes(item.question, item.meeting, (to_year, to_month))
    meeting = locked_meeting(item.meeting)
    today = timezone.localdate(now)
    row = facts.materials_of(item_on(meeting, item), facts.terms_of(meeting).materials_due, today=today)
    to = (to_year, to_month) if to_year and to_month and decision == LateDecision.MOVE else None
    policies.may_move_late(row, decision, to, by, ground, today=today).or_raise()
    policies.has_reason(reason, "22").or_raise()
    _end_waiting(item, reason=reason, ground=ground, by=by, now=now)
    note = _note(row, decision, to, now=now, by=by)
    decided(note, agree=True, reason=reason, by=by, now=now, ground=ground)
    return note


def _end_waiting(item: AgendaItem, *, reason: str, ground: str, by: Actor, now: datetime) -> None:
    """A note on the question that lies with the head is refused by his other decision, or taken back (18)."""
    waiting = item.question.notes.filter(state=NoteState.SUBMITTED).first()
    if waiting is None:
        return
    waiting = locked_note(waiting)
    if waiting.prepared_by == by.user:
        withdrawn(waiting, by=by, now=now)
    else:
        decided(waiting, agree=False, reason=reason, by=by, now=now, ground=ground)


def _note(
    row: ItemMaterials, decision: str, to: tuple[int, int] | None, *, by: Actor, now: datetime
) -> JustificationNote:
    """Prepare the working body's note on a late question; its reason is the lateness itself (clause 22)."""
    item, today = row.item, timezone.localdate(now)
    secretary = holders_on(by.staff, today).filter(seat__role=Role.SECRETARY).first()
    working_body = actor_in(by.staff, secretary.user, today=today) if secretary else None
    if working_body is None:
        raise Refused(refused("no_secretary", "18"))
    due = facts.terms_of(item.meeting).materials_due
    said = {}
    for language in ("kk", "ru"):
        with translation.override(language):
            said[f"reason_{language}"] = lateness_sentence(due, row.days_late, missing=row.is_missing)
    note = written(
        working_body,
        now,
        kind=Change(decision),
        plan_item=item.plan_item or row_of(item.question, item.meeting.day),
        question=item.question,
        meeting=item.meeting,
        to_year=to[0] if to else None,
        to_month=to[1] if to else None,
        **said,
    )
    journal.record("note.made_for_late", note, by=by, now=now, clause="22", order=item.order, **said_of(note))
    return note
