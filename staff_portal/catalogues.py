"""Compiled translation catalogues: each `.mo` is made from its `.po` when it is missing or older."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

BASE_DIR = Path(__file__).resolve().parent.parent


def sources(base: Path) -> list[Path]:
    """Return the `.po` files of the project in `base`: its own words and the framework's."""
    return sorted((base / "locale").glob("**/LC_MESSAGES/django*.po"))


def compile_stale(base: Path) -> list[Path]:
    """Compile the catalogues whose `.mo` is missing or older than its `.po`; return these `.po` files."""
    stale = [path for path in sources(base) if not _is_fresh(path)]
    for path in stale:
        with path.open("rb") as source:
            catalogue = read_po(source)
        target = path.with_suffix(".mo")
        # Written beside and renamed: processes that start together never read half a file.
        draft = target.with_suffix(f".{os.getpid()}.mo")
        with draft.open("wb") as compiled:
            write_mo(compiled, catalogue)
        draft.replace(target)
    return stale


def _is_fresh(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime


if __name__ == "__main__":
    for done in compile_stale(BASE_DIR):
        print(f"compiled {done.relative_to(BASE_DIR)}")
