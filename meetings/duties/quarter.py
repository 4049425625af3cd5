from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings import facts
from members.duties import Duty
from members.permissions import Actor
from members.states import Role
from regulation.terms import quarter_bounds


def of_quarter(actor: Actor, today: date) -> Iterator[Duty]:
    """Return what the secretary and the head learn of the quarter without a regular meeting (clause 12)."""
    if actor.role not in (Role.SECRETARY, Role.HEAD):
        return
    state = facts.quarter_state(actor.staff, today=today)
    meetings = reverse("meetings:list", args=[actor.staff.code])
    if state.last_breach is not None:
        year, number = state.last_breach
        yield Duty(
            title=_("No regular meeting was held in quarter %(quarter)s of %(year)s")
            % {"quarter": number, "year": year},
            why=_("A regular meeting is held at least once a quarter; the breach stays in the record"),
            clause="12",
            url=reverse("meetings:breach", args=[actor.staff.code]) if actor.is_secretary else meetings,
            act=_("Record the reason") if actor.is_secretary else _("See the meetings"),
            due=quarter_bounds(state.last_breach)[1],
            state="late",
        )
    if state.has_regular or not (state.alarm or actor.is_secretary):
        return
    yield Duty(
        title=_("No regular meeting is scheduled for this quarter"),
        why=_("A regular meeting is held at least once a quarter"),
        clause="12",
        url=reverse("meetings:new", args=[actor.staff.code]) if actor.is_secretary else meetings,
        act=_("Schedule the meeting") if actor.is_secretary else _("See the meetings"),
        due=quarter_bounds(state.quarter)[1],
        state={"red": "late", "amber": "soon"}.get(state.alarm, "open"),
    )
