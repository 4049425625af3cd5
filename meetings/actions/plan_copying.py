from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from meetings import permissions
from meetings.actions.plan_rows import add_plan_row
from meetings.actions.plans import control_hash, editable_plan, make_plan, set_control
from meetings.facts.execution import execution_of
from meetings.facts.plans import items_of
from meetings.locks import lock_series
from meetings.models import AgendaItem, PlanItem, Question, WorkPlan
from meetings.months import half_of
from meetings.policies import plans as policies
from meetings.states import Execution, PlanItemState, State
from members import journal
from members.models import Staff
from members.permissions import Actor

# A question on the agenda of such a meeting is about to be considered.
COMING = (State.PLANNED, State.REGISTRATION, State.OPEN)
COPIED = ("speaker", "expected", "completion", "remark")


class Carried(NamedTuple):
    """A row that comes over: its month in the new half-year, and the question that goes on itself or None."""

    item: PlanItem
    month: int
    question: Question | None


@transaction.atomic
def begin_plan(
    staff: Staff,
    *,
    year: int,
    half: int,
    source: WorkPlan | None,
    by: Actor,
    now: datetime,
    anew: bool = False,
) -> WorkPlan:
    """Begin the plan of a half-year with the rows of an earlier one, or empty, and return it (clause 16)."""
    plan = make_plan(staff, year=year, half=half, by=by, now=now)
    if source is not None:
        copy_plan(source, plan, by=by, now=now, anew=anew)
    return plan


@transaction.atomic
def copy_plan(source: WorkPlan, plan: WorkPlan, *, by: Actor, now: datetime, anew: bool = False) -> int:
    """Copy the rows and section 3 of an earlier half-year into a draft, and return how many rows are new.

    Months move to the new half-year. A question not considered in time goes on itself, and so does one that
    the head moved into this half-year, with its month. One still to come, or on an agenda, stays behind. One
    that was considered comes over only `anew`: as a new question. Copied twice, nothing doubles.
    """
    permissions.PREPARE_PLAN.require(by, source.staff_id)
    lock_series(plan.staff)
    plan = editable_plan(plan, by)
    source = WorkPlan.objects.get(pk=source.pk)
    policies.may_copy(source, plan).or_raise()
    today = timezone.localdate(now)
    before = plan.items.count()
    known = {_titles(item) for item in items_of(plan)}
    for carried in _carried(source, plan, anew=anew, today=today):
        if _titles(carried.item) not in known:
            _copy(carried, plan, by=by, now=now)
    if not (plan.control_kk or plan.control_ru):
        texts = {"control_kk": source.control_kk, "control_ru": source.control_ru}
        set_control(plan, seen=control_hash(plan), by=by, now=now, **texts)
    count = plan.items.count() - before
    journal.record(
        "plan.copied", plan, by=by, now=now, clause="26.5", plan=plan.key, source=source.key, count=count
    )
    return count


def _titles(item: PlanItem) -> tuple[int, str, str]:
    titled = item.question or item
    return item.section, titled.title_kk, titled.title_ru


def _carried(source: WorkPlan, plan: WorkPlan, *, anew: bool, today: date) -> Iterator[Carried]:
    """Yield the rows of `source` that belong into `plan`."""
    considered = {
        row.row.pk for row in execution_of(source, today=today).rows if row.state == Execution.CONSIDERED
    }
    for item in items_of(source).exclude(state=PlanItemState.REMOVED):
        month = plan.first_month + (item.month - 1) % 6
        if item.question is None:
            yield Carried(item, month, None)
        elif item.pk in considered:
            if anew:
                yield Carried(item, month, None)
        elif _goes_on(item, item.question, plan, today=today):
            is_moved_here = half_of(_due(item)) == (plan.year, plan.half)
            yield Carried(item, _due(item).month if is_moved_here else month, item.question)


def _due(item: PlanItem) -> date:
    year, month = item.due_month
    return date(year, month, 1)


def _goes_on(item: PlanItem, question: Question, plan: WorkPlan, *, today: date) -> bool:
    """Whether the question is late, or was moved into the half-year of `plan`, and nothing else holds it."""
    if AgendaItem.objects.filter(question=question, meeting__state__in=COMING).exists():
        return False
    others = PlanItem.objects.filter(question=question).exclude(state=PlanItemState.REMOVED)
    others = others.exclude(pk=item.pk).exclude(plan=plan).select_related("plan")
    this_month = today.replace(day=1)
    if any(_due(other) >= this_month for other in others):
        return False
    return _due(item) < this_month or half_of(_due(item)) == (plan.year, plan.half)


def _copy(carried: Carried, plan: WorkPlan, *, by: Actor, now: datetime) -> None:
    item, titled = carried.item, carried.item.question
    texts = {f"{name}_{code}": getattr(item, f"{name}_{code}") for name in COPIED for code in ("kk", "ru")}
    _section, title_kk, title_ru = _titles(item)
    add_plan_row(
        plan,
        section=item.section,
        question=carried.question,
        title_kk=title_kk,
        title_ru=title_ru,
        month=carried.month,
        agency=item.agency,
        indicator=item.indicator,
        by=by,
        now=now,
        **({"kind": titled.kind} if titled else {}),
        **texts,
    )
