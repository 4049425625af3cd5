"""`manage.py demo`: what it says."""

import pytest
import time_machine
from django.core.management import call_command
from pytest_django.fixtures import Settings

from staff_portal.demo.people import SHARED_WORDS
from staff_portal.demo.scene import Scene
from tests.demo.conftest import SUNDAY

pytestmark = pytest.mark.django_db


def test_it_prints_address_accounts_and_what_to_try(
    demo: Scene, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PORTAL_URL = "http://127.0.0.1:9000"
    with time_machine.travel(SUNDAY):
        call_command("demo")
    said = capsys.readouterr().out
    assert "http://127.0.0.1:9000" in said
    assert said.count("@demo.kostanay.example") == 31
    assert SHARED_WORDS in said
    assert "Нені көруге болады" in said
    assert "Что попробовать" in said


def test_the_accounts_alone_are_printed_without_loading(
    demo: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    with time_machine.travel(SUNDAY):
        call_command("demo", "--accounts")
    said = capsys.readouterr().out
    assert "secretary@demo.kostanay.example" in said
    assert "Что попробовать" not in said
