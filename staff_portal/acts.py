"""The sentence of any entry of the journal, whichever app wrote it."""

import re
from collections.abc import Mapping
from types import ModuleType
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings import acts as of_meetings
from members import acts as of_members
from members.actors import ROLES_KK
from members.acts import Act, Words
from members.labels import ROLES
from members.models import JournalEntry, Seat, Staff
from members.permissions import READ_ABSENCE_GROUNDS, Actor
from members.states import Language
from protocols import acts as of_protocols

BOOKS: tuple[ModuleType, ...] = (of_members, of_meetings, of_protocols)
# The fact that may be private: why the head is away (clause 25(3)).
GROUND = "ground"
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


def offices_of(staff: Staff) -> dict[str, str]:
    """Return what the reader's language calls each office and role that may stand in an entry; one query.

    Entries keep the office in Kazakh, as it was on the day of the act.
    """
    named = "office_ru" if get_language() == Language.RUSSIAN else "office_kk"
    seats = Seat.objects.filter(composition__staff=staff).order_by("pk").values_list("office_kk", named)
    names = {word: str(ROLES[code]) for code, word in ROLES_KK.items()}
    roles = {word: f"{name[:1].lower()}{name[1:]}" for word, name in names.items()}
    return {**roles, **{office: word for office, word in seats if word}}


def who(entry: JournalEntry, offices: Mapping[str, str]) -> str:
    """Return who acted, with the office as `offices` has it; as it was written where it is not there."""
    if entry.actor_id is None:
        return capfirst(_("the portal"))
    name, _comma, office = entry.actor_text.partition(", ")
    return f"{name}, {offices.get(office, office)}" if office else name


def is_private(entry: JournalEntry, by: Actor) -> bool:
    """Whether the entry keeps the ground of an absence of the head, which `by` may not read."""
    return bool(entry.data.get(GROUND)) and not READ_ABSENCE_GROUNDS.verdict(by, by.staff.pk)


def facts_of(entry: JournalEntry, by: Actor) -> dict[str, Any]:
    """Return the facts of the entry that `by` may read."""
    hidden = is_private(entry, by)
    return {name: value for name, value in entry.data.items() if not (hidden and name == GROUND)}


def facts_said(entry: JournalEntry, by: Actor) -> list[Said]:
    """Return the facts of the entry that its sentence does not say, in words; empty values are left out.

    What `by` may not read is left out as well.
    """
    book = _book_of(entry)
    if book is None:
        return []
    told = set(IN_SENTENCE.findall(str(book.ACTS[entry.act].sentence)))
    told |= {name.removesuffix("_word") for name in told}
    known = facts_of(entry, by)
    return [
        Said(capfirst(str(fact.name)), fact.said(known[name]))
        for name, fact in book.FACTS.items()
        if name not in told and known.get(name) not in (None, "", {})
    ]


def _book_of(entry: JournalEntry) -> ModuleType | None:
    return next((book for book in BOOKS if entry.act in book.ACTS), None)
