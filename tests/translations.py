"""The catalogues of both languages hold every text of the sources, translated, and nothing else.

`python -m tests.translations` says what is wrong (part of `make check`); `--update` gathers the texts of the
sources into the catalogues (`make messages`). Needs GNU gettext.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from staff_portal import catalogues

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("kk", "ru")
PACKAGES = ("staff_portal", "kpi", "protocols", "meetings", "members", "regulation")
# Words that blame or beg instead of saying what to do (GOV.UK's list for error messages).
BANNED = {
    "en": r"please|sorry|\b(?:in)?valid\b|forbidden|field is required",
    "kk": r"өтінемі|кешірі[ңм]|жарамсыз|тыйым салын|бұл өріс міндетті",
    "ru": r"пожалуйста|извините|простите|валидн|некорректн|недопустим|запрещен|поле обязат|обязательное поле",
}


def gather(folder: Path) -> None:
    """Bring the catalogues in `folder`, a copy of the project or the project itself, up to its sources."""
    for language in LANGUAGES:
        (folder / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    ignored = [word for name in ("tests", "docs", "var") for word in ("--ignore", f"{name}/*")]
    languages = [word for name in LANGUAGES for word in ("--locale", name)]
    plain = ["--no-location", "--no-wrap", "--no-obsolete", "--verbosity=0"]
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", *plain, *ignored, *languages],
        cwd=folder,
        env=os.environ | {"DEMO": "1", "DJANGO_SETTINGS_MODULE": "staff_portal.settings"},
        stdin=subprocess.DEVNULL,
        check=True,
    )
    for language in LANGUAGES:
        path = own(folder, language)
        # The moment of gathering says nothing and would make every run a difference.
        text = re.sub(r'^"POT-Creation-Date:.*\n', "", path.read_text(), flags=re.MULTILINE)
        path.write_text(text)


def own(folder: Path, language: str) -> Path:
    """Return the path of the project's own catalogue of `language`."""
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def problems() -> Iterator[str]:
    """Yield one sentence for each thing that is wrong with a catalogue."""
    with tempfile.TemporaryDirectory(prefix="staff-portal-texts-") as name:
        copy = Path(name)
        for part in (*PACKAGES, "templates", "locale"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "manage.py", copy)
        gather(copy)
        for language in LANGUAGES:
            yield from _differences(own(ROOT, language), own(copy, language))
    for path in catalogues.sources(ROOT):
        yield from _faults(path)


def _differences(committed: Path, gathered: Path) -> Iterator[str]:
    """Yield what the sources say and the committed catalogue does not hold, and the other way round."""
    if not committed.exists():
        yield f"{committed.relative_to(ROOT)}: is missing"
        return
    have, wanted = _texts(_read(committed)), _texts(_read(gathered))
    for text in sorted(wanted - have):
        yield f"{committed.relative_to(ROOT)}: lacks {text}; run `make messages` and translate it"
    for text in sorted(have - wanted):
        yield f"{committed.relative_to(ROOT)}: {text} is in no source any more; run `make messages`"


def _faults(path: Path) -> Iterator[str]:
    """Yield what is wrong inside one catalogue: empty, fuzzy, other placeholders, banned words."""
    catalogue, place = _read(path), path.relative_to(ROOT)
    language = path.parent.parent.name
    for message in catalogue:
        if not message.id:
            continue
        if not all(_forms(message.string)):
            yield f"{place}: {_name(message)} has no translation"
        if message.fuzzy:
            yield f"{place}: {_name(message)} is a guess (fuzzy)"
        for error in message.check(catalogue):
            yield f"{place}: {_name(message)}: {error}"
        for word in _banned(message, language, framework="framework" in path.parts):
            yield f"{place}: {_name(message)} says «{word}»; say what to do instead"


def _banned(message: Message, language: str, *, framework: bool) -> Iterator[str]:
    """Yield the banned words of a translation, and of its English when that is ours."""
    found = re.search(BANNED[language], " ".join(_forms(message.string)), re.IGNORECASE)
    if found:
        yield found[0]
    english = None if framework else re.search(BANNED["en"], " ".join(_forms(message.id)), re.IGNORECASE)
    if english:
        yield english[0]


def _read(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source)


def _texts(catalogue: Catalog) -> set[str]:
    return {_name(message) for message in catalogue if message.id}


def _name(message: Message) -> str:
    text = _forms(message.id)[0]
    return f"“{text}”" + (f" ({message.context})" if message.context else "")


def _forms(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [text or ""] if text is None or isinstance(text, str) else list(text)


def main(words: list[str]) -> int:
    """Check the catalogues, or with `--update` bring them up to the sources; return the exit code."""
    if not shutil.which("xgettext"):
        print("GNU gettext is missing, it gathers the texts to translate: apt-get install gettext")
        return 1
    if "--update" in words:
        gather(ROOT)
        catalogues.compile_stale(ROOT)
        return 0
    found = list(problems())
    print("\n".join(found) or "Both catalogues hold every text of the sources, translated.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
