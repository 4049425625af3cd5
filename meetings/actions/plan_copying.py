from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from meetings import permissions
from meetings.actions.plan_rows import add_plan_row
from meetings.actions.plans import editable_plan, make_plan, set_control
from meetings.facts.plans import items_of
from meetings.locks import lock_series
from meetings.models import AgendaItem, PlanItem, Question, WorkPlan
from meetings.policies import plans as policies
from meetings.states import PlanItemState, PlanState, Section, State
from members import journal
from members.models import Staff
from members.permissions import Actor

# A question that stands here is considered, or about to be.
TREATED = (State.PLANNED, State.REGISTRATION, State.OPEN, State.ENDED)
COPIED = ("speaker", "expected", "completion", "remark")


@transaction.atomic
def begin_plan(
    staff: Staff, *, year: int, half: int, source: WorkPlan | None, by: Actor, now: datetime
) -> WorkPlan:
    """Begin the plan of a half-year with the rows of an earlier one, or empty, and return it (clause 16)."""
    plan = make_plan(staff, year=year, half=half, by=by, now=now)
    if source is not None:
        copy_plan(source, plan, by=by, now=now)
    return plan


@transaction.atomic
def copy_plan(source: WorkPlan, plan: WorkPlan, *, by: Actor, now: datetime) -> int:
    """Copy the rows and section 3 of an earlier half-year into a draft, and return how many rows are new.

    Months move to the new half-year. A question that was never considered goes on itself unless a live plan
    holds it; any other becomes a new question with the same titles. Copied twice, nothing doubles.
    """
    permissions.PREPARE_PLAN.require(by, source.staff_id)
    lock_series(plan.staff)
    plan = editable_plan(plan, by)
    source = WorkPlan.objects.get(pk=source.pk)
    policies.may_copy(source, plan).or_raise()
    today = timezone.localdate(now)
    before = plan.items.count()
    known = {_titles(item) for item in items_of(plan)}
    for item in items_of(source).exclude(state=PlanItemState.REMOVED):
        if _titles(item) not in known:
            _copy(item, plan, today=today, by=by, now=now)
    if not (plan.control_kk or plan.control_ru):
        set_control(plan, control_kk=source.control_kk, control_ru=source.control_ru, by=by, now=now)
    count = plan.items.count() - before
    journal.record(
        "plan.copied", plan, by=by, now=now, clause="26.5", plan=plan.key, source=source.key, count=count
    )
    return count


def _titles(item: PlanItem) -> tuple[int, str, str]:
    titled = item.question or item
    return item.section, titled.title_kk, titled.title_ru


def _copy(item: PlanItem, plan: WorkPlan, *, today: date, by: Actor, now: datetime) -> None:
    texts = {f"{name}_{code}": getattr(item, f"{name}_{code}") for name in COPIED for code in ("kk", "ru")}
    _section, title_kk, title_ru = _titles(item)
    question = item.question
    goes_on = question is not None and _is_free(question, today=today)
    add_plan_row(
        plan,
        section=item.section,
        question=question if goes_on else None,
        title_kk=title_kk,
        title_ru=title_ru,
        month=plan.first_month + (item.month - 1) % 6,
        agency=item.agency,
        indicator=item.indicator,
        by=by,
        now=now,
        **({"kind": question.kind} if question else {}),
        **texts,
    )


def _is_free(question: Question, *, today: date) -> bool:
    """Whether the question was never considered, is on no agenda, and stands in no other live plan."""
    if AgendaItem.objects.filter(question=question, meeting__state__in=TREATED).exists():
        return False
    rows = PlanItem.objects.filter(question=question, section=Section.QUESTIONS)
    rows = rows.exclude(state=PlanItemState.REMOVED).select_related("plan")
    return not any(row.plan.state != PlanState.APPROVED or row.plan.last_day >= today for row in rows)
