"""Who may do what about the indicators. Who is not named, may not."""

from members.permissions import allow
from members.states import PlaceRole, Role

# What                             who                                                   clause
READ = allow(
    "indicator.read",
    *Role.values,
    PlaceRole.CONTROLLER,
    PlaceRole.AGENCY,
    PlaceRole.ANALYST,
    PlaceRole.AUDITOR,
)  # 29: the evaluation is of the whole Staff
