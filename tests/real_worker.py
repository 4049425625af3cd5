"""A real Celery worker and a real broker as processes of their own, for tests."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from staff_portal.children import Child

ROOT = Path(__file__).resolve().parent.parent


def wait_until(condition: Callable[[], object], *, seconds: float = 20.0, what: str) -> None:
    """Return as soon as `condition()` is true; raise TimeoutError naming `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds:g} s: {what}")
        time.sleep(0.05)


class Broker:
    """The embedded broker of `make run` on a socket in the tests' folder; it may be stopped and started."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket
        self.child: Child | None = None

    def start(self) -> None:
        """Start it and return when its socket is there."""
        command = [sys.executable, "-m", "staff_portal.broker", str(self.socket), f"{self.socket}.data"]
        log = self.socket.with_suffix(".log")
        self.child = Child("broker", command, log, env=dict(os.environ), folder=ROOT)
        self.child.await_that(self.socket.exists, seconds=20)

    def stop(self) -> None:
        """Stop it; nothing happens when it is not running."""
        if self.child:
            self.child.ask_to_stop()
            self.child.end(seconds=20)
        self.child = None


class Worker:
    """One Celery worker with one process in its pool, on the database and the broker of the running tests."""

    def __init__(self, database_url: str, log: Path) -> None:
        self.database_url = database_url
        self.log = log
        self.child: Child | None = None

    @property
    def running(self) -> bool:
        return self.child is not None and self.child.process.poll() is None

    def start(self) -> None:
        """Start it and return when it takes tasks; its log begins anew."""
        command = [sys.executable, "-m", "celery", "-A", "staff_portal", "worker", "--concurrency=1"]
        command += ["--without-gossip", "--without-mingle", "--loglevel=INFO"]
        env = os.environ | {"DATABASE_URL": self.database_url, "LOG_LEVEL": "INFO"}
        child = self.child = Child("worker", command, self.log, env=env, folder=ROOT)
        child.await_that(lambda: child.says(" ready."), seconds=60)

    def stop(self) -> None:
        """Let it finish its task and end; nothing happens when it is not running."""
        if self.child:
            self.child.ask_to_stop()
            self.child.end(seconds=20)
        self.child = None

    def kill(self) -> None:
        """End the worker and its pool at once, as a power cut does."""
        if self.child and self.running:
            os.killpg(self.child.process.pid, signal.SIGKILL)
            self.child.process.wait()
        self.child = None
