"""Geometry of the small drawings: seats of the quorum and segments of progress.

Everything is a share of the width as ready text ("6.75%"): no number is localised inside an attribute.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SEAT_GAP = 1.2
SEGMENT_GAP = 0.6


@dataclass(frozen=True)
class Box:
    """One rectangle of a row: class of its state, place and width as shares of the row."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True)
class Line:
    """The needed line after a seat, and from which end its word is written."""

    x: str
    anchor: str


def share(value: float) -> str:
    """Return 6.746 as "6.75%"."""
    return f"{value:.2f}%"


def row(kinds: Sequence[str], gap: float) -> list[Box]:
    """Return one box per kind, of equal width, `gap` per cent apart, less for many boxes."""
    count = len(kinds)
    if not count:
        return []
    gap = min(gap, 30 / count)
    width = (100 - gap * (count - 1)) / count
    return [Box(kind, share(place * (width + gap)), share(width)) for place, kind in enumerate(kinds)]


def seats(total: int, room: int, video: int) -> list[Box]:
    """Return the seats of N members: those in the room, those by video, the empty ones."""
    empty = max(total - room - video, 0)
    return row(["is-here"] * room + ["is-video"] * video + [""] * empty, SEAT_GAP)


def needed_line(total: int, needed: int) -> Line:
    """Return where the line stands: in the gap after the seat number `needed`."""
    gap = min(SEAT_GAP, 30 / total)
    width = (100 - gap * (total - 1)) / total
    x = min(needed * (width + gap) - gap / 2, 100.0)
    anchor = "end" if x > 85 else "start" if x < 15 else "middle"
    return Line(share(x), anchor)


def segments(kinds: Iterable[str]) -> list[Box]:
    """Return the segments of a progress line for the classes `is-filled`, `is-faint` and empty."""
    return row(list(kinds), SEGMENT_GAP)
