from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from meetings import permissions, policies
from meetings.locks import locked_meeting
from meetings.models import Material, MaterialReader, MaterialReading, Meeting, PrivateNote
from members import journal
from members.models import User
from members.permissions import Actor
from regulation.verdicts import Refused, refused


@transaction.atomic
def set_access(material: Material, *, ground: str, readers: Iterable[User], by: Actor, now: datetime) -> None:
    """Limit who opens a document, in all its versions, to `readers` by the law named in `ground` (22).

    An empty ground opens it to everybody whom it concerns. Who may always open it, `sight.may_open` says.
    Raises Refused, also for a document that was withdrawn and once the meeting has begun or is cancelled.
    """
    item = material.item
    if item is None:
        raise Refused(refused("document_left_agenda", "22"))
    permissions.PREPARE.require(by, item.meeting.staff_id)
    people = {user.pk for user in readers}
    policies.may_limit(ground, people).or_raise()
    meeting = locked_meeting(item.meeting)
    policies.may_prepare(meeting).or_raise()
    material.refresh_from_db(fields=["withdrawn_at"])
    policies.is_in_use(material).or_raise()
    versions = _document(material)
    if versions[-1].restricted_ground == ground and people == {row.user_id for row in material.readers.all()}:
        return
    for row in versions:
        row.restricted_ground = ground
        row.save()
        row.readers.exclude(user__in=people).delete()
        kept = {reader.user_id for reader in row.readers.all()}
        MaterialReader.objects.bulk_create(
            MaterialReader(material=row, user_id=pk, added_at=now, added_by=by.person)
            for pk in sorted(people - kept)
        )
    said = {"order": item.order, "sha256": material.sha256, "law": ground, "readers": len(people)}
    journal.record(
        "material.restricted" if ground else "material.unrestricted",
        meeting,
        by=by,
        now=now,
        clause="22",
        **said,
    )


def _document(material: Material) -> list[Material]:
    """Return every version of a document, the first one first."""
    rows = list(Material.objects.filter(item=material.item_id).order_by("pk"))
    roots: dict[int, int] = {}
    for row in rows:
        roots[row.pk] = roots.get(row.replaces_id or row.pk, row.pk)
    return [row for row in rows if roots[row.pk] == roots[material.pk]]


@transaction.atomic
def open_material(material: Material, meeting: Meeting, *, by: Actor, now: datetime) -> None:
    """Note that a document is being opened: a member's first time as a reading mark (clause 26(4)).

    Each opening of a restricted one is an act in the journal.
    """
    if by.roles & permissions.ATTEND.roles:
        MaterialReading.objects.get_or_create(material=material, user=by.person, defaults={"opened_at": now})
    if material.is_restricted:
        order = material.item.order if material.item else 0
        said = {"order": order, "sha256": material.sha256}
        journal.record("material.restricted_opened", meeting, by=by, now=now, clause="22", **said)


@transaction.atomic
def write_note(material: Material, *, text: str, by: Actor, now: datetime) -> None:
    """Keep what a member notes for himself about a document; an empty text removes it. No act, no journal."""
    permissions.NOTE.require(by, material.question.staff_id)
    if not text:
        PrivateNote.objects.filter(material=material, user=by.person).delete()
        return
    PrivateNote.objects.update_or_create(
        material=material, user=by.person, defaults={"text": text, "updated_at": now}
    )
