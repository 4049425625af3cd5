"""What of the meetings a person sees; the pages and the home page ask here, and nowhere else."""

from django.db.models import Exists, OuterRef

from meetings.facts import ItemMaterials
from meetings.models import AgendaItem, AgendaVersion, Invitee, Material, Meeting
from meetings.models.meeting import MeetingQuerySet
from meetings.permissions import (
    FOLLOW,
    INVITED,
    READ_AGENDA,
    READ_DRAFTS,
    READ_MATERIALS,
    READ_TEXTS,
)
from meetings.states import AgendaState
from members.permissions import Actor


def meetings_for(by: Actor) -> MeetingQuerySet:
    """Return the meetings of the Staff that `by` sees.

    An invited person sees those whose approved list carries the own e-mail (clause 21), nothing before.
    """
    meetings = Meeting.objects.filter(staff=by.staff)
    if by.roles & READ_AGENDA.roles:
        return meetings
    if INVITED not in by.roles:
        return meetings.none()
    on_the_list = Invitee.objects.filter(meeting=OuterRef("pk"), email__iexact=by.person.email)
    approved = AgendaVersion.objects.filter(meeting=OuterRef("pk"), state=AgendaState.APPROVED)
    return meetings.filter(Exists(on_the_list), Exists(approved))


def is_of_agency(item: AgendaItem, by: Actor) -> bool:
    """Return whether `by` sits or works for the agency that prepares the item."""
    return item.agency_id in by.organisation_ids


def may_read(item: AgendaItem, by: Actor, *, approved: bool) -> bool:
    """Return whether `by` reads the item: once the agenda is approved, before that only who works on it."""
    return approved or bool(by.roles & READ_DRAFTS.roles) or is_of_agency(item, by)


def may_read_text(item: AgendaItem, by: Actor) -> bool:
    """Return whether `by` reads the draft decision of an item that they may read."""
    return bool(by.roles & READ_TEXTS.roles) or is_of_agency(item, by)


def may_see_votes(item: AgendaItem, by: Actor) -> bool:
    """Return whether `by` sees who voted how on the item, and the outcome (clause 13)."""
    return bool(by.roles & FOLLOW.roles) or is_of_agency(item, by)


def may_see_materials(item: AgendaItem, by: Actor) -> bool:
    """Return whether the documents of the item, and their lateness, concern `by` at all."""
    return bool(by.roles & READ_MATERIALS.roles) or is_of_agency(item, by)


def materials_for(row: ItemMaterials, by: Actor, *, sent: bool) -> tuple[Material, ...]:
    """Return the materials that `by` may open: what was sent, less what is held back (clauses 22, 26(4))."""
    if by.roles & READ_DRAFTS.roles:
        return row.materials
    own = is_of_agency(row.item, by)
    if not own and not (sent and by.roles & READ_MATERIALS.roles):
        return ()
    held = {material.pk for material in row.held}
    return tuple(material for material in row.materials if material.pk not in held)
