"""What an agreed note changes: the row of the plan, the agendas being prepared, the running meeting."""

from datetime import datetime
from typing import Any, cast

from django.db.models import Max

from meetings.actions.agenda import give_back, take_off
from meetings.facts import agenda_content, content_hash
from meetings.facts.basis import has_basis, leaves, plan_of_month
from meetings.locks import (
    approved_version,
    locked_agendas,
    locked_meeting,
    locked_plan,
    submitted_version,
)
from meetings.models import AgendaItem, JustificationNote, Meeting, PlanItem, Question, WorkPlan
from meetings.states import Change, PlanItemState, PlanState, Section, State
from members import journal
from members.models import Organisation
from members.permissions import Actor

RUNNING = (State.REGISTRATION, State.OPEN)
# What a row takes along into the plan of another half-year.
CARRIED = (
    *("agency", "speaker_kk", "speaker_ru", "expected_kk", "expected_ru"),
    *("completion_kk", "completion_ru", "indicator"),
)


def lock_what_changes(question: Question, meeting: Meeting | None, to: tuple[int | None, int | None]) -> None:
    """Lock the plan of the month and the meetings that a decision on `question` changes (clause 18).

    `meeting` is that of the note, `to` its year and month; the Staff's row is locked already.
    """
    plan = plan_of_month(question.staff, to[0] or 0, to[1] or 0)
    if plan is not None:
        locked_plan(plan)
    locked_agendas(question, meeting)


def carry_out(note: JustificationNote, *, by: Actor, now: datetime) -> set[int]:
    """Change what an agreed note names, before it is saved itself (clause 18).

    Returns the agencies that were preparing the question and learn that it was moved or removed.
    """
    if note.kind == Change.ADD:
        _add_row(note)
        _ground_drafts(note)
        _put_on_running_meeting(note, by=by, now=now)
        return set()
    agencies = set()
    if note.plan_item is not None:
        _change_row(note, note.plan_item)
        agencies.add(note.plan_item.agency_id)
    agencies |= _leave_agendas(note, by=by, now=now)
    _ground_drafts(note)
    return agencies


def _change_row(note: JustificationNote, row: PlanItem) -> None:
    row.moved_year, row.moved_month = note.to_year, note.to_month
    row.state = PlanItemState.MOVED if note.kind == Change.MOVE else PlanItemState.REMOVED
    row.save()
    if note.kind == Change.MOVE:
        _add_to_draft(note, row)


def _add_to_draft(note: JustificationNote, row: PlanItem) -> None:
    """A question moved into a half-year whose plan is still being made stands in that plan too (16, 18)."""
    plan = plan_of_month(note.staff, note.to_year or 0, note.to_month or 0)
    if plan is None or plan == row.plan or plan.state == PlanState.APPROVED:
        return
    _draft_row(note, plan, **{name: getattr(row, name) for name in CARRIED})


def _add_row(note: JustificationNote) -> None:
    """Add the question to the plan of its month, approved or being made; a removed row stands again there."""
    plan = plan_of_month(note.staff, note.to_year or 0, note.to_month or 0)
    if plan is None:
        return
    note.plan = plan
    # The constraint note_added_by_agency: never None here.
    agency = cast(Organisation, note.agency)
    if plan.state != PlanState.APPROVED:
        # A row of a draft may still be taken out of it, so the note does not hold it.
        _draft_row(note, plan, agency=agency)
        return
    row = plan.items.filter(question=note.question).first()
    if row is None:
        row = _new_row(note, plan, agency=agency)
    else:
        row.state, row.moved_year, row.moved_month = PlanItemState.MOVED, note.to_year, note.to_month
        row.added_by = note
        row.save()
    note.plan_item = row


def _draft_row(note: JustificationNote, plan: WorkPlan, **fields: Any) -> None:
    row = plan.items.filter(question=note.question).first()
    if row is None:
        _new_row(note, plan, **fields)
        return
    row.month, row.added_by = note.to_month or row.month, note
    row.save()


def _new_row(note: JustificationNote, plan: WorkPlan, **fields: Any) -> PlanItem:
    last = plan.items.filter(section=Section.QUESTIONS).aggregate(last=Max("order"))["last"]
    return PlanItem.objects.create(
        plan=plan,
        section=Section.QUESTIONS,
        order=(last or 0) + 1,
        question=note.question,
        month=note.to_month or plan.first_month,
        added_by=note,
        **fields,
    )


def _leave_agendas(note: JustificationNote, *, by: Actor, now: datetime) -> set[int]:
    """Take the question off the agendas being prepared; one that lies with the head goes back with it.

    On the agenda of a meeting that goes on it keeps its place, marked as taken off: `note_taking_off`.
    Returns the agencies that owed something for it.
    """
    agencies = set()
    for meeting, item in _standing(note):
        if not leaves(note, item):
            continue
        agencies |= {item.agency_id, *item.owed.values_list("agency", flat=True)}
        if meeting.state == State.PLANNED:
            give_back(meeting, remark=note.decision_reason, ground=note.ground, by=by, now=now)
            take_off(meeting, item, by=by, now=now, clause="18", note=str(note))
        else:
            said = {"order": item.order, "note": str(note)}
            journal.record("agenda.item_taken_off", meeting, by=by, now=now, clause="18", **said)
    return agencies


def _standing(note: JustificationNote) -> list[tuple[Meeting, AgendaItem]]:
    """Return where the question stands on an agenda, each meeting locked, by pk: as it is only now."""
    found = []
    for meeting in locked_agendas(note.question, note.meeting):
        item = meeting.items.for_agenda().filter(question=note.question).first()
        if item is not None and meeting.state in (State.PLANNED, *RUNNING):
            item.meeting = meeting
            found.append((meeting, item))
    return found


def _ground_drafts(note: JustificationNote) -> None:
    """Name the note as the ground of the question where it stands on a draft agenda without one."""
    for meeting, item in _standing(note):
        if meeting.state != State.PLANNED or has_basis(item, meeting.day):
            continue
        approved = approved_version(meeting)
        digest = content_hash(agenda_content(meeting, meeting.items.for_agenda()))
        is_frozen = submitted_version(meeting) is not None or (approved and approved.sha256 == digest)
        if not is_frozen:
            item.note, item.plan_item = note, note.plan_item or item.plan_item
            item.save()


def _put_on_running_meeting(note: JustificationNote, *, by: Actor, now: datetime) -> None:
    """Put an added question behind the approved agenda of the meeting that is going on (clause 18)."""
    if note.meeting is None:
        return
    meeting = locked_meeting(note.meeting)
    if meeting.state not in RUNNING or meeting.items.filter(question=note.question).exists():
        return
    order = _next_order(meeting)
    AgendaItem.objects.create(
        meeting=meeting,
        question=note.question,
        order=order,
        agency=cast(Organisation, note.agency),
        plan_item=note.plan_item,
        note=note,
    )
    journal.record("agenda.item_added", meeting, by=by, now=now, clause="18", order=order, note=str(note))


def _next_order(meeting: Meeting) -> int:
    return (meeting.items.aggregate(last=Max("order"))["last"] or 0) + 1
