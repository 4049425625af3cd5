from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings import facts
from meetings.facts import Standing
from meetings.models import Initiative
from meetings.states import State
from members.duties import Duty, state_by
from members.labels import local
from members.permissions import Actor


def of_initiatives(actor: Actor, today: date) -> Iterator[Duty]:
    """Return what the secretary owes to the initiatives that were reached: to call, then to hold (12)."""
    if not actor.is_secretary:
        return
    waiting = Q(meeting=None) | Q(meeting__state__in=(State.PLANNED, State.NO_QUORUM))
    rows = Initiative.objects.filter(waiting, staff=actor.staff, reached_at__isnull=False)
    related = rows.select_related("staff", "question", "meeting__staff").prefetch_related("supporters")
    for standing in facts.standings(actor.staff, related, today=today):
        yield _to_call(standing, today) if standing.waits_for_call else _to_hold(standing, today)


def _to_call(standing: Standing, today: date) -> Duty:
    row, due = standing.initiative, standing.call_due
    return Duty(
        title=_("Call the extraordinary meeting: %(question)s") % {"question": local(row.question, "title")},
        why=_("%(joined)s of %(total)s members joined the initiative; called within three working days")
        % {"joined": standing.joined, "total": standing.total},
        clause="12",
        url=f"{reverse('meetings:new', args=[row.staff.code])}?initiative={row.pk}",
        act=_("Schedule the meeting"),
        due=due,
        state=state_by(due, today) if due else "open",
    )


def _to_hold(standing: Standing, today: date) -> Duty:
    row, due = standing.initiative, standing.hold_due
    meeting = standing.meeting
    return Duty(
        title=_("Hold the meeting of the initiative: %(question)s")
        % {"question": local(row.question, "title")},
        why=_("It was called by the members; held within ten working days"),
        clause="12",
        url=meeting.get_absolute_url() if meeting else row.get_absolute_url(),
        act=_("To the meeting"),
        due=due,
        state=state_by(due, today) if due else "open",
    )
