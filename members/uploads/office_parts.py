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
# Where such a link may lead: the web, a letter, a call, a place in the same document, a text of law in the
# legal database whose links stand in half of the papers of an office.
GOOD_LINK = re.compile(r"(https?://|mailto:|tel:|jl:|#)|$", re.IGNORECASE)
UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]+")
# DDE and fields that fetch: in a document a field, in a table a formula.
FIELD_DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
FIELD_FETCHES = re.compile(
    r"\b(INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK)\b[^\w]*[\"']?(\w+:|\\\\)", re.IGNORECASE
)
# The address of a link in a field; behind \\l stands a place in the same document.
FIELD_LINK = re.compile(
    r'HYPERLINK\s*(?:\\[lot]\s*"[^"]*"\s*|\\[mnh]\s*)*(?:"([^"]*)"|(\S*:\S*|\\\\\S*))', re.IGNORECASE
)
# A word written by the numbers of its letters, so that no piece says what it is.
FIELD_IN_NUMBERS = re.compile(r"\bQUOTE\s+\d+(\s+\d+)+", re.IGNORECASE)
FORMULA_DDE = re.compile(r"\w\s*\|\s*'[^']*'\s*!|\bDDE\s*\(", re.IGNORECASE)
FORMULA_FETCHES = re.compile(r"\b(WEBSERVICE|FILTERXML|IMPORTDATA)\s*\(", re.IGNORECASE)
FORMULA_LINK = re.compile(r'HYPERLINK\s*\(\s*"([^"]*)"', re.IGNORECASE)
HAS_SCHEME = re.compile(r"[\w+.-]+:|\\\\|//")
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
MACRO_FOLDERS = ("xl/macrosheets/", "xl/dialogsheets/")
PACKED_FOLDERS = ("activex/", "ctrlprops/")
PACKED_TYPES = ("oleobject", "activex", "+x-ms-ole")
PACKED_RELATIONS = ("/oleobject", "/control", "/activexcontrolbinary", "/afchunk")
XML = ("xml", "rels", "vml")
# What the parts of a document are: XML, pictures, sound and film, fonts, settings of a printer, a signature.
PARTS = {
    *XML, "png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "dib", "tif", "tiff", "emf", "wmf", "emz", "wmz",
    "svg", "ico", "wdp", "hdp", "jxr", "webp", "pict", "pct", "mp3", "m4a", "wav", "wma", "aac", "mp4", "m4v",
    "mov", "avi", "wmv", "mpg", "mpeg", "glb", "odttf", "fntdata", "ttf", "otf", "bin", "dat", "xlsx",
    "psmdcp", "sigs", "cer",
}  # fmt: skip
LONGEST_TEXT, KEPT_TEXT = 100_000, 2_000
# Longer marks than this no program writes; the parser reads an unended one anew with every chunk.
LONGEST_MARK = 4 * 1024 * 1024


def is_xml(name: str) -> bool:
    """Return whether the part called `name` is read as XML."""
    return name.lower().rpartition(".")[2] in XML


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
        forbidden = low.rpartition("/")[2] in MACRO_PARTS or low.startswith(MACRO_FOLDERS)
        is_packed = any(f"/{folder}" in low for folder in PACKED_FOLDERS)
        is_packed = is_packed or not (low.endswith("/") or low.rpartition(".")[2] in PARTS)
        reason = "file_macros" if forbidden else "file_packed" if is_packed else ""
        return Part(self, reason) if is_xml(name) or reason else None

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
        # How many bytes came since the parser last understood something.
        self.waiting = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.DefaultHandler = self._other

    def feed(self, chunk: bytes, *, is_last: bool) -> str:
        """Return the code of what the part does, after `chunk` too; nothing so far is an empty text."""
        if self.reason:
            return self.reason
        self.waiting += len(chunk)
        if self.waiting > LONGEST_MARK:
            return "file_bomb"
        try:
            self.parser.Parse(chunk, is_last)
        except Hostile as found:
            return found.reason
        except (expat.ExpatError, LookupError):
            return "file_broken"
        return "file_external" if is_last and _fetches("".join(self.fields)) else ""

    def _other(self, _text: str) -> None:
        self.waiting = 0

    def _doctype(self, *_declared: Any) -> None:
        raise Hostile("file_broken")

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.waiting = 0
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
        self.waiting = 0
        if not self.inside:
            return
        self.length += len(text)
        self.fields.append(text)
        if self.length < LONGEST_TEXT:
            return
        if self.inside == "f":
            raise Hostile("file_broken")
        fields = "".join(self.fields)
        if _fetches(fields):
            raise Hostile("file_external")
        self.fields, self.length = [fields[-KEPT_TEXT:]], 0

    def _end(self, tag: str) -> None:
        self.waiting = 0
        if tag.rpartition(" ")[2] != self.inside:
            return
        if self.inside == "f":
            formula, self.fields, self.length = "".join(self.fields), [], 0
            if _calls(formula):
                raise Hostile("file_external")
        self.inside = ""


def _fetches(fields: str) -> bool:
    """Return whether fields of a text fetch or run something; a field may be written in pieces."""
    links = [quoted or bare for quoted, bare in FIELD_LINK.findall(fields)]
    hostile = (FIELD_DDE, FIELD_FETCHES, FIELD_IN_NUMBERS)
    return any(each.search(fields) for each in hostile) or not all(_is_good(link) for link in links)


def _calls(formula: str) -> bool:
    """Return whether a formula of a table fetches, runs or leads to something outside."""
    links = [link for link in FORMULA_LINK.findall(formula) if HAS_SCHEME.match(UNSEEN.sub("", link))]
    fetches = FORMULA_DDE.search(formula) or FORMULA_FETCHES.search(formula)
    return bool(fetches) or not all(_is_good(link) for link in links)


def _is_good(link: str) -> bool:
    return bool(GOOD_LINK.match(UNSEEN.sub("", link)))


def _of_relation(attributes: Mapping[str, str]) -> None:
    kind, target = attributes.get("Type", "").lower(), attributes.get("Target", "")
    if kind.endswith("/vbaproject"):
        raise Hostile("file_macros")
    if kind.endswith(PACKED_RELATIONS):
        raise Hostile("file_packed")
    if attributes.get("TargetMode", "").strip().lower() != "external":
        return
    if not kind.endswith(LINK) or not _is_good(target):
        raise Hostile("file_external")
