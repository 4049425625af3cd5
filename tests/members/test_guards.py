"""Every guard that the apps declare stands in the database, after all migrations."""

import pytest
from django.db import connection

from members import guards

pytestmark = pytest.mark.django_db

LISTED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'guard_%' AND tgenabled = 'A'",
}


def test_every_guard_stands_in_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute(LISTED[connection.vendor])
        standing = {name for (name,) in cursor.fetchall() if not name.endswith("_all")}
    assert standing == {guard.name for guard in guards.all_guards()}
