from datetime import datetime

from django.db import transaction

from meetings import permissions, policies
from meetings.locks import locked_meeting
from meetings.models import AgendaItem, Meeting, OwedMaterial
from members import journal
from members.models import Organisation
from members.permissions import Actor


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
    meeting = _prepared(item, by)
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
    agency: Organisation,
    title_kk: str,
    title_ru: str,
    language: str,
    by: Actor,
    now: datetime,
) -> OwedMaterial:
    """Change who brings an awaited document, what it is called or its language. Raises Refused."""
    meeting = _prepared(owed.item, by)
    owed = OwedMaterial.objects.select_for_update(of=("self",)).select_related("item").get(pk=owed.pk)
    owed.agency, owed.title_kk, owed.title_ru, owed.language = agency, title_kk, title_ru, language
    owed.save()
    record_awaited("material.awaited_changed", meeting, owed, by=by, now=now)
    return owed


@transaction.atomic
def await_no_more(owed: OwedMaterial, *, by: Actor, now: datetime) -> None:
    """Take a document off the list of the awaited; what came for it stays as another document."""
    meeting = _prepared(owed.item, by)
    found = OwedMaterial.objects.select_related("item").filter(pk=owed.pk).first()
    if found is None:
        return
    record_awaited("material.awaited_no_more", meeting, found, by=by, now=now)
    found.delete()


def _prepared(item: AgendaItem, by: Actor) -> Meeting:
    permissions.PREPARE.require(by, item.meeting.staff_id)
    meeting = locked_meeting(item.meeting)
    policies.may_prepare(meeting).or_raise()
    return meeting


def record_awaited(act: str, meeting: Meeting, owed: OwedMaterial, *, by: Actor, now: datetime) -> None:
    said = {"order": owed.item.order, "title": str(owed), "agency": owed.agency.name_kk}
    journal.record(act, meeting, by=by, now=now, clause="22", **said)
