"""The journal: chained, append-only, recomputed."""

import pytest
from django.db import connection

from members import guards, journal
from members.models import JournalEntry, JournalHead
from tests import stage as scene
from tests.stage import MORNING

pytestmark = pytest.mark.django_db


def write(stage: scene.Stage, count: int) -> None:
    for number in range(count):
        journal.record("test.act", stage.staff, by=stage.secretary, now=MORNING, clause="13", number=number)


def test_entries_are_chained_per_staff() -> None:
    first, second = scene.set_stage(), scene.set_stage("other-staff")
    write(first, 3)
    write(second, 1)
    chain = list(JournalEntry.objects.filter(staff=first.staff))
    assert [entry.sequence for entry in chain] == [1, 2, 3]
    assert [entry.previous_hash for entry in chain] == ["", chain[0].hash, chain[1].hash]
    assert JournalHead.objects.get(staff=first.staff).hash == chain[2].hash
    assert JournalEntry.objects.get(staff=second.staff).previous_hash == ""


def test_an_untouched_chain_is_intact() -> None:
    stage = scene.set_stage()
    write(stage, 5)
    assert journal.first_broken(stage.staff) is None


CHANGES = [
    pytest.param({"actor_text": "somebody else"}, id="who"),
    pytest.param({"act": "other.act"}, id="what"),
    pytest.param({"data": {"number": 9}}, id="facts"),
    pytest.param({"clause": "20"}, id="clause"),
    pytest.param({"sequence": 99}, id="order"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_entry_is_found(change: dict[str, object]) -> None:
    stage = scene.set_stage()
    write(stage, 4)
    guards.remove(connection, guards.GUARDS)
    JournalEntry.objects.filter(sequence=2).update(**change)
    guards.install(connection, guards.GUARDS)
    broken = journal.first_broken(stage.staff)
    assert broken is not None
    assert broken.sequence in (2, 3)


def test_the_actor_is_kept_as_text_too() -> None:
    stage = scene.set_stage()
    write(stage, 1)
    assert JournalEntry.objects.get().actor_text == "М. Сынақ4, 4-бөлім басшысы"
