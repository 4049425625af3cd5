"""The demo as it is loaded on a Sunday; loading takes seconds, so the tests of a module share it."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from staff_portal.demo.loading import load
from staff_portal.demo.scene import Scene

SUNDAY = datetime.fromisoformat("2026-11-22T10:00:00+05:00")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """Load the demo as of SUNDAY and take it back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(now=SUNDAY)
        transaction.set_rollback(True)
