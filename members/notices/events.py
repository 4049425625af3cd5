"""What the events of letters are called, for who looks after the post."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS: dict[str, Promise] = {
    "invitation": _("invitation to the portal"),
    "post.given": _("a seat or a place was given"),
    "second_factor_reset": _("the second factor was reset"),
    "absence.recorded": _("the absence of the head was entered"),
    "absence.ended": _("the absence of the head is over"),
    "absence.cancelled": _("the absence of the head is cancelled"),
    "plan.called": _("proposals for the plan are collected"),
    "plan.proposed": _("a proposal for the plan has come"),
    "plan.answered": _("a proposal for the plan is answered"),
    "plan.to_agree": _("the draft plan waits for agreement"),
    "plan.remarked": _("remarks on the draft plan"),
    "plan.submitted": _("the work plan was submitted"),
    "plan.approved": _("the work plan was approved"),
    "plan.returned": _("the work plan was returned"),
    "plan.dispatched": _("approved work plan"),
    "meeting.scheduled": _("a meeting was scheduled"),
    "meeting.rescheduled": _("a meeting was changed"),
    "meeting.cancelled": _("a meeting was cancelled"),
    "meeting.terms_moved": _("the term for materials moved"),
    "quarter.amber": _("the quarter has no regular meeting yet"),
    "quarter.red": _("the last month of the quarter has no regular meeting"),
    "quarter.breach": _("a quarter passed without a regular meeting"),
    "initiative.started": _("an initiative of members was started"),
    "initiative.reached": _("an initiative of members was reached"),
    "initiative.withdrawn": _("an initiative of members was withdrawn"),
    "agenda.submitted": _("the agenda was submitted"),
    "agenda.approved": _("the agenda was approved"),
    "agenda.returned": _("the agenda was returned"),
    "pack.dispatched": _("agenda and materials"),
    "pack.invited": _("agenda for an invited person"),
    "meeting.uninvited": _("an invitation to a meeting is withdrawn"),
    "quorum.at_risk": _("the quorum is at risk"),
    "pack.due": _("it is time to send the agenda"),
    "material.brought": _("a material came"),
    "material.owed": _("a material is awaited"),
    "material.late": _("a material is late"),
    "material.held": _("a late material waits for a decision"),
    "note.submitted": _("a justification note waits for a decision"),
    "note.agreed": _("the justification note was agreed"),
    "note.refused": _("the justification note was refused"),
    "plan.changed": _("the plan was changed"),
    "change.requested": _("a member asks for a change of the plan"),
    "change.declined": _("the request to change the plan was declined"),
    "protocol.to_sign": _("a protocol waits for the signature"),
    "protocol.returned": _("the protocol was returned"),
    "protocol.taken_back": _("the protocol was taken back"),
    "protocol.replaced": _("the protocol was replaced"),
    "protocol.signed": _("the protocol was signed"),
    "protocol.term": _("the term of the protocol"),
    "protocol.unsigned": _("the protocol is not signed yet"),
    "dissent.filed": _("a dissenting opinion was filed"),
    "dissent.after_signing": _("a dissenting opinion after signing"),
}


def event_word(event: str) -> str:
    """Return what `event` is called in the current language; the code of one unknown here."""
    return str(EVENTS.get(event, event))
