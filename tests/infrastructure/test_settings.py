"""What production refuses, that its settings are safe, and what demo mode does without."""

import pytest
from django.core.management import execute_from_command_line

from tests.production_settings import manage
from tests.real_worker import ROOT

pytestmark = pytest.mark.once

OUR_COMMANDS = sorted(path.stem for path in ROOT.glob("*/management/commands/[a-z]*.py"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"DEBUG": "1"}, "DEBUG is set without DEMO", id="debug"),
        pytest.param({"SECRET_KEY": None}, "SECRET_KEY is not set", id="no secret key"),
        pytest.param({"SECRET_KEY": ""}, "SECRET_KEY is not set", id="an empty secret key"),
        pytest.param({"DATABASE_URL": None}, "DATABASE_URL is not set", id="no database"),
        pytest.param({"DATABASE_URL": "sqlite:////tmp/x.sqlite3"}, "DATABASE_URL names SQLite", id="SQLite"),
        pytest.param({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS has a star", id="any host"),
        pytest.param({"ALLOWED_HOSTS": "a.example,*"}, "ALLOWED_HOSTS has a star", id="any host besides"),
        pytest.param({"CACHE_URL": None}, "CACHE_URL names no cache", id="no cache"),
        pytest.param(
            {"CACHE_URL": "locmemcache://"}, "CACHE_URL names no cache", id="a cache of each process alone"
        ),
        pytest.param({"SECOND_FACTOR": "maybe"}, "it is one of roles, all, none", id="an unknown rule"),
    ],
)
def test_production_refuses_to_start(changes: dict[str, str | None], sentence: str) -> None:
    done = manage("check", **changes)
    assert done.returncode != 0
    assert sentence in done.stdout.strip().splitlines()[-1]


def test_sqlite_is_taken_when_it_is_meant() -> None:
    done = manage("check", DATABASE_URL="sqlite:////tmp/x.sqlite3", ALLOW_SQLITE="1")
    assert done.returncode == 0, done.stdout


def test_the_settings_of_production_are_safe() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", OUR_COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        execute_from_command_line(["manage.py", name, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("usage:")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("check",), id="check"),
        pytest.param(("migrate", "--no-input"), id="migrate"),
        pytest.param(("makemigrations", "--check", "--dry-run"), id="makemigrations"),
    ],
)
def test_demo_mode_needs_neither_secret_nor_broker(words: tuple[str, ...], tmp_path: object) -> None:
    done = manage(
        *words,
        DEMO="1",
        DATABASE_URL=f"sqlite:///{tmp_path}/portal.sqlite3",
        SECRET_KEY=None,
        ALLOWED_HOSTS=None,
        CELERY_BROKER_URL=None,
        CACHE_URL=None,
    )
    assert done.returncode == 0, done.stdout
