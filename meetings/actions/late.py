from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation

from meetings import facts, permissions, policies
from meetings.actions.changes import decided, said_of, written
from meetings.actions.materials import admit_late
from meetings.facts import ItemMaterials
from meetings.facts.basis import row_of
from meetings.locks import lock_series, locked_meeting
from meetings.models import AgendaItem, JustificationNote
from meetings.states import Change, LateDecision
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
    meeting = locked_meeting(item.meeting)
    found = meeting.items.for_agenda().filter(pk=item.pk).first()
    if found is None:
        # Moved or removed meanwhile, by this very act sent twice or by another.
        raise Refused(refused("item_left_agenda", "18"))
    found.meeting = meeting
    today = timezone.localdate(now)
    row = facts.materials_of(found, facts.terms_of(meeting).materials_due, today=today)
    to = (to_year, to_month) if to_year and to_month and decision == LateDecision.MOVE else None
    policies.may_move_late(row, decision, to, by, ground, today=today).or_raise()
    note = _note(row, decision, to, now=now, by=by)
    decided(note, agree=True, reason=reason, by=by, now=now, ground=ground)
    return note


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
