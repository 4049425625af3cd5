"""On what ground a question stands on an agenda: a row of the plan, or a note of clause 18."""

from datetime import date

from django.db.models import QuerySet

from meetings.models import AgendaItem, JustificationNote, PlanItem, Question, WorkPlan
from meetings.states import Change, NoteState, PlanItemState, PlanState
from members.models import Staff


def plan_covering(staff: Staff, year: int, month: int) -> WorkPlan | None:
    """Return the approved half-year plan that the month lies in, or None (clause 17)."""
    half = 1 if month <= 6 else 2
    return WorkPlan.objects.filter(staff=staff, year=year, half=half, state=PlanState.APPROVED).first()


def live_rows(staff: Staff) -> QuerySet[PlanItem]:
    """Return the questions of approved plans that still stand, the latest plan first."""
    rows = PlanItem.objects.filter(plan__staff=staff, plan__state=PlanState.APPROVED, question__isnull=False)
    standing = rows.exclude(state=PlanItemState.REMOVED).select_related("plan", "question", "agency")
    return standing.order_by("-plan__year", "-plan__half", "section", "order")


def row_of(question: Question, day: date) -> PlanItem | None:
    """Return the row by which `question` stands on an agenda of `day`: of its half-year, else the latest."""
    rows = list(live_rows(question.staff).filter(question=question))
    half = (day.year, 1 if day.month <= 6 else 2)
    return next((row for row in rows if (row.plan.year, row.plan.half) == half), rows[0] if rows else None)


def note_adding(question: Question) -> JustificationNote | None:
    """Return the latest agreed note that puts `question` on an agenda, or None (clause 18)."""
    notes = question.notes.filter(state=NoteState.AGREED).exclude(kind=Change.REMOVE)
    return notes.order_by("-year", "-number").first()


def has_basis(item: AgendaItem) -> bool:
    """Return whether the question is a standing row of an approved plan, or the head added it by a note."""
    row = item.plan_item
    if row is not None and row.plan.state == PlanState.APPROVED and row.state != PlanItemState.REMOVED:
        return True
    return item.note is not None and item.note.is_agreed


def is_added_at_meeting(item: AgendaItem) -> bool:
    """Return whether the head added the question while the meeting was going on, past the approved agenda."""
    note, began = item.note, item.meeting.registration_at
    if note is None or note.meeting_id != item.meeting_id or note.decided_at is None:
        return False
    return began is not None and note.decided_at >= began
