"""`make env`: made from the pins, again only when they change; every refusal is one sentence."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from staff_portal import machine
from tests.real_worker import ROOT

pytestmark = pytest.mark.once


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a folder with the requirements and an environment that counts as made."""
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(ROOT / ".venv" / "bin" / "python")
    return tmp_path


def make_env(clone: Path, kind: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["requirements/env.sh", kind],
        cwd=clone,
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("made_for", "wanted"), [("run", "run"), ("dev", "dev"), ("dev", "run")])
def test_an_environment_that_fits_is_left_alone(clone: Path, made_for: str, wanted: str) -> None:
    shutil.copy(clone / "requirements" / f"{made_for}.txt", clone / ".venv" / f"installed-{made_for}.txt")
    done = make_env(clone, wanted, PYTHON="/nowhere/python")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_changed_pins_make_it_anew(clone: Path) -> None:
    (clone / ".venv" / "installed-run.txt").write_text("other pins")
    # Without a Python it gets no further than looking for one, which is enough to see that it began.
    assert make_env(clone, "run", PYTHON="/nowhere/python").returncode == 1


def test_without_a_python_that_is_new_enough_it_says_so(clone: Path) -> None:
    shutil.rmtree(clone / ".venv")
    done = make_env(clone, "run", PYTHON="/bin/false")
    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.11 or newer is needed, and ")
    assert done.stderr.count("\n") == 1


def test_what_the_machine_lacks_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = machine.Need("the font Nonesuch", ("fonts-nonesuch",), lambda: False)
    monkeypatch.setattr(machine, "root_prefix", lambda: None)
    with pytest.raises(machine.MissingError, match=r"lacks the font Nonesuch(.|\n)* fonts-nonesuch$"):
        machine.provide((lacking,))


def test_the_fonts_have_every_kazakh_letter() -> None:
    assert [need.what for need in machine.RUN if not need.present()] == []
    assert not machine.font("NoSuchFont.ttf")()
