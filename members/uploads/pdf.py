"""PDF: whole, without a password, passive, and of a bearable size – nothing starts by itself or is packed
inside, nothing is fetched from elsewhere.
"""

import zipfile
from collections.abc import Iterator
from typing import IO, Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from members.uploads.pdf_streams import Room, is_large_picture

MAGIC = b"%PDF-"
END = b"%%EOF"
# What may stand after the end: line ends and the remains of a transfer.
MAX_AFTER_END = 1024
MAX_OBJECTS = 200_000
MAX_DEPTH = 100
# Actions that run, fetch or send something; the others only lead to another place.
ACTIONS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToR", "/GoToE", "/Rendition",
    "/Movie", "/Sound", "/RichMediaExecute",
}  # fmt: skip
# What a document may do by itself: lead to another place in it, by a destination or by such a name.
PLACES = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
MAX_CHAIN = 100
RUNS = ("/JS", "/JavaScript", "/XFA")
PACKED = ("/EF", "/EmbeddedFiles", "/RichMediaContent")
BROKEN = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OSError)


def problem(stream: IO[bytes], _suffix: str) -> str:
    """Return the code of what is wrong with a PDF, or nothing."""
    content = stream.read()
    if not content.startswith(MAGIC):
        return "file_type"
    end = content.rfind(END)
    if end < 0:
        return "file_broken"
    stream.seek(0)
    if len(content[end + len(END) :].strip()) > MAX_AFTER_END or zipfile.is_zipfile(stream):
        return "file_two_kinds"
    stream.seek(0)
    try:
        reader = PdfReader(stream)
        if reader.is_encrypted:
            return "file_encrypted"
        if not len(reader.pages) or any(page.get("/Type") != "/Page" for page in reader.pages):
            return "file_broken"
        return _of_objects(reader)
    except BROKEN:
        return "file_broken"


def _of_objects(reader: PdfReader) -> str:
    """Return the code of what an object of the file would do, or nothing."""
    numbers = {number for ids in reader.xref.values() for number in ids} | set(reader.xref_objStm)
    if len(numbers) > MAX_OBJECTS:
        return "file_bomb"
    root: Any = reader.trailer["/Root"].get_object()
    if not _only_leads(root.get("/OpenAction")):
        return "file_active"
    room = Room()
    generations = {number: generation for generation, ids in reader.xref.items() for number in ids}
    for number in sorted(numbers):
        kept = IndirectObject(number, generations.get(number, 0), reader)
        for entry in _dictionaries(reader.get_object(kept)):
            if reason := _of_dictionary(entry) or _of_size(entry, room):
                return reason
    return ""


def _only_leads(action: Any) -> bool:
    """Return whether an action, with those that follow it, only leads to a place in the document."""
    opened = action.get_object() if action is not None else None
    # An array is a destination itself.
    waiting = [] if isinstance(opened, ArrayObject) else [opened]
    for _step in range(MAX_CHAIN):
        if not waiting:
            return True
        found = waiting.pop()
        if isinstance(found, ArrayObject):
            waiting += [inner.get_object() for inner in found]
        elif isinstance(found, DictionaryObject):
            if not (
                found.get("/S") == "/GoTo" or (found.get("/S") == "/Named" and found.get("/N") in PLACES)
            ):
                return False
            waiting.append(found.get("/Next"))
    return False


def _acts_alone(entry: DictionaryObject) -> bool:
    """Return whether something that a person merely looks at, enters or closes does more than lead on."""
    triggers = entry.get("/AA")
    if not isinstance(triggers, DictionaryObject):
        return False
    return not all(_only_leads(triggers.get(key)) for key in triggers)


def _dictionaries(found: Any) -> Iterator[DictionaryObject]:
    """Return the dictionaries of one object; those that it refers to come by their own numbers."""
    waiting = [(found, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise ValueError("nested too deep")
        if isinstance(value, DictionaryObject | StreamObject):
            yield value
            waiting += [(value.raw_get(key), depth + 1) for key in value]
        elif isinstance(value, ArrayObject):
            waiting += [(inner, depth + 1) for inner in list.__iter__(value)]


def _of_dictionary(entry: DictionaryObject) -> str:
    if entry.get("/S") in ACTIONS or any(key in entry for key in RUNS) or _acts_alone(entry):
        return "file_active"
    is_file = entry.get("/Type") == "/EmbeddedFile" or entry.get("/Subtype") in (
        "/FileAttachment",
        "/RichMedia",
    )
    if is_file or any(entry.get(key) for key in PACKED):
        return "file_packed"
    return "file_external" if _is_elsewhere(entry) else ""


def _is_elsewhere(entry: DictionaryObject) -> bool:
    """Return whether the content of an object, or a file that it names, lies outside the document."""
    if isinstance(entry, StreamObject) and ("/F" in entry or "/Ref" in entry):
        return True
    return entry.get("/FS") == "/URL" or entry.get("/Type") == "/Filespec"


def _of_size(entry: DictionaryObject, room: Room) -> str:
    is_bomb = is_large_picture(entry) or (isinstance(entry, StreamObject) and not room.takes(entry))
    return "file_bomb" if is_bomb else ""
