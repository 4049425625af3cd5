"""Acts about half-year plans."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from members.acts import Act

KINDS: dict[str, Promise] = {"plan": gettext_lazy("work plan")}

ACTS: dict[str, Act] = {
    "plan.made": Act(gettext_lazy("the work plan was begun")),
    "plan.called": Act(gettext_lazy("members were asked for proposals until %(day_word)s"), to_all=True),
    "plan.proposed": Act(gettext_lazy("a member proposed a question for the plan")),
    "plan.proposal_withdrawn": Act(gettext_lazy("a proposal for the plan was withdrawn")),
    "plan.proposal_accepted": Act(gettext_lazy("a proposal was put into the draft plan")),
    "plan.proposal_noted": Act(gettext_lazy("note № %(note)s was made of a proposal for the plan")),
    "plan.proposal_declined": Act(gettext_lazy("a proposal for the plan was declined")),
    "plan.row_added": Act(gettext_lazy("row %(section)s.%(order)s of the plan was added")),
    "plan.row_changed": Act(gettext_lazy("row %(section)s.%(order)s of the plan was changed")),
    "plan.row_moved": Act(gettext_lazy("a row of the plan was moved to place %(section)s.%(order)s")),
    "plan.row_removed": Act(gettext_lazy("row %(section)s.%(order)s of the draft plan was taken out")),
    "plan.control_changed": Act(gettext_lazy("section 3 of the plan was changed")),
    "plan.copied": Act(gettext_lazy("rows were copied from the plan %(source)s, new: %(count)s")),
    "plan.sent": Act(
        gettext_lazy("version %(version)s of the plan was sent to the members for agreement"), to_all=True
    ),
    "plan.agreed": Act(gettext_lazy("a member agreed version %(version)s of the plan")),
    "plan.remarked": Act(gettext_lazy("a member has remarks on version %(version)s of the plan")),
    "plan.submitted": Act(gettext_lazy("version %(version)s of the plan was submitted to the head")),
    "plan.approved": Act(gettext_lazy("version %(version)s of the plan was approved"), to_all=True),
    "plan.returned": Act(gettext_lazy("version %(version)s of the plan was returned")),
    "plan.withdrawn": Act(gettext_lazy("version %(version)s of the plan was taken back")),
    "plan.dispatched": Act(gettext_lazy("the approved plan was sent to the members"), to_all=True),
}
