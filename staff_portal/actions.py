"""What the portal does by itself: the sweep over all terms, and the post."""

from datetime import datetime

import meetings.actions
import members.actions
import protocols.actions
from members import notices
from members.sweeping import total_over

SWEEPS = (
    members.actions.sweep,
    meetings.actions.sweep,
    meetings.actions.sweep_packs,
    protocols.actions.sweep,
)


def sweep(*, now: datetime) -> int:
    """Tell once what is due or late at `now` (an aware moment) and return the number of new notices.

    Then the letters that wait are sent. Safe to run twice, at once, or after days of silence.
    """
    told = total_over(SWEEPS, lambda sweep: sweep(now=now))
    notices.deliver(now=now)
    return told
