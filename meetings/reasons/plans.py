"""Why something about half-year plans does not happen now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REASONS: dict[str, Promise] = {
    "plan_is_approved": gettext_lazy(
        "The plan is approved. A question is added, moved or removed by the head's decision on a "
        "justification note (clause 18)."
    ),
    "plan_is_on_its_way": gettext_lazy(
        "The plan is with the members or with the head. Take it back before you change it."
    ),
    "month_outside_half": gettext_lazy("Choose a month of the half-year of this plan."),
    "plan_due_is_past": gettext_lazy("This day is over. Choose today or a later day."),
    "plan_due_is_far": gettext_lazy("Choose an earlier day: %(latest)s is the latest one."),
    "agreement_goes_on": gettext_lazy(
        "The day given to the members is not over, and %(count)s of them have not answered. Mark below that "
        "the plan goes to the head early, or wait."
    ),
    "control_edited_meanwhile": gettext_lazy(
        "Section 3 was changed meanwhile, in another tab or by another person. What you typed is below; open "
        "the section again and compare."
    ),
    "plan_takes_proposals": gettext_lazy(
        "The plan is not approved yet: put the proposal into the draft, or decline it with a reason."
    ),
    "plan_not_called": gettext_lazy("Proposals for this plan are not being collected yet."),
    "only_members_propose": gettext_lazy("Members of the Staff propose questions for the plan (clause 16)."),
    "only_members_agree": gettext_lazy("The plan is agreed by members of the Staff; the head approves it."),
    "proposal_is_answered": gettext_lazy("This proposal is answered or withdrawn already."),
    "question_in_draft": gettext_lazy(
        "Another member proposed the same question, and it stands in the draft already: section 1, row "
        "%(order)s. Decline this proposal and give that as the reason."
    ),
    "not_your_proposal": gettext_lazy("Only its author withdraws a proposal."),
    "row_edited_meanwhile": gettext_lazy(
        "This row was changed meanwhile, in another tab or by another person. What you typed is below; "
        "open the row again and compare."
    ),
    "plan_is_empty": gettext_lazy("Section 1 has no questions yet. Add at least one."),
    "proposals_wait": gettext_lazy(
        "Proposals without an answer: %(count)s. Put each into the draft or decline it with a reason."
    ),
    "plan_already_decided": gettext_lazy("Version %(version)s is decided or taken back already."),
    "plan_not_submitted": gettext_lazy("Version %(version)s is still with the members for agreement."),
    "plan_changed_meanwhile": gettext_lazy(
        "This is not the version that you opened. Look at the plan again, then decide."
    ),
    "plan_not_approved": gettext_lazy("The head has not approved the plan yet."),
    "copy_from_earlier": gettext_lazy("Rows are copied from an earlier half-year."),
}
