"""A point of a decision as it is typed: on the draft agenda first, then in the protocol."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from meetings.models import AgendaItem, DraftPoint
from members.models import Organisation
from regulation.verdicts import refused


@dataclass(frozen=True)
class PointText:
    """One point of a decision: `due_on` is a local date, the last in time; or a standing task."""

    text_kk: str = ""
    text_ru: str = ""
    executor: Organisation | None = None
    due_on: date | None = None
    is_standing: bool = False

    def as_fields(self) -> dict[str, object]:
        """Return the point as the fields of the models that keep one."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


# How `AgendaItem.draft_kk` writes a point.
NUMBERED = re.compile(r"(\d+)\) (.*)")


def numbered_lines(text: str) -> dict[int, str]:
    """Return the points of a voted text by their numbers."""
    matches = (NUMBERED.fullmatch(line) for line in text.splitlines())
    return {int(match[1]): match[2] for match in matches if match}


def write_points(item: AgendaItem, points: Sequence[PointText]) -> None:
    """Make `points` the draft decision of `item`, whose meeting the caller has locked.

    Raises Refused when an executor belongs to another Staff.
    """
    staff_id = item.question.staff_id
    for point in points:
        if point.executor is not None and point.executor.staff_id != staff_id:
            refused("other_staff").or_raise()
    item.points.all().delete()
    DraftPoint.objects.bulk_create(
        DraftPoint(item=item, number=number, **point.as_fields()) for number, point in enumerate(points, 1)
    )
