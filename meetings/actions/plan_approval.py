from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from meetings import facts, letters, permissions
from meetings.actions.plans import secretaries_on
from meetings.facts.plans import items_of, version_on_its_way
from meetings.locks import locked_plan
from meetings.models import Agreement, PlanVersion, WorkPlan
from meetings.policies import has_reason
from meetings.policies import plans as policies
from meetings.states import PlanState, PlanVersionState, ProposalState, Section
from members import journal, notices
from members.labels import message
from members.models import User
from members.notices import to_user
from members.permissions import Actor, holders_on, with_powers_of_head
from members.policies import ground_for_head
from members.states import Role
from regulation.verdicts import Refused


@transaction.atomic
def send_for_agreement(plan: WorkPlan, *, due: date, by: Actor, now: datetime) -> PlanVersion:
    """Freeze the draft as its next version and ask the members to agree it until `due` (clause 26(5)).

    Sent twice, it is one version. Raises Refused with the first thing that is missing.
    """
    permissions.PREPARE_PLAN.require(by, plan.staff_id)
    plan = locked_plan(plan)
    on_its_way = version_on_its_way(plan)
    if on_its_way is not None and on_its_way.agreement_due == due:
        return on_its_way
    policies.may_send_for_agreement(plan, due, today=timezone.localdate(now)).or_raise()
    items = list(items_of(plan))
    questions = sum(item.section == Section.QUESTIONS for item in items)
    waiting = plan.proposals.filter(state=ProposalState.NEW).count()
    for problem in policies.problems_before_agreement(questions, waiting):
        raise Refused(problem)
    version = _freeze(plan, facts.plan_content(plan, items), due, by, now)
    _move(plan, PlanState.AGREEING)
    journal.record(
        "plan.sent", plan, by=by, now=now, clause="26.5", version=version.number, sha256=version.sha256
    )
    agreeing = holders_on(plan.staff, timezone.localdate(now)).filter(seat__votes=True)
    people = [holder.user for holder in agreeing.exclude(seat__role=Role.HEAD)]
    _tell(version, "plan.to_agree", letters.plan_to_agree, people, now=now)
    return version


@transaction.atomic
def agree(version: PlanVersion, *, agreed: bool, by: Actor, now: datetime, remarks: str = "") -> Agreement:
    """Write a member's line of the agreement sheet: agreed, or with remarks; the last answer counts (26(5)).

    Raises Refused once the head has decided.
    """
    permissions.AGREE_PLAN.require(by, version.plan.staff_id)
    version = _current(version)
    policies.may_agree(version, by).or_raise()
    answer = version.agreements.filter(user=by.person).first()
    if answer is not None and (answer.agreed, answer.remarks) == (agreed, remarks):
        return answer
    answer = answer or Agreement(version=version, user=by.person)
    answer.seat, answer.name = policies.seat_of(by), by.person.name
    answer.agreed, answer.remarks, answer.at = agreed, remarks, now
    answer.save()
    journal.record(
        "plan.agreed" if agreed else "plan.remarked",
        version.plan,
        by=by,
        now=now,
        clause="26.5",
        version=version.number,
    )
    if remarks:
        secretaries = secretaries_on(version.plan.staff, timezone.localdate(now))
        stage = f"plan.remarked:{by.person.pk}:{now:%Y%m%d%H%M%S}"
        _tell(version, "plan.remarked", letters.plan_remarked, secretaries, now=now, stage=stage)
    return answer


@transaction.atomic
def submit_plan(version: PlanVersion, *, by: Actor, now: datetime, early: bool = False) -> PlanVersion:
    """Lay the agreed version before the head, also where members have not answered: no term is set (16).

    `early` says that their day is not over and that the secretary knows it. Raises Refused.
    """
    permissions.PREPARE_PLAN.require(by, version.plan.staff_id)
    version = _current(version)
    if version.state == PlanVersionState.SUBMITTED:
        return version
    today = timezone.localdate(now)
    silent = facts.plan_answers(version, today=today).silent
    policies.may_submit_plan(version, silent, early=early, today=today).or_raise()
    version.state, version.submitted_at, version.submitted_by = PlanVersionState.SUBMITTED, now, by.person
    version.save()
    plan = version.plan
    _move(plan, PlanState.SUBMITTED)
    journal.record(
        "plan.submitted", plan, by=by, now=now, clause="16", version=version.number, sha256=version.sha256
    )
    deciders = with_powers_of_head(plan.staff, today)
    _tell(version, "plan.submitted", letters.plan_submitted, deciders, now=now)
    return version


@transaction.atomic
def take_back_plan(version: PlanVersion, *, by: Actor, now: datetime) -> PlanVersion:
    """Take a version back for writing, before the head has decided; its agreement sheet is kept."""
    permissions.PREPARE_PLAN.require(by, version.plan.staff_id)
    version = _current(version)
    policies.is_undecided_plan(version).or_raise()
    _decide(version, PlanVersionState.WITHDRAWN, PlanState.DRAFT, by=by, now=now)
    return version


@transaction.atomic
def approve_plan(
    version: PlanVersion, *, seen: str, by: Actor, now: datetime, ground: str = ""
) -> PlanVersion:
    """Approve the version whose SHA-256 was `seen`; a deputy names the ground of the head's absence.

    The ground of a recorded absence needs no naming (clauses 16, 25(3)). Raises Refused.
    """
    version = _for_decision(version, by, ground)
    policies.is_plan_seen(version, seen).or_raise()
    ground = ground_for_head(by, ground)
    _decide(version, PlanVersionState.APPROVED, PlanState.APPROVED, by=by, now=now, ground=ground)
    _tell_secretary(version, now=now)
    return version


@transaction.atomic
def return_plan(
    version: PlanVersion, *, remark: str, by: Actor, now: datetime, ground: str = ""
) -> PlanVersion:
    """Return a submitted version with a remark: the plan is a draft again (clause 16). Raises Refused."""
    version = _for_decision(version, by, ground)
    has_reason(remark, "16").or_raise()
    ground = ground_for_head(by, ground)
    _decide(version, PlanVersionState.RETURNED, PlanState.DRAFT, by=by, now=now, ground=ground, remark=remark)
    _tell_secretary(version, now=now)
    return version


def _freeze(plan: WorkPlan, content: dict[str, object], due: date, by: Actor, now: datetime) -> PlanVersion:
    number = (plan.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return PlanVersion.objects.create(
        plan=plan,
        number=number,
        content=content,
        sha256=facts.content_hash(content),
        agreement_due=due,
        made_at=now,
        made_by=by.person,
    )


def _current(version: PlanVersion) -> PlanVersion:
    plan = locked_plan(version.plan)
    version = plan.versions.get(pk=version.pk)
    version.plan = plan
    return version


def _for_decision(version: PlanVersion, by: Actor, ground: str) -> PlanVersion:
    permissions.DECIDE_PLAN.require(by, version.plan.staff_id)
    version = _current(version)
    policies.may_decide_plan(version, by, ground).or_raise()
    return version


def _decide(
    version: PlanVersion,
    state: PlanVersionState,
    plan_state: PlanState,
    *,
    by: Actor,
    now: datetime,
    ground: str = "",
    remark: str = "",
) -> None:
    version.state, version.decided_at, version.decided_by = state, now, by.user
    version.decided_as, version.ground, version.remark = str(by), ground, remark
    version.save()
    _move(version.plan, plan_state)
    journal.record(
        f"plan.{state}", version.plan, by=by, now=now, clause="16", version=version.number, ground=ground
    )


def _move(plan: WorkPlan, state: PlanState) -> None:
    plan.state = state
    plan.save()


def _tell_secretary(version: PlanVersion, *, now: datetime) -> None:
    people = secretaries_on(version.plan.staff, timezone.localdate(now))
    _tell(version, f"plan.{version.state}", letters.plan_decided, people, now=now)


def _tell(
    version: PlanVersion,
    event: str,
    words: Callable[[PlanVersion], tuple[str, str]],
    people: Iterable[User],
    *,
    now: datetime,
    stage: str = "",
) -> None:
    plan = version.plan
    letter = message(lambda: words(version), plan.get_absolute_url())
    key = f"{stage or event}:{version.pk}"
    notices.send(plan.staff, event, key, letter, [to_user(user) for user in people], now=now)
