"""The composition as an XLSX: the same facts as the page, in the reader's language, and harmless."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from members.facts import composition_on
from members.models import Holder, Seat, User
from members.permissions import Actor
from members.sheets import reading, writing
from members.sheets.columns import EXPORTED, SEATS
from tests.members.workbooks import upload
from tests.stage import DAY, MORNING, Stage, placed, set_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return set_stage(total=5)


def sheet_of(content: bytes) -> Any:
    return load_workbook(BytesIO(content)).worksheets[0]


def table(stage: Stage, language: str = "kk", day: date = DAY) -> list[tuple[Any, ...]]:
    content = writing.composition(composition_on(stage.staff, day), language)
    return list(sheet_of(content).values)


def get(stage: Stage, person: Actor, **query: str) -> Any:
    client = Client()
    with time_machine.travel(MORNING, tick=False):
        client.force_login(person.person)
        return client.get(reverse("members:composition_xlsx", kwargs={"staff": stage.staff.code}), query)


@pytest.mark.parametrize(
    ("language", "role", "word"), [("kk", "Штаб хатшысы", "жоқ"), ("ru", "секретарь Штаба", "нет")]
)
def test_a_row_per_seat_in_the_readers_language(stage: Stage, language: str, role: str, word: str) -> None:
    Seat.objects.filter(order=4).update(consent_number="7-1", consent_date=date(2026, 1, 2), rank="below")
    rows = table(stage, language)
    assert rows[0] == tuple(column.named(language) for column in EXPORTED)
    assert [row[0] for row in rows[1:]] == [1, 2, 3, 4, 5, 6]
    secretary = rows[4]
    assert (secretary[1], secretary[9]) == (role, word)
    assert secretary[2:6] == ("4-бөлім басшысы", "Руководитель отдела 4", "4-бөлім", "Отдел 4")
    assert secretary[7] == "7-1"
    assert secretary[8].date() == date(2026, 1, 2)
    assert secretary[11:13] == ("М. Сынақ4", "secretary4@test-staff.example")


def test_a_vacancy_and_an_acting_person_are_told(stage: Stage) -> None:
    Holder.objects.filter(seat__order=5).delete()
    Holder.objects.filter(seat__order=6).update(acting_number="12", acting_date=date(2026, 12, 1))
    rows = table(stage, "ru")
    assert rows[5][11:] == ("вакантно", None, None, None, None)
    assert (rows[6][14], rows[6][15].date()) == ("12", date(2026, 12, 1))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_text_that_looks_like_a_formula_stays_text(stage: Stage, sign: str) -> None:
    text = f'{sign}HYPERLINK("http://x.example")'
    User.objects.filter(holders__seat__order=1).update(name=text)
    Seat.objects.filter(order=1).update(consent_number=f"{sign}1+1")
    sheet = sheet_of(writing.composition(composition_on(stage.staff, DAY), "kk"))
    for cell, value in ((sheet["L2"], text), (sheet["H2"], f"{sign}1+1")):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (value, "s", True)


def test_the_heading_stays_in_sight_and_may_be_filtered(stage: Stage) -> None:
    sheet = sheet_of(writing.composition(composition_on(stage.staff, DAY), "kk"))
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:P7")
    assert min(dimension.width for dimension in sheet.column_dimensions.values()) >= 9


def test_what_is_exported_may_be_imported(stage: Stage) -> None:
    content = writing.composition(composition_on(stage.staff, DAY), "ru")
    sheet = reading.read(upload(content), SEATS)
    assert sheet.problems == []
    assert [row.cells["role"] for row in sheet.rows] == [person.role for person in stage.people]


def test_a_day_before_any_composition_gives_the_headings_alone(stage: Stage) -> None:
    assert len(table(stage, day=date(2020, 1, 1))) == 1


def test_the_file_is_named_by_its_day(stage: Stage) -> None:
    response = get(stage, stage.member, day="2026-12-01")
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="test-staff-composition-2026-12-01.xlsx"'
    )


@pytest.mark.parametrize("day", ["nonsense", "2023-02-30"])
@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_there_is_no_file_of_a_day_that_does_not_exist(stage: Stage, day: str, ending: str) -> None:
    client = Client()
    client.force_login(stage.member.person)
    assert client.get(f"/test-staff/composition.{ending}", {"day": day}).status_code == 404


def test_who_is_invited_once_and_who_is_of_another_staff_get_nothing(stage: Stage) -> None:
    assert get(stage, placed(stage, "invited")).status_code == 403
    assert get(stage, set_stage("other-staff", total=5).member).status_code == 404
    assert get(stage, placed(stage, "auditor")).status_code == 200
