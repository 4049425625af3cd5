from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from meetings import letters, permissions
from meetings.facts import content_hash
from meetings.locks import lock_series, locked_plan
from meetings.models import WorkPlan
from meetings.policies import plans as policies
from meetings.states import PlanState
from members import journal, notices
from members.labels import message
from members.models import Staff, User
from members.notices import to_user
from members.permissions import Actor, holders_on
from members.states import Role


@transaction.atomic
def make_plan(staff: Staff, *, year: int, half: int, by: Actor, now: datetime) -> WorkPlan:
    """Begin the plan of a half-year and return it; one that is there already is returned as it is (16)."""
    permissions.PREPARE_PLAN.require(by, staff.pk)
    lock_series(staff)
    plan, is_new = WorkPlan.objects.get_or_create(staff=staff, year=year, half=half)
    if is_new:
        journal.record("plan.made", plan, by=by, now=now, clause="16", plan=plan.key)
    return plan


@transaction.atomic
def call_for_proposals(plan: WorkPlan, *, due: date, by: Actor, now: datetime) -> WorkPlan:
    """Ask the members for proposals until the local date `due`, by letter; another date asks again (16).

    Raises Refused.
    """
    permissions.PREPARE_PLAN.require(by, plan.staff_id)
    plan = locked_plan(plan)
    if plan.state == PlanState.COLLECTING and plan.proposals_due == due:
        return plan
    policies.may_call(plan, due, today=timezone.localdate(now)).or_raise()
    plan.state, plan.proposals_due = PlanState.COLLECTING, due
    plan.called_at, plan.called_by = now, by.person
    plan.save()
    journal.record("plan.called", plan, by=by, now=now, clause="16", plan=plan.key, day=due)
    notices.send(
        plan.staff,
        "plan.called",
        f"plan.called:{plan.pk}:{due}:{now:%Y%m%d%H%M%S%f}",
        message(lambda: letters.plan_called(plan), plan.get_absolute_url()),
        [to_user(user) for user in members_on(plan.staff, timezone.localdate(now)) if user != by.user],
        now=now,
    )
    return plan


@transaction.atomic
def set_control(
    plan: WorkPlan, *, seen: str, control_kk: str, control_ru: str, by: Actor, now: datetime
) -> WorkPlan:
    """Write section 3, the control of decisions (template T4).

    `seen` is `control_hash` of the text that was opened for editing. Raises Refused,
    "control_edited_meanwhile" too.
    """
    plan = editable_plan(plan, by)
    if (plan.control_kk, plan.control_ru) == (control_kk, control_ru):
        return plan
    policies.is_control_as_seen(seen, control_hash(plan)).or_raise()
    plan.control_kk, plan.control_ru = control_kk, control_ru
    plan.save()
    journal.record("plan.control_changed", plan, by=by, now=now, clause="26.5", plan=plan.key)
    return plan


def control_hash(plan: WorkPlan) -> str:
    """Return what a form keeps of the section 3 it was opened for."""
    return content_hash({"control_kk": plan.control_kk, "control_ru": plan.control_ru})


def editable_plan(plan: WorkPlan, by: Actor) -> WorkPlan:
    """Return the plan locked for the secretary's writing, or raise Refused."""
    permissions.PREPARE_PLAN.require(by, plan.staff_id)
    plan = locked_plan(plan)
    policies.may_edit_plan(plan).or_raise()
    return plan


def members_on(staff: Staff, day: date) -> list[User]:
    """Return the members, that is who holds a seat with a vote on the local date `day`."""
    return [holder.user for holder in holders_on(staff, day).filter(seat__votes=True)]


def secretaries_on(staff: Staff, day: date) -> list[User]:
    """Return who holds the secretary's seat on the local date `day`."""
    return [holder.user for holder in holders_on(staff, day).filter(seat__role=Role.SECRETARY)]
