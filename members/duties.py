"""What waits for a person: computed from the state of the records, gone when the thing is done."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Duty:
    """One row of the home page: what, why with its clause, by when, and one act.

    `state` is "now" (going on), "late" (the term is over), "soon" (the term is near) or "open".
    `due` is a local date, its last day included; None where the regulation sets no term.
    """

    title: str
    why: str
    url: str
    act: str
    clause: str = ""
    due: date | None = None
    state: str = "open"
    note: str = ""


def by_urgency(duty: Duty) -> tuple[int, date]:
    """Return the sort key: what goes on now, what is late, what is near, the rest; then by term."""
    return ("now", "late", "soon", "open").index(duty.state), duty.due or date.max


def state_by(due: date, today: date, *, near_days: int = 3) -> str:
    """Return the state of a term on `today`: late after its day, soon within `near_days` before it."""
    if today > due:
        return "late"
    return "soon" if (due - today).days <= near_days else "open"
