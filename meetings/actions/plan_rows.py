from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from meetings.actions.plans import editable_plan
from meetings.facts import content_hash
from meetings.facts.plans import row_text
from meetings.models import PlanItem, Proposal, Question, WorkPlan
from meetings.policies import plans as policies
from meetings.states import ProposalState, QuestionKind, Section
from members import journal
from members.permissions import Actor

# Above every real order: two rows swap without meeting the unique constraint on the way.
ASIDE = 1000


@transaction.atomic
def add_plan_row(
    plan: WorkPlan,
    *,
    section: int,
    by: Actor,
    now: datetime,
    question: Question | None = None,
    title_kk: str = "",
    title_ru: str = "",
    kind: str = QuestionKind.DECISION,
    **fields: Any,
) -> PlanItem:
    """Put a row at the end of a section: a question (section 1), new or known, or a measure (section 2).

    `fields` are those of PlanItem. Sent twice, it stands once. Raises Refused.
    """
    plan = editable_plan(plan, by)
    policies.is_in_plan(plan, fields["month"]).or_raise()
    same = _same_row(plan, section, question, title_kk, title_ru)
    if same is not None:
        return same
    if section == Section.QUESTIONS:
        question = question or Question.objects.create(
            staff=plan.staff, title_kk=title_kk, title_ru=title_ru, kind=kind
        )
        item = _append(plan, section, question=question, **fields)
    else:
        item = _append(plan, section, title_kk=title_kk, title_ru=title_ru, **fields)
    record_row("plan.row_added", item, by=by, now=now)
    return item


@transaction.atomic
def edit_plan_row(
    item: PlanItem,
    *,
    seen: str,
    title_kk: str,
    title_ru: str,
    by: Actor,
    now: datetime,
    kind: str = QuestionKind.DECISION,
    **fields: Any,
) -> PlanItem:
    """Change a row of the draft and, in section 1, the titles of its question.

    `seen` is `row_hash` of the row that was opened for editing. Raises Refused, "row_edited_meanwhile" too.
    """
    plan = editable_plan(item.plan, by)
    item = plan_row(plan, item.pk)
    policies.is_row_as_seen(seen, row_hash(item)).or_raise()
    policies.is_in_plan(plan, fields["month"]).or_raise()
    if item.question is not None:
        item.question.title_kk, item.question.title_ru, item.question.kind = title_kk, title_ru, kind
        item.question.save()
    else:
        item.title_kk, item.title_ru = title_kk, title_ru
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    record_row("plan.row_changed", item, by=by, now=now)
    return item


@transaction.atomic
def move_plan_row(item: PlanItem, *, up: bool, by: Actor, now: datetime) -> None:
    """Move a row one place up or down in its section; at the edge nothing happens. Raises Refused."""
    plan = editable_plan(item.plan, by)
    item = plan_row(plan, item.pk)
    rows = plan.items.filter(section=item.section)
    neighbour = rows.filter(order=item.order + (-1 if up else 1)).first()
    if neighbour is None:
        return
    old, new = item.order, neighbour.order
    PlanItem.objects.filter(pk=item.pk).update(order=ASIDE)
    for row, order in ((neighbour, old), (item, new)):
        row.order = order
        row.save()
    record_row("plan.row_moved", item, by=by, now=now)


@transaction.atomic
def remove_plan_row(item: PlanItem, *, by: Actor, now: datetime) -> None:
    """Take a row out of the draft; its question lives on, and a proposal waits for an answer again."""
    plan = editable_plan(item.plan, by)
    item = plan_row(plan, item.pk)
    section, order = item.section, item.order
    record_row("plan.row_removed", item, by=by, now=now)
    for proposal in Proposal.objects.filter(item=item):
        proposal.item, proposal.state = None, ProposalState.NEW
        proposal.save()
    item.delete()
    for later in plan.items.filter(section=section, order__gt=order).order_by("order"):
        later.order -= 1
        later.save()


def plan_row(plan: WorkPlan, pk: int) -> PlanItem:
    """Return a row of the plan as it is now."""
    related = ("question", "agency", "proposal__seat", "proposal__author")
    item = plan.items.select_related(*related).get(pk=pk)
    item.plan = plan
    return item


def row_hash(item: PlanItem) -> str:
    """Return what a form keeps of the row it was opened for: its text, whatever its place."""
    content = vars(row_text(item)) | {"order": 0, "agency": item.agency_id}
    return content_hash(content)


def record_row(act: str, item: PlanItem, *, by: Actor, now: datetime) -> None:
    """Write an act about a row into the journal of its plan."""
    named = {"plan": item.plan.key, "section": item.section, "order": item.order}
    journal.record(act, item.plan, by=by, now=now, clause="26.5", **named)


def _append(plan: WorkPlan, section: int, **fields: Any) -> PlanItem:
    last = plan.items.filter(section=section).aggregate(last=Max("order"))["last"] or 0
    return PlanItem.objects.create(plan=plan, section=section, order=last + 1, **fields)


def _same_row(
    plan: WorkPlan, section: int, question: Question | None, title_kk: str, title_ru: str
) -> PlanItem | None:
    rows = plan.items.filter(section=section)
    if question is not None:
        return rows.filter(question=question).first()
    prefix = "question__" if section == Section.QUESTIONS else ""
    titles = {f"{prefix}title_kk": title_kk, f"{prefix}title_ru": title_ru}
    return rows.filter(**titles).first()
