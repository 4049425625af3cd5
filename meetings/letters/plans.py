from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.labels import plan_title
from meetings.models import PlanVersion, Proposal, WorkPlan
from meetings.states import PlanVersionState, ProposalState
from members.days import long_day


def plan_called(plan: WorkPlan) -> tuple[str, str]:
    """Ask the members for proposals (template T12)."""
    due = long_day(plan.proposals_due, get_language()) if plan.proposals_due else ""
    facts = {"plan": plan_title(plan), "due": due}
    return (
        _("Propose questions. %(plan)s") % facts,
        _(
            "By clause 16 members propose questions for the work plan: question, month, speaker, expected "
            "result. The last day is %(due)s."
        )
        % facts,
    )


def plan_proposed(plan: WorkPlan, name: str) -> tuple[str, str]:
    facts = {"plan": plan_title(plan), "name": name}
    return (
        _("A proposal has come. %(plan)s") % facts,
        _("From: %(name)s. Put it into the draft plan, or decline it with a reason (clause 16).") % facts,
    )


def proposal_answered(plan: WorkPlan, proposal: Proposal) -> tuple[str, str]:
    facts = {"plan": plan_title(plan)}
    if proposal.state == ProposalState.DECLINED:
        text = _("Your proposal is not in the draft plan; the page says why (clause 16).")
    elif proposal.state == ProposalState.NOTED:
        text = _("The plan was approved before it; a justification note is with the head (clause 18).")
    else:
        text = _("Your proposal is in the draft plan (clause 16).")
    return _("Your proposal is answered. %(plan)s") % facts, text


def plan_to_agree(version: PlanVersion) -> tuple[str, str]:
    due = long_day(version.agreement_due, get_language())
    facts = {"plan": plan_title(version.plan), "version": version.number, "due": due}
    return (
        _("Agree the draft plan. %(plan)s") % facts,
        _("Version %(version)s waits for your answer: agreed or with remarks. The last day is %(due)s.")
        % facts,
    )


def plan_remarked(version: PlanVersion) -> tuple[str, str]:
    facts = {"plan": plan_title(version.plan), "version": version.number}
    return (
        _("A member has remarks. %(plan)s") % facts,
        _("The remarks stand on the agreement sheet of version %(version)s (clause 26(5)).") % facts,
    )


def plan_submitted(version: PlanVersion) -> tuple[str, str]:
    facts = {"plan": plan_title(version.plan), "version": version.number}
    return (
        _("Approve the work plan. %(plan)s") % facts,
        _("Version %(version)s waits for your decision (clause 16).") % facts,
    )


def plan_decided(version: PlanVersion) -> tuple[str, str]:
    facts = {"plan": plan_title(version.plan), "version": version.number}
    if version.state == PlanVersionState.APPROVED:
        return (
            _("The work plan is approved. %(plan)s") % facts,
            _("Version %(version)s is approved. Send it to the members (clause 17).") % facts,
        )
    return (
        _("The work plan is returned. %(plan)s") % facts,
        _("Version %(version)s is returned with a remark. Mend it and send it to the members again.") % facts,
    )


def plan_sent(plan: WorkPlan) -> tuple[str, str]:
    facts = {"plan": plan_title(plan)}
    return (
        _("The approved work plan is here. %(plan)s") % facts,
        _("The approved plan with the questions for the meetings is sent to you by clause 17. Read it."),
    )
