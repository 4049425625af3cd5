"""The Dockerfile without a container engine: its steps run as plain commands in a clean folder."""

import os
import re
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest

from staff_portal import machine
from tests.production_settings import OURS
from tests.real_worker import ROOT

# Joined lines, comments gone: «RUN words», «COPY words».
pytestmark = pytest.mark.once

STEPS = re.findall(
    r"^([A-Z]+) +(.*)$",
    re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)),
    re.MULTILINE,
)
# Steps that change the machine itself.
OF_THE_MACHINE = ("apt-get ", "useradd ")
# What pip and uv say when they reach no index.
NO_INDEX = ("NewConnectionError", "NameResolutionError", "Failed to fetch", "No matching distribution found")


def run_steps() -> list[str]:
    return [words for step, words in STEPS if step == "RUN" and not words.startswith(OF_THE_MACHINE)]


def test_it_installs_exactly_what_a_running_portal_needs() -> None:
    apt = next(words for step, words in STEPS if step == "RUN" and "apt-get install" in words)
    named = set(apt.split("--no-install-recommends")[1].split("&&")[0].split())
    assert named == {need.packages[0] for need in machine.RUN}


def test_it_does_not_run_as_root() -> None:
    assert [words for step, words in STEPS if step == "USER"] == ["10001:10001"]


def test_nothing_private_reaches_the_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    for name in (".git", ".venv", ".tools", "var", ".env"):
        assert any(fnmatch(name, pattern) for pattern in ignored), name


@pytest.mark.slow
def test_its_steps_run_in_a_clean_folder(tmp_path: Path) -> None:
    ignored = [part.removeprefix("**/") for part in (ROOT / ".dockerignore").read_text().split()]
    shutil.copytree(ROOT, tmp_path / "portal", ignore=shutil.ignore_patterns(*ignored))
    folder = tmp_path / "portal"
    env = {name: value for name, value in os.environ.items() if name not in {*OURS, "VIRTUAL_ENV"}}
    for words in run_steps():
        # Only root may give files away; the volume's owner is the image's business.
        command = words.replace("chown 10001:10001", "test -d")
        done = subprocess.run(
            ["sh", "-ec", command], cwd=folder, env=env, capture_output=True, text=True, check=False
        )
        if any(words in done.stderr for words in NO_INDEX):
            pytest.skip("no package index can be reached from here")
        assert done.returncode == 0, f"{command}\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}"

    collected = {path.name for path in (folder / "var" / "static").rglob("*")}
    assert "staticfiles.json" in collected
    assert (folder / "locale" / "framework" / "kk" / "LC_MESSAGES" / "django.mo").exists()
    assert not (folder / "tests").exists()
    assert (folder / ".venv" / "bin" / "gunicorn").exists()
