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
    "agenda.submitted": _("the agenda was submitted"),
    "agenda.approved": _("the agenda was approved"),
    "agenda.returned": _("the agenda was returned"),
    "pack.dispatched": _("agenda and materials"),
    "pack.invited": _("agenda for an invited person"),
    "pack.due": _("it is time to send the agenda"),
    "material.owed": _("a material is awaited"),
    "material.late": _("a material is late"),
    "material.held": _("a late material waits for a decision"),
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
