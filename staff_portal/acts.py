"""The sentence of any entry of the journal, whichever app wrote it."""

import re
from types import ModuleType
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.text import capfirst

from meetings import acts as of_meetings
from members import acts as of_members
from members.acts import Act, Words
from members.models import JournalEntry
from protocols import acts as of_protocols

BOOKS: tuple[ModuleType, ...] = (of_members, of_meetings, of_protocols)
IN_SENTENCE = re.compile(r"%\((\w+)\)")

ACTS: dict[str, Act] = {code: act for book in BOOKS for code, act in book.ACTS.items()}
KINDS: dict[str, Promise] = {code: word for book in BOOKS for code, word in book.KINDS.items()}
# The acts that concern every member: their result lies open to all of them anyway.
TO_ALL = frozenset(code for code, act in ACTS.items() if act.to_all)


class Said(NamedTuple):
    """A fact of an entry in words."""

    name: str
    value: str


def sentence(entry: JournalEntry) -> str:
    """Return what the entry tells as a sentence of the current language; the code of an act unknown here."""
    book = _book_of(entry)
    if book is None:
        return entry.act
    return capfirst(str(book.ACTS[entry.act].sentence) % Words(book.words_of(entry.data)))


def facts_said(entry: JournalEntry) -> list[Said]:
    """Return the facts of the entry that its sentence does not say, in words; empty values are left out."""
    book = _book_of(entry)
    if book is None:
        return []
    told = set(IN_SENTENCE.findall(str(book.ACTS[entry.act].sentence)))
    told |= {name.removesuffix("_word") for name in told}
    return [
        Said(capfirst(str(fact.name)), fact.said(entry.data[name]))
        for name, fact in book.FACTS.items()
        if name not in told and entry.data.get(name) not in (None, "", {})
    ]


def _book_of(entry: JournalEntry) -> ModuleType | None:
    return next((book for book in BOOKS if entry.act in book.ACTS), None)
