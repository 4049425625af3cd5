"""The half-year plan as a workbook: the same words as the document, a sheet for each part."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from meetings import plan_paper
from meetings.models import WorkPlan

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = {
    "kk": ("1-бөлім", "2-бөлім", "3-бөлім", "Келісу парағы", "Өзгерістер"),
    "ru": ("Раздел 1", "Раздел 2", "Раздел 3", "Лист согласования", "Изменения"),
}
WIDTHS = (7, 48, 22, 44, 32, 40, 32)
# What a spreadsheet would take for a formula; a person's text is never one.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
FONT = "Liberation Serif"
THIN = Side(style="thin", color="9AA5B1")
BORDER = Border(THIN, THIN, THIN, THIN)
WRAPPED = Alignment(wrap_text=True, vertical="top")
FILL = PatternFill("solid", fgColor="E4ECF5")


def plan(plan: WorkPlan, language: str, *, today: date) -> bytes:
    """Return the plan in `language` as an XLSX: sections, agreement sheet and changes."""
    paper = plan_paper.paper(plan, language, today=today)
    words, names = paper["words"], NAMES[paper["language"]]
    book = Workbook()
    book.properties.creator = ""
    book.properties.title = f"{words['title']} {paper['period']}"
    for number, section in enumerate(paper["sections"]):
        sheet = book.worksheets[0] if number == 0 else book.create_sheet()
        _head(sheet, names[number], [*_top(paper), section["title"]])
        _table(sheet, section["columns"], section["rows"])
    _head(book.create_sheet(), names[2], [words["control"], *paper["control"].splitlines()])
    if paper["sheet"]:
        sheet = book.create_sheet()
        _head(sheet, names[3], [words["sheet"]])
        _rows(sheet, paper["sheet"])
        _widths(sheet, (70, 50, 14))
    if paper["changes"]:
        sheet = book.create_sheet()
        _head(sheet, names[4], [words["changes"]])
        _table(sheet, words["change_columns"], paper["changes"])
        _widths(sheet, (14, 10, 40, 26, 50))
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _top(paper: dict[str, Any]) -> list[str]:
    words, approval = paper["words"], paper["approval"]
    state = words["draft"] if paper["is_draft"] else ", ".join([words["approve"], *approval.values()])
    return [state, words["title"], paper["period"], paper["staff"]]


def _head(sheet: Worksheet, name: str, lines: Iterable[str]) -> None:
    """Name the sheet and write the lines above its table."""
    sheet.title = name
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.column_dimensions["A"].width = 90
    for number, line in enumerate(lines, start=1):
        _put(sheet.cell(number, 1), line, bold=True)
        sheet.cell(number, 1).alignment = Alignment(wrap_text=False)


def _table(sheet: Worksheet, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    first = sheet.max_row + 1
    for place, name in enumerate(columns, start=1):
        cell = sheet.cell(first, place)
        _put(cell, name, bold=True)
        cell.fill, cell.border = FILL, BORDER
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    _widths(sheet, WIDTHS)
    sheet.freeze_panes = f"A{first + 1}"
    sheet.print_title_rows = f"{first}:{first}"
    _rows(sheet, rows)


def _rows(sheet: Worksheet, rows: Iterable[Sequence[str]]) -> None:
    for number, row in enumerate(rows, start=sheet.max_row + 1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            _put(cell, value)
            cell.border, cell.alignment = BORDER, WRAPPED


def _widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def _put(cell: Any, value: str, *, bold: bool = False) -> None:
    """Write `value` so that no spreadsheet runs it: text that looks like a formula stays text."""
    cell.value = value
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(FORMULA_SIGNS)
    cell.font = Font(name=FONT, size=11, bold=bold)
