"""`make test`: every stage with its line, nothing left running at the end.

The tests on PostgreSQL run beside those on SQLite, for either keeps one core busy; what they say is shown
when their turn has come. Words after the module's name go to pytest: `make test ARGS="-k vote"`.
"""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from tests.production_settings import OURS
from tests.services import Postgres, Redis, ServiceError

ROOT = Path(__file__).resolve().parent.parent
MAKE_OWN = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"}
NO_TESTS_COLLECTED = 5
SERVICES = ("DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL")


class Run:
    """The state of one run: its environment, what it started, which stages failed."""

    def __init__(self, pytest_words: list[str], stack: ExitStack) -> None:
        self.pytest_words, self.stack = pytest_words, stack
        self.env = {name: value for name, value in os.environ.items() if name not in MAKE_OWN | OURS}
        self.services: dict[str, str] = {}
        # Paths of sockets may have about 100 characters, so not below a long TMPDIR.
        self.folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="staff-portal-", dir="/tmp"))
        )
        self.log = self.folder / "postgresql.log"

    def machine(self) -> bool:
        """Install what the machine lacks, where that is allowed."""
        return self._passed(self._start([sys.executable, "-m", "staff_portal.machine", "test"]))

    def checks(self) -> bool:
        """Run every static check, also after one has failed."""
        return self._passed(self._start(["make", "-j2", "--output-sync", "--keep-going", "check"]))

    def start_services(self) -> bool:
        """Start an own PostgreSQL and an own Redis."""
        postgres, redis = Postgres(self.folder), Redis(self.folder)
        for service in (postgres, redis):
            self.stack.callback(service.stop)
            try:
                service.start()
            except ServiceError as error:
                print(error)
                return False
        addresses = postgres.url, redis.broker_url, redis.cache_url
        self.services = dict(zip(SERVICES, addresses, strict=True))
        return True

    def on_sqlite(self) -> bool:
        """Run all tests but the browser's on SQLite and the embedded broker; begin with PostgreSQL beside."""
        with self.log.open("wb") as out:
            self.beside = self._start(self._pytest("not browser and not once"), self.services, out)
        self.stack.callback(self._stop, self.beside)
        return self._passed(self._start(self._pytest("not browser"), {}))

    def on_postgresql(self) -> bool:
        """Wait for the same tests on PostgreSQL, Redis and a real worker, and show what they said."""
        passed = self._passed(self.beside)
        print(self.log.read_text(errors="replace"))
        return passed

    def in_browser(self) -> bool:
        """Walk through the portal in Chromium, on PostgreSQL and Redis: half of it on either core."""
        other = self.folder / "browser.log"
        with other.open("wb") as out:
            beside = self._start(self._pytest("browser", "--half=1"), self._apart(), out)
        self.stack.callback(self._stop, beside)
        passed = self._passed(self._start(self._pytest("browser", "--half=0"), self.services))
        passed = self._passed(beside) and passed
        print(other.read_text(errors="replace"))
        return passed

    def _apart(self) -> dict[str, str]:
        """Return addresses at the same servers under which nothing is shared with `services`."""
        database, queue, cache = (self.services[name] for name in SERVICES)
        addresses = f"{database}_beside", f"{queue}?virtual_host=2", cache.replace("db=1", "db=3")
        return dict(zip(SERVICES, addresses, strict=True))

    def _pytest(self, marks: str, *more: str) -> list[str]:
        return [sys.executable, "-m", "pytest", "-m", marks, *more, *self.pytest_words]

    def _start(
        self, command: list[str], more: dict[str, str] | None = None, out: IO[bytes] | None = None
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.env | (more or {}),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            # A group of its own: Ctrl-C reaches it once, through us, so that it can clean up.
            start_new_session=True,
        )

    def _passed(self, child: subprocess.Popen[bytes]) -> bool:
        """Wait for `child` and tell whether it was content; when this run is stopped, stop it first."""
        try:
            code = child.wait()
        except KeyboardInterrupt:
            self._stop(child)
            raise
        return code == 0 or (code == NO_TESTS_COLLECTED and bool(self.pytest_words))

    @staticmethod
    def _stop(child: subprocess.Popen[bytes]) -> None:
        """Let `child` end what it started itself, and then itself."""
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGINT)
            child.wait(timeout=60)


# Name, what runs, whether the rest is in vain without it.
STAGES: tuple[tuple[str, Callable[[Run], bool], bool], ...] = (
    ("programs and libraries of this machine", Run.machine, True),
    ("static checks", Run.checks, False),
    ("own PostgreSQL and Redis", Run.start_services, True),
    ("pytest on SQLite", Run.on_sqlite, False),
    ("pytest on PostgreSQL, Redis and a real worker", Run.on_postgresql, False),
    ("pytest in the browser", Run.in_browser, False),
)


def run(pytest_words: list[str]) -> list[str]:
    """Run the stages and return the names of those that failed."""
    failed = []
    with ExitStack() as stack:
        state = Run(pytest_words, stack)
        for number, (name, stage, needed) in enumerate(STAGES, start=1):
            label = f"[{number}/{len(STAGES)}] {name}"
            print(f"{label} ...", flush=True)
            started = time.monotonic()
            passed = stage(state)
            print(f"{label}: {'ok' if passed else 'FAILED'}, {time.monotonic() - started:.0f} s", flush=True)
            if not passed:
                failed.append(name)
                if needed:
                    break
    return failed


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def main(words: list[str]) -> int:
    """Run everything and return the exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    started = time.monotonic()
    try:
        failed = run(words)
    except KeyboardInterrupt:
        print("Stopped.")
        return 1
    seconds = time.monotonic() - started
    if failed:
        print(
            f"Failed: {', '.join(failed)} ({seconds:.0f} s; pytest got {shlex.join(words) or 'everything'})"
        )
    else:
        print(f"All stages passed in {seconds:.0f} s.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
