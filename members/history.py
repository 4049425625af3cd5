"""Versions of rows in words: who changed what, when, from what to what (django-simple-history)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Field, FileField, ForeignKey, JSONField, Model, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.acts import yes_or_no
from members.journal import canonical
from members.labels import local

LONGEST = 160
EVENTS = {
    "+": gettext_lazy("created"),
    "~": gettext_lazy("changed"),
    "-": gettext_lazy("deleted"),
}
# What only ties rows together, or repeats what the journal keeps: no reader asks who changed it.
TECHNICAL = frozenset(
    {
        *("id", "staff", "meeting", "protocol", "protocol_item", "item", "elector", "composition", "seat"),
        *("continues", "ordinal", "year", "version", "file", "password", "last_login", "is_superuser"),
        *("uid", "sequence"),
    }
)
# Fields whose model gives them no name of their own.
NAMES: dict[str, Promise | str] = {
    "added_by": gettext_lazy("added by"),
    "agency": gettext_lazy("agency that prepares it"),
    "admitted_by": gettext_lazy("admitted by"),
    "announced_by": gettext_lazy("announced by"),
    "author": gettext_lazy("author"),
    "called_by": gettext_lazy("called for by"),
    "cancelled_by": gettext_lazy("cancelled by"),
    "chair": gettext_lazy("in the chair"),
    "created_by": gettext_lazy("drawn up by"),
    "ended_by": gettext_lazy("ended by"),
    "initiative": gettext_lazy("initiative of members"),
    "note": gettext_lazy("justification note"),
    "opened_by": gettext_lazy("opened by"),
    "organisation": gettext_lazy("organisation"),
    "owed": gettext_lazy("awaited material"),
    "parent": gettext_lazy("Staff above"),
    "plan": gettext_lazy("work plan"),
    "plan_item": gettext_lazy("item of the plan"),
    "presence": gettext_lazy("attendance"),
    "question": gettext_lazy("question"),
    "registration_at": gettext_lazy("registration was opened"),
    "regulation": gettext_lazy("regulation"),
    "replaces": gettext_lazy("replaces the document"),
    "role": gettext_lazy("role"),
    "sha256": "SHA-256",
    "signed_by": gettext_lazy("Signed by"),
    "state": gettext_lazy("state"),
    "uploaded_by": gettext_lazy("uploaded by"),
    "user": gettext_lazy("person"),
    "withdrawn_by": gettext_lazy("withdrawn by"),
}


class Words(NamedTuple):
    """A value in words; `whole` is the whole text where the words are only its beginning."""

    text: str
    whole: str = ""


class Change(NamedTuple):
    """A field by its name, what it was and what it is; nothing is a dash."""

    field: str
    old: Words
    new: Words


class Version(NamedTuple):
    """What somebody did to a row at a moment; `order` sorts versions of the same moment."""

    at: datetime
    order: int
    who: str
    event: str
    thing: str
    is_new: bool
    changes: list[Change]


class Trace(NamedTuple):
    """The kept rows of one model, and what each of them is about, in words."""

    rows: QuerySet[Any]
    thing: Callable[[Any], str]


def name_of(field: Field) -> str:
    """Return the name of a field in the current language; empty for one that no reader is shown."""
    if field.name in TECHNICAL:
        return ""
    word = field.verbose_name if isinstance(field.verbose_name, Promise) else NAMES.get(field.name)
    return capfirst(str(word)) if word else ""


def versions_of(traces: Iterable[Trace]) -> list[Version]:
    """Return all versions of the traced rows, the latest first; a save that changed nothing is left out.

    The number of queries does not depend on the number of rows.
    """
    kept = [(trace, list(trace.rows.select_related("history_user"))) for trace in traces]
    named = _names([row for _trace, rows in kept for row in rows])
    versions = [version for trace, rows in kept for version in _of_rows(trace, rows, named)]
    return sorted(versions, key=lambda version: (version.at, version.order), reverse=True)


def _of_rows(
    trace: Trace, rows: list[Any], named: Mapping[tuple[type[Model], Any], str]
) -> Iterable[Version]:
    before: dict[Any, Any] = {}
    for row in sorted(rows, key=lambda row: row.history_id):
        changes = _changes(before.get(row.id), row, named) if row.history_type != "-" else []
        known = row.id in before
        before[row.id] = row
        if row.history_type == "~" and known and not changes:
            continue
        yield Version(
            at=row.history_date,
            order=row.history_id,
            who=row.history_user.name if row.history_user else _("the portal"),
            event=str(EVENTS[row.history_type]),
            thing=trace.thing(row),
            is_new=not known,
            changes=changes,
        )


def _changes(old: Any, new: Any, named: Mapping[tuple[type[Model], Any], str]) -> list[Change]:
    """Return what differs; of a first version everything that is filled in."""
    found = []
    for field in new.tracked_fields:
        name = name_of(field)
        after = getattr(new, field.attname)
        before = getattr(old, field.attname) if old is not None else None
        if name and (after != before if old is not None else after not in (None, "", {}, [])):
            found.append(Change(name, _words(field, before, named), _words(field, after, named)))
    return found


def _words(field: Field, value: Any, named: Mapping[tuple[type[Model], Any], str]) -> Words:
    text = _text(field, value, named)
    if len(text) <= LONGEST:
        return Words(text or "–")
    return Words(f"{text[:LONGEST].rsplit(' ', 1)[0]}…", text)


def _text(field: Field, value: Any, named: Mapping[tuple[type[Model], Any], str]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKey):
        return named.get((field.related_model, value), f"№ {value}")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d.%m.%Y, %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(field, JSONField):
        return canonical(value) if value else ""
    return str(value.name if isinstance(field, FileField) and hasattr(value, "name") else value)


def _names(rows: Iterable[Any]) -> dict[tuple[type[Model], Any], str]:
    """Return the names of everything the rows point to, one query a model."""
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for row in rows:
        for field in row.tracked_fields:
            value = getattr(row, field.attname) if isinstance(field, ForeignKey) else None
            if value is not None and name_of(field):
                wanted[field.related_model].add(value)
    return {
        (model, pk): readable_name(thing)
        for model, ids in wanted.items()
        for pk, thing in model._base_manager.in_bulk(ids).items()
    }


def readable_name(thing: Model) -> str:
    """Return what a row is called in the current language: its name, title or office, else as it says."""
    for field in ("name", "title", "office"):
        if hasattr(thing, f"{field}_kk"):
            return getattr(thing, field, "") or local(thing, field)
    return str(getattr(thing, "name", "") or thing)
