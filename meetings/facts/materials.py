from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from meetings.facts.terms import terms_of
from meetings.models import AgendaItem, Dispatch, Material, Meeting, OwedMaterial
from regulation import terms


@dataclass(frozen=True)
class ItemMaterials:
    """What has come in for one item, how late, and what of it is held back (clause 22)."""

    item: AgendaItem
    materials: tuple[Material, ...]
    held: tuple[Material, ...]
    owed: tuple[OwedMaterial, ...]
    days_late: int
    # Late, and the head has not said yet whether the question stays (clause 22).
    is_undecided: bool

    @property
    def is_missing(self) -> bool:
        return bool(self.owed)

    @property
    def is_overdue(self) -> bool:
        return self.is_missing and self.days_late > 0


def materials_of(item: AgendaItem, due: date, *, today: date) -> ItemMaterials:
    """Return the materials of `item` (prefetched) against the local due date.

    What came on the due date is in time. While a document is owed the lateness grows with `today`; otherwise
    it is that of the latest one. Each late material is held back from everybody until the head admits it
    (parameter `late_materials`); one that comes after the admission waits for another.
    """
    materials = tuple(row for row in item.materials.all() if row.is_current)
    received = {row.owed_id for row in materials}
    owed = tuple(row for row in item.owed.all() if row.pk not in received)
    lateness = {row.pk: terms.days_late(due, timezone.localdate(row.uploaded_at)) for row in materials}
    days_late = max([*lateness.values(), terms.days_late(due, today) if owed else 0])
    hold = item.meeting.procedure.late_materials == "hold"
    held = tuple(row for row in materials if hold and lateness[row.pk] and not _is_admitted(item, row))
    is_undecided = bool(held) or (hold and bool(owed) and days_late > 0 and item.admitted_at is None)
    return ItemMaterials(item, materials, held, owed, days_late, is_undecided)


def _is_admitted(item: AgendaItem, material: Material) -> bool:
    return item.admitted_at is not None and material.uploaded_at <= item.admitted_at


def items_with_materials(meeting: Meeting, *, today: date) -> list[ItemMaterials]:
    """Return the items of `meeting` in order, each with its materials and lateness."""
    due = terms_of(meeting).materials_due
    items = list(meeting.items.for_agenda())
    for item in items:
        item.meeting = meeting
    return [materials_of(item, due, today=today) for item in items]


def is_sent(meeting: Meeting) -> bool:
    """Return whether some version of the agenda went out to the members."""
    return Dispatch.objects.filter(version__meeting=meeting).exists()
