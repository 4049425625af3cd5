"""How tests run: the environment, the database and its guards, a real worker, a browser.

DATABASE_URL, CELERY_BROKER_URL and CACHE_URL may be given from outside (`make test` gives PostgreSQL and
Redis in its second round); by default everything is SQLite and an embedded broker in a temporary folder.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

WORK = Path(tempfile.mkdtemp(prefix="staff-portal-tests-"))
OWN_BROKER = "CELERY_BROKER_URL" not in os.environ
os.environ.update(
    DEMO="1",
    TESTING="1",
    DJANGO_SETTINGS_MODULE="staff_portal.settings",
    MEDIA_ROOT=str(WORK / "media"),
    EMAIL_URL=f"filemail:///{WORK / 'mail'}",
    CELERY_BEAT_FILE=str(WORK / "beat"),
    STATIC_ROOT=str(WORK / "static"),
    LOG_LEVEL="WARNING",
)
(WORK / "static").mkdir()
os.environ.pop("DEBUG", None)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{WORK / 'portal.sqlite3'}")
os.environ.setdefault("CELERY_BROKER_URL", f"redis+socket://{WORK / 'broker.sock'}")

import django  # noqa: E402  the environment stands before the settings are read
from django.db import connection, connections  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402

from staff_portal import catalogues  # noqa: E402
from tests.real_worker import ROOT, Broker, Worker  # noqa: E402

catalogues.compile_stale(ROOT)
django.setup()

from django.contrib.auth.hashers import Argon2PasswordHasher  # noqa: E402  models may be imported only now
from simple_history.manager import HistoryManager  # noqa: E402
from whitenoise.middleware import WhiteNoiseMiddleware  # noqa: E402

from members import guards  # noqa: E402

# The same hash at a hundredth of its price: tests sign in and confirm some hundred times.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 1024
# The same class every time, instead of a new one of the same make for each row that is kept.
setattr(HistoryManager, "from_queryset", cache(HistoryManager.from_queryset))  # noqa: B010  typed as a method

SERVED = {"db", "transactional_db", "django_db_setup", "live_server", "broker"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--half", type=int, choices=(0, 1), help="run every second test, from this one on")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark as `once` what asks for no database: pytest-django sees to it that it cannot reach one."""
    asks_for = set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("django_db") is None and not asks_for & SERVED:
        item.add_marker("once")


# After the marks and the words of the command line have chosen theirs.
@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    half: int | None = config.getoption("--half")
    if half is not None:
        config.hook.pytest_deselected(items=items[1 - half :: 2])
        items[:] = items[half::2]


def pytest_unconfigure() -> None:
    shutil.rmtree(WORK, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Keep SQLite's test database in a file: threads, the browser and the worker share it."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(WORK / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Close what threads of the live server still hold open, so that the test database can be dropped."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session", autouse=True)
def _flush_past_the_guards() -> Iterator[None]:
    """Lift the triggers that refuse DELETE for the moment in which a transactional test is wiped."""
    patch = pytest.MonkeyPatch()
    flush: Callable[[TransactionTestCase], None] = getattr(TransactionTestCase, "_fixture_teardown")  # noqa: B009  untyped

    def lifted_flush(case: TransactionTestCase) -> None:
        for each in connections.all(initialized_only=True):
            guards.remove(each)
        flush(case)
        for each in connections.all(initialized_only=True):
            guards.install(each)

    patch.setattr(TransactionTestCase, "_fixture_teardown", lifted_flush)
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def _static_files_found_once() -> Iterator[None]:
    """Let every test client know the static files that the first one has found in the folders."""
    patch = pytest.MonkeyPatch()
    find = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, Any] = {}

    def find_once(middleware: Any) -> None:
        if not found:
            find(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", find_once)
    yield
    patch.undo()


@pytest.fixture
def mail_folder() -> Iterator[Path]:
    """Return the folder in which mails of other processes (the worker) arrive as files; empty at first."""
    folder = WORK / "mail"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def broker() -> Iterator[Broker | None]:
    """Start the embedded broker once; None when the address of another broker was given from outside."""
    if not OWN_BROKER:
        yield None
        return
    own = Broker(WORK / "broker.sock")
    own.start()
    yield own
    own.stop()


@pytest.fixture(scope="session")
def _one_worker(broker: Broker | None, django_db_setup: None) -> Iterator[Worker]:
    worker = Worker(url_of_test_database(), WORK / "worker.log")
    yield worker
    worker.stop()


@pytest.fixture
def worker(transactional_db: None, _one_worker: Worker) -> Worker:
    """Return a running worker process on the test database; it may be stopped and started by the test."""
    if not _one_worker.running:
        _one_worker.start()
    return _one_worker


def url_of_test_database() -> str:
    """Return DATABASE_URL with the name of the test database, for processes that the tests start."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium, quiet and without its sandbox, which containers refuse."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    switches = "--no-sandbox --disable-dev-shm-usage --disable-background-networking"
    switches += " --disable-component-update --disable-sync --no-first-run"
    return browser_type_launch_args | {"executable_path": shutil.which("chromium"), "args": switches.split()}
