"""Processes that belong together: each with its log, watched, and stopped together."""

import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


class StoppedError(Exception):
    """A process ended by itself or did not start; the text says which and what it said last."""


class Child:
    """One process with its log file; it leads a group of its own, so that Ctrl-C reaches only us."""

    def __init__(
        self, name: str, command: list[str], log: Path, *, env: dict[str, str], folder: Path
    ) -> None:
        self.name, self.log = name, log
        # Where util-linux is at hand, a child also ends when its starter is killed outright.
        setpriv = shutil.which("setpriv")
        held = [setpriv, "--pdeathsig", "TERM", *command] if setpriv else command
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                held,
                cwd=folder,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def check(self) -> None:
        """Raise StoppedError when the process has ended."""
        code = self.process.poll()
        if code is not None:
            last = "\n".join(f"    {line}" for line in self._said().strip().splitlines()[-8:])
            raise StoppedError(
                f"The {self.name} stopped by itself (code {code}). It said last, in {self.log}:\n{last}"
            )

    def await_that(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Return once `ready()`; raise StoppedError when the process ends or `seconds` pass before."""
        deadline = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > deadline:
                raise StoppedError(f"The {self.name} was not ready within {seconds:g} s; its log: {self.log}")
            time.sleep(0.1)

    def says(self, words: str) -> bool:
        """Tell whether the log holds `words`."""
        return words in self._said()

    def ask_to_stop(self) -> None:
        """Ask the process to finish what it is doing and end."""
        if self.process.poll() is None:
            self.process.terminate()

    def end(self, *, seconds: float) -> None:
        """Give the process `seconds` to end, then end it and whatever is left of its group."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=seconds)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _said(self) -> str:
        return self.log.read_text(errors="replace")


def answers(url: str) -> bool:
    """Tell whether `url` answers 200 within two seconds."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310  our own address
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
