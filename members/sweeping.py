"""A sweep goes over many rows; one that fails is told in the log and does not stop the others."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

log = logging.getLogger(__name__)
Row = TypeVar("Row")


def total_over(rows: Iterable[Row], act: Callable[[Row], int]) -> int:
    """Call `act` with each of `rows` and return the sum of its answers; what fails counts as nothing.

    Whatever one row fails on, the next sweep tries it again.
    """
    total = 0
    for row in rows:
        try:
            total += act(row)
        except Exception:
            log.exception("the sweep failed on %s", row)
    return total
