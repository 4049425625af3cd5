"""What the XML parts of an Office document say: its kind, its links, its fields and formulas."""

import re
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN = {
    ".docx": f"{OFFICE}wordprocessingml.document.main+xml",
    ".xlsx": f"{OFFICE}spreadsheetml.sheet.main+xml",
    ".pptx": f"{OFFICE}presentationml.presentation.main+xml",
}
# Links that a person follows by clicking; everything else outside is fetched by the program itself.
LINK = "/hyperlink"
HOSTILE_LINK = re.compile(
    r"\s*(javascript|vbscript|data|mhtml|shell|search-ms|ms-[a-z-]+):|\\\\", re.IGNORECASE
)
# DDE and fields that fetch: in a document a field, in a table a formula.
FIELD_DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
FIELD_FETCHES = re.compile(
    r"\b(INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK)\b[^\w]*[\"']?(\w+:|\\\\)", re.IGNORECASE
)
FORMULA_DDE = re.compile(r"\w\s*\|\s*'[^']*'\s*!|\bDDE\s*\(", re.IGNORECASE)
FORMULA_FETCHES = re.compile(r"\b(WEBSERVICE|FILTERXML|IMPORTDATA)\s*\(", re.IGNORECASE)
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
MACRO_FOLDERS = ("xl/macrosheets/", "xl/dialogsheets/")
PACKED_FOLDERS = ("activex/", "ctrlprops/")
PACKED_TYPES = ("oleobject", "activex", "+x-ms-ole")
LONGEST_TEXT = 100_000


class Hostile(Exception):  # noqa: N818 - it is what was found, raised out of the parser's callbacks
    """The part does what no document should; `reason` is its code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Parts:
    """The parts of one document while it is read; at the end its kind must fit its extension."""

    def __init__(self, suffix: str) -> None:
        self.suffix = suffix
        self.kinds: set[str] = set()

    def part(self, name: str) -> "Part | None":
        """Return a reader for the part called `name`, None for one that is only counted."""
        low = name.lower()
        is_xml = low.endswith((".xml", ".rels", ".vml"))
        forbidden = low.rpartition("/")[2] in MACRO_PARTS or low.startswith(MACRO_FOLDERS)
        is_packed = any(f"/{folder}" in low for folder in PACKED_FOLDERS)
        reason = "file_macros" if forbidden else "file_packed" if is_packed else ""
        return Part(self, reason) if is_xml or reason else None

    def problem(self) -> str:
        """Return whether the main part is not that of the extension."""
        return "" if self.kinds == {MAIN[self.suffix]} else "file_type"


class Part:
    """Reads one XML part as a stream and stops at the first thing that no document should do."""

    def __init__(self, parts: Parts, reason: str) -> None:
        self.parts, self.reason = parts, reason
        self.fields: list[str] = []
        self.length = 0
        self.inside = ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def feed(self, chunk: bytes, *, is_last: bool) -> str:
        """Return the code of what the part does, after `chunk` too; nothing so far is an empty text."""
        if self.reason:
            return self.reason
        try:
            self.parser.Parse(chunk, is_last)
        except Hostile as found:
            return found.reason
        except (expat.ExpatError, LookupError):
            return "file_broken"
        return self._of_fields() if is_last else ""

    def _doctype(self, *_declared: Any) -> None:
        raise Hostile("file_broken")

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name in ("Override", "Default"):
            self._content_type(attributes.get("ContentType", "").lower())
        elif name == "Relationship":
            _of_relation(attributes)
        elif name in ("instrText", "f"):
            self.inside = name
        elif name == "fldSimple":
            self.fields += [value for key, value in attributes.items() if key.endswith("instr")]
        elif name in ("ddeLink", "oleLink"):
            raise Hostile("file_external")

    def _content_type(self, kind: str) -> None:
        if "macroenabled" in kind or "vbaproject" in kind:
            raise Hostile("file_macros")
        if any(packed in kind for packed in PACKED_TYPES):
            raise Hostile("file_packed")
        if kind.endswith(".main+xml"):
            self.parts.kinds.add(kind)

    def _text(self, text: str) -> None:
        if not self.inside:
            return
        self.length += len(text)
        if self.inside == "instrText" and self.length < LONGEST_TEXT:
            self.fields.append(text)
        elif self.inside == "f":
            self.fields = [*self.fields[-20:], text]

    def _end(self, tag: str) -> None:
        if self.inside == "f" and tag.rpartition(" ")[2] == "f":
            formula, self.fields = "".join(self.fields), []
            if FORMULA_DDE.search(formula) or FORMULA_FETCHES.search(formula):
                raise Hostile("file_external")
        if tag.rpartition(" ")[2] == self.inside:
            self.inside = ""

    def _of_fields(self) -> str:
        # A field may be written in pieces, so that no piece says what it is.
        fields = "".join(self.fields)
        return "file_external" if FIELD_DDE.search(fields) or FIELD_FETCHES.search(fields) else ""


def _of_relation(attributes: Mapping[str, str]) -> None:
    kind, target = attributes.get("Type", ""), attributes.get("Target", "")
    if kind.endswith(("/oleObject", "/control", "/vbaProject", "/activeXControlBinary")):
        raise Hostile("file_macros" if kind.endswith("/vbaProject") else "file_packed")
    if attributes.get("TargetMode") != "External":
        return
    if not kind.endswith(LINK) or HOSTILE_LINK.match(target):
        raise Hostile("file_external")
