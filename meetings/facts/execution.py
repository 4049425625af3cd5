"""How far a half-year plan is carried out: computed from the meetings, never typed (clauses 17, 18)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from meetings.facts.basis import half_of, note_taking_off, plan_covering
from meetings.models import AgendaItem, PlanItem, WorkPlan
from meetings.states import Execution, PlanItemState, QuestionKind, Section, State
from members.models import Staff

# What is only heard needs no vote.
HEARD = (QuestionKind.INFORMATION, QuestionKind.HEARING)


@dataclass(frozen=True)
class RowExecution:
    """What became of one planned question; `treated` is its treatment at a lawful meeting, or None."""

    row: PlanItem
    state: str
    treated: AgendaItem | None

    @property
    def due(self) -> date:
        """The first day of the month in which it is due now."""
        year, month = self.row.due_month
        return date(year, month, 1)


@dataclass(frozen=True)
class PlanExecution:
    """The questions of a plan with what became of each; shares always stand beside their base."""

    plan: WorkPlan
    rows: tuple[RowExecution, ...]

    @property
    def total(self) -> int:
        return len(self.rows)

    def _count(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)

    @property
    def considered(self) -> int:
        return self._count(Execution.CONSIDERED)

    @property
    def moved(self) -> int:
        return self._count(Execution.MOVED)

    @property
    def removed(self) -> int:
        return self._count(Execution.REMOVED)

    @property
    def coming(self) -> int:
        return self._count(Execution.COMING)

    @property
    def overdue(self) -> int:
        return self._count(Execution.OVERDUE)


def execution_of(plan: WorkPlan, *, today: date) -> PlanExecution:
    """Return what became of every question of `plan` by the local date `today`."""
    return executions_of([plan], today=today)[plan.pk]


def execution_now(staff: Staff, *, today: date) -> PlanExecution | None:
    """Return the execution of the approved plan of the half-year of `today`, or None without one."""
    plan = plan_covering(staff, today.year, today.month)
    return execution_of(plan, today=today) if plan else None


def executions_of(plans: Iterable[WorkPlan], *, today: date) -> dict[int, PlanExecution]:
    """Return the execution of each plan by its key; the number of queries does not depend on the plans."""
    by_plan = {plan.pk: plan for plan in plans}
    rows = PlanItem.objects.filter(plan__in=by_plan, section=Section.QUESTIONS).select_related("question")
    found: dict[int, list[PlanItem]] = defaultdict(list)
    for row in rows.order_by("plan", "order"):
        row.plan = by_plan[row.plan_id]
        found[row.plan_id].append(row)
    treated = _treated([row for group in found.values() for row in group])
    return {
        pk: PlanExecution(plan, tuple(_execution(row, treated, today) for row in found[pk]))
        for pk, plan in by_plan.items()
    }


def _treated(rows: list[PlanItem]) -> dict[int, list[AgendaItem]]:
    """Return the treatments at lawful meetings by question, the earliest first."""
    items = AgendaItem.objects.filter(
        question__in={row.question_id for row in rows}, meeting__state=State.ENDED
    )
    found: dict[int, list[AgendaItem]] = defaultdict(list)
    related = items.select_related("meeting__staff", "question").prefetch_related(
        "ballots", "question__notes"
    )
    for item in related.order_by("meeting__day", "meeting", "order"):
        if is_treated(item):
            found[item.question_id].append(item)
    return found


def is_treated(item: AgendaItem) -> bool:
    """Return whether the question was dealt with: voted with a quorum, or heard at a meeting that is over.

    What the head took off at the meeting itself was not heard (clause 18).
    """
    if item.meeting.state != State.ENDED:
        return False
    voted = any(ballot.closed_at and ballot.reason != "no_quorum" for ballot in item.ballots.all())
    return voted or (item.question.kind in HEARD and note_taking_off(item) is None)


def treatment_of(row: PlanItem) -> AgendaItem | None:
    """Return the treatment of a planned question at a lawful meeting, or None (clauses 17, 18)."""
    return _treatment(row, _treated([row]))


def _execution(row: PlanItem, treated: dict[int, list[AgendaItem]], today: date) -> RowExecution:
    item = _treatment(row, treated)
    return RowExecution(row, _state(row, item, today), item)


def _treatment(row: PlanItem, treated: dict[int, list[AgendaItem]]) -> AgendaItem | None:
    items = treated.get(row.question_id or 0, [])
    return next((item for item in items if _is_of(item, row)), None)


def _is_of(item: AgendaItem, row: PlanItem) -> bool:
    day = item.meeting.day
    if item.plan_item_id is None:
        return day >= row.plan.first_day
    # Moved into a half-year whose plan names it too, it is considered as a row of that plan.
    is_moved_there = row.state == PlanItemState.MOVED and half_of(*row.due_month) == half_of(
        day.year, day.month
    )
    return item.plan_item_id == row.pk or is_moved_there


def _state(row: PlanItem, treated: AgendaItem | None, today: date) -> str:
    if treated is not None:
        return Execution.CONSIDERED
    if row.state == PlanItemState.REMOVED:
        return Execution.REMOVED
    if row.due_month < (today.year, today.month):
        return Execution.OVERDUE
    return Execution.MOVED if row.state == PlanItemState.MOVED else Execution.COMING
