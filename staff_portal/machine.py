"""What the machine itself must have: libraries, fonts and, for the tests, servers and a browser.

`python -m staff_portal.machine run|test` installs what is missing with apt where it may, and otherwise
says exactly what to install. Names of packages are Debian's.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont

FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
)
# Liberation 1, still in some systems, has none of these.
KAZAKH_LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
POLICY = Path("/usr/sbin/policy-rc.d")


class MissingError(Exception):
    """Something is missing and cannot be installed from here; the text says what to do."""


@dataclass(frozen=True)
class Need:
    """A thing the machine must have: how to see that it is there, and the packages that bring it."""

    what: str
    packages: tuple[str, ...]
    present: Callable[[], bool]


def library(name: str) -> Callable[[], bool]:
    """Return a probe for the shared library `name`."""

    def present() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return present


def font(file_name: str) -> Callable[[], bool]:
    """Return a probe for a font file that has every Kazakh letter."""

    def present() -> bool:
        return any(
            _has_kazakh_letters(path)
            for folder in FONT_FOLDERS
            for path in Path(folder).expanduser().rglob(file_name)
        )

    return present


def _has_kazakh_letters(path: Path) -> bool:
    with TTFont(path, lazy=True) as read:
        letters = read.getBestCmap()
    return all(ord(letter) in letters for letter in KAZAKH_LETTERS)


def program(name: str, elsewhere: str = "") -> Callable[[], bool]:
    """Return a probe for a program on PATH, or at a path under / given as a pattern."""
    return lambda: bool(shutil.which(name) or (elsewhere and list(Path("/").glob(elsewhere))))


RUN = (
    Need("Pango, which sets the lines of documents", ("libpango-1.0-0",), library("libpango-1.0.so.0")),
    Need("Pango's FreeType part", ("libpangoft2-1.0-0",), library("libpangoft2-1.0.so.0")),
    Need("HarfBuzz's subsetter", ("libharfbuzz-subset0",), library("libharfbuzz-subset.so.0")),
    Need("the font DejaVu", ("fonts-dejavu-core",), font("DejaVuSans.ttf")),
    Need(
        "the font Liberation Serif 2",
        ("fonts-liberation2", "fonts-liberation"),
        font("LiberationSerif-Regular.ttf"),
    ),
)
TEST = (
    *RUN,
    Need("PostgreSQL", ("postgresql",), program("initdb", "usr/lib/postgresql/*/bin/initdb")),
    Need("Redis", ("redis-server",), program("redis-server")),
    Need("Chromium", ("chromium",), program("chromium")),
    Need("GNU gettext", ("gettext",), program("msgmerge")),
    Need("Poppler's tools", ("poppler-utils",), program("pdftotext")),
)


def provide(needs: tuple[Need, ...]) -> None:
    """Install what is missing of `needs`; raise MissingError when that is impossible."""
    missing = [need for need in needs if not need.present()]
    if not missing:
        return
    names = ", ".join(need.what for need in missing)
    if not shutil.which("apt-get"):
        raise MissingError(f"The machine lacks {names}: install them with its package manager.")
    root = root_prefix()
    if root is None:
        packages = " ".join(need.packages[0] for need in missing)
        raise MissingError(
            f"The machine lacks {names}, and only root may install them:\n"
            f"    sudo apt-get install --no-install-recommends {packages}"
        )
    _install(missing, root)
    still = ", ".join(need.what for need in missing if not need.present())
    if still:
        raise MissingError(f"apt-get installed its packages, and the machine still lacks {still}.")


def root_prefix() -> list[str] | None:
    """Return the words that make a command run as root: none for root itself; None when it cannot."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def _install(missing: list[Need], root: list[str]) -> None:
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "--yes"]
    _quietly([*apt, "update"])
    packages = [_available(need.packages) for need in missing]
    print(f"Installing {' '.join(packages)} ...", flush=True)
    with _services_asleep(root):
        _quietly([*apt, "install", "--no-install-recommends", *packages])


def _available(packages: tuple[str, ...]) -> str:
    """Return the first of `packages` that this release of the system knows."""
    for name in packages:
        if subprocess.run(["apt-cache", "show", name], capture_output=True, check=False).returncode == 0:
            return name
    return packages[0]


@contextmanager
def _services_asleep(root: list[str]) -> Iterator[None]:
    """Keep newly installed servers from being started: the tests run their own."""
    if POLICY.exists():
        yield
        return
    script = f"printf '#!/bin/sh\\nexit 101\\n' > {POLICY}; chmod 755 {POLICY}"
    subprocess.run([*root, "sh", "-c", script], check=True)
    try:
        yield
    finally:
        subprocess.run([*root, "rm", "-f", str(POLICY)], check=True)


def _quietly(command: list[str]) -> None:
    """Run `command` and show nothing unless it fails."""
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-5:])
        raise MissingError(f"{' '.join(command)} failed:\n{last}")


def main(words: list[str]) -> int:
    """Provide what `run` or `test` needs; return the exit code."""
    try:
        provide(TEST if words == ["test"] else RUN)
    except MissingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
