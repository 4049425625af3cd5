"""`verify_journal` names the entry that somebody changed past the guards."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from members import guards, journal
from members.models import JournalEntry, Staff
from members.permissions import Actor

NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Staff:
    return Staff.objects.create(code="one", name_kk="Штаб", name_ru="Штаб")


def lift_guards() -> None:
    """Do what only the owner of the database can do; PostgreSQL wants the pending checks done first."""
    connection.check_constraints()
    guards.remove(connection)


def entries(staff: Staff, count: int) -> None:
    for number in range(count):
        journal.record("staff.named", staff, by=Actor(staff), now=NOW, day=date(2026, 1, 1), number=number)


def test_a_whole_chain_is_confirmed_for_every_staff(staff: Staff, capsys: pytest.CaptureFixture[str]) -> None:
    entries(staff, 3)
    Staff.objects.create(code="two", name_kk="Штаб", name_ru="Штаб")
    call_command("verify_journal")
    assert capsys.readouterr().out.splitlines() == [
        "one: 3 entries, the chain is whole.",
        "two: 0 entries, the chain is whole.",
    ]


@pytest.mark.parametrize("sequence", [1, 2])
def test_a_changed_entry_is_named(staff: Staff, sequence: int, capsys: pytest.CaptureFixture[str]) -> None:
    entries(staff, 3)
    lift_guards()
    JournalEntry.objects.filter(sequence=sequence).update(actor_text="Басқа адам")
    with pytest.raises(CommandError, match="The journal is broken: one"):
        call_command("verify_journal", "one")
    assert capsys.readouterr().out == f"one: entry {sequence} of 3 does not fit the chain.\n"


def test_a_cut_end_is_noticed(staff: Staff, capsys: pytest.CaptureFixture[str]) -> None:
    entries(staff, 3)
    lift_guards()
    JournalEntry.objects.filter(sequence=3).delete()
    with pytest.raises(CommandError, match="The journal is broken"):
        call_command("verify_journal")
    assert capsys.readouterr().out == "one: 3 entries were written, 2 are left.\n"


def test_an_unknown_staff_is_told(staff: Staff) -> None:
    with pytest.raises(CommandError, match="No Staff with the code two"):
        call_command("verify_journal", "one", "two")
