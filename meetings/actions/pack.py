import hashlib
import logging
import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from meetings import binder, facts, permissions, policies
from meetings.actions.dispatch import note_opening
from meetings.facts.pack import PackDocument
from meetings.locks import locked_meeting
from meetings.models import AgendaVersion, MaterialReading, Meeting, Pack
from meetings.states import PackState
from members import waking
from members.models import User
from members.permissions import Actor
from regulation.verdicts import Refused, refused

log = logging.getLogger(__name__)

TASK = "meetings.tasks.make_pack"
# A worker that has not finished by then is taken for dead, and another one begins anew.
RETAKEN_AFTER = timedelta(minutes=10)
# What nobody has begun by then was not heard of: the broker was down.
FORGOTTEN_AFTER = timedelta(minutes=1)
GIVEN_UP_AFTER = timedelta(hours=1)


def sources_of(meeting: Meeting, *, now: datetime) -> tuple[AgendaVersion | None, tuple[PackDocument, ...]]:
    """Return the agenda that was sent last and the documents of the pack as they are at `now` (22, 26(4)).

    A version that is approved and not sent yet changes nothing for who reads what was sent.
    """
    rows = facts.items_with_materials(meeting, today=timezone.localdate(now))
    version = facts.sent_version(meeting)
    if version is not None:
        version.meeting = meeting
        texts = [(row, facts.as_approved(row.item, version.content)) for row in rows]
        rows = [replace(row, item=item) for row, item in texts if item is not None]
        rows.sort(key=lambda row: row.item.order)
    return version, facts.pack_documents(meeting, rows)


@transaction.atomic
def ask_for_pack(meeting: Meeting, *, language: str, by: Actor, now: datetime) -> Pack:
    """Return the pack of what was sent, in `language`; a new one, or one that failed, waits for the worker.

    The same agenda and documents are bound once. Raises Refused before the first dispatch.
    """
    permissions.READ_PACK.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    version, documents = sources_of(meeting, now=now)
    policies.may_have_pack(version, sent=facts.is_sent(meeting)).or_raise()
    if version is None:
        raise Refused(refused("pack_not_sent", "26.4"))
    pack, is_new = Pack.objects.get_or_create(
        meeting=meeting,
        language=language,
        fingerprint=facts.pack_fingerprint(version, documents, language),
        defaults={"total": len(documents), "asked_at": now},
    )
    if pack.state == PackState.FAILED:
        pack.state, pack.error, pack.done, pack.claimed_at, pack.asked_at = (
            PackState.WAITING,
            "",
            0,
            None,
            now,
        )
        pack.save()
    elif not is_new:
        return pack
    transaction.on_commit(lambda: waking.wake(TASK, pack.pk))
    return pack


def make_pack(pack_id: int, *, now: datetime) -> bool:
    """Bind a pack that waits and return whether it was made here; safe to run twice and at once.

    Laying out takes long and holds no lock. What changed meanwhile makes another pack: this one goes.
    """
    pack = _claim(pack_id, now)
    if pack is None:
        return False
    mine = Pack.objects.filter(pk=pack.pk, state=PackState.WAITING, claimed_at=now)
    version, documents = sources_of(pack.meeting, now=now)
    if version is None or facts.pack_fingerprint(version, documents, pack.language) != pack.fingerprint:
        mine.delete()
        return False
    try:
        bound = binder.bind(
            version, documents, pack.language, now=now, tick=lambda done: _tick(pack, now, done)
        )
    except Exception as error:  # whatever it was: the page says so and offers another try
        log.exception("pack %s is not made", pack.pk)
        mine.update(state=PackState.FAILED, error=type(error).__name__[:300])
        return False
    return _keep(pack, bound, now)


def _claim(pack_id: int, now: datetime) -> Pack | None:
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - RETAKEN_AFTER)
    waiting = Pack.objects.filter(free, pk=pack_id, state=PackState.WAITING)
    if not waiting.update(claimed_at=now, done=0):
        return None
    return Pack.objects.select_related("meeting__staff", "meeting__regulation").get(pk=pack_id)


def _tick(pack: Pack, claimed_at: datetime, done: int) -> None:
    Pack.objects.filter(pk=pack.pk, claimed_at=claimed_at).update(done=done)


def _keep(pack: Pack, bound: binder.Bound, now: datetime) -> bool:
    content = bound.content
    storage = pack.file.storage
    name = storage.save(f"packs/{uuid.uuid4().hex}.pdf", ContentFile(content))
    facts_of_file = {"file": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    with transaction.atomic():
        kept = Pack.objects.filter(pk=pack.pk, state=PackState.WAITING, claimed_at=now).update(
            state=PackState.READY, made_at=now, error="", **facts_of_file
        )
        if kept:
            pack.bound.set(bound.materials)
        old = list(Pack.objects.filter(meeting=pack.meeting_id, language=pack.language).exclude(pk=pack.pk))
        gone = [str(each.file.name) for each in old if each.file] if kept else [name]
        if kept:
            Pack.objects.filter(pk__in=[each.pk for each in old]).delete()
        for each in gone:
            transaction.on_commit(partial(storage.delete, each))
    return bool(kept)


def sweep_packs(*, now: datetime) -> int:
    """Wake the worker for packs that it did not hear of or died over; give up after an hour. Tells nobody."""
    waiting = Pack.objects.filter(state=PackState.WAITING)
    waiting.filter(asked_at__lt=now - GIVEN_UP_AFTER).update(state=PackState.FAILED, error="not made in time")
    unheard = Q(claimed_at=None, asked_at__lt=now - FORGOTTEN_AFTER)
    died = Q(claimed_at__lt=now - RETAKEN_AFTER)
    for pk in waiting.filter(unheard | died).order_by("pk").values_list("pk", flat=True):
        waking.wake(TASK, pk)
    return 0


def note_handed_over(meeting: Meeting, materials: Iterable[int], user: User, *, now: datetime) -> None:
    """Remember that `user` took these documents in one file: each counts as opened (clause 26(4))."""
    note_opening(meeting, user, now=now)
    MaterialReading.objects.bulk_create(
        [MaterialReading(material_id=pk, user=user, opened_at=now) for pk in materials],
        ignore_conflicts=True,
    )
