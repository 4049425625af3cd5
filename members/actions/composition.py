"""What is done about a composition: a draft is prepared seat by seat, then it is approved (clause 11)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from members import policies
from members.actions import versions
from members.actions.leaving import leave
from members.actions.terms import DAY, absence_performed, set_term
from members.actions.versions import draft_of, latest_of, lock_versions, locked_draft, record
from members.facts import SEAT_FACTS, body_hash, seat_hash
from members.models import Composition, Holder, Organisation, Seat, Staff
from members.permissions import EDIT_COMPOSITION, Actor
from members.states import Role
from regulation.verdicts import Refused, refused

# Above every real order: two seats swap without meeting the unique constraint on the way.
ASIDE = 1000


@transaction.atomic
def start_composition(staff: Staff, *, by: Actor, now: datetime, today: date) -> Composition:
    """Start a draft as a copy of the latest version and return it; each seat remembers which it continues.

    Raises Refused for another role or Staff, or while there is a draft.
    """
    EDIT_COMPOSITION.require(by, staff.pk)
    lock_versions(staff)
    policies.may_start_draft(draft_of(Composition, staff)).or_raise()
    former = latest_of(Composition, staff)
    draft = Composition.objects.create(staff=staff, in_force_from=versions.first_day(former, today=today))
    for seat in former.seats.order_by("order") if former else ():
        same = {name: getattr(seat, name) for name in SEAT_FACTS}
        Seat.objects.create(composition=draft, continues=seat, order=seat.order, **same)
    record("drafted", draft, by=by, now=now)
    return draft


@transaction.atomic
def add_seat(version: Composition, *, seen: str, by: Actor, now: datetime, **fields: Any) -> Seat:
    """Put a seat at the end of a draft and return it; a form sent twice adds one seat.

    `fields` are those of Seat, and `organisation_kk`/`organisation_ru` for an organisation that is not among
    those of the Staff yet; `seen` is the `facts.body_hash` of the draft when the form was opened. Raises
    Refused.
    """
    draft = locked_draft(version, by)
    policies.is_body_as_seen(seen, body_hash(draft)).or_raise()
    policies.may_take_role(fields["role"], draft.seats.all()).or_raise()
    last = draft.seats.aggregate(last=Max("order"))["last"] or 0
    seat = Seat.objects.create(composition=draft, order=last + 1, **_with_organisation(draft, fields))
    record("seat_added", draft, by=by, now=now, order=seat.order, office=seat.office_kk)
    return seat


@transaction.atomic
def edit_seat(seat: Seat, *, seen: str, by: Actor, now: datetime, **fields: Any) -> Seat:
    """Change a seat of a draft; `fields` as for `add_seat`, `seen` is its `facts.seat_hash` when it was read.

    Raises Refused.
    """
    seat = _locked_seat(seat, by)
    policies.is_seat_as_seen(seen, seat_hash(seat)).or_raise()
    draft = seat.composition
    policies.may_take_role(fields["role"], draft.seats.exclude(pk=seat.pk)).or_raise()
    for name, value in _with_organisation(draft, fields).items():
        setattr(seat, name, value)
    seat.save()
    record("seat_changed", draft, by=by, now=now, order=seat.order, office=seat.office_kk)
    return seat


@transaction.atomic
def move_seat(seat: Seat, *, up: bool, by: Actor, now: datetime) -> None:
    """Move a seat of a draft one place up or down; at the edge nothing happens. Raises Refused."""
    seat = _locked_seat(seat, by)
    others = seat.composition.seats.filter(**{f"order__{'lt' if up else 'gt'}": seat.order})
    neighbour = others.order_by("-order" if up else "order").first()
    if neighbour is None:
        return
    old, new = seat.order, neighbour.order
    for row, order in ((seat, ASIDE), (neighbour, old), (seat, new)):
        row.order = order
        row.save(update_fields=["order"])
    record("seat_moved", seat.composition, by=by, now=now, order=old, to=new, office=seat.office_kk)


@transaction.atomic
def remove_seat(seat: Seat, *, by: Actor, now: datetime) -> None:
    """Take a seat out of a draft; those after it move up. Raises Refused."""
    seat = _locked_seat(seat, by)
    draft, order, office = seat.composition, seat.order, seat.office_kk
    seat.delete()
    for later in draft.seats.filter(order__gt=order).order_by("order"):
        later.order -= 1
        later.save(update_fields=["order"])
    record("seat_removed", draft, by=by, now=now, order=order, office=office)


@transaction.atomic
def approve_composition(version: Composition, *, seen: str, by: Actor, now: datetime) -> Composition:
    """Record that the akimat approved the draft: the former version closes, the holders come over.

    Who holds a seat that goes on holds its successor from the first day of the new version; who holds a seat
    that ends, holds it until the day before. The secretary takes a new seat of the secretary that nobody
    would hold. Raises Refused.
    """
    draft = locked_draft(version, by)
    policies.is_whole(draft.seats.all()).or_raise()
    secretary = secretary_to_carry(draft, latest_of(Composition, draft.staff))
    draft, former = versions.approve(draft, seen=seen, by=by, now=now)
    if secretary is not None:
        draft.seats.filter(continues=secretary.seat).update(continues=None)
        draft.seats.filter(role=Role.SECRETARY).update(continues=secretary.seat)
    carried = _carry_holders(former, draft, now=now) if former else 0
    record("approved", draft, by=by, now=now, **versions.act_facts(draft), holders=carried)
    return draft


def secretary_to_carry(draft: Composition, former: Composition | None) -> Holder | None:
    """Return the secretary who takes the new seat of the secretary when the draft is approved, or None.

    It is so where that seat continues none that is held on the first day: else nobody could record anything
    any more (clause 22).
    """
    if former is None:
        return None
    begins = draft.in_force_from
    still = Q(until__isnull=True) | Q(until__gte=begins)
    held = Holder.objects.filter(still, since__lt=begins, seat__composition=former)
    if held.filter(seat__in=draft.seats.filter(role=Role.SECRETARY).values("continues")).exists():
        return None
    return held.filter(seat__role=Role.SECRETARY).select_related("user", "seat").first()


def _carry_holders(former: Composition, version: Composition, *, now: datetime) -> int:
    """Close the terms in the former seats; those in seats that continue go on. Return how many do.

    Who performs the duties of the absent head goes on as a deputy, or it is refused (clause 25(3)).
    """
    begins, today = version.in_force_from, timezone.localdate(now)
    successors = {seat.continues_id: seat for seat in version.seats.all()}
    still = Q(until__isnull=True) | Q(until__gte=begins)
    rows = Holder.objects.select_for_update(of=("self",)).select_related("user", "seat__composition")
    carried, gone = 0, []
    for holder in rows.filter(still, seat__composition=former).order_by("pk"):
        successor = successors.get(holder.seat_id)
        carried += successor is not None
        if successor is None or successor.role != Role.DEPUTY_HEAD:
            after = max(begins, today) - DAY
            policies.stays_deputy(absence_performed([holder], after)).or_raise()
        if successor is None and (begins <= today + DAY or holder.since >= begins):
            gone.append((holder.user, max(begins, today) if holder.since < begins else today))
        if holder.since < begins:
            set_term([holder], holder.until)
        elif successor is not None:
            holder.seat = successor
            holder.save()
        else:
            # Nobody can take up an office that is gone by then; the history keeps the row.
            holder.delete()
    for user, day in gone:
        leave(user, version.staff, day=day, now=now)
    return carried


def _locked_seat(seat: Seat, by: Actor) -> Seat:
    """Return a seat of a draft as it is now, with its draft. Raises Refused when either is gone."""
    draft = locked_draft(seat.composition, by)
    fresh = draft.seats.filter(pk=seat.pk).first()
    if fresh is None:
        raise Refused(refused("seat_gone", "11"))
    fresh.composition = draft
    return fresh


def _with_organisation(draft: Composition, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a seat with its organisation, which is written down where it is new."""
    kk, ru = fields.pop("organisation_kk", ""), fields.pop("organisation_ru", "")
    if fields.get("organisation") is None:
        fields["organisation"], _ = Organisation.objects.get_or_create(
            staff=draft.staff,
            name_kk=kk,
            defaults={"name_ru": ru, "by_agreement": fields["by_agreement"]},
        )
    return fields
