"""`make run`: the whole portal on one machine, with demo data, everything of it under var/.

Starts an embedded broker, a real Celery worker with beat and the web server, watches them and stops all of
them on Ctrl-C, on SIGTERM, or when one of them ends. Variables: PORT, HOST, RESET=1 (start anew).
"""

import errno
import fcntl
import multiprocessing
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from staff_portal import catalogues
from staff_portal.children import Child, StoppedError, answers

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
DATA = ("portal.sqlite3", "portal.sqlite3-wal", "portal.sqlite3-shm", "media", "mail", "log")


class RefusedError(Exception):
    """The portal cannot start here; the text says in one sentence why and what to do."""


def address() -> tuple[str, int]:
    """Return host and port to listen on, from HOST and PORT; raise RefusedError when PORT is no port."""
    host, text = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise RefusedError(f"PORT={text} is no port: give a number from 1 to 65535, as in make run PORT=9000")
    return host, int(text)


def ensure_free(host: str, port: int) -> None:
    """Raise RefusedError unless this process may listen on `host` and `port` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise RefusedError(_why_not(error, host, port)) from None


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program: choose another, as in make run PORT={port + 1}"
    if error.errno == errno.EACCES:
        return f"Port {port} is open to root only: choose one above 1023, as in make run PORT=8000"
    return f"This machine has no address {host}: leave HOST out, or give one that it has"


@contextmanager
def claimed_folder(url: str) -> Iterator[None]:
    """Hold var/ for this process alone; raise RefusedError when it is held or cannot be written to."""
    try:
        VAR.mkdir(exist_ok=True)
        claim = (VAR / "running").open("a+")
    except OSError as error:
        raise RefusedError(
            f"The folder {VAR} cannot be written to ({error.strerror}): make it yours"
        ) from None
    with claim:
        _lock(claim)
        claim.truncate(0)
        claim.write(url)
        claim.flush()
        yield
        claim.truncate(0)


def _lock(claim: IO[str]) -> None:
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        claim.seek(0)
        raise RefusedError(
            f"The portal of this folder is running already, on {claim.read() or 'another port'}: "
            "stop it with Ctrl-C in its window first"
        ) from None


def prepare_folder(*, reset: bool) -> None:
    """Make the folders of var/; with `reset`, first remove all data that earlier runs left."""
    try:
        if reset:
            _remove_data()
        for name in ("media", "mail", "log", "static"):
            (VAR / name).mkdir(exist_ok=True)
        (VAR / "portal.sqlite3").open("ab").close()
        catalogues.compile_stale(BASE_DIR)
    except OSError as error:
        raise RefusedError(
            f"{error.filename} cannot be written to ({error.strerror}): make it yours"
        ) from None


def _remove_data() -> None:
    for path in [*(VAR / name for name in DATA), *VAR.glob("beat*")]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def environment(host: str, url: str) -> dict[str, str]:
    """Return the environment in which every part runs: demo mode, SQLite, mail into files."""
    kept = {
        name: value for name, value in os.environ.items() if name not in ("CACHE_URL", "TESTING", "DEBUG")
    }
    everywhere = {"ALLOWED_HOSTS": "*"} if host not in ("127.0.0.1", "localhost") else {}
    return (
        kept
        | everywhere
        | {
            "DJANGO_SETTINGS_MODULE": "staff_portal.settings",
            "DEMO": "1",
            "DATABASE_URL": f"sqlite:///{VAR / 'portal.sqlite3'}",
            "MEDIA_ROOT": str(VAR / "media"),
            "EMAIL_URL": f"filemail:///{VAR / 'mail'}",
            "PORTAL_URL": url,
            "CELERY_BEAT_FILE": str(VAR / "beat"),
            "SWEEP_SECONDS": "60",
            "PYTHONUNBUFFERED": "1",
        }
    )


def manage(env: dict[str, str], *words: str) -> str:
    """Run a management command and return what it says; raise RefusedError with its last line."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=BASE_DIR,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        log = VAR / "log" / f"{words[0]}.log"
        log.write_text(done.stdout + done.stderr)
        last = (done.stderr.strip() or "no message").splitlines()[-1]
        raise RefusedError(f"manage.py {words[0]} failed: {last} (all of it in {log})")
    return done.stdout


def semaphores_work() -> bool:
    """Tell whether this machine gives named semaphores (a writable /dev/shm), for several processes."""
    try:
        multiprocessing.get_context("fork").Lock()
    except (OSError, ImportError):
        return False
    return True


class Portal:
    """The running parts, in the order in which they were started."""

    def __init__(self, env: dict[str, str], scratch: Path) -> None:
        self.env, self.scratch = env, scratch
        self.children: list[Child] = []

    def start(self, name: str, *command: str) -> Child:
        """Start a part with Python's `-m` and return it."""
        log = VAR / "log" / f"{name.replace(' ', '-')}.log"
        child = Child(name, [sys.executable, "-m", *command], log, env=self.env, folder=BASE_DIR)
        self.children.append(child)
        return child

    def start_broker(self) -> None:
        """Start the embedded broker, or fall back to a folder of messages where it has no build."""
        wire = self.scratch / "broker.sock"
        broker = self.start("broker", "staff_portal.broker", str(wire), str(self.scratch / "broker"))
        try:
            broker.await_that(wire.exists, seconds=15)
            self.env["CELERY_BROKER_URL"] = f"redis+socket://{wire}"
        except StoppedError:
            print("The embedded broker does not run on this machine: messages go through a folder instead.")
            self.children.remove(broker)
            broker.end(seconds=0)
            folder = self.scratch / "messages"
            folder.mkdir()
            self.env |= {"CELERY_BROKER_URL": "filesystem://", "CELERY_FOLDER": str(folder)}

    def start_worker(self) -> Child:
        """Start the worker with beat: two processes, or a single one where /dev/shm cannot be used."""
        pool = ["--concurrency=2"]
        if not semaphores_work():
            print("Shared memory (/dev/shm) cannot be used here: the worker does one task after the other.")
            pool = ["--pool=solo"]
        quiet = ["--without-gossip", "--without-mingle", "--loglevel=INFO"]
        return self.start("worker", "celery", "-A", "staff_portal", "worker", "--beat", *pool, *quiet)

    def start_web(self, host: str, port: int) -> Child:
        """Start the web server."""
        options = ["--workers=2", "--no-control-socket", "--graceful-timeout=5", "--access-logfile=-"]
        return self.start("web server", "gunicorn", f"--bind={host}:{port}", *options, "staff_portal.wsgi")

    def watch(self) -> None:
        """Return never: raise StoppedError when a part ends by itself."""
        while True:
            for child in self.children:
                child.check()
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop all parts, the broker last; those that take too long are ended."""
        broker = [child for child in self.children if child.name == "broker"]
        for group in ([child for child in self.children if child not in broker], broker):
            for child in group:
                child.ask_to_stop()
            for child in group:
                child.end(seconds=10)


def run() -> None:
    """Prepare and start everything and watch it; return never but by an exception."""
    host, port = address()
    url = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104  asked for with HOST
    with ExitStack() as stack:
        stack.enter_context(claimed_folder(url))
        ensure_free(host, port)
        prepare_folder(reset=os.environ.get("RESET", "") not in ("", "0"))
        env = environment(host, url)
        print("Preparing the database ...")
        manage(env, "migrate", "--no-input")
        print("Loading the demo ...")
        told = manage(env, "demo")
        scratch = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="staff-portal-", dir=_short_folder())
        )
        portal = Portal(env, Path(scratch))
        stack.callback(portal.stop)
        stack.callback(_ignore_signals)
        portal.start_broker()
        worker, web = portal.start_worker(), portal.start_web(host, port)
        web.await_that(lambda: answers(f"{url}/livez"), seconds=60)
        worker.await_that(lambda: worker.says(" ready."), seconds=60)
        print(f"\n{told.strip()}\n\nThe portal is up: {url}/")
        print("Letters go to var/mail, logs to var/log. Ctrl-C stops everything and keeps the data.")
        portal.watch()


def _short_folder() -> str | None:
    """Return a folder in which the path of a socket stays under its limit of about 100 characters."""
    return "/tmp" if len(tempfile.gettempdir()) > 60 else None  # noqa: S108  mkdtemp makes it safe


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Run until something ends it; return the exit code: 0 when it was asked to stop."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        run()
    except KeyboardInterrupt:
        print("\nStopped; the data are kept in var/.")
        return 0
    except (RefusedError, StoppedError) as error:
        print(f"{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
