"""The journal as a table to take away: what the page shows, with the hashes, and no formulas."""

import csv
import io
from typing import Any

import pytest
from django.utils import timezone

from members import journal
from members.models import JournalEntry
from members.permissions import Actor
from tests import stage as scene
from tests.test_journal_page import TABLE, client_of, entries_shown

pytestmark = pytest.mark.django_db


def table(reader: Actor, language: str = "ru", /, **asked: Any) -> list[list[str]]:
    response = client_of(reader, language).get(TABLE, asked)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="journal-test-staff.csv"'
    text = b"".join(response).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_the_table_holds_every_entry_with_its_hashes() -> None:
    stage = scene.set_stage()
    scene.approved(stage)
    rows = table(stage.secretary)[1:]
    entries = list(JournalEntry.objects.order_by("sequence"))
    assert [(int(row[0]), *row[-3:]) for row in rows] == [
        (entry.sequence, entry.previous_hash, entry.hash, entry.actor_text) for entry in entries
    ]
    secretary = f"{stage.secretary.person.name}, {stage.secretary.seat.office_ru}"
    assert rows[0][1:4] == ["2026-12-08 11:00:00+05:00", secretary, "Назначено заседание"]


def test_the_table_is_narrowed_like_the_page_and_speaks_its_language() -> None:
    stage = scene.set_stage()
    scene.approved(stage)
    rows = table(stage.secretary, "kk", kind="agenda", person=stage.head.person.pk)
    assert rows[0][:4] == ["Нөмірі", "Уақыты", "Кім", "Не істелді"]
    assert [row[3] for row in rows[1:]] == ["Күн тәртібінің 1-нұсқасы бекітілді"]


def test_the_table_of_a_member_holds_what_the_page_shows() -> None:
    stage = scene.set_stage()
    scene.approved(stage)
    assert [int(row[0]) for row in table(stage.member)[:0:-1]] == entries_shown(stage.member)


@pytest.mark.parametrize("name", ["=1+1", "+7", "-2", "@SUM(A1)", "\tx"])
def test_no_cell_is_a_formula(name: str) -> None:
    stage = scene.set_stage()
    stage.secretary.person.name = name
    journal.record("test.act", stage.staff, by=Actor(stage.staff, stage.secretary.user), now=timezone.now())
    assert table(stage.secretary)[1][2] == f"'{name}"
