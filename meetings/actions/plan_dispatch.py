from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meetings import letters, permissions
from meetings.actions.plans import members_on
from meetings.facts.plans import approved_plan_version
from meetings.locks import locked_plan
from meetings.models import PlanDelivery, PlanDispatch, WorkPlan
from meetings.policies import plans as policies
from members import journal, notices
from members.labels import message
from members.models import User
from members.notices import to_user
from members.permissions import Actor
from regulation.verdicts import Refused, refused


@transaction.atomic
def dispatch_plan(plan: WorkPlan, *, by: Actor, now: datetime) -> PlanDispatch:
    """Send the approved plan to all members, once, with proof of each letter (clause 17). Raises Refused."""
    permissions.PREPARE_PLAN.require(by, plan.staff_id)
    plan = locked_plan(plan)
    version = approved_plan_version(plan)
    policies.may_dispatch_plan(version).or_raise()
    if version is None:
        raise Refused(refused("plan_not_approved", "17"))
    already = PlanDispatch.objects.filter(version=version).first()
    if already is not None:
        return already
    sent = PlanDispatch.objects.create(version=version, sent_at=now, sent_by=by.person)
    journal.record(
        "plan.dispatched", plan, by=by, now=now, clause="17", plan=plan.key, version=version.number
    )
    people = [user for user in members_on(plan.staff, timezone.localdate(now)) if user != by.user]
    told = notices.send(
        plan.staff,
        "plan.dispatched",
        f"plan.dispatched:{sent.pk}",
        message(lambda: letters.plan_sent(plan), plan.get_absolute_url()),
        [to_user(user) for user in people],
        now=now,
    )
    PlanDelivery.objects.bulk_create(
        PlanDelivery(dispatch=sent, notice=notice, user_id=notice.recipient_id) for notice in told
    )
    return sent


def note_plan_opening(plan: WorkPlan, user: User, *, now: datetime) -> None:
    """Remember that `user` has opened the plan that was sent: a read mark, not an act."""
    PlanDelivery.objects.filter(dispatch__version__plan=plan, user=user, opened_at__isnull=True).update(
        opened_at=now
    )
