from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meetings import facts, permissions, policies
from meetings.locks import item_on, locked_meeting
from meetings.models import AgendaItem, Material, Meeting, OwedMaterial
from members import journal
from members.models import Organisation
from members.permissions import Actor
from regulation.verdicts import Refused, refused


@transaction.atomic
def await_material(
    item: AgendaItem,
    *,
    agency: Organisation,
    title_kk: str,
    title_ru: str,
    language: str,
    by: Actor,
    now: datetime,
) -> OwedMaterial:
    """Name a document that `agency` brings for the item, and return it (clause 22). Raises Refused."""
    meeting, item = _prepared(item, by)
    policies.is_of_staff(meeting.staff_id, agency).or_raise()
    said = {"agency": agency, "title_kk": title_kk, "title_ru": title_ru, "language": language}
    same = item.owed.filter(**said).first()
    if same is not None:
        # The form was sent twice.
        return same
    owed = OwedMaterial.objects.create(item=item, **said)
    record_awaited("material.awaited", meeting, owed, by=by, now=now)
    return owed


@transaction.atomic
def change_awaited(
    owed: OwedMaterial,
    *,
    version: int,
    agency: Organisation,
    title_kk: str,
    title_ru: str,
    language: str,
    by: Actor,
    now: datetime,
) -> OwedMaterial:
    """Change who brings an awaited document, what it is called or its language (clause 22).

    `version` is the one that was opened for editing. A late document is handed over to another agency only
    after the head's decision. Raises Refused, "awaited_edited_meanwhile" among others.
    """
    meeting, item = _prepared(owed.item, by)
    policies.is_of_staff(meeting.staff_id, agency).or_raise()
    found = item.owed.filter(pk=owed.pk).first()
    if found is None:
        raise Refused(refused("no_longer_awaited", "22"))
    owed = found
    policies.is_same_awaited(owed, version).or_raise()
    if agency != owed.agency:
        _ease(item, now)
    owed.agency, owed.title_kk, owed.title_ru, owed.language = agency, title_kk, title_ru, language
    owed.version += 1
    owed.save()
    record_awaited("material.awaited_changed", meeting, owed, by=by, now=now)
    return owed


@transaction.atomic
def await_no_more(owed: OwedMaterial, *, by: Actor, now: datetime) -> None:
    """Take a document off the list of the awaited; what came for it stays as another document.

    A late question waits for the head's decision first (clause 22). Raises Refused.
    """
    meeting, item = _prepared(owed.item, by)
    found = OwedMaterial.objects.select_related("item").filter(pk=owed.pk).first()
    if found is None:
        return
    _ease(item, now)
    record_awaited("material.awaited_no_more", meeting, found, by=by, now=now)
    found.delete()


def _prepared(item: AgendaItem, by: Actor) -> tuple[Meeting, AgendaItem]:
    permissions.PREPARE.require(by, item.meeting.staff_id)
    meeting = locked_meeting(item.meeting)
    policies.may_prepare(meeting).or_raise()
    return meeting, item_on(meeting, item)


def _ease(item: AgendaItem, now: datetime) -> None:
    row = facts.materials_of(item, facts.terms_of(item.meeting).materials_due, today=timezone.localdate(now))
    policies.may_ease_late(row).or_raise()


def hand_over_owed(item: AgendaItem, before: int, *, now: datetime) -> None:
    """Await from the new agency of a question what the one before it has not brought (clause 22).

    What is late is handed over after the head's decision. Raises Refused.
    """
    brought = Material.objects.filter(owed__item=item, withdrawn_at=None).values("owed")
    rows = list(item.owed.filter(agency=before).exclude(pk__in=brought))
    if item.agency_id == before or not rows:
        return
    _ease(item, now)
    for owed in rows:
        owed.agency, owed.version = item.agency, owed.version + 1
        owed.save()


def record_awaited(act: str, meeting: Meeting, owed: OwedMaterial, *, by: Actor, now: datetime) -> None:
    said = {"order": owed.item.order, "title": str(owed), "agency": owed.agency.name_kk}
    journal.record(act, meeting, by=by, now=now, clause="22", **said)
