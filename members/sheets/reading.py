"""An uploaded workbook in, rows of plain text out; whatever it is, the answer is rows or clear sentences."""

import warnings
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any, NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from members.days import known
from members.sheets.columns import EXPORTED, OF_KIND, ORDER, Column
from members.sheets.values import WrongValueError, plain
from members.uploads import Upload

MEGABYTE = 1024 * 1024
MAX_BYTES = 5 * MEGABYTE
MAX_UNPACKED = 50 * MEGABYTE
# Parts are read into memory, and formatting costs most: 500 rows need a tenth of this.
MAX_ROWS_PART = 5 * MEGABYTE
MAX_OTHER_PART = MEGABYTE
ROWS_PARTS = ("xl/worksheets/", "xl/sharedStrings.xml")
MAX_MEMBERS = 2000
MAX_ROWS = 500
# Empty rows between the filled ones are skipped, but not for ever.
MAX_SCANNED = 5000
MAX_COLUMNS = 60
EXAMPLE = ("ҮЛГІ", "ОБРАЗЕЦ")
OLE = b"\xd0\xcf\x11\xe0"


class Problem(NamedTuple):
    """What is wrong, and where: the number of the row in the sheet (0: the file) and the column's heading."""

    text: str
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        if not self.row:
            return self.text
        if not self.column:
            return _("Row %(row)s: %(text)s") % {"row": self.row, "text": self.text}
        return _("Row %(row)s, column “%(column)s”: %(text)s") % self._asdict()


class Row(NamedTuple):
    """A row of the sheet: its number there, and its cells as plain text by the codes of the columns."""

    number: int
    cells: dict[str, str]


class Sheet(NamedTuple):
    """A sheet as it was read: its kind, its rows, and what is wrong in its cells.

    A cell with a problem is missing from its row.
    """

    kind: str
    rows: list[Row]
    problems: list[Problem]


class Unreadable(Exception):  # noqa: N818 - an answer to the person, not a fault
    """The file as a whole cannot be taken; `problems` say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*map(str, problems))
        self.problems = list(problems)


def read(upload: Upload, kind: str) -> Sheet:
    """Return `upload` as a sheet of `kind`, with all that is wrong in its cells.

    Raises Unreadable for what is not such a workbook, or is made to harm.
    """
    _inspect(upload)
    upload.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            raw = list(_cells(upload, OF_KIND[kind]))
        except Unreadable:
            raise
        except Exception as error:
            raise Unreadable(Problem(_("The file is damaged: it cannot be read as XLSX."))) from error
    if not raw:
        raise Unreadable(Problem(_("The sheet has no filled rows below the headings.")))
    return checked(raw, kind)


def checked(raw: Iterable[tuple[int, dict[str, Any]]], kind: str) -> Sheet:
    """Return cells as a sheet of plain text, with what is wrong in them, each by row and column."""
    rows, problems, language = [], [], known(get_language())
    for number, cells in raw:
        row = Row(number, {})
        for column in OF_KIND[kind]:
            try:
                row.cells[column.code] = _value(column, cells.get(column.code))
            except WrongValueError as wrong:
                problems.append(Problem(str(wrong), number, column.named(language)))
        rows.append(row)
    return Sheet(kind, rows, problems)


class _Formula(NamedTuple):
    """A cell that holds a formula or a failed one: its value is never taken."""

    is_error: bool = False


def _value(column: Column, cell: Any) -> str:
    if isinstance(cell, _Formula):
        raise WrongValueError(
            _("The cell shows an error of the sheet.")
            if cell.is_error
            else _("The cell holds a formula. Put the value itself.")
        )
    return column.read(cell)


def _inspect(upload: Upload) -> None:
    """Look at the file before anything is unpacked from it."""
    name = PurePath(upload.name or "").name
    suffix = PurePath(name).suffix.lower()
    if not upload.size:
        raise Unreadable(Problem(_("The file is empty.")))
    if upload.size > MAX_BYTES:
        raise Unreadable(
            Problem(_("The file is larger than %(limit)s MB.") % {"limit": MAX_BYTES // MEGABYTE})
        )
    if suffix == ".xlsm":
        raise Unreadable(Problem(_macros()))
    upload.seek(0)
    if upload.read(len(OLE)) == OLE:
        raise Unreadable(
            Problem(_("This is an old XLS file or one with a password. Save it as XLSX without a password."))
        )
    if suffix != ".xlsx" or not zipfile.is_zipfile(upload):
        raise Unreadable(Problem(_("This is not an XLSX file. Take the template and fill it in.")))
    try:
        with zipfile.ZipFile(upload) as archive:
            _inspect_parts(archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unreadable(Problem(_("The file is damaged: it cannot be read as XLSX."))) from error


def _inspect_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MAX_MEMBERS:
        raise Unreadable(Problem(_("The file holds too many parts to be a sheet.")))
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(
            Problem(
                _("Unpacked, the file is larger than %(limit)s MB.") % {"limit": MAX_UNPACKED // MEGABYTE}
            )
        )
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(Problem(_("The file is protected with a password. Save it without one.")))
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Unreadable(Problem(_macros()))
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise Unreadable(Problem(_("The file has links to other files. Remove them and save it again.")))
    if "xl/workbook.xml" not in names:
        raise Unreadable(Problem(_("This is not an XLSX file. Take the template and fill it in.")))
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _inspect_size(part)
            _inspect_markup(part.filename, archive.read(part))


def _inspect_size(part: zipfile.ZipInfo) -> None:
    if part.file_size > (MAX_ROWS_PART if part.filename.startswith(ROWS_PARTS) else MAX_OTHER_PART):
        raise Unreadable(
            Problem(_("The file has too much formatting or too many rows. Copy its rows into the template."))
        )


def _inspect_markup(name: str, markup: bytes) -> None:
    if b"<!DOCTYPE" in markup or b"<!ENTITY" in markup:
        raise Unreadable(Problem(_("The file is damaged: it cannot be read as XLSX.")))
    if name.startswith("xl/worksheets/") and b"<mergeCell " in markup:
        raise Unreadable(
            Problem(_("The sheet has merged cells. Unmerge them: each row and column has its own value."))
        )


def _macros() -> str:
    return _("The file has macros. Save it as XLSX without macros.")


def _cells(upload: Upload, columns: tuple[Column, ...]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number and the raw cells of every filled row below the headings of the first sheet."""
    book = load_workbook(upload, read_only=True, data_only=False, keep_links=False)
    try:
        rows = book.worksheets[0].iter_rows(max_col=MAX_COLUMNS)
        places = _places([plain(cell.value) for cell in next(rows, ())], columns)
        filled = 0
        for number, cells in enumerate(rows, start=2):
            values = {code: _raw(cells[place]) for code, place in places.items() if place < len(cells)}
            if any(plain(value) for value in values.values()) and not _is_example(values):
                filled += 1
                yield number, values
            if filled > MAX_ROWS or number > MAX_SCANNED:
                raise Unreadable(Problem(_too_many()))
    finally:
        book.close()


def _too_many() -> str:
    return ngettext(
        "The sheet has more than %(limit)s row.", "The sheet has more than %(limit)s rows.", MAX_ROWS
    ) % {"limit": MAX_ROWS}


def _raw(cell: Any) -> Any:
    if cell.data_type in ("f", "e"):
        return _Formula(is_error=cell.data_type == "e")
    return cell.value


def _is_example(values: dict[str, Any]) -> bool:
    return plain(values.get(ORDER.code)).upper().startswith(EXAMPLE)


def _places(headings: list[str], columns: tuple[Column, ...]) -> dict[str, int]:
    """Return where each of `columns` stands; headings may be in one language or in both, in any order."""
    names = {
        said.casefold(): column.code for column in EXPORTED for said in (column.heading, column.kk, column.ru)
    }
    places: dict[str, int] = {}
    problems = []
    for place, said in enumerate(headings):
        code = names.get(said.casefold(), "")
        if said and not code:
            problems.append(Problem(_("The template has no column “%(said)s”.") % {"said": said[:60]}))
        elif code in places:
            problems.append(Problem(_("The column “%(said)s” is there twice.") % {"said": said[:60]}))
        elif code:
            places[code] = place
    missing = [column.heading for column in columns if column.code not in places]
    if len(missing) == len(columns):
        raise Unreadable(Problem(_("The first row of the first sheet has no headings of the template.")))
    problems += [Problem(_("The column “%(said)s” is missing.") % {"said": said}) for said in missing]
    if problems:
        raise Unreadable(*problems)
    wanted = {column.code for column in columns}
    return {code: place for code, place in places.items() if code in wanted}
