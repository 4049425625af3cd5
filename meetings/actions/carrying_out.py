"""What an agreed note changes: the row of the plan, the agendas being prepared, the running meeting."""

from datetime import datetime
from typing import cast

from django.db.models import Max

from meetings.actions.agenda import give_back, take_off
from meetings.facts import agenda_content, content_hash
from meetings.facts.basis import plan_covering
from meetings.locks import approved_version, locked_meeting, submitted_version
from meetings.models import AgendaItem, JustificationNote, Meeting, PlanItem, WorkPlan
from meetings.states import Change, PlanItemState, Section, State
from members import journal
from members.models import Organisation
from members.permissions import Actor

RUNNING = (State.REGISTRATION, State.OPEN)


def carry_out(note: JustificationNote, *, by: Actor, now: datetime) -> None:
    """Change what an agreed note names, before it is saved itself (clause 18)."""
    if note.kind == Change.ADD:
        _add_row(note)
        _ground_drafts(note)
        _put_on_running_meeting(note, by=by, now=now)
        return
    if note.plan_item is not None:
        _change_row(note, note.plan_item)
    _leave_agendas(note, by=by, now=now)


def _change_row(note: JustificationNote, row: PlanItem) -> None:
    row.moved_year, row.moved_month = note.to_year, note.to_month
    row.state = PlanItemState.MOVED if note.kind == Change.MOVE else PlanItemState.REMOVED
    row.save()


def _add_row(note: JustificationNote) -> None:
    """Add the question to the plan that covers its month; a row that was removed there stands again."""
    if note.to_year is None or note.to_month is None:
        return
    plan = plan_covering(note.staff, note.to_year, note.to_month)
    if plan is None:
        return
    row = plan.items.filter(question=note.question).first()
    if row is None:
        row = _new_row(note, plan, note.to_month)
    else:
        row.state, row.moved_year, row.moved_month = PlanItemState.MOVED, note.to_year, note.to_month
        row.added_by = note
        row.save()
    note.plan, note.plan_item = plan, row


def _new_row(note: JustificationNote, plan: WorkPlan, month: int) -> PlanItem:
    last = plan.items.filter(section=Section.QUESTIONS).aggregate(last=Max("order"))["last"]
    return PlanItem.objects.create(
        plan=plan,
        section=Section.QUESTIONS,
        order=(last or 0) + 1,
        question=note.question,
        month=month,
        # The constraint note_added_by_agency: never None here.
        agency=cast(Organisation, note.agency),
        added_by=note,
    )


def _leave_agendas(note: JustificationNote, *, by: Actor, now: datetime) -> None:
    """Take the question off the agendas being prepared; one that lies with the head goes back with it."""
    items = AgendaItem.objects.filter(question=note.question, meeting__state=State.PLANNED)
    for item in items.select_related("meeting").order_by("meeting"):
        is_for_it = note.meeting_id == item.meeting_id
        if is_for_it or (item.meeting.day.year, item.meeting.day.month) != (note.to_year, note.to_month):
            meeting = locked_meeting(item.meeting)
            give_back(meeting, remark=note.decision_reason, ground=note.ground, by=by, now=now)
            take_off(meeting, item, by=by, now=now, clause="18", note=str(note))


def _ground_drafts(note: JustificationNote) -> None:
    """Name the note as the ground of the question where it stands on a draft agenda without one already."""
    items = AgendaItem.objects.filter(question=note.question, meeting__state=State.PLANNED, plan_item=None)
    for item in items.filter(note=None).select_related("meeting").order_by("meeting"):
        meeting = locked_meeting(item.meeting)
        approved = approved_version(meeting)
        digest = content_hash(agenda_content(meeting, meeting.items.for_agenda()))
        is_frozen = submitted_version(meeting) is not None or (approved and approved.sha256 == digest)
        if not is_frozen:
            item.note, item.plan_item = note, note.plan_item
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
