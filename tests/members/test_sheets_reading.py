"""Whatever is uploaded, the answer is rows or clear sentences; hostile files do no harm."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from members.sheets import columns, reading, writing
from members.sheets.columns import OF_KIND, PEOPLE, SEATS, Column
from members.sheets.reading import Problem, Row, Unreadable
from members.sheets.values import WrongValueError
from tests.members.workbooks import headings, person_row, seat_row, upload, with_parts, workbook

EMPTY = b"<?xml version='1.0'?><x/>"


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override(None):
        yield


def good() -> SimpleUploadedFile:
    return workbook([headings(SEATS), seat_row(1)])


def test_a_good_sheet_is_read_as_plain_text() -> None:
    row = seat_row(
        7.0,  # type: ignore[arg-type]
        "Штаб басшысы / руководитель Штаба",
        by_agreement=True,
        consent_number=12,
        consent_date=datetime(2025, 11, 20),  # noqa: DTZ001 - as a sheet holds it
        votes="Иә",
        rank="Первый руководитель",
        office_kk="  Бөлім\n басшысы ",
    )
    sheet = reading.read(workbook([headings(SEATS), row]), SEATS)
    assert sheet.problems == []
    assert sheet.rows == [
        Row(
            2,
            {
                "order": "7",
                "role": "head",
                "office_kk": "Бөлім басшысы",
                "office_ru": "Новая должность 7.0",
                "organisation_kk": "7.0-жаңа бөлім",
                "organisation_ru": "Новый отдел 7.0",
                "by_agreement": "yes",
                "consent_number": "12",
                "consent_date": "2025-11-20",
                "votes": "yes",
                "rank": "first",
            },
        )
    ]


def test_what_was_read_is_read_again_the_same() -> None:
    for kind, row in (
        (SEATS, seat_row(1, consent_number="7", consent_date="01.02.2026")),
        (PEOPLE, person_row(1)),
    ):
        sheet = reading.read(workbook([headings(kind), row]), kind)
        assert reading.checked(sheet.rows, kind) == sheet


def test_columns_come_in_any_order_in_either_language_and_those_of_the_export_are_left_aside() -> None:
    names = [column.kk for column in OF_KIND[PEOPLE]][::-1]
    names[0] = names[0].upper()
    book = workbook([[*names, "Лауазымы (қаз.)"], [*person_row(3)[::-1], "бірдеңе"]])
    sheet = reading.read(book, PEOPLE)
    assert [row.cells["order"] for row in sheet.rows] == ["3"]
    assert "office_kk" not in sheet.rows[0].cells


@pytest.mark.parametrize("kind", [SEATS, PEOPLE])
def test_the_template_is_empty_but_for_its_example(kind: str) -> None:
    with pytest.raises(Unreadable, match="no filled rows"):
        reading.read(upload(writing.template(kind, orders=[(1, "=Аким")])), kind)


def test_empty_rows_between_are_skipped_and_rows_keep_their_numbers() -> None:
    book = workbook([headings(PEOPLE), person_row(1), [], [None, "  "], person_row(2)])
    assert [row.number for row in reading.read(book, PEOPLE).rows] == [2, 5]


def of(code: str) -> Column:
    return next(column for column in columns.EXPORTED if column.code == code)


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        pytest.param("since", date(2026, 1, 2), "2026-01-02", id="a date"),
        pytest.param("since", "02.01.2026", "2026-01-02", id="a date as text"),
        pytest.param("since", "2026-01-02", "2026-01-02", id="a date as ISO text"),
        pytest.param("acting_date", None, "", id="no date where none is needed"),
        pytest.param("votes", False, "no", id="a logical value"),
        pytest.param("votes", " ЖОҚ ", "no", id="no in Kazakh"),
        pytest.param("votes", "да", "yes", id="yes in Russian"),
        pytest.param("votes", "иә / да", "yes", id="the choice of the list"),
        pytest.param("order", "16", "16", id="a number as text"),
        pytest.param("email", "А@B.kz", "а@b.kz", id="an address in lower case"),
        pytest.param("name", "А.\u00a0Үлгі\u200b", "А. Үлгі", id="invisible characters"),
        pytest.param("name", "=1+1", "=1+1", id="text that looks like a formula stays text"),
    ],
)
def test_values_that_are_taken(code: str, value: Any, expected: str) -> None:
    if code == "email":
        value, expected = value.replace("А", "a"), expected.replace("а", "a")
    assert of(code).read(value) == expected


@pytest.mark.parametrize(
    ("code", "value", "sentence"),
    [
        pytest.param("since", "завтра", "A date like 17.12.2026 is expected, not “завтра”.", id="words"),
        pytest.param("since", 45992, "A date like 17.12.2026 is expected, not “45992”.", id="a bare number"),
        pytest.param(
            "since", "31.02.2026", "A date like 17.12.2026 is expected, not “31.02.2026”.", id="31 Feb"
        ),
        pytest.param("since", date(1899, 12, 30), "The year 1899 is not possible here.", id="the year 1899"),
        pytest.param("since", None, "Fill in this cell.", id="nothing"),
        pytest.param("votes", "мүмкін", "“мүмкін” is not in the list: иә / да; жоқ / нет.", id="maybe"),
        pytest.param("votes", None, "Fill in this cell.", id="no answer"),
        pytest.param("order", 0, "A whole number from 1 to 999 is expected, not “0”.", id="zero"),
        pytest.param("order", 1.5, "A whole number from 1 to 999 is expected, not “1.5”.", id="a fraction"),
        pytest.param(
            "order", True, "A whole number from 1 to 999 is expected, not “?”.", id="a logical value"
        ),
        pytest.param("order", "٣", "A whole number from 1 to 999 is expected, not “٣”.", id="another digit"),
        pytest.param("email", "не почта", "“не почта” is not an e-mail address.", id="no address"),
        pytest.param("name", "Ә" * 121, "The text is longer than 120 characters (121).", id="a long name"),
        pytest.param("name", date(2026, 1, 1), "Text is expected here, not a date.", id="a date for a name"),
    ],
)
def test_values_that_are_refused(code: str, value: Any, sentence: str) -> None:
    with pytest.raises(WrongValueError) as refused:
        of(code).read(value)
    assert str(refused.value) == sentence


def test_a_personal_number_is_refused() -> None:
    with pytest.raises(WrongValueError, match="IIN"):
        of("name").read("А. Үлгі 900101300123")


def test_all_problems_are_told_at_once_by_row_and_column() -> None:
    bad = person_row(1, email="?", since="?")
    sheet = reading.read(workbook([headings(PEOPLE), person_row(2), bad, person_row(0)]), PEOPLE)
    assert [(problem.row, problem.column) for problem in sheet.problems] == [
        (3, "Электрондық пошта"),
        (3, "Қай күннен"),
        (4, "Реті"),
    ]
    assert str(sheet.problems[0]) == "Row 3, column “Электрондық пошта”: “?” is not an e-mail address."
    with translation.override("ru"):
        sheet = reading.read(workbook([headings(PEOPLE), bad]), PEOPLE)
        assert [problem.column for problem in sheet.problems] == ["Электронная почта", "С какого дня"]


def test_a_formula_and_an_error_are_never_taken() -> None:
    row = person_row(1, name='=HYPERLINK("http://x.example";"А")', email="#N/A")
    sheet = reading.read(workbook([headings(PEOPLE), row]), PEOPLE)
    assert [problem.text for problem in sheet.problems] == [
        "The cell holds a formula. Put the value itself.",
        "The cell shows an error of the sheet.",
    ]


def many(rows: int) -> SimpleUploadedFile:
    return workbook([headings(PEOPLE), *([person_row(1)] * rows)])


def far_below(sheet: Any) -> None:
    sheet.cell(1_000_000, 1, "1")


def bomb() -> SimpleUploadedFile:
    return with_parts(good(), {"xl/media/zeros.bin": bytes(51 * 1024 * 1024)})


def entities() -> SimpleUploadedFile:
    text = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    return with_parts(good(), {"xl/sharedStrings.xml": text})


def too_much_formatting() -> SimpleUploadedFile:
    return with_parts(good(), {"xl/styles.xml": b"<styleSheet>" + b'<xf numFmtId="0"/>' * 100_000})


HOSTILE: list[Any] = [
    pytest.param(lambda: upload(b""), "The file is empty.", id="nothing"),
    pytest.param(lambda: upload(b"PK\x03\x04 no zip"), "This is not an XLSX file.", id="no zip"),
    pytest.param(lambda: upload(b"%PDF-1.7", "a.pdf"), "This is not an XLSX file.", id="a PDF"),
    pytest.param(lambda: upload(b"\xd0\xcf\x11\xe0old", "a.xls"), "This is an old XLS file", id="old format"),
    pytest.param(lambda: upload(good().read(), "a.xlsm"), "The file has macros.", id="xlsm"),
    pytest.param(
        lambda: with_parts(good(), {"xl/vbaProject.bin": b"x"}), "The file has macros.", id="hidden macros"
    ),
    pytest.param(
        lambda: with_parts(good(), {"xl/externalLinks/externalLink1.xml": EMPTY}),
        "The file has links to other files.",
        id="external links",
    ),
    pytest.param(lambda: upload(bytes(5 * 1024 * 1024 + 1)), "The file is larger than 5 MB.", id="too big"),
    pytest.param(bomb, "Unpacked, the file is larger than 50 MB.", id="a zip bomb"),
    pytest.param(
        lambda: with_parts(good(), {f"x/{n}": b"" for n in range(2001)}),
        "The file holds too many parts",
        id="2,000 members",
    ),
    pytest.param(too_much_formatting, "The file has too much formatting", id="a bomb of styles"),
    pytest.param(entities, "The file is damaged", id="entities"),
    pytest.param(
        lambda: with_parts(good(), {"xl/worksheets/sheet1.xml": b"<worksheet"}),
        "The file is damaged",
        id="broken markup",
    ),
    pytest.param(
        lambda: with_parts(good(), {"xl/workbook.xml": EMPTY}), "The file is damaged", id="no sheets in it"
    ),
    pytest.param(lambda: many(501), "The sheet has more than 500 rows.", id="501 rows"),
    pytest.param(
        lambda: workbook([headings(PEOPLE)], far_below),
        "The sheet has more than 500 rows.",
        id="row 1,000,000",
    ),
    pytest.param(
        lambda: workbook([headings(PEOPLE), person_row(1)], lambda sheet: sheet.merge_cells("A2:B2")),
        "The sheet has merged cells.",
        id="merged cells",
    ),
    pytest.param(lambda: workbook([]), "The first row of the first sheet has no headings", id="no headings"),
    pytest.param(lambda: workbook([headings(PEOPLE)]), "The sheet has no filled rows", id="headings only"),
    pytest.param(
        lambda: workbook([headings(PEOPLE)[:-1], person_row(1)]),
        "The column “М.а. бұйрығының күні / Дата приказа об и. о.” is missing.",
        id="a column is missing",
    ),
    pytest.param(
        lambda: workbook([[*headings(PEOPLE), "ИИН"], person_row(1)]),
        "The template has no column “ИИН”.",
        id="a column of one's own",
    ),
    pytest.param(
        lambda: workbook([[*headings(PEOPLE), "Порядок"], person_row(1)]),
        "The column “Порядок” is there twice.",
        id="a column twice",
    ),
]


@pytest.mark.parametrize(("make", "sentence"), HOSTILE)
def test_hostile_files_get_a_clear_sentence(make: Callable[[], SimpleUploadedFile], sentence: str) -> None:
    with pytest.raises(Unreadable) as answer:
        reading.read(make(), PEOPLE)
    assert [str(problem)[: len(sentence)] for problem in answer.value.problems] == [sentence]


def test_a_problem_of_the_file_has_no_row() -> None:
    assert str(Problem("Broken.")) == "Broken."
    assert str(Problem("Broken.", 5)) == "Row 5: Broken."
