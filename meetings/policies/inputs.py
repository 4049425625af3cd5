from meetings.models import Question
from members.models import Organisation
from regulation.verdicts import ALLOWED, Verdict, refused


def has_reason(reason: str, clause: str) -> Verdict:
    """What the head or the secretary decides against somebody's wish is decided with a reason."""
    return ALLOWED if reason.strip() else refused("reason_needed", clause)


def is_of_staff(staff_id: int, row: Organisation | Question | None) -> Verdict:
    """An organisation or a question that an act names is one of the Staff itself; None names none."""
    return ALLOWED if row is None or row.staff_id == staff_id else refused("other_staff")
