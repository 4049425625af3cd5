"""The journal of acts: append-only, chained by SHA-256, written in the act's own transaction."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from members.models import JournalEntry, JournalHead, Staff
from members.permissions import Actor
from members.requests import current_request_id


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


def digest(entry: JournalEntry) -> str:
    """Return the SHA-256 that chains `entry` to the one before it, as 64 hexadecimal digits."""
    facts = {
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
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


def first_broken(staff: Staff) -> JournalEntry | None:
    """Recompute the chain of `staff` and return the first entry that does not fit, or None."""
    previous = ""
    chain = JournalEntry.objects.filter(staff=staff).order_by("sequence").iterator()
    for sequence, entry in enumerate(chain, start=1):
        if entry.sequence != sequence or entry.previous_hash != previous or entry.hash != digest(entry):
            return entry
        previous = entry.hash
    return None


def version_of(staff: Staff) -> int:
    """Return the number of the latest entry: a page that shows it is up to date."""
    return JournalHead.objects.filter(staff=staff).values_list("sequence", flat=True).first() or 0
