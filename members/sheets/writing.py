"""Workbooks out: the composition as it was on a day, and the templates of the import."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from members.days import known, long_day
from members.facts import CompositionFacts, SeatFacts
from members.sheets import values
from members.sheets.columns import EXPORTED, OF_KIND, ORDER, PEOPLE, Column
from members.sheets.guide import EXAMPLES, GUIDES, TITLES
from members.sheets.reading import MAX_ROWS

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY_FORMAT = "dd.mm.yyyy"
# What a spreadsheet would take for a formula; a person's text is never one.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
THIN = Side(style="thin", color="9AA5B1")
HEADING = {
    "font": Font(name="Liberation Serif", bold=True, size=11),
    "fill": PatternFill("solid", fgColor="E4ECF5"),
    "alignment": Alignment(wrap_text=True, vertical="center", horizontal="center"),
    "border": Border(THIN, THIN, THIN, THIN),
}
CELL = {
    "font": Font(name="Liberation Serif", size=11),
    "alignment": Alignment(wrap_text=True, vertical="top"),
    "border": Border(THIN, THIN, THIN, THIN),
}
EXAMPLE_FONT = Font(name="Liberation Serif", size=11, italic=True, color="6A4500")


def composition(facts: CompositionFacts, language: str) -> bytes:
    """Return the composition on its day as an XLSX in `language`: a row per seat, with who holds it."""
    language = known(language)
    book, sheet = _book(TITLES["composition"][language])
    _head(sheet, [column.named(language) for column in EXPORTED], EXPORTED)
    for number, row in enumerate(facts.rows, start=2):
        _fill(sheet, number, _facts_of(row, language))
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(EXPORTED))}{max(len(facts.rows) + 1, 2)}"
    sheet.print_title_rows = "1:1"
    book.properties.title = f"{facts.staff.code}, {long_day(facts.day, language)}"
    return _bytes(book)


def _facts_of(row: SeatFacts, language: str) -> list[Any]:
    seat, holder = row.seat, row.holder
    word = 1 if language == "ru" else 0
    of_seat = [
        seat.order,
        values.ROLES[seat.role][word],
        seat.office_kk,
        seat.office_ru,
        seat.organisation.name_kk,
        seat.organisation.name_ru,
        values.YES_NO[values.YES if seat.by_agreement else values.NO][word],
        seat.consent_number,
        seat.consent_date,
        values.YES_NO[values.YES if seat.votes else values.NO][word],
        values.RANKS[seat.rank][word] if seat.rank else "",
    ]
    if holder is None:
        return [*of_seat, TITLES["vacant"][language], "", None, "", None]
    user = holder.user
    return [*of_seat, user.name, user.email, holder.since, holder.acting_number, holder.acting_date]


def template(kind: str, *, orders: Iterable[tuple[int, str]] = ()) -> bytes:
    """Return the empty sheet of `kind` to be filled in, with lists to choose from and a page of advice.

    `orders` are the numbers and offices of the seats in force: a sheet of people begins with them.
    """
    columns = OF_KIND[kind]
    book, sheet = _book(TITLES[kind]["kk"])
    _head(sheet, [column.heading for column in columns], columns)
    _fill(sheet, 2, EXAMPLES[kind])
    for cell in sheet[2]:
        cell.font = EXAMPLE_FONT
    _offer(book, sheet, columns)
    _advise(book, kind, orders)
    return _bytes(book)


def _book(title: str) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    book.properties.creator = ""
    sheet = book.worksheets[0]
    sheet.title = title
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return book, sheet


def _head(sheet: Worksheet, names: list[str], columns: tuple[Column, ...]) -> None:
    for place, (name, column) in enumerate(zip(names, columns, strict=True), start=1):
        cell = sheet.cell(1, place, name)
        for style, value in HEADING.items():
            setattr(cell, style, value)
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.row_dimensions[1].height = 48


def _fill(sheet: Worksheet, number: int, row: Iterable[Any]) -> None:
    for place, value in enumerate(row, start=1):
        cell = sheet.cell(number, place)
        _put(cell, value)
        for style, look in CELL.items():
            setattr(cell, style, look)
        if isinstance(value, date):
            cell.number_format = DAY_FORMAT


def _put(cell: Any, value: Any) -> None:
    """Write `value` so that no spreadsheet runs it: text that looks like a formula stays text."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_SIGNS)


def _offer(book: Workbook, sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    """Put the closed lists on a sheet of their own and offer them in their columns."""
    lists = {
        "role": values.ROLES,
        "by_agreement": values.YES_NO,
        "votes": values.YES_NO,
        "rank": values.RANKS,
    }
    offered = book.create_sheet(TITLES["lists"]["kk"])
    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        cells = f"{letter}2:{letter}{MAX_ROWS + 2}"
        if column.code.endswith("_date") or column.code == "since":
            for (cell,) in sheet[cells]:
                cell.number_format = DAY_FORMAT
        if column.code not in lists:
            continue
        words = [values.choice(*pair) for pair in lists[column.code].values()]
        offered.cell(1, place, column.heading)
        for number, word in enumerate(words, start=2):
            offered.cell(number, place, word)
        offered.column_dimensions[letter].width = 50
        source = f"{quote_sheetname(offered.title)}!${letter}$2:${letter}${len(words) + 1}"
        choice = DataValidation("list", source, allow_blank=True, showErrorMessage=True)
        choice.add(cells.replace("2:", "3:", 1))
        sheet.add_data_validation(choice)
    if offered.max_row == 1:
        book.remove(offered)


def _advise(book: Workbook, kind: str, orders: Iterable[tuple[int, str]]) -> None:
    guide = book.create_sheet(TITLES["guide"]["kk"])
    guide.column_dimensions["A"].width = guide.column_dimensions["B"].width = 70
    for number, pair in enumerate(GUIDES[kind], start=1):
        for place, words in enumerate(pair, start=1):
            cell = guide.cell(number, place, words)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(name="Liberation Serif", size=12, bold=number == 1)
    if kind != PEOPLE:
        return
    begin = len(GUIDES[kind]) + 2
    guide.cell(begin, 1, ORDER.heading).font = Font(name="Liberation Serif", size=12, bold=True)
    for number, (order, office) in enumerate(orders, start=begin + 1):
        _put(guide.cell(number, 1), f"{order}. {office}")
        guide.cell(number, 1).alignment = Alignment(wrap_text=True)


def _bytes(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()
