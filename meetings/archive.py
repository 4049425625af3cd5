"""The documents of a meeting as one ZIP, under names that every system and every reader understands."""

from collections.abc import Iterable
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.utils.text import slugify

from meetings.facts import PackDocument

INDEX = "00-index.txt"
LONGEST = 80
# Above this a phone or a slow line takes long: the page says so before.
LARGE = 100 * 1024 * 1024


def names_of(packed: Iterable[PackDocument]) -> dict[int, str]:
    """Return the name in the archive by the key of the material: «02-анықтама.pdf», each once.

    A name is made of letters of any alphabet, digits and hyphens: no folders, no commands, no surprises.
    """
    names: dict[int, str] = {}
    taken: set[str] = set()
    for row in packed:
        stem = slugify(row.material.title, allow_unicode=True)[:LONGEST].strip("-_") or "document"
        ending = slugify(PurePath(row.material.file_name).suffix[1:6])
        tail = f".{ending}" if ending else ""
        name, copy = f"{row.item.order:02d}-{stem}{tail}", 2
        while name.casefold() in taken:
            name, copy = f"{row.item.order:02d}-{stem}-{copy}{tail}", copy + 1
        taken.add(name.casefold())
        names[row.material.pk] = name
    return names


def zipped(packed: Iterable[PackDocument], index: str) -> IO[bytes]:
    """Return an open file with all documents and the `index` of them; who reads it closes it."""
    packed = tuple(packed)
    names = names_of(packed)
    target = TemporaryFile()  # noqa: SIM115 - it is open while it is sent
    with ZipFile(target, "w", ZIP_STORED) as archive:
        # Windows' notepad takes a text for Kazakh only with this mark.
        archive.writestr(INDEX, f"\ufeff{index}", ZIP_DEFLATED)
        for row in packed:
            with row.material.file.open("rb") as source, archive.open(names[row.material.pk], "w") as entry:
                while piece := source.read(1024 * 1024):
                    entry.write(piece)
    target.seek(0)
    return target
