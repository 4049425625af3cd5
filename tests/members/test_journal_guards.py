"""No one changes the journal past the portal: both databases refuse it themselves."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from members import journal
from members.models import JournalEntry
from tests import stage as scene
from tests.stage import MORNING

pytestmark = pytest.mark.django_db

ATTEMPTS: dict[str, Callable[[], object]] = {
    "edited": lambda: JournalEntry.objects.filter(sequence=2).update(actor_text="Басқа адам"),
    "hashed anew": lambda: JournalEntry.objects.filter(sequence=2).update(hash="0" * 64),
    "one deleted": lambda: JournalEntry.objects.filter(sequence=3).delete(),
    "all deleted": lambda: JournalEntry.objects.all()._raw_delete("default"),
}


def refused(attempt: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            attempt()
    except DatabaseError:
        return True
    return False


def truncate() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE members_journalentry")


def test_update_delete_and_truncate_are_refused() -> None:
    stage = scene.set_stage()
    for number in range(3):
        journal.record("test.act", stage.staff, by=stage.secretary, now=MORNING, number=number)
    connection.check_constraints()
    allowed = [name for name, attempt in ATTEMPTS.items() if not refused(attempt)]
    if connection.vendor == "postgresql" and not refused(truncate):
        allowed.append("truncated")
    assert allowed == []
    assert JournalEntry.objects.filter(staff=stage.staff).count() == 3
