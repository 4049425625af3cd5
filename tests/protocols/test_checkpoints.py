"""The head of the journal printed in a protocol finds what was cut or rewritten before it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from members import guards, journal
from members.models import JournalEntry, JournalHead
from protocols import checkpoints
from protocols.paper import paper
from tests import stage as scene
from tests.protocols import life

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 12, 21, 5, tzinfo=UTC)
PRINTED = {
    "kk": "Іс-әрекеттер журналы: № {} жазба, SHA-256",
    "ru": "Журнал действий: запись № {}, SHA-256",
}


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_protocol_prints_the_head_before_it_is_signed(language: str) -> None:
    stage = scene.set_stage()
    edition = life.sent(stage).editions.get()
    head = edition.facts["journal"]
    mark = paper(edition.facts, language)["mark"]
    assert (mark["journal"], mark["hash"]) == (PRINTED[language].format(head["sequence"]), head["hash"])
    assert JournalEntry.objects.get(staff=stage.staff, sequence=head["sequence"]).hash == head["hash"]


def test_the_printed_heads_of_a_staff_are_its_checkpoints() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    edition = life.sent(stage).editions.get()
    head = edition.facts["journal"]
    assert list(checkpoints.heads(stage.staff)) == [
        journal.Checkpoint("test-staff", head["sequence"], head["hash"], "protocol 04-12/1, edition 1")
    ]
    assert list(checkpoints.heads(other.staff)) == []


def cut_before(sequence: int) -> None:
    JournalEntry.objects.filter(sequence__gte=sequence).delete()
    last = JournalEntry.objects.order_by("-sequence")[0]
    JournalHead.objects.update(sequence=last.sequence, hash=last.hash)


def rewrite_from(sequence: int) -> None:
    entries = JournalEntry.objects.filter(sequence__gte=sequence).order_by("sequence")
    previous = JournalEntry.objects.get(sequence=sequence - 1).hash
    for entry in entries:
        entry.actor_text, entry.previous_hash = "Басқа адам", previous
        previous = journal.digest(entry)
        JournalEntry.objects.filter(pk=entry.pk).update(
            actor_text=entry.actor_text, previous_hash=entry.previous_hash, hash=previous
        )
    JournalHead.objects.update(hash=previous)


@pytest.mark.parametrize("attack", [cut_before, rewrite_from])
def test_what_was_done_to_entries_before_the_protocol_is_found(
    attack: Callable[[int], None], capsys: pytest.CaptureFixture[str]
) -> None:
    stage = scene.set_stage()
    printed = life.sent(stage).editions.get().facts["journal"]["sequence"]
    journal.record("protocol.signed", stage.staff, by=stage.secretary, now=LATER)
    call_command("verify_journal")
    capsys.readouterr()
    connection.check_constraints()
    guards.remove(connection)
    attack(printed - 2)
    with pytest.raises(CommandError):
        call_command("verify_journal")
    told = capsys.readouterr().out
    assert told.startswith(f"test-staff: entry {printed} of the checkpoint (protocol 04-12/1, edition 1) is ")
