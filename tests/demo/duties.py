"""Who of the demo has something to do."""

from datetime import datetime

from django.utils import timezone

import meetings.duties
import protocols.duties
from members.models import Staff
from members.permissions import Actor, holders_on
from members.states import Role


def roles_with_duties(staff: Staff, now: datetime) -> dict[str, int]:
    """Return how many people of each role have something to do at `now`."""
    found = dict.fromkeys(Role.values, 0)
    for holder in holders_on(staff, timezone.localdate(now)):
        actor = Actor(staff, holder.user, holder)
        waits = [*meetings.duties.duties(actor, now=now), *protocols.duties.duties(actor, now=now)]
        found[holder.seat.role] += bool(waits)
    return found
