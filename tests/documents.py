"""Small real documents, each built once: a page of PDF, a picture, a text, a table, slides."""

import io
import zipfile
from collections.abc import Mapping
from functools import cache

from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter

OFFICE = "application/vnd.openxmlformats-officedocument"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf_of(writer: PdfWriter) -> bytes:
    """Return the bytes that `writer` writes."""
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def empty_page() -> PdfWriter:
    """Return a writer of a document with one empty page of A4."""
    writer = PdfWriter()
    writer.pdf_header = "%PDF-1.7"
    writer.add_blank_page(width=595, height=842)
    return writer


@cache
def tiny_pdf() -> bytes:
    """Return a PDF of one empty page."""
    return pdf_of(empty_page())


@cache
def tiny_picture(kind: str) -> bytes:
    """Return a picture of a few dots; `kind` is "JPEG" or "PNG"."""
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(made, kind)
    return made.getvalue()


@cache
def tiny_table() -> bytes:
    """Return an XLSX with one filled cell and a formula."""
    book, made = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"] = 5, "=SUM(A1:A1)"
    book.save(made)
    return made.getvalue()


def zipped(parts: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of `parts` by their names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def types(main: str, kind: str, more: str = "") -> str:
    """Return [Content_Types].xml of a document whose main part has that name and kind."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{CONTENT_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{kind}"/>{more}</Types>'
    )


def relations(*rows: tuple[str, str, str]) -> str:
    """Return a part of relations; a row is kind, target and "External" or nothing."""
    inner = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE_RELATIONS}/{kind}" Target="{target}"'
        f"{f' TargetMode={chr(34)}{mode}{chr(34)}' if mode else ''}/>"
        for number, (kind, target, mode) in enumerate(rows, 1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{RELATIONS}">{inner}</Relationships>'


def text_parts(body: str = "<w:p><w:r><w:t>Анықтама</w:t></w:r></w:p>") -> dict[str, bytes | str]:
    """Return the parts of a DOCX with that body."""
    return {
        "[Content_Types].xml": types("word/document.xml", f"{OFFICE}.wordprocessingml.document.main+xml"),
        "_rels/.rels": relations(("officeDocument", "word/document.xml", "")),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
    }


def slide_parts() -> dict[str, bytes | str]:
    """Return the parts of a PPTX without slides."""
    p = "http://schemas.openxmlformats.org/presentationml/2006/main"
    return {
        "[Content_Types].xml": types(
            "ppt/presentation.xml", f"{OFFICE}.presentationml.presentation.main+xml"
        ),
        "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml", "")),
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{p}"><p:sldSz cx="9144000"/></p:presentation>',
    }


def text_document(more: Mapping[str, bytes | str] | None = None, **body: str) -> bytes:
    """Return a DOCX with `more` parts, or with another `body`."""
    return zipped(text_parts(**body) | dict(more or {}))
