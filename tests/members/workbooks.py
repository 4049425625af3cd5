"""Workbooks for the tests of the import: good ones, and ones made to harm."""

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from members.sheets.columns import OF_KIND


def headings(kind: str) -> list[str]:
    """Return the headings of the template."""
    return [column.heading for column in OF_KIND[kind]]


def seat_row(order: int, role: str = "член Штаба", **cells: Any) -> list[Any]:
    """Return a good row of a sheet of seats; `cells` change single columns."""
    row = {
        "order": order,
        "role": role,
        "office_kk": f"{order}-жаңа лауазым",
        "office_ru": f"Новая должность {order}",
        "organisation_kk": f"{order}-жаңа бөлім",
        "organisation_ru": f"Новый отдел {order}",
        "by_agreement": "жоқ",
        "consent_number": None,
        "consent_date": None,
        "votes": "да",
        "rank": None,
    }
    return list((row | cells).values())


def person_row(order: int, **cells: Any) -> list[Any]:
    """Return a good row of a sheet of people."""
    row = {
        "order": order,
        "name": f"Ж. Жаңа{order}",
        "email": f"new{order}@test.example",
        "since": "10.12.2026",
        "acting_number": None,
        "acting_date": None,
    }
    return list((row | cells).values())


def upload(content: bytes, name: str = "sheet.xlsx") -> SimpleUploadedFile:
    """Return bytes as a file that somebody sends."""
    return SimpleUploadedFile(name, content)


def workbook(
    rows: Sequence[Sequence[Any]], then: Callable[[Worksheet], Any] | None = None, *, name: str = "sheet.xlsx"
) -> SimpleUploadedFile:
    """Return rows, the headings first, as an uploaded XLSX; `then` may still change the sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    if then:
        then(sheet)
    target = BytesIO()
    book.save(target)
    return upload(target.getvalue(), name)


def with_parts(
    source: SimpleUploadedFile, parts: dict[str, bytes], name: str = "sheet.xlsx"
) -> SimpleUploadedFile:
    """Return an uploaded workbook with further or other parts inside."""
    target = BytesIO()
    source.seek(0)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in parts:
                new.writestr(part, old.read(part))
        for part, content in parts.items():
            new.writestr(part, content)
    return upload(target.getvalue(), name)
