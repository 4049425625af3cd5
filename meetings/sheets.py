"""Pages of foreign documents as sheets of one file: each on A4, upright, with its number."""

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

# A4 in points, and by how much a page may differ from it and stay as it is.
SHEET, NEAR = (595.28, 841.89), 3
# Where the number stands in the lower right corner, and the white field behind it.
FIELD_WIDTH, FIELD_HEIGHT, MARGIN, LETTER = 52, 14, 12, 9


def on_sheets(reader: PdfReader) -> PdfWriter:
    """Return the pages of `reader` alone, each upright on A4; larger ones are shrunk, smaller ones grow."""
    turned, sheets = PdfWriter(), PdfWriter()
    for source in reader.pages:
        page = turned.add_page(source)
        if page.rotation:
            page.transfer_rotation_to_content()
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        sheet = SHEET if height >= width else SHEET[::-1]
        if abs(width - sheet[0]) <= NEAR and abs(height - sheet[1]) <= NEAR:
            sheets.add_page(page)
            continue
        scale = min(sheet[0] / width, sheet[1] / height)
        left, bottom = float(page.mediabox.left), float(page.mediabox.bottom)
        to_origin = Transformation().translate(-left, -bottom).scale(scale)
        middle = ((sheet[0] - width * scale) / 2, (sheet[1] - height * scale) / 2)
        placed = sheets.add_blank_page(*sheet)
        placed.merge_transformed_page(page, to_origin.translate(*middle))
    return sheets


def number(writer: PdfWriter) -> None:
    """Print on each sheet of `writer` its number and how many there are."""
    for place, page in enumerate(writer.pages, 1):
        page.merge_page(_stamp(page, f"{place} / {len(writer.pages)}"))


def _stamp(page: PageObject, text: str) -> PageObject:
    box = page.mediabox
    left, bottom = float(box.right) - FIELD_WIDTH - MARGIN, float(box.bottom) + MARGIN
    stamp = PageObject.create_blank_page(width=float(box.right), height=float(box.top))
    drawn = DecodedStreamObject()
    drawn.set_data(
        f"1 g {left:.2f} {bottom:.2f} {FIELD_WIDTH} {FIELD_HEIGHT} re f 0 g "
        f"BT /PortalNumber {LETTER} Tf 1 0 0 1 {left + 4:.2f} {bottom + 4:.2f} Tm ({text}) Tj ET".encode()
    )
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})
    fonts = DictionaryObject({NameObject("/PortalNumber"): font})
    stamp[NameObject("/Contents")] = drawn
    stamp[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    return stamp
