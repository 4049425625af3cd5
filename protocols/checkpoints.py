"""The heads of the journal that protocols print: a signature over the document anchors what came before."""

from collections.abc import Iterator

from members.journal import Checkpoint
from members.models import Staff
from protocols.models import Edition


def heads(staff: Staff) -> Iterator[Checkpoint]:
    """Yield the head of the journal in every edition that was sent for signature, the earliest first."""
    editions = Edition.objects.filter(protocol__meeting__staff=staff).order_by("sent_at", "pk")
    rows = editions.values_list("facts__journal", "facts__index", "number")
    for head, index, number in rows:
        yield Checkpoint(staff.code, head["sequence"], head["hash"], f"protocol {index}, edition {number}")
