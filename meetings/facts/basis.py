"""On what ground a question stands on an agenda: a row of the plan, or a note of clause 18."""

from datetime import date

from django.db.models import QuerySet

from meetings.models import AgendaItem, JustificationNote, PlanItem, Question, WorkPlan
from meetings.states import Change, NoteState, PlanItemState, PlanState
from members.models import Staff


def half_of(year: int, month: int) -> tuple[int, int]:
    """Return the half-year in which the month lies: (2027, 1) is the first half of 2027 (clause 16)."""
    return year, 1 if month <= 6 else 2


def plan_covering(staff: Staff, year: int, month: int) -> WorkPlan | None:
    """Return the approved half-year plan that the month lies in, or None (clause 17)."""
    plan = plan_of_month(staff, year, month)
    return plan if plan is not None and plan.state == PlanState.APPROVED else None


def plan_of_month(staff: Staff, year: int, month: int) -> WorkPlan | None:
    """Return the half-year plan that the month lies in, approved or still being made, or None (clause 16)."""
    _year, half = half_of(year, month)
    return WorkPlan.objects.filter(staff=staff, year=year, half=half).first()


def live_rows(staff: Staff) -> QuerySet[PlanItem]:
    """Return the questions of approved plans that still stand, the latest plan first."""
    rows = PlanItem.objects.filter(plan__staff=staff, plan__state=PlanState.APPROVED, question__isnull=False)
    standing = rows.exclude(state=PlanItemState.REMOVED).select_related("plan", "question", "agency")
    return standing.order_by("-plan__year", "-plan__half", "section", "order")


def row_of(question: Question, day: date) -> PlanItem | None:
    """Return the row by which `question` stands on an agenda of `day`: of its half-year, else the latest."""
    rows = list(live_rows(question.staff).filter(question=question))
    half = half_of(day.year, day.month)
    return next((row for row in rows if (row.plan.year, row.plan.half) == half), rows[0] if rows else None)


def note_adding(question: Question) -> JustificationNote | None:
    """Return the latest agreed note that puts `question` on an agenda, or None (clause 18)."""
    notes = question.notes.filter(state=NoteState.AGREED).exclude(kind=Change.REMOVE)
    return notes.order_by("-year", "-number").first()


def is_planned(item: AgendaItem) -> bool:
    """Return whether the question is a row of an approved plan that still stands, of whatever half-year."""
    row = item.plan_item
    return row is not None and row.plan.state == PlanState.APPROVED and row.state != PlanItemState.REMOVED


def has_basis(item: AgendaItem, day: date) -> bool:
    """Return whether the plan, or an agreed note, puts the question into the half-year of `day`.

    Within its half-year a question is considered in any month (clauses 17, 18).
    """
    half, row, note = half_of(day.year, day.month), item.plan_item, item.note
    if row is not None and is_planned(item) and half_of(*row.due_month) == half:
        return True
    return note is not None and note.is_agreed and half_of(note.to_year or 0, note.to_month or 0) == half


def note_taking_off(item: AgendaItem) -> JustificationNote | None:
    """Return the note by which the head took the question off while its meeting was going on, or None.

    The place on the approved agenda is kept, nothing is put to the vote on it (clause 18). One that is added
    again at the meeting stands again.
    """
    meeting = item.meeting
    began, over = meeting.registration_at, meeting.ended_at
    if began is None:
        return None
    agreed = [
        note
        for note in item.question.notes.all()
        if note.is_agreed and note.decided_at and note.decided_at >= began
        if over is None or note.decided_at <= over
    ]
    last = max(agreed, key=lambda note: (note.decided_at, note.pk), default=None)
    return last if last is not None and leaves(last, item) else None


def leaves(note: JustificationNote, item: AgendaItem) -> bool:
    """Return whether an agreed `note` takes the question off the agenda of `item` (clause 18)."""
    if note.kind == Change.ADD:
        return False
    day = item.meeting.day
    return note.meeting_id == item.meeting_id or (day.year, day.month) != (note.to_year, note.to_month)


def is_added_at_meeting(item: AgendaItem) -> bool:
    """Return whether the head added the question while the meeting was going on, past the approved agenda."""
    note, began = item.note, item.meeting.registration_at
    if note is None or note.meeting_id != item.meeting_id or note.decided_at is None:
        return False
    return began is not None and note.decided_at >= began
