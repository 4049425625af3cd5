"""What changed between a version of the composition and the one before it, seat by seat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members.days import long_day
from members.facts import SEAT_FACTS
from members.labels import local
from members.models import Organisation, Seat

FIELDS = {field.name: field for field in Seat._meta.fields}


@dataclass(frozen=True)
class FieldChange:
    """A fact of a seat that changed: what it is called, and both values in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class SeatChange:
    """A seat that goes on, with what changed about it."""

    seat: Seat
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Difference:
    """What a version did to the one before it; false where nothing changed."""

    added: tuple[Seat, ...]
    removed: tuple[Seat, ...]
    changed: tuple[SeatChange, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def compare(before: Sequence[Seat], after: Sequence[Seat]) -> Difference:
    """Return what changed from the seats `before` to the seats `after`, matched by `continues`.

    Both in their order, with organisations. A seat has moved when it changed its place among those that
    go on: a seat added above it moves nothing.
    """
    old = {seat.pk: seat for seat in before}
    pairs = [(old[seat.continues_id], seat) for seat in after if seat.continues_id in old]
    going_on = {seat.pk for seat, _after in pairs}
    moved = _moved([seat.pk for seat in before if seat.pk in going_on], [seat.pk for seat, _after in pairs])
    changed = ((new, _changes(former, new, moved=former.pk in moved)) for former, new in pairs)
    return Difference(
        added=tuple(seat for seat in after if seat.continues_id not in old),
        removed=tuple(seat for seat in before if seat.pk not in going_on),
        changed=tuple(SeatChange(seat, changes) for seat, changes in changed if changes),
    )


def of_seat(before: Seat, after: Seat) -> tuple[FieldChange, ...]:
    """Return what differs between two texts of one seat; its place in the order is told apart."""
    return _changes(before, after, moved=False)


def _moved(before: list[int], after: list[int]) -> set[int]:
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {seat for block in blocks for seat in after[block.b : block.b + block.size]}
    return set(after) - kept


def _changes(before: Seat, after: Seat, *, moved: bool) -> tuple[FieldChange, ...]:
    names = (["order"] if moved else []) + [
        name for name in SEAT_FACTS if _raw(before, name) != _raw(after, name)
    ]
    return tuple(FieldChange(_label(name), _words(before, name), _words(after, name)) for name in names)


def _raw(seat: Seat, name: str) -> object:
    return seat.organisation_id if name == "organisation" else getattr(seat, name)


def _label(name: str) -> str:
    if name == "organisation":
        return str(Organisation._meta.verbose_name)
    return str(FIELDS[name].verbose_name)


def _words(seat: Seat, name: str) -> str:
    """Return a fact of a seat as a page says it, in the current language."""
    if name == "organisation":
        return local(seat.organisation, "name") if seat.organisation_id else "–"
    if name in ("role", "rank"):
        return str(getattr(seat, f"get_{name}_display")() or "–")
    value = getattr(seat, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return long_day(value, get_language())
    return str(value or "–")
