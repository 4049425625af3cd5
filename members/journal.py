"""The journal of acts: append-only, chained by SHA-256, written in the act's own transaction."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models, transaction
from django.utils.module_loading import module_has_submodule

from members.models import JournalEntry, JournalHead, Staff
from members.permissions import Actor
from members.requests import current_request_id


class Checkpoint(NamedTuple):
    """The head of a Staff's journal as it once was, kept outside the journal; `source` says where."""

    staff: str
    sequence: int
    hash: str
    source: str = ""


def record(
    act: str, on: models.Model, *, by: Actor, now: datetime, clause: str = "", **data: Any
) -> JournalEntry:
    """Append one entry about `on` to the journal of `by.staff` and return it.

    `act` is a code like "meeting.opened", `now` an aware moment, `data` facts without document text.
    Must run inside the transaction of the act; call it after every other row lock was taken.
    """
    with transaction.atomic():
        JournalHead.objects.get_or_create(staff=by.staff)
        head = JournalHead.objects.select_for_update().get(staff=by.staff)
        entry = JournalEntry(
            staff=by.staff,
            sequence=head.sequence + 1,
            at=now.astimezone(UTC),
            act=act,
            actor=by.user,
            actor_text=str(by),
            object_type=on._meta.label_lower,
            object_id=on.pk,
            clause=clause,
            request_id=current_request_id(),
            data=json.loads(canonical(data)),
            previous_hash=head.hash,
        )
        entry.hash = digest(entry)
        entry.save(force_insert=True)
        JournalHead.objects.filter(pk=head.pk).update(sequence=entry.sequence, hash=entry.hash)
    return entry


def canonical(data: dict[str, Any]) -> str:
    """Return `data` as canonical JSON: sorted keys, no spaces, dates in ISO form."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def canonical_entry(entry: JournalEntry) -> str:
    """Return the canonical JSON of `entry` and the hash before it: the very text that is hashed."""
    return canonical(
        {
            "staff": entry.staff_id,
            "sequence": entry.sequence,
            "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "act": entry.act,
            "actor": entry.actor_id,
            "actor_text": entry.actor_text,
            "object": f"{entry.object_type}:{entry.object_id}",
            "clause": entry.clause,
            "request": entry.request_id,
            "data": entry.data,
            "previous": entry.previous_hash,
        }
    )


def digest(entry: JournalEntry) -> str:
    """Return the SHA-256 that chains `entry` to the one before it, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_entry(entry).encode()).hexdigest()


def first_broken(staff: Staff) -> JournalEntry | None:
    """Recompute the chain of `staff` and return the first entry that does not fit, or None."""
    previous = ""
    chain = JournalEntry.objects.filter(staff=staff).order_by("sequence").iterator()
    for sequence, entry in enumerate(chain, start=1):
        if entry.sequence != sequence or entry.previous_hash != previous or entry.hash != digest(entry):
            return entry
        previous = entry.hash
    return None


def unfit(entries: Iterable[JournalEntry]) -> list[JournalEntry]:
    """Return those of `entries`, of one Staff, that do not fit their hash or the entry before them."""
    rows = list(entries)
    if not rows:
        return []
    before = JournalEntry.objects.filter(
        staff=rows[0].staff_id, sequence__in=[row.sequence - 1 for row in rows]
    )
    hashes = {0: "", **dict(before.values_list("sequence", "hash"))}
    return [
        row for row in rows if row.hash != digest(row) or hashes.get(row.sequence - 1) != row.previous_hash
    ]


def missed(staff: Staff, checkpoints: Iterable[Checkpoint]) -> Checkpoint | None:
    """Return the earliest of `checkpoints` of `staff` whose entry is gone or another one, or None.

    This finds what the chain alone cannot: a tail that was cut, and an entry rewritten with every hash
    after it.
    """
    own = sorted(row for row in checkpoints if row.staff == staff.code and row.sequence)
    entries = JournalEntry.objects.filter(staff=staff, sequence__in={row.sequence for row in own})
    hashes = dict(entries.values_list("sequence", "hash"))
    return next((row for row in own if hashes.get(row.sequence) != row.hash), None)


def head_of(staff: Staff) -> Checkpoint:
    """Return the present head of the journal of `staff`: entry 0 without a hash while it is empty."""
    head = JournalHead.objects.filter(staff=staff).first()
    return Checkpoint(staff.code, head.sequence if head else 0, head.hash if head else "")


def kept_heads(staff: Staff) -> Iterator[Checkpoint]:
    """Yield the heads that the apps keep elsewhere: each module `checkpoints` tells its own (protocols)."""
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "checkpoints"):
            yield from import_module(f"{config.name}.checkpoints").heads(staff)


def version_of(staff: Staff) -> int:
    """Return the number of the latest entry: a page that shows it is up to date."""
    return JournalHead.objects.filter(staff=staff).values_list("sequence", flat=True).first() or 0
