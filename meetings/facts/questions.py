"""The life of a question: where it was planned, moved, treated, and what came of it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from meetings.facts.changes import notes_with_all
from meetings.facts.execution import is_treated
from meetings.models import AgendaItem, Ballot, JustificationNote, Material, PlanItem, Question
from meetings.states import NoteState, PlanItemState, PlanState, State, Treatment

UPCOMING = (State.PLANNED, State.REGISTRATION, State.OPEN)


@dataclass(frozen=True)
class ItemLife:
    """One treatment: the item on its agenda, and the vote that counts or None."""

    item: AgendaItem
    ballot: Ballot | None


@dataclass(frozen=True)
class QuestionLife:
    """Everything that happened to a question, each part in the order of time."""

    question: Question
    state: str
    rows: tuple[PlanItem, ...]
    notes: tuple[JustificationNote, ...]
    items: tuple[ItemLife, ...]
    materials: tuple[Material, ...]


def with_life(questions: QuerySet[Question]) -> QuerySet[Question]:
    """Return the questions with what their states are computed from, in a fixed number of queries."""
    return questions.prefetch_related(
        "plan_items__plan", "notes", "items__meeting__staff", "items__ballots", "items__question"
    ).order_by("-pk")


def state_of(question: Question) -> str:
    """Return where a question of `with_life` stands now."""
    items = list(question.items.all())
    if any(item.meeting.state in UPCOMING for item in items):
        return Treatment.ON_AGENDA
    if any(is_treated(item) for item in items):
        return Treatment.CONSIDERED
    written = list(question.plan_items.all())
    rows = [row for row in written if row.plan.state == PlanState.APPROVED]
    if any(row.state != PlanItemState.REMOVED for row in rows):
        return Treatment.PLANNED
    notes = {note.state for note in question.notes.all()}
    if NoteState.SUBMITTED in notes:
        return Treatment.PROPOSED
    if len(rows) < len(written):
        return Treatment.DRAFTED
    return Treatment.REMOVED if rows else Treatment.FREE


def life_of(question: Question) -> QuestionLife:
    """Return the whole life of a question of `with_life`; what of it a person may see, `sight` says."""
    rows = question.plan_items.select_related("plan__staff", "agency", "added_by")
    notes = notes_with_all(question.notes.all()).order_by("year", "number")
    items = question.items.select_related("meeting__staff", "agency", "plan_item__plan", "note", "question")
    materials = question.materials.select_related("item__meeting__staff", "agency", "replaced_by")
    return QuestionLife(
        question=question,
        state=state_of(question),
        rows=tuple(rows.order_by("plan__year", "plan__half", "order")),
        notes=tuple(notes),
        items=tuple(
            ItemLife(item, _counted(item))
            for item in items.prefetch_related("ballots__chair", "owed", "materials").order_by(
                "meeting__day", "meeting"
            )
        ),
        materials=tuple(materials.order_by("uploaded_at", "pk")),
    )


def _counted(item: AgendaItem) -> Ballot | None:
    closed = [ballot for ballot in item.ballots.all() if ballot.closed_at]
    return closed[-1] if closed else None
