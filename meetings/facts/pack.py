import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from meetings.facts.materials import ItemMaterials
from meetings.models import AgendaItem, AgendaVersion, Material, Meeting
from members.journal import canonical

# Grows when the same sources would give another file.
FORMAT = 2
PICTURES = (".jpg", ".jpeg", ".png")
BINDABLE = (".pdf", *PICTURES)


@dataclass(frozen=True)
class PackDocument:
    """A document of the pack with the question that it belongs to."""

    item: AgendaItem
    material: Material

    @property
    def is_bindable(self) -> bool:
        """Whether its pages can stand in one PDF with the others: a PDF or a picture by its kind."""
        return self.material.file_name.lower().endswith(BINDABLE)


def pack_documents(meeting: Meeting, rows: Iterable[ItemMaterials]) -> tuple[PackDocument, ...]:
    """Return what every member was sent, in the order of the agenda (clauses 22, 26(4)).

    What is held back or restricted is in no pack, nor what came after the last dispatch; until a later
    version is sent, the pack holds the one before it.
    """
    sent = set(Material.objects.filter(dispatches__version__meeting=meeting).values_list("pk", flat=True))
    return tuple(
        PackDocument(row.item, material)
        for row in rows
        for material in row.latest(version for version in row.versions if version.pk in sent - row.held_back)
        if not material.is_restricted
    )


def pack_fingerprint(version: AgendaVersion, documents: Iterable[PackDocument], language: str) -> str:
    """Return what the pack is known by: the same agenda and documents give the same pack, once."""
    sources = {
        "format": FORMAT,
        "language": language,
        "agenda": version.sha256,
        "documents": [[row.item.question_id, row.material.pk, row.material.sha256] for row in documents],
    }
    return hashlib.sha256(canonical(sources).encode()).hexdigest()
