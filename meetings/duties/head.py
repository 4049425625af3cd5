from collections.abc import Iterator
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.facts import ItemMaterials, Terms
from meetings.labels import meeting_title
from meetings.models import AgendaVersion, Meeting
from members.days import long_day
from members.duties import Duty, state_by
from members.permissions import Actor
from members.states import Role


def stands_in(actor: Actor) -> str:
    """Return on what ground the person performs the duties of the head; empty for who does not."""
    if actor.absence is None or not actor.replaces_head:
        return ""
    until = long_day(actor.absence.until, get_language())
    facts = {"ground": actor.absence.ground, "until": until}
    return _("You perform the duties of the head: %(ground)s, the last day is %(until)s") % facts


def decide_agenda(actor: Actor, meeting: Meeting, version: AgendaVersion, terms: Terms, today: date) -> Duty:
    why = _("The head approves the agenda")
    if actor.role == Role.DEPUTY_HEAD:
        why = stands_in(actor) or _("In the head's absence you approve it, with the ground")
    return Duty(
        title=_("Approve the agenda. %(meeting)s") % {"meeting": meeting_title(meeting)},
        why=why,
        clause="22",
        url=meeting.address("meetings:agenda"),
        act=_("Open the agenda"),
        due=terms.circulation_due,
        state=state_by(terms.circulation_due, today),
        note=_("version %(version)s") % {"version": version.number},
    )


def decide_late(actor: Actor, meeting: Meeting, rows: list[ItemMaterials], terms: Terms) -> Iterator[Duty]:
    for row in rows:
        if row.is_undecided:
            yield Duty(
                title=_("Late material: question %(order)s. %(meeting)s")
                % {"order": row.item.order, "meeting": meeting_title(meeting)},
                why=_("It stays, is moved or is removed: you decide, with a reason"),
                clause="22",
                url=row.item.get_absolute_url(),
                act=_("Decide"),
                due=terms.materials_due,
                state="late",
                note=stands_in(actor),
            )
