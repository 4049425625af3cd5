"""`make run`: one clear sentence when it cannot start; when it can, all parts run and all of them stop."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from staff_portal.children import Child, StoppedError
from tests.production_settings import OURS
from tests.real_worker import ROOT, wait_until

pytestmark = pytest.mark.once

PARTS = (
    "staff_portal",
    "kpi",
    "protocols",
    "meetings",
    "members",
    "regulation",
    "templates",
    "static",
    "locale",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project, whose var/ is not the developer's."""
    copy = tmp_path_factory.mktemp("clone")
    for part in PARTS:
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", copy)
    return copy


def start(project: Path, **variables: str) -> subprocess.Popen[str]:
    env = {name: value for name, value in os.environ.items() if name not in {*OURS, "PORT", "HOST", "RESET"}}
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "staff_portal.embedded"],
        cwd=project,
        env=env | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def refusal(project: Path, **variables: str) -> str:
    """Return what a start that must fail says."""
    with start(project, **variables) as process:
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    return said


@pytest.fixture
def taken_port() -> Iterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield str(taken.getsockname()[1])


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_a_taken_port_is_one_sentence(project: Path, taken_port: str) -> None:
    said = refusal(project, PORT=taken_port)
    assert said == (
        f"Port {taken_port} is taken by another program: choose another, "
        f"as in make run PORT={int(taken_port) + 1}\n"
    )


def test_a_port_that_is_none_is_one_sentence(project: Path) -> None:
    said = refusal(project, PORT="eighty")
    assert said == "PORT=eighty is no port: give a number from 1 to 65535, as in make run PORT=9000\n"


def test_a_folder_that_cannot_be_written_to_is_one_sentence(project: Path, tmp_path: Path) -> None:
    copy = tmp_path / "project"
    copy.mkdir()
    for part in PARTS:
        (copy / part).symlink_to(project / part)
    shutil.copytree(project / "staff_portal", copy / "own", symlinks=True)
    (copy / "staff_portal").unlink()
    (copy / "own").rename(copy / "staff_portal")
    # A file in its place stops even root, whom no permission stops.
    (copy / "var").write_text("")
    said = refusal(copy, PORT=free_port())
    assert said == f"The folder {copy / 'var'} cannot be written to (File exists): make it yours\n"


@pytest.mark.slow
def test_all_parts_run_and_all_stop(project: Path) -> None:
    port = free_port()
    log = project / "said"
    portal = Child(
        "portal",
        [sys.executable, "-u", "-m", "staff_portal.embedded"],
        log,
        env={name: value for name, value in os.environ.items() if name not in OURS} | {"PORT": port},
        folder=project,
    )
    try:
        portal.await_that(lambda: portal.says("The portal is up"), seconds=150)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=10) as page:
            assert page.status == 200
        assert "running already, on http://127.0.0.1:" in refusal(project, PORT=free_port())
        parts = descendants(portal.process.pid)
        # The broker and its server, the worker with beat and two processes, the web server with two.
        assert len(parts) >= 9
        assert list((project / "var" / "log").glob("*.log"))
    finally:
        portal.process.send_signal(signal.SIGINT)
        portal.end(seconds=30)
    assert portal.process.returncode == 0, log.read_text()
    assert "Stopped; the data are kept in var/." in log.read_text()
    wait_until(lambda: not any(alive(part) for part in parts), what="the end of every part")


def descendants(pid: int) -> list[int]:
    """Return the ids of all processes below `pid`."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(child): int(parent) for child, parent in (line.split() for line in listed.splitlines())}
    found = [pid]
    for one in found:
        found.extend(child for child, parent in parents.items() if parent == one)
    return found[1:]


def alive(pid: int) -> bool:
    """Tell whether the process runs; one that only waits to be reaped does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def test_a_part_that_dies_is_named_with_its_last_words(tmp_path: Path) -> None:
    words = "print('one line'); raise SystemExit('the last line')"
    child = Child("worker", [sys.executable, "-c", words], tmp_path / "log", env={}, folder=tmp_path)
    with pytest.raises(StoppedError, match=r"The worker stopped by itself \(code 1\)(.|\n)*the last line"):
        child.await_that(lambda: False, seconds=20)
