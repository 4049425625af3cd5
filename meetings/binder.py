"""One bookmarked PDF of an agenda and its documents; what cannot be bound is listed with its reason."""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from meetings import documents, sheets
from meetings.facts.pack import PICTURES, PackDocument
from meetings.labels import meeting_title
from meetings.models import AgendaVersion
from members import printing
from members.days import known, long_day
from members.labels import local
from members.states import Language

log = logging.getLogger(__name__)

# A sheet of A4 at 200 dots per inch, and the white border of a picture on it.
SHEET, BORDER, DOTS = (1654, 2339), 80, 200
# More dots than any scanner gives: unpacked it would fill the memory.
MOST_DOTS = 80_000_000
WHY_NOT = {
    "kind": gettext_lazy("not a PDF and not a picture: open it in the portal"),
    "locked": gettext_lazy("locked with a password: open it in the portal"),
    "broken": gettext_lazy("its pages cannot be read: open it in the portal"),
}


class NotBoundError(Exception):
    """A document whose pages cannot stand in the pack; its text is a key of WHY_NOT."""


@dataclass(frozen=True)
class Part:
    """A document of the pack: its pages, or why it has none here."""

    document: PackDocument
    content: bytes = b""
    pages: int = 0
    why_not: str = ""


@dataclass(frozen=True)
class Group:
    """A question of the pack with its documents; no agenda names one that was added at the meeting."""

    order: int
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Line:
    """A line of the contents: what it is called, from which page on, or why it is not there."""

    title: str
    language: str
    page: int
    why_not: str


@dataclass(frozen=True)
class Bound:
    """The finished file, and the numbers of the documents whose pages are in it."""

    content: bytes
    materials: tuple[int, ...]


def bind(
    version: AgendaVersion,
    packed: Sequence[PackDocument],
    language: str,
    *,
    now: datetime,
    tick: Callable[[int], None],
) -> Bound:
    """Return the pack in `language` ("kk" or "ru"): contents, agenda, documents question by question.

    `tick` is called with the number of documents that are done. A file that is broken is only listed.
    """
    with translation.override(language):
        agenda = documents.agenda_pdf(version, language, now=now)
        parts = []
        for done, document in enumerate(packed, 1):
            parts.append(_part(document))
            tick(done)
        groups = _groups(version, parts)
        before = _page_count(agenda)
        # The contents name pages, and how many they take themselves shows only when they are laid out.
        own = _page_count(_contents(version, groups, agenda=1, first=1))
        contents = _contents(version, groups, agenda=own + 1, first=own + before + 1)
        materials = tuple(part.document.material.pk for part in parts if part.pages)
        return Bound(_bound(version, contents, agenda, groups), materials)


def _part(document: PackDocument) -> Part:
    try:
        content = _pages_of(document)
    except NotBoundError as error:
        return Part(document, why_not=str(error))
    return Part(document, content, _page_count(content))


def _pages_of(document: PackDocument) -> bytes:
    if not document.is_bindable:
        raise NotBoundError("kind")
    with document.material.file.open("rb") as file:
        content = file.read()
    try:
        is_picture = document.material.file_name.lower().endswith(PICTURES)
        return picture_page(content) if is_picture else plain_pages(content)
    except NotBoundError:
        raise
    except Exception as error:
        log.warning("material %s is not bound: %s", document.material.pk, type(error).__name__)
        raise NotBoundError("broken") from error


def plain_pages(content: bytes) -> bytes:
    """Return the pages of a PDF alone, without what stands beside them; raise NotBoundError when locked."""
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise NotBoundError("locked")
    writer = sheets.on_sheets(reader)
    if not writer.pages:
        raise NotBoundError("broken")
    return _written(writer)


def picture_page(content: bytes) -> bytes:
    """Return a picture upright on a sheet of A4, lying or standing as the picture does."""
    with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as image:
        if image.width * image.height > MOST_DOTS:
            raise NotBoundError("broken")
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    sheet = SHEET if upright.height >= upright.width else SHEET[::-1]
    fitted = ImageOps.contain(upright, (sheet[0] - 2 * BORDER, sheet[1] - 2 * BORDER))
    page = Image.new("RGB", sheet, "white")
    page.paste(fitted, ((sheet[0] - fitted.width) // 2, (sheet[1] - fitted.height) // 2), fitted)
    target = BytesIO()
    page.save(target, "PDF", resolution=DOTS)
    return target.getvalue()


def _groups(version: AgendaVersion, parts: Sequence[Part]) -> list[Group]:
    """Return the questions of the agenda in its order, then those that it does not name."""
    found: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        found[part.document.item.question_id].append(part)
    groups = [
        Group(row["order"], _title(row), tuple(found.pop(row["question"], ())))
        for row in version.content["items"]
    ]
    for later in found.values():
        item = later[0].document.item
        groups.append(Group(item.order, local(item.question, "title"), tuple(later)))
    return groups


def _contents(version: AgendaVersion, groups: Sequence[Group], *, agenda: int, first: int) -> bytes:
    meeting, page, shown = version.meeting, first, []
    for group in groups:
        lines = []
        for part in group.parts:
            lines.append(_line(part, page))
            page += part.pages
        shown.append({"order": group.order, "title": group.title, "lines": lines})
    language = translation.get_language()
    context = {
        "language": language,
        "staff": local(meeting.staff, "name"),
        "meeting": meeting_title(meeting),
        "when": f"{long_day(meeting.day, language)}, {meeting.starts_at:%H:%M}",
        "place": local(meeting, "place"),
        "version": version.number,
        "agenda": agenda,
        "own_language": Language(known(language)).label,
        "groups": shown,
    }
    return printing.written(printing.laid_out(render_to_string("documents/pack.html", context)))


def _line(part: Part, page: int) -> Line:
    material = part.document.material
    said = str(WHY_NOT[part.why_not]) if part.why_not else ""
    return Line(material.title, material.get_language_display(), page, said)


def _title(row: dict[str, str]) -> str:
    first, second = ("kk", "ru") if translation.get_language() == "kk" else ("ru", "kk")
    return row[f"title_{first}"] or row[f"title_{second}"]


def _bound(version: AgendaVersion, contents: bytes, agenda: bytes, groups: Sequence[Group]) -> bytes:
    writer = PdfWriter()
    for title, content in ((_("Contents"), contents), (_("Agenda"), agenda)):
        start = len(writer.pages)
        writer.append(BytesIO(content), import_outline=False)
        writer.add_outline_item(title=title, page_number=start)
    for group in groups:
        # A question without pages of its own leads to the contents, which say why.
        start = len(writer.pages) if any(part.pages for part in group.parts) else 0
        parent = writer.add_outline_item(title=f"{group.order}. {group.title}", page_number=start)
        for part in group.parts:
            if part.pages:
                begin = len(writer.pages)
                writer.append(BytesIO(part.content), import_outline=False)
                writer.add_outline_item(title=part.document.material.title, page_number=begin, parent=parent)
    sheets.number(writer)
    writer.add_metadata({"/Title": f"{meeting_title(version.meeting)}. {_('Agenda and materials')}"})
    writer.root_object[NameObject("/PageMode")] = NameObject("/UseOutlines")
    return _written(writer)


def _page_count(content: bytes) -> int:
    return len(PdfReader(BytesIO(content)).pages)


def _written(writer: PdfWriter) -> bytes:
    target = BytesIO()
    writer.write(target)
    return target.getvalue()
