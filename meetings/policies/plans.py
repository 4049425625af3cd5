from datetime import date, timedelta

from meetings.models import PlanItem, PlanVersion, Proposal, WorkPlan
from meetings.states import PlanState, PlanVersionState, ProposalState
from members.models import Seat
from members.permissions import Actor
from members.policies import has_powers_of_head, may_act_for_head
from members.states import Role
from regulation.verdicts import ALLOWED, Refused, Verdict, all_of, refused

EDITABLE = (PlanState.COLLECTING, PlanState.DRAFT)
UNDECIDED = (PlanVersionState.AGREEING, PlanVersionState.SUBMITTED)
# A later day for answers is a slip of the finger: 9999 for 2027.
FARTHEST = timedelta(days=731)


def may_edit_plan(plan: WorkPlan) -> Verdict:
    """Only a draft is written: what went to the members or the head is taken back first (16, 18)."""
    if plan.state == PlanState.APPROVED:
        return refused("plan_is_approved", "18")
    return ALLOWED if plan.state in EDITABLE else refused("plan_is_on_its_way", "26.5")


def is_in_plan(plan: WorkPlan, month: int) -> Verdict:
    """A row falls into one of the six months of its plan (clause 16)."""
    return ALLOWED if month in plan.months else refused("month_outside_half", "16")


def may_call(plan: WorkPlan, due: date, *, today: date) -> Verdict:
    """Members are asked before the plan leaves the secretary, and get at least the rest of the day (16)."""
    return all_of(may_edit_plan(plan), is_due_within(plan, due, "16", today=today))


def is_due_within(plan: WorkPlan, due: date, clause: str, *, today: date) -> Verdict:
    """A day for answers is not over, lies within two years and before the half-year of the plan ends."""
    if due < today:
        return refused("plan_due_is_past", clause)
    latest = min(plan.last_day, today + FARTHEST)
    return ALLOWED if due <= latest else refused("plan_due_is_far", clause, latest=f"{latest:%d.%m.%Y}")


def may_propose(plan: WorkPlan, by: Actor) -> Verdict:
    """A member proposes once asked, and until the approval: what comes late is kept and marked (16)."""
    if by.seat is None or not by.seat.votes:
        return refused("only_members_propose", "16")
    if plan.state == PlanState.APPROVED:
        return refused("plan_is_approved", "18")
    return ALLOWED if plan.called_at else refused("plan_not_called", "16")


def is_unanswered(proposal: Proposal) -> Verdict:
    """A proposal is answered, or withdrawn, once (clause 16)."""
    return ALLOWED if proposal.state == ProposalState.NEW else refused("proposal_is_answered", "16")


def is_no_other_proposal(item: PlanItem, *, is_named: bool) -> Verdict:
    """A row comes of one proposal: another member's with the same question is answered by it (clause 16)."""
    return refused("question_in_draft", "16", order=item.order) if is_named else ALLOWED


def may_withdraw_proposal(proposal: Proposal, by: Actor) -> Verdict:
    """Only the author withdraws a proposal, before it is answered."""
    own = proposal.author_id == by.person.pk
    return all_of(ALLOWED if own else refused("not_your_proposal", "16"), is_unanswered(proposal))


def is_row_as_seen(seen: str, digest: str) -> Verdict:
    """Nobody writes over what another window saved meanwhile: the hash of the row then and now."""
    return ALLOWED if seen == digest else refused("row_edited_meanwhile", "26.5")


def is_control_as_seen(seen: str, digest: str) -> Verdict:
    """Nobody writes over the section 3 that another window saved meanwhile."""
    return ALLOWED if seen == digest else refused("control_edited_meanwhile", "26.5")


def may_note_proposal(proposal: Proposal) -> Verdict:
    """What came too late for the plan goes to the head as a note, once the plan is approved (clause 18)."""
    is_approved = proposal.plan.state == PlanState.APPROVED
    return all_of(is_unanswered(proposal), ALLOWED if is_approved else refused("plan_takes_proposals", "16"))


def problems_before_agreement(rows: int, waiting: int) -> list[Verdict]:
    """Return what the draft lacks: `rows` of section 1, and `waiting` proposals without an answer (16)."""
    return [
        *([] if rows else [refused("plan_is_empty", "17")]),
        *([refused("proposals_wait", "16", count=waiting)] if waiting else []),
    ]


def may_send_for_agreement(plan: WorkPlan, due: date, *, today: date) -> Verdict:
    """A draft goes to the members with a day for their answers that is not over (clause 26(5))."""
    return all_of(may_edit_plan(plan), is_due_within(plan, due, "26.5", today=today))


def may_agree(version: PlanVersion, by: Actor) -> Verdict:
    """A member answers, and changes the answer, until the head has decided; the head himself approves."""
    if by.seat is None or not by.seat.votes or by.role == Role.HEAD:
        return refused("only_members_agree", "26.5")
    return is_undecided_plan(version)


def is_undecided_plan(version: PlanVersion) -> Verdict:
    """A version is decided, or taken back, once."""
    if version.state in UNDECIDED:
        return ALLOWED
    return refused("plan_already_decided", "16", version=version.number)


def may_submit_plan(version: PlanVersion, silent: int, *, early: bool, today: date) -> Verdict:
    """What the members have goes to the head; answers still missing do not stop it: no term is set (16).

    While the day given to the members goes on and `silent` of them have not answered, the secretary says
    knowingly that the plan goes `early`.
    """
    goes_on = silent > 0 and today <= version.agreement_due
    return all_of(
        is_undecided_plan(version),
        refused("agreement_goes_on", "26.5", count=silent) if goes_on and not early else ALLOWED,
    )


def may_decide_plan(version: PlanVersion, by: Actor, ground: str) -> Verdict:
    """The head decides what was submitted, or who performs his duties, with the ground (16, 25(3))."""
    return all_of(is_with_head(version), may_act_for_head(by, ground))


def is_with_head(version: PlanVersion) -> Verdict:
    """The head decides on a version that was submitted to him (clause 16)."""
    if version.state == PlanVersionState.AGREEING:
        return refused("plan_not_submitted", "16", version=version.number)
    return is_undecided_plan(version)


def decides_on_plan(by: Actor) -> Verdict:
    """The plan is approved by who has the powers of the head today (clauses 16, 25(3))."""
    return has_powers_of_head(by)


def is_plan_seen(version: PlanVersion, seen: str) -> Verdict:
    """One approves the text one has read: the hash comes back from the page."""
    return ALLOWED if version.sha256 == seen else refused("plan_changed_meanwhile", "16")


def may_dispatch_plan(version: PlanVersion | None) -> Verdict:
    """The approved plan is sent to the members, and no other (clause 17)."""
    return ALLOWED if version is not None else refused("plan_not_approved", "17")


def may_copy(source: WorkPlan, plan: WorkPlan) -> Verdict:
    """Rows are copied from an earlier half-year into a draft."""
    is_earlier = (source.year, source.half) < (plan.year, plan.half)
    return all_of(may_edit_plan(plan), ALLOWED if is_earlier else refused("copy_from_earlier", "16"))


def seat_of(by: Actor) -> Seat:
    """Return the seat for which a member speaks; Refused for who has none."""
    if by.seat is None:
        raise Refused(refused("only_members_agree", "26.5"))
    return by.seat
