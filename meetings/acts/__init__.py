"""What the acts about meetings are called in the journal, and which of them concern every member."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from meetings import labels
from meetings.acts import agenda, changes, dispatch, materials, meeting, pack, plans, scheduling
from meetings.models import Meeting
from meetings.states import Kind, Mode
from members.acts import Act, Fact, Words, day_word, yes_or_no
from members.days import hash_groups
from members.models import JournalEntry

MODULES = (meeting, plans, changes, agenda, materials, scheduling, dispatch, pack)
KINDS: dict[str, Promise] = {kind: word for module in MODULES for kind, word in module.KINDS.items()}
ACTS: dict[str, Act] = {act: words for module in MODULES for act, words in module.ACTS.items()}


def _votes(value: Mapping[str, str]) -> str:
    """Return «1 – «for», 2 – …»: votes by the order of the seats in the act."""
    said = {order: labels.CHOICES_SAID.get(choice, choice) for order, choice in value.items()}
    return ", ".join(f"{order} – {said[order]}" for order in sorted(said, key=int))


def _was(value: Mapping[str, Any]) -> str:
    """Return «date: 17 December 2026; kind: regular»: what stood in a meeting before it was changed."""
    # In the order of the fields: PostgreSQL keeps no order of keys.
    names = [field.name for field in Meeting._meta.fields if field.name in value]
    return "; ".join(f"{_field(name)}: {_old(name, value[name])}" for name in names)


def _field(name: str) -> str:
    return str(Meeting._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _old(name: str, value: object) -> str:
    if isinstance(value, bool):
        return yes_or_no(value)
    return (FACTS[name].said(value) if name in FACTS else str(value)) or "–"


FACTS: dict[str, Fact] = {
    "day": Fact(gettext_lazy("date"), day_word),
    "regulation_from": Fact(gettext_lazy("regulation in force from"), day_word),
    "regulation": Fact(gettext_lazy("number of the act on the regulation")),
    "starts_at": Fact(gettext_lazy("time"), lambda value: value[:5]),
    "kind": Fact(gettext_lazy("kind"), lambda value: str(dict(Kind.choices).get(value, value))),
    "mode": Fact(gettext_lazy("mode"), lambda value: str(dict(Mode.choices).get(value, value))),
    "call_ground": Fact(gettext_lazy("on whose initiative")),
    "urgent_ground": Fact(gettext_lazy("head's instruction and ground of an urgent meeting")),
    "was": Fact(gettext_lazy("before"), _was),
    "number": Fact(gettext_lazy("number")),
    "name": Fact(gettext_lazy("name")),
    "ground": Fact(gettext_lazy("ground of the head's absence")),
    "reason": Fact(gettext_lazy("reason"), lambda value: str(labels.WHY_SO.get(value, value))),
    "title": Fact(gettext_lazy("document")),
    "agency": Fact(gettext_lazy("agency")),
    "law": Fact(gettext_lazy("ground of the restriction")),
    "readers": Fact(gettext_lazy("persons with access")),
    "version": Fact(gettext_lazy("version")),
    "days_late": Fact(gettext_lazy("days late")),
    "by_hand": Fact(gettext_lazy("recorded by the secretary from a raised hand"), yes_or_no),
    "adopted": Fact(gettext_lazy("the decision is adopted"), yes_or_no),
    "needed": Fact(gettext_lazy("votes needed")),
    "votes": Fact(gettext_lazy("votes by seats"), _votes),
    "chair_vote": Fact(
        gettext_lazy("vote of the chair"), lambda value: str(labels.CHOICES_SAID.get(value, value))
    ),
    "sha256": Fact("SHA-256", hash_groups),
}


def words_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of an entry as its sentence says them."""
    return labels.words_of(data)


def sentence(entry: JournalEntry) -> str:
    """Return what a journal entry about a meeting tells, in the current language."""
    return str(ACTS[entry.act].sentence) % Words(words_of(entry.data))
