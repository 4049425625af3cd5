"""PDF: whole, without a password, and passive – nothing starts by itself, nothing is packed inside."""

import zipfile
from collections.abc import Iterator
from typing import IO, Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

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
# What a document may do on opening.
BY_ITSELF = {"/GoTo", "/Named"}
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
    root = reader.trailer["/Root"].get_object()
    if _opens_something(root):
        return "file_active"
    generations = {number: generation for generation, ids in reader.xref.items() for number in ids}
    for number in sorted(numbers):
        kept = IndirectObject(number, generations.get(number, 0), reader)
        for entry in _dictionaries(reader.get_object(kept)):
            if reason := _of_dictionary(entry):
                return reason
    return ""


def _opens_something(root: Any) -> bool:
    """Return whether the document does more on opening than showing one of its pages."""
    action = root.get("/OpenAction")
    action = action.get_object() if action is not None else None
    return isinstance(action, DictionaryObject) and action.get("/S") not in BY_ITSELF


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
    if entry.get("/S") in ACTIONS or any(key in entry for key in RUNS):
        return "file_active"
    is_file = entry.get("/Type") == "/EmbeddedFile" or entry.get("/Subtype") in (
        "/FileAttachment",
        "/RichMedia",
    )
    return "file_packed" if is_file or any(entry.get(key) for key in PACKED) else ""
