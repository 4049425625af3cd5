"""What is done about people in seats: check, change, journal in one transaction."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from members import journal, permissions, policies
from members.actions.invitations import invite
from members.models import Absence, Holder, Place, Seat, User
from members.models.composition import in_force
from members.permissions import Actor
from members.sessions import end_sessions

DAY = timedelta(days=1)


@transaction.atomic
def seat_person(
    seat: Seat,
    *,
    email: str,
    name: str,
    since: date,
    by: Actor,
    now: datetime,
    until: date | None = None,
    phone: str = "",
    acting_number: str = "",
    acting_date: date | None = None,
) -> Holder:
    """Put a person into `seat` from the local date `since`; who held it, held it until the day before.

    The user is found by e-mail or created without a password, and then invited. A person performing the
    office by order *is* its holder (clause 20). The portal itself seats people by a command. Raises Refused.
    """
    _require(by, seat)
    seat = _locked(seat)
    policies.is_order_whole(acting_number, acting_date).or_raise()
    policies.may_seat(seat, _later(seat, since, until), since=since, until=until).or_raise()
    _leave_to_successor(seat, since, today=timezone.localdate(now))
    user = _person(email, name, phone)
    holder = Holder.objects.create(
        seat=seat,
        user=user,
        since=since,
        until=until,
        acting_number=acting_number,
        acting_date=acting_date,
    )
    if by.user is not None and not user.has_usable_password():
        invite(user, by.staff, by=by, now=now)
    data = {"holder": holder.pk, "name": user.name, "since": since} | ({"until": until} if until else {})
    journal.record("seat.taken", seat, by=by, now=now, clause="20" if acting_number else "11", **data)
    return holder


@transaction.atomic
def end_term(holder: Holder, *, until: date, by: Actor, now: datetime) -> Holder:
    """End the term of a holder with the local date `until`; the seat is vacant then and counts in N.

    A term that is over, or ends today, ends the sessions of who has no other place left (clause 11).
    Raises Refused.
    """
    _require(by, holder.seat)
    today = timezone.localdate(now)
    seat = _locked(holder.seat)
    holder = Holder.objects.select_related("user", "seat__composition").get(pk=holder.pk)
    named = Absence.objects.filter(
        staff=seat.composition.staff_id, deputy=holder.user, until__gt=until, until__gte=today
    )
    later = seat.holders.filter(since__gt=holder.since, since__lte=until).order_by("since").first()
    policies.may_end_term(holder, by, later, named.first(), until=until, today=today).or_raise()
    _end(holder, until, today=today)
    data = {"holder": holder.pk, "name": holder.user.name, "until": until}
    journal.record("seat.left", seat, by=by, now=now, clause="11", **data)
    return holder


@transaction.atomic
def correct_order(
    holder: Holder, *, acting_number: str, acting_date: date | None, by: Actor, now: datetime
) -> Holder:
    """Correct the order by which a holder acts, or take it away from who was appointed (clause 20).

    Raises Refused.
    """
    _require(by, holder.seat)
    seat = _locked(holder.seat)
    policies.is_order_whole(acting_number, acting_date).or_raise()
    holder = Holder.objects.select_related("user").get(pk=holder.pk)
    was = holder.acting_order
    holder.acting_number, holder.acting_date = acting_number, acting_date
    holder.save()
    data = {"holder": holder.pk, "name": holder.user.name, "was": was, "order": holder.acting_order}
    journal.record("seat.order_corrected", seat, by=by, now=now, clause="20", **data)
    return holder


def _require(by: Actor, seat: Seat) -> None:
    if by.user is not None:
        permissions.SEAT.require(by, seat.composition.staff_id)


def _locked(seat: Seat) -> Seat:
    """Return the seat with its version; whoever changes its holders at the same time waits."""
    Seat.objects.select_for_update(no_key=True).get(pk=seat.pk)
    return Seat.objects.select_related("composition").get(pk=seat.pk)


def _later(seat: Seat, since: date, until: date | None) -> Holder | None:
    rows = seat.holders.filter(since__gte=since).select_related("user").order_by("since")
    return (rows.filter(since__lte=until) if until else rows).first()


def _leave_to_successor(seat: Seat, since: date, *, today: date) -> None:
    still = Q(until__isnull=True) | Q(until__gte=since)
    for former in seat.holders.filter(still, since__lt=since).select_related("user"):
        _end(former, since - DAY, today=today)


def _end(holder: Holder, until: date, *, today: date) -> None:
    holder.until = until
    holder.save()
    if until <= today and not _has_another_place(holder, today):
        end_sessions(holder.user)


def _has_another_place(holder: Holder, today: date) -> bool:
    others = Holder.objects.on(today).filter(in_force(today, "seat__composition__"), user=holder.user)
    others = others.exclude(pk=holder.pk)
    return others.exists() or Place.objects.on(today).filter(user=holder.user).exists()


def _person(email: str, name: str, phone: str) -> User:
    known = User.objects.filter(email__iexact=email).first()
    return known or User.objects.create_user(email, name=name, phone=phone)
