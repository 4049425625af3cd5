from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from meetings import letters, permissions
from meetings.actions.changes import prepare_note
from meetings.actions.plan_rows import add_plan_row
from meetings.actions.plans import secretaries_on
from meetings.locks import lock_series, locked_plan
from meetings.models import JustificationNote, PlanItem, Proposal, WorkPlan
from meetings.policies import has_reason
from meetings.policies import plans as policies
from meetings.states import ProposalState, Section
from members import journal, notices
from members.labels import message
from members.notices import to_user
from members.permissions import Actor
from regulation.terms import days_late
from regulation.verdicts import Refused, refused


@transaction.atomic
def propose(plan: WorkPlan, *, by: Actor, now: datetime, **fields: Any) -> Proposal:
    """Keep a member's proposal for the plan and return it (clause 16).

    `fields` are those of Proposal: titles, month, speaker, expected result, indicator. One after the day is
    kept and marked late. Sent twice, it is one. Raises Refused.
    """
    permissions.PROPOSE.require(by, plan.staff_id)
    plan = locked_plan(plan)
    policies.may_propose(plan, by).or_raise()
    policies.is_in_plan(plan, fields["month"]).or_raise()
    same = plan.proposals.filter(author=by.person, state=ProposalState.NEW, **fields).first()
    if same is not None:
        return same
    if by.seat is None or plan.proposals_due is None:
        raise Refused(refused("plan_not_called", "16"))
    late = days_late(plan.proposals_due, timezone.localdate(now))
    proposal = Proposal.objects.create(
        plan=plan, author=by.person, seat=by.seat, made_at=now, days_late=late, **fields
    )
    journal.record("plan.proposed", plan, by=by, now=now, clause="16", plan=plan.key, days_late=late)
    notices.send(
        plan.staff,
        "plan.proposed",
        f"plan.proposed:{proposal.pk}",
        message(lambda: letters.plan_proposed(plan, by.person.name), plan.get_absolute_url()),
        [to_user(user) for user in secretaries_on(plan.staff, timezone.localdate(now))],
        now=now,
    )
    return proposal


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, by: Actor, now: datetime) -> Proposal:
    """Withdraw one's own proposal before it is answered. Raises Refused."""
    permissions.PROPOSE.require(by, proposal.plan.staff_id)
    proposal = _current(proposal)
    if proposal.state == ProposalState.WITHDRAWN and proposal.author_id == by.person.pk:
        return proposal
    policies.may_withdraw_proposal(proposal, by).or_raise()
    proposal.state = ProposalState.WITHDRAWN
    proposal.save()
    plan = proposal.plan
    journal.record("plan.proposal_withdrawn", plan, by=by, now=now, clause="16", plan=plan.key)
    return proposal


@transaction.atomic
def accept_proposal(proposal: Proposal, *, by: Actor, now: datetime) -> PlanItem:
    """Put a proposal into section 1 of the draft as a question of its author's agency (clause 16).

    The secretary words it further as any row. Raises Refused, also when the row of another member's proposal
    asks the same: a row names one proposal.
    """
    permissions.PREPARE_PLAN.require(by, proposal.plan.staff_id)
    proposal = _current(proposal)
    if proposal.item is not None:
        return proposal.item
    policies.is_unanswered(proposal).or_raise()
    texts = ("title", "speaker", "expected")
    item = add_plan_row(
        proposal.plan,
        section=Section.QUESTIONS,
        month=proposal.month,
        indicator=proposal.indicator,
        agency=proposal.seat.organisation,
        by=by,
        now=now,
        **{f"{name}_{code}": getattr(proposal, f"{name}_{code}") for name in texts for code in ("kk", "ru")},
    )
    is_named = Proposal.objects.filter(item=item).exists()
    policies.is_no_other_proposal(item, is_named=is_named).or_raise()
    proposal.state, proposal.item = ProposalState.ACCEPTED, item
    proposal.save()
    plan = proposal.plan
    journal.record("plan.proposal_accepted", plan, by=by, now=now, clause="16", plan=plan.key)
    _tell_author(proposal, now=now)
    return item


@transaction.atomic
def decline_proposal(proposal: Proposal, *, reason: str, by: Actor, now: datetime) -> Proposal:
    """Leave a proposal out of the plan, with the reason, which its author is told (clause 16)."""
    permissions.PREPARE_PLAN.require(by, proposal.plan.staff_id)
    proposal = _current(proposal)
    if proposal.state == ProposalState.DECLINED and proposal.answer == reason:
        return proposal
    policies.is_unanswered(proposal).or_raise()
    has_reason(reason, "16").or_raise()
    proposal.state, proposal.answer = ProposalState.DECLINED, reason
    proposal.save()
    plan = proposal.plan
    journal.record("plan.proposal_declined", plan, by=by, now=now, clause="16", plan=plan.key)
    _tell_author(proposal, now=now)
    return proposal


@transaction.atomic
def note_proposal(proposal: Proposal, *, by: Actor, now: datetime, **fields: Any) -> JustificationNote:
    """Lay a proposal that came too late for the plan before the head as a note, which is returned (18).

    `fields` are those of `prepare_note`. The author is told. Raises Refused.
    """
    permissions.PREPARE_PLAN.require(by, proposal.plan.staff_id)
    lock_series(by.staff)
    proposal = _current(proposal)
    policies.may_note_proposal(proposal).or_raise()
    note = prepare_note(by=by, now=now, **fields)
    proposal.state, proposal.answer = ProposalState.NOTED, f"№ {note}"
    proposal.save()
    plan = proposal.plan
    journal.record("plan.proposal_noted", plan, by=by, now=now, clause="18", plan=plan.key, note=str(note))
    _tell_author(proposal, now=now)
    return note


def _current(proposal: Proposal) -> Proposal:
    plan = locked_plan(proposal.plan)
    proposal = Proposal.objects.select_related("seat__organisation", "item", "author").get(pk=proposal.pk)
    proposal.plan = plan
    return proposal


def _tell_author(proposal: Proposal, *, now: datetime) -> None:
    plan = proposal.plan
    notices.send(
        plan.staff,
        "plan.answered",
        f"plan.answered:{proposal.pk}:{now:%Y%m%d%H%M%S}",
        message(lambda: letters.proposal_answered(plan, proposal), plan.get_absolute_url()),
        [to_user(proposal.author)],
        now=now,
    )
