from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from meetings import facts
from members.duties import Duty
from members.permissions import Actor
from members.states import Role
from regulation.terms import quarter_alarm, quarter_bounds, quarter_of


def of_quarter(actor: Actor, today: date) -> Iterator[Duty]:
    quarter = quarter_of(today)
    if actor.role not in (Role.SECRETARY, Role.HEAD) or facts.has_regular_in_quarter(
        actor.staff, quarter, today=today
    ):
        return
    alarm = quarter_alarm(today)
    if alarm or actor.is_secretary:
        yield Duty(
            title=_("No regular meeting is scheduled for this quarter"),
            why=_("A regular meeting is held at least once a quarter"),
            clause="12",
            url=f"/{actor.staff.code}/meetings/new/"
            if actor.is_secretary
            else f"/{actor.staff.code}/meetings/",
            act=_("Schedule the meeting") if actor.is_secretary else _("See the meetings"),
            due=quarter_bounds(quarter)[1],
            state={"red": "late", "amber": "soon"}.get(alarm, "open"),
        )
