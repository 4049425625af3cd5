from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meetings import facts, letters, permissions, policies
from meetings.locks import item_on, locked_meeting
from meetings.models import AgendaItem, Material, MaterialReader, Meeting, OwedMaterial
from meetings.states import MaterialLanguage
from members import journal, notices, uploads
from members.labels import message
from members.models import Organisation
from members.notices import to_user
from members.permissions import Actor, holders_on
from members.states import Role
from members.uploads import Checked, Upload
from regulation.terms import days_late


@transaction.atomic
def attach_material(
    item: AgendaItem,
    *,
    upload: Upload,
    language: str,
    by: Actor,
    now: datetime,
    title: str = "",
    owed: OwedMaterial | None = None,
    replaces: Material | None = None,
    restricted_ground: str = "",
) -> Material:
    """Keep a document for an item on behalf of its agency and return it (clause 22).

    `owed` is the awaited material that it is; None for one that nobody asked for. `replaces` is any version
    of the document that it corrects: the new one follows the last, with the same access. Without a `title`
    it is called as the awaited one. Late ones are kept and marked, never refused.

    Raises Refused for a bad file, for one that is kept with other access, for another agency, another role,
    or a meeting that has begun.
    """
    permissions.BRING.require(by, item.meeting.staff_id)
    agency = _agency(item, owed, replaces, by)
    policies.may_bring(agency.pk, by).or_raise()
    policies.may_prepare(item.meeting).or_raise()
    # Before the lock: reading a large file takes time.
    checked = uploads.check(upload)
    meeting = locked_meeting(item.meeting)
    policies.may_prepare(meeting).or_raise()
    item = item_on(meeting, item)
    material = Material(
        question=item.question,
        item=item,
        # Taken off the list meanwhile: what came for it stays as another document.
        owed=item.owed.filter(pk=owed.pk).first() if owed else None,
        agency=agency,
        title=title or title_in(owed, language),
        language=language,
        restricted_ground=restricted_ground,
        uploaded_at=now,
        uploaded_by=by.person,
    )
    last = _last_version(item, replaces) if replaces else None
    if last is not None:
        _follow(material, last)
    same = _same(item, material, checked, last)
    if same is not None:
        # The form was sent twice: one copy is enough.
        return same
    _keep(material, upload, checked)
    if last is not None:
        _same_readers(last, material, by, now)
    _tell_secretary(material, meeting, by=by, now=now)
    said = {"order": item.order, "version": material.version, "sha256": checked.sha256}
    journal.record(
        "material.replaced" if last else "material.received", meeting, by=by, now=now, clause="22", **said
    )
    return material


def _agency(
    item: AgendaItem, owed: OwedMaterial | None, replaces: Material | None, by: Actor
) -> Organisation:
    """Return for which agency `by` brings a document: who owes it, who brought it, else one of their own."""
    known = replaces or owed
    if known is not None:
        return known.agency
    if by.is_secretary or item.agency_id in by.organisation_ids:
        return item.agency
    own = item.owed.filter(agency__in=by.organisation_ids).select_related("agency").first()
    return own.agency if own else item.agency


def title_in(owed: OwedMaterial | None, language: str) -> str:
    """Return what an awaited document is called in the language of the file; empty for none."""
    if owed is None:
        return ""
    return (owed.title_ru if language == MaterialLanguage.RUSSIAN else owed.title_kk) or str(owed)


def _last_version(item: AgendaItem, version: Material) -> Material:
    """Return the last version of the document, withdrawn or not: two that come at once follow each other."""
    later = {row.replaces_id: row for row in item.materials.all()}
    last = version
    while last.pk in later:
        last = later[last.pk]
    return last


def _follow(material: Material, last: Material) -> None:
    """Make a document the next version of `last`: the same one, with the same access."""
    material.replaces, material.version = last, last.version + 1
    material.owed_id, material.title = last.owed_id, last.title
    material.restricted_ground = last.restricted_ground


def _same(item: AgendaItem, material: Material, checked: Checked, last: Material | None) -> Material | None:
    """Return the document in use that this one repeats: the last version, or one called and asked the same.

    Raises Refused when the file is kept with other access: it would stay open, or closed, unseen.
    """
    kept = item.materials.filter(sha256=checked.sha256, withdrawn_at__isnull=True).order_by("pk")
    if last is not None:
        return kept.filter(pk=last.pk, language=material.language).first()
    for row in kept:
        policies.is_kept_alike(row, material.restricted_ground).or_raise()
    return kept.filter(title=material.title, owed=material.owed, language=material.language).last()


def _keep(material: Material, upload: Upload, checked: Checked) -> None:
    material.file_name, material.size, material.sha256 = checked.file_name, checked.size, checked.sha256
    material.file.save(checked.stored_name, upload, save=False)
    material.save()


def _same_readers(before: Material, after: Material, by: Actor, now: datetime) -> None:
    MaterialReader.objects.bulk_create(
        MaterialReader(material=after, user_id=row.user_id, added_at=now, added_by=by.person)
        for row in before.readers.all()
    )


def _tell_secretary(material: Material, meeting: Meeting, *, by: Actor, now: datetime) -> None:
    if by.is_secretary or material.item is None:
        return
    day, item = timezone.localdate(now), material.item
    item.meeting = meeting
    late = days_late(facts.terms_of(meeting).materials_due, day)
    secretaries = holders_on(meeting.staff, day).filter(seat__role=Role.SECRETARY)
    notices.send(
        meeting.staff,
        "material.brought",
        f"material.brought:{material.pk}",
        message(lambda: letters.material_brought(material, item, late), item.get_absolute_url()),
        [to_user(holder.user) for holder in secretaries],
        now=now,
    )
