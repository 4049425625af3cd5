from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from meetings import facts, letters, permissions, policies
from meetings.locks import approved_version, locked_meeting, submitted_version
from meetings.models import AgendaItem, Delivery, Dispatch, Invitee, Material, Meeting, OwedMaterial
from members import journal, notices, uploads
from members.labels import message
from members.models import User
from members.notices import Recipient, to_user
from members.permissions import Actor, holders_on
from members.policies import ground_for_head
from members.uploads import Upload
from regulation.terms import days_late
from regulation.verdicts import Refused, refused


@transaction.atomic
def attach_material(
    item: AgendaItem,
    *,
    upload: Upload,
    title: str,
    language: str,
    by: Actor,
    now: datetime,
    owed: OwedMaterial | None = None,
) -> Material:
    """Keep a document for an item on behalf of its agency and return it (clause 22).

    `owed` is the awaited material that it is; None for one that nobody asked for.

    Late ones are kept and marked, never refused. Raises Refused for a file of a wrong kind, another
    role, or a meeting that has begun.
    """
    permissions.PREPARE.require(by, item.meeting.staff_id)
    meeting = locked_meeting(item.meeting)
    policies.may_prepare(meeting).or_raise()
    checked = uploads.check(upload)
    same = item.materials.filter(sha256=checked.sha256, title=title, withdrawn_at__isnull=True).first()
    if same is not None:
        # The form was sent twice: one copy is enough.
        return same
    material = Material(
        question=item.question,
        item=item,
        owed=owed,
        agency=owed.agency if owed else item.agency,
        title=title,
        language=language,
        file_name=checked.file_name,
        size=checked.size,
        sha256=checked.sha256,
        uploaded_at=now,
        uploaded_by=by.person,
    )
    material.file.save(checked.stored_name, upload, save=False)
    material.save()
    journal.record(
        "material.received", meeting, by=by, now=now, clause="22", order=item.order, sha256=checked.sha256
    )
    return material


@transaction.atomic
def withdraw_material(material: Material, *, by: Actor, now: datetime) -> None:
    """Withdraw a document attached by mistake; the file is kept, nobody is shown it. Raises Refused."""
    item = material.item
    if item is None or material.withdrawn_at is not None:
        return
    permissions.PREPARE.require(by, item.meeting.staff_id)
    meeting = locked_meeting(item.meeting)
    policies.may_prepare(meeting).or_raise()
    material = Material.objects.select_for_update(of=("self",)).get(pk=material.pk)
    if material.withdrawn_at is not None:
        return
    material.withdrawn_at, material.withdrawn_by = now, by.user
    material.save()
    journal.record("material.withdrawn", meeting, by=by, now=now, order=item.order, sha256=material.sha256)


@transaction.atomic
def admit_late(item: AgendaItem, *, reason: str, by: Actor, now: datetime, ground: str = "") -> AgendaItem:
    """Let the late materials that came so far go to everybody: the head's decision with a reason (clause 22).

    A deputy names the ground of the head's absence, unless it is recorded (clause 25(3)). Raises Refused.
    """
    permissions.DECIDE_LATE.require(by, item.meeting.staff_id)
    meeting = locked_meeting(item.meeting)
    item = meeting.items.for_agenda().get(pk=item.pk)
    item.meeting = meeting
    row = facts.materials_of(item, facts.terms_of(meeting).materials_due, today=timezone.localdate(now))
    policies.may_admit_late(row, by, ground).or_raise()
    item.admitted_at, item.admitted_by, item.admitted_reason = now, by.user, reason
    item.admitted_ground = ground_for_head(by, ground)
    item.save()
    journal.record(
        "material.admitted", meeting, by=by, now=now, clause="22", order=item.order, days_late=row.days_late
    )
    return item


@transaction.atomic
def invite(meeting: Meeting, *, by: Actor, now: datetime, **fields: Any) -> Invitee:
    """Add an invited person (name, office_kk/ru, email); approved together with the agenda (clause 21)."""
    permissions.PREPARE.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    policies.may_edit_agenda(meeting, submitted_version(meeting)).or_raise()
    person, is_new = Invitee.objects.get_or_create(meeting=meeting, name=fields.pop("name"), defaults=fields)
    if not is_new:
        return person
    journal.record("meeting.invited", meeting, by=by, now=now, clause="21", name=person.name)
    return person


@transaction.atomic
def uninvite(person: Invitee, *, by: Actor, now: datetime) -> None:
    """Take a person off the list of the invited before it is approved (clause 21). Raises Refused."""
    permissions.PREPARE.require(by, person.meeting.staff_id)
    meeting = locked_meeting(person.meeting)
    policies.may_edit_agenda(meeting, submitted_version(meeting)).or_raise()
    journal.record("meeting.uninvited", meeting, by=by, now=now, clause="21", name=person.name)
    person.delete()


@transaction.atomic
def dispatch(meeting: Meeting, *, by: Actor, now: datetime) -> Dispatch:
    """Send the approved agenda with its materials to all members and invited, once (clauses 22, 26(4)).

    Lateness against M−3 is computed and kept. Raises Refused.
    """
    permissions.PREPARE.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    version = approved_version(meeting)
    digest = facts.content_hash(facts.agenda_content(meeting, meeting.items.for_agenda()))
    already = version is not None and Dispatch.objects.filter(version=version).exists()
    policies.may_dispatch(meeting, version, already=already, digest=digest).or_raise()
    if version is None:
        raise Refused(refused("agenda_not_approved", "22"))
    late = days_late(facts.terms_of(meeting).circulation_due, timezone.localdate(now))
    sent = Dispatch.objects.create(version=version, sent_at=now, sent_by=by.person, days_late=late)
    journal.record(
        "pack.dispatched", meeting, by=by, now=now, clause="26.4", version=version.number, days_late=late
    )
    _send_pack(meeting, sent, by.person, now)
    return sent


def _send_pack(meeting: Meeting, sent: Dispatch, sender: User, now: datetime) -> None:
    members = holders_on(meeting.staff, timezone.localdate(now)).filter(seat__votes=True)
    people = [to_user(holder.user) for holder in members if holder.user != sender]
    guests = [Recipient(person.name, person.email) for person in meeting.invitees.exclude(email="")]
    pack = message(lambda: letters.pack_sent(meeting), meeting.get_absolute_url())
    # Who is invited has no account: the letter itself says when and where.
    invitation = message(lambda: letters.invitation(meeting), reverse("rules"))
    key = f"pack.dispatched:{sent.pk}"
    told = notices.send(meeting.staff, "pack.dispatched", key, pack, people, now=now)
    told += notices.send(meeting.staff, "pack.invited", key, invitation, guests, now=now)
    Delivery.objects.bulk_create(
        Delivery(dispatch=sent, notice=notice, user_id=notice.recipient_id) for notice in told
    )


def note_opening(meeting: Meeting, user: User, *, now: datetime) -> None:
    """Remember that `user` has opened the pack that was sent: a read mark, not an act."""
    Delivery.objects.filter(dispatch__version__meeting=meeting, user=user, opened_at__isnull=True).update(
        opened_at=now
    )
