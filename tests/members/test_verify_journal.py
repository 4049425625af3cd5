"""`verify_journal` finds the five attacks of an owner of the database who has lifted the guards."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from members import guards, journal
from members.models import JournalEntry, JournalHead, Staff
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


def verify(*arguments: object) -> int:
    """Return the exit code of the command."""
    try:
        call_command("verify_journal", *(str(argument) for argument in arguments))
    except CommandError as error:
        return error.returncode
    return 0


def row(sequence: int) -> JournalEntry:
    return JournalEntry.objects.get(sequence=sequence)


def edit_a_payload() -> None:
    JournalEntry.objects.filter(sequence=2).update(data={"number": 77})


def delete_a_row() -> None:
    JournalEntry.objects.filter(sequence=2).delete()


def swap_rows() -> None:
    second, third = row(2), row(3)
    JournalEntry.objects.filter(pk=second.pk).update(sequence=999)
    JournalEntry.objects.filter(pk=third.pk).update(sequence=2)
    JournalEntry.objects.filter(pk=second.pk).update(sequence=3)


def set_head(entry: JournalEntry) -> None:
    JournalHead.objects.update(sequence=entry.sequence, hash=entry.hash)


def cut_the_tail() -> None:
    """Delete the last entries and set the head back, so that nothing in the database tells of them."""
    JournalEntry.objects.filter(sequence__gt=3).delete()
    set_head(row(3))


def rewrite_to_the_end() -> None:
    """Change one entry and compute every hash after it anew, the head's too."""
    edit_a_payload()
    previous = row(1).hash
    for entry in JournalEntry.objects.filter(sequence__gt=1).order_by("sequence"):
        entry.previous_hash = previous
        previous = journal.digest(entry)
        JournalEntry.objects.filter(pk=entry.pk).update(previous_hash=entry.previous_hash, hash=previous)
    set_head(row(5))


FOUND_BY_THE_CHAIN = [
    pytest.param(edit_a_payload, "one: entry 2 of 5 does not fit the chain.\n", id="edit"),
    pytest.param(delete_a_row, "one: entry 3 of 4 does not fit the chain.\n", id="delete"),
    pytest.param(swap_rows, "one: entry 2 of 5 does not fit the chain.\n", id="swap"),
]
FOUND_BY_THE_CHECKPOINT = [
    pytest.param(cut_the_tail, "is gone, 3 are left", id="cut"),
    pytest.param(rewrite_to_the_end, "is another one now", id="rewrite"),
]


@pytest.mark.parametrize(("attack", "told"), FOUND_BY_THE_CHAIN)
def test_the_chain_alone_finds_it(
    staff: Staff, attack: Callable[[], None], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    entries(staff, 5)
    lift_guards()
    attack()
    assert verify() == 1
    assert capsys.readouterr().out == told


@pytest.mark.parametrize(("attack", "told"), FOUND_BY_THE_CHECKPOINT)
def test_the_checkpoint_finds_what_the_chain_cannot(
    staff: Staff,
    attack: Callable[[], None],
    told: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    entries(staff, 5)
    kept = tmp_path / "heads.jsonl"
    assert verify("--write-checkpoint", kept) == 0
    lift_guards()
    attack()
    assert verify() == 0
    capsys.readouterr()
    assert verify("--checkpoint", kept) == 1
    assert capsys.readouterr().out == f"one: entry 5 of the checkpoint ({kept}:1) {told}.\n"


@pytest.mark.parametrize("attack", [edit_a_payload, delete_a_row, swap_rows])
def test_the_checkpoint_does_not_hide_a_broken_chain(
    staff: Staff, attack: Callable[[], None], tmp_path: Path
) -> None:
    entries(staff, 5)
    kept = tmp_path / "heads.jsonl"
    verify("--write-checkpoint", kept)
    lift_guards()
    attack()
    assert verify("--checkpoint", kept) == 1


def test_a_tail_cut_without_setting_the_head_back_is_found_by_the_head(
    staff: Staff, capsys: pytest.CaptureFixture[str]
) -> None:
    entries(staff, 3)
    lift_guards()
    JournalEntry.objects.filter(sequence=3).delete()
    assert verify() == 1
    assert capsys.readouterr().out == "one: 3 entries were written, 2 are left.\n"


def test_a_journal_emptied_with_its_head_is_found_by_the_checkpoint(
    staff: Staff, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries(staff, 3)
    kept = tmp_path / "heads.jsonl"
    verify("--write-checkpoint", kept)
    lift_guards()
    JournalEntry.objects.all().delete()
    JournalHead.objects.all().delete()
    assert verify() == 0
    capsys.readouterr()
    assert verify("--checkpoint", kept) == 1
    assert capsys.readouterr().out == f"one: entry 3 of the checkpoint ({kept}:1) is gone, 0 are left.\n"


def test_a_whole_chain_is_confirmed_for_every_staff(staff: Staff, capsys: pytest.CaptureFixture[str]) -> None:
    entries(staff, 3)
    Staff.objects.create(code="two", name_kk="Штаб", name_ru="Штаб")
    assert verify() == 0
    assert capsys.readouterr().out.splitlines() == [
        "one: 3 entries, the chain is whole.",
        "two: 0 entries, the chain is whole.",
    ]


def test_heads_are_appended_and_all_of_them_hold_later(staff: Staff, tmp_path: Path) -> None:
    kept = tmp_path / "heads.jsonl"
    verify("--write-checkpoint", kept)
    entries(staff, 2)
    verify("--write-checkpoint", kept)
    entries(staff, 1)
    lines = [json.loads(line) for line in kept.read_text().splitlines()]
    assert lines == [
        {"staff": "one", "sequence": 0, "hash": ""},
        {"staff": "one", "sequence": 2, "hash": row(2).hash},
    ]
    assert verify("--checkpoint", kept) == 0


def test_a_broken_journal_writes_no_checkpoint(staff: Staff, tmp_path: Path) -> None:
    entries(staff, 3)
    lift_guards()
    edit_a_payload()
    kept = tmp_path / "heads.jsonl"
    assert verify("--write-checkpoint", kept) == 1
    assert not kept.exists()


def test_a_staff_that_vanished_is_told(staff: Staff, tmp_path: Path) -> None:
    kept = tmp_path / "heads.jsonl"
    kept.write_text('{"staff": "gone", "sequence": 4, "hash": "ab"}\n')
    assert verify("--checkpoint", kept) == 1
    assert verify("one", "--checkpoint", kept) == 0


WRONG = [
    pytest.param("not json", id="no JSON"),
    pytest.param('{"staff": "one"}', id="without a head"),
    pytest.param("[1, 2]", id="a list"),
    pytest.param('{"staff": "one", "sequence": "x", "hash": ""}', id="no number"),
]


@pytest.mark.parametrize("line", WRONG)
def test_what_is_no_checkpoint_is_not_taken_for_a_break(staff: Staff, line: str, tmp_path: Path) -> None:
    kept = tmp_path / "heads.jsonl"
    kept.write_text(line)
    assert verify("--checkpoint", kept) == 2


def test_a_file_that_is_not_there_is_told(staff: Staff, tmp_path: Path) -> None:
    assert verify("--checkpoint", tmp_path / "none") == 2
    assert verify("--write-checkpoint", tmp_path / "no" / "folder") == 2


def test_an_unknown_staff_is_told(staff: Staff) -> None:
    with pytest.raises(CommandError, match="No Staff with the code two"):
        call_command("verify_journal", "one", "two")
