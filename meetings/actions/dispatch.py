from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from meetings import calendar, facts, letters, permissions, policies
from meetings.facts import Addressee, Sending
from meetings.locks import approved_version, locked_meeting
from meetings.models import Delivery, Dispatch, Meeting
from members import journal, notices
from members.labels import message
from members.models import User
from members.notices import Recipient
from members.permissions import Actor
from regulation.terms import days_late
from regulation.verdicts import Refused, refused


@transaction.atomic
def dispatch(meeting: Meeting, *, by: Actor, now: datetime, late_reason: str = "") -> Dispatch:
    """Send the approved agenda with its materials to all members and invited (clauses 22, 26(4)).

    A version already sent goes again only with documents that came after it, and carries these alone.
    Lateness against M−3 is computed and kept; `late_reason` says why, required when it is late.
    Raises Refused.
    """
    permissions.PREPARE.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    version, today = approved_version(meeting), timezone.localdate(now)
    rows = facts.items_with_materials(meeting, today=today)
    digest = facts.content_hash(facts.agenda_content(meeting, [row.item for row in rows]))
    parcel = facts.parcel_of(version, rows)
    policies.may_dispatch(meeting, version, is_new=parcel.is_new, digest=digest).or_raise()
    if version is None:
        raise Refused(refused("agenda_not_approved", "22"))
    late = days_late(facts.terms_of(meeting).circulation_due, today)
    policies.has_late_reason(late, late_reason).or_raise()
    sent = Dispatch.objects.create(
        version=version,
        number=version.dispatches.count() + 1,
        sent_at=now,
        sent_by=by.person,
        days_late=late,
        late_reason=late_reason if late else "",
    )
    sent.materials.set(parcel.materials)
    everybody = [row for row in facts.addressees_of(meeting) if row.recipient.user != by.person]
    _post(meeting, sent, everybody, f"pack.dispatched:{sent.pk}", now)
    journal.record(
        "pack.dispatched" if parcel.is_first else "pack.supplemented",
        meeting,
        by=by,
        now=now,
        clause="26.4",
        version=version.number,
        documents=len(parcel.materials),
        days_late=late,
        **({"late_reason": late_reason} if late else {}),
    )
    return sent


@transaction.atomic
def resend(sent: Dispatch, *, seen: int, by: Actor, now: datetime, to: Collection[str] | None = None) -> int:
    """Send a dispatch again, or for the first time to who joined meanwhile; return how many letters went.

    `to` are the keys of the addressees, None for everybody who has not opened it. `seen` is the number of
    letters that stood on the page: when it has changed, the button was pressed twice and nothing is sent.
    Raises Refused.
    """
    meeting = sent.version.meeting
    permissions.PREPARE.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    policies.may_resend(meeting).or_raise()
    if sent.deliveries.count() != seen:
        return 0
    if to is None:
        proof = next(row for row in facts.proofs_of(meeting) if row.sent.pk == sent.pk)
        to = {row.key for row in proof.unopened}
    people = [row for row in facts.addressees_of(meeting) if row.key and row.key in to]
    told = _post(meeting, sent, people, f"pack.dispatched:{sent.pk}:{seen}", now)
    if told:
        journal.record(
            "pack.resent", meeting, by=by, now=now, clause="26.4", version=sent.version.number, letters=told
        )
    return told


def _post(meeting: Meeting, sent: Dispatch, people: list[Addressee], key: str, now: datetime) -> int:
    """Write the letters of a dispatch with their deliveries; return how many are new."""
    sending = facts.sending_of(sent)
    inside, home = meeting.get_absolute_url(), reverse("rules")
    known = [row.recipient for row in people if row.invitee and row.has_account]
    # Who is invited without an account: the letter itself says when and where.
    unknown = [row.recipient for row in people if row.invitee and row.key and not row.has_account]
    invited = message(lambda: letters.invitation(meeting, has_account=True), inside)
    invitation = message(lambda: letters.invitation(meeting, has_account=False), home)
    entry = partial(calendar.request_for, meeting, now=now)
    told = []
    for orders, members in _by_orders(sent, sending, people).items():
        pack = message(partial(letters.pack_sent, meeting, replace(sending, orders=orders)), inside)
        # Further documents change nothing in the calendar.
        own = None if sending.is_supplement else entry
        told += notices.send(meeting.staff, "pack.dispatched", key, pack, members, now=now, calendar=own)
    if not sending.is_supplement:
        told += notices.send(meeting.staff, "pack.invited", key, invited, known, now=now, calendar=entry)
        told += notices.send(meeting.staff, "pack.invited", key, invitation, unknown, now=now, calendar=entry)
    Delivery.objects.bulk_create(
        Delivery(dispatch=sent, notice=notice, user_id=notice.recipient_id) for notice in told
    )
    return len(told)


def _by_orders(
    sent: Dispatch, sending: Sending, people: list[Addressee]
) -> dict[tuple[int, ...], list[Recipient]]:
    """Return the members by the questions whose further documents they may open; who may none is not told."""
    documents = list(sent.materials.select_related("item").prefetch_related("readers"))
    groups: dict[tuple[int, ...], list[Recipient]] = {}
    for row in people:
        orders = facts.orders_for(row, documents) if sending.is_supplement else sending.orders
        if row.seat and (orders or not sending.is_supplement):
            groups.setdefault(orders, []).append(row.recipient)
    return groups


def note_opening(meeting: Meeting, user: User, *, now: datetime) -> None:
    """Remember that `user` has opened the pack that was sent: a read mark, not an act."""
    Delivery.objects.filter(dispatch__version__meeting=meeting, user=user, opened_at__isnull=True).update(
        opened_at=now
    )
