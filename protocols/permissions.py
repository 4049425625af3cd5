"""Who may do what about protocols. Who is not named, may not."""

from members.models import User
from members.permissions import Actor, allow
from members.states import PlaceRole, Role

EVERYBODY = tuple(Role.values)
CONTROLLER, AGENCY, ANALYST, AUDITOR = (
    PlaceRole.CONTROLLER,
    PlaceRole.AGENCY,
    PlaceRole.ANALYST,
    PlaceRole.AUDITOR,
)
KEEPERS = (Role.SECRETARY, Role.HEAD, Role.DEPUTY_HEAD)

# What                                     who                                       clause
READ = allow("protocol.read", *EVERYBODY, CONTROLLER, AUDITOR)  # 23: a signed protocol goes to every member
READ_UNSIGNED = allow("protocol.read_unsigned", *KEEPERS, AUDITOR)  # 15, 23, 25(3)
READ_DECISIONS = allow("decision.read", *EVERYBODY, CONTROLLER, AGENCY, ANALYST, AUDITOR)  # 24
READ_ALL_DECISIONS = allow("decision.read_all", *EVERYBODY, CONTROLLER, ANALYST, AUDITOR)  # else: own
MAKE = allow("protocol.make", *KEEPERS)  # 23: the documents of what was sent for signature
DRAW_UP = allow("protocol.draw_up", Role.SECRETARY)  # 23, 26(2)
SEND = allow("protocol.send", Role.SECRETARY)  # 23
SIGN = allow("protocol.sign", Role.HEAD, Role.DEPUTY_HEAD)  # 15: the head, or who chaired for him (25(3))
DISSENT = allow("dissent.file", *EVERYBODY)  # 14: every member with a vote; the policy looks at the vote


def person(by: Actor) -> User:
    """Return the user who acts; TypeError for the portal itself, which none of these acts allows."""
    if by.user is None:
        raise TypeError("the portal itself does not do this")
    return by.user
