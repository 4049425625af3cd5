from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.duties.head import stands_in
from meetings.facts.plans import approved_plan_version, version_on_its_way
from meetings.labels import plan_title
from meetings.models import PlanVersion, WorkPlan
from meetings.months import approval_target, collection_opens, half_after, half_of
from meetings.permissions import DECIDE_PLAN, READ_PLAN_DRAFTS
from meetings.policies.plans import EDITABLE
from meetings.states import PlanState, PlanVersionState, ProposalState
from members.duties import Duty, state_by
from members.permissions import Actor
from members.policies import has_powers_of_head
from members.states import Role


def of_plans(actor: Actor, today: date) -> Iterator[Duty]:
    """Yield what `actor` has to do about half-year plans on the local date `today` (16, 17, 26(5))."""
    if not READ_PLAN_DRAFTS.verdict(actor, actor.staff.pk):
        return
    year, half = half_of(today)
    goes_on = Q(year__gt=year) | Q(year=year, half__gte=half)
    rows = WorkPlan.objects.filter(goes_on | ~Q(state=PlanState.APPROVED), staff=actor.staff)
    plans = list(
        rows.select_related("staff").prefetch_related(
            "proposals", "versions__agreements", "versions__dispatch__deliveries"
        )
    )
    if actor.is_secretary:
        yield from _collection(actor, plans, today)
    for plan in plans:
        if actor.is_secretary:
            yield from _of_secretary(plan, today)
        if actor.seat is not None and actor.seat.votes:
            yield from _of_member(actor, plan, today)
        if actor.role in DECIDE_PLAN.roles and has_powers_of_head(actor):
            yield from _of_head(actor, plan, today)


def _duty(plan: WorkPlan, title: str, why: str, clause: str, act: str, **more: object) -> Duty:
    return Duty(
        title=f"{title}. {plan_title(plan)}",
        why=why,
        clause=clause,
        url=str(more.pop("url", plan.get_absolute_url())),
        act=act,
        **more,  # type: ignore[arg-type]
    )


def _collection(actor: Actor, plans: list[WorkPlan], today: date) -> Iterator[Duty]:
    """The collection opens by 1 November or 1 May, for the half-year after this one."""
    year, half = half_after(*half_of(today))
    plan = next((row for row in plans if (row.year, row.half) == (year, half)), None)
    if today < collection_opens(year, half) or (plan is not None and plan.called_at is not None):
        return
    if plan is not None and plan.state not in EDITABLE:
        return
    target = approval_target(year, half)
    yield _duty(
        plan or WorkPlan(staff=actor.staff, year=year, half=half),
        _("Collect proposals for the plan"),
        _("The plan is made of the members' proposals; the usual time to ask them has come"),
        "16",
        _("Ask the members"),
        url=plan.address("meetings:plan_call")
        if plan
        else reverse("meetings:plan_new", args=[actor.staff.code]),
        due=target,
        state=state_by(target, today),
    )


def _of_secretary(plan: WorkPlan, today: date) -> Iterator[Duty]:
    target = approval_target(plan.year, plan.half)
    term = {"due": target, "state": state_by(target, today)}
    way, approved = version_on_its_way(plan), approved_plan_version(plan)
    if plan.state in EDITABLE and plan.called_at is not None:
        yield from _drafting(plan, today, term)
    waiting = _waiting(plan)
    if waiting and plan.state not in EDITABLE:
        yield _answer(plan, waiting, _("came after the draft was sent"))
    if way is not None and way.state == PlanVersionState.AGREEING:
        count = len(way.agreements.all())
        yield _duty(
            plan,
            _("Submit the plan to the head"),
            ngettext("%(count)s member has answered", "%(count)s members have answered", count)
            % {"count": count},
            "16",
            _("Open the plan"),
            note=_("members answer by %(due)s") % {"due": f"{way.agreement_due:%d.%m.%Y}"},
            **term,
        )
    if approved is not None and not hasattr(approved, "dispatch"):
        yield _duty(
            plan,
            _("Send the approved plan"),
            _("The approved plan is sent to the members of the Staff"),
            "17",
            _("Check and send"),
            url=plan.address("meetings:plan_dispatch"),
        )


def _drafting(plan: WorkPlan, today: date, term: dict[str, object]) -> Iterator[Duty]:
    if waiting := _waiting(plan):
        yield _answer(plan, waiting, **term)
    if plan.proposals_due is not None and today > plan.proposals_due:
        yield _duty(
            plan,
            _("Send the draft to the members for agreement"),
            _("The day for proposals is over; the secretary drafts the plan"),
            "26.5",
            _("Open the plan"),
            note=_remark(plan),
            **term,
        )


def _waiting(plan: WorkPlan) -> int:
    return sum(row.state == ProposalState.NEW for row in plan.proposals.all())


def _answer(plan: WorkPlan, waiting: int, note: object = "", **term: object) -> Duty:
    count = ngettext("%(count)s proposal waits", "%(count)s proposals wait", waiting) % {"count": waiting}
    url = f"{plan.get_absolute_url()}#proposals"
    return _duty(
        plan, _("Answer the proposals"), count, "16", _("Open the proposals"), note=note, url=url, **term
    )


def _remark(plan: WorkPlan) -> str:
    """Return the remark with which the head returned the latest version, or nothing."""
    latest = next(iter(plan.versions.all()), None)
    if latest is None or latest.state != PlanVersionState.RETURNED:
        return ""
    return _("Returned with a remark: «%(remark)s»") % {"remark": latest.remark}


def _of_member(actor: Actor, plan: WorkPlan, today: date) -> Iterator[Duty]:
    own = [row for row in plan.proposals.all() if row.author_id == actor.person.pk]
    is_asked = plan.state == PlanState.COLLECTING and plan.proposals_due is not None
    if is_asked and not own and plan.proposals_due is not None and today <= plan.proposals_due:
        yield _duty(
            plan,
            _("Propose questions for the plan"),
            _("The plan is made of the members' proposals"),
            "16",
            _("Propose"),
            url=plan.address("meetings:propose"),
            due=plan.proposals_due,
            state=state_by(plan.proposals_due, today),
        )
    version = version_on_its_way(plan)
    if version is not None and actor.role != Role.HEAD and not _has_answered(version, actor):
        yield _duty(
            plan,
            _("Agree the draft plan"),
            _("The secretary agrees the plan with the members; the regulation sets no term"),
            "26.5",
            _("Read and answer"),
            due=version.agreement_due,
            state=state_by(version.agreement_due, today),
        )
    if _is_unread(plan, actor):
        yield _duty(
            plan,
            _("Read the approved plan"),
            _("The approved plan was sent to you"),
            "17",
            _("Read"),
        )


def _has_answered(version: PlanVersion, actor: Actor) -> bool:
    return any(row.user_id == actor.person.pk for row in version.agreements.all())


def _is_unread(plan: WorkPlan, actor: Actor) -> bool:
    approved = approved_plan_version(plan)
    if approved is None or not hasattr(approved, "dispatch"):
        return False
    rows = approved.dispatch.deliveries.all()
    return any(row.user_id == actor.person.pk and row.opened_at is None for row in rows)


def _of_head(actor: Actor, plan: WorkPlan, today: date) -> Iterator[Duty]:
    version = version_on_its_way(plan)
    if version is None or version.state != PlanVersionState.SUBMITTED:
        return
    target = approval_target(plan.year, plan.half)
    why = _("The head approves the plan")
    if actor.role == Role.DEPUTY_HEAD:
        why = stands_in(actor) or _("In the head's absence you approve it, with the ground")
    yield _duty(
        plan,
        _("Approve the work plan"),
        why,
        "16",
        _("Open the plan"),
        due=target,
        state=state_by(target, today),
        note=_("version %(version)s") % {"version": version.number},
    )
