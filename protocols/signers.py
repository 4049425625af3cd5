"""Who signs a protocol: who chaired, or who performs the duties of the absent head (clauses 15, 25(3))."""

from meetings.models import Meeting
from members.models import Absence, User
from members.states import Role


def signs_instead(meeting: Meeting, absence: Absence | None) -> Absence | None:
    """Return the absence in which another signs for the head who chaired; None where the chair signs.

    A deputy who chaired signs himself (clauses 15, 25(3)).
    """
    chair = meeting.chair
    return absence if chair is not None and chair.role == Role.HEAD else None


def signer_today(meeting: Meeting, absence: Absence | None) -> User | None:
    """Return who signs on a day with that recorded absence: who chaired, or who stands in for him (25(3))."""
    instead = signs_instead(meeting, absence)
    if instead is not None:
        return instead.deputy
    return meeting.chair.user if meeting.chair else None
