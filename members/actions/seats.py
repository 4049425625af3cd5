"""What is done about people in seats: check, change, journal in one transaction."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from members import journal, permissions, policies
from members.actions import terms
from members.actions.invitations import call_in
from members.actions.leaving import leave
from members.actions.terms import DAY, Term
from members.actions.versions import lock_versions
from members.models import Absence, Holder, Seat, User
from members.permissions import Actor


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

    Where an approved version begins by then, the seat that continues is taken; where one begins later, the
    person goes on there. The user is found by e-mail or created without a password, and then invited; who has
    a password is told. A person performing the office by order *is* its holder (clause 20). The portal itself
    seats people by a command. Raises Refused.
    """
    line = _locked_line(seat, by)
    seat, held = terms.seat_on(line, since), terms.terms_in(line)
    policies.is_order_whole(acting_number, acting_date).or_raise()
    policies.seats_no_self(by, email, line).or_raise()
    away = Absence.objects.filter(staff=seat.composition.staff_id, until__gte=since).first()
    policies.may_seat(seat, _first_from(held, since, until), away, since=since, until=until).or_raise()
    policies.may_last_until(until, terms.last_day_of(line)).or_raise()
    _cut(held, since, now=now)
    user = _person(email, name, phone)
    policies.may_hold_post(user).or_raise()
    holder = Holder(seat=seat, user=user, since=since, acting_number=acting_number, acting_date=acting_date)
    terms.set_term([holder], until)
    if by.user is not None:
        call_in(user, by.staff, f"holder:{holder.pk}", by=by, now=now)
    data = {"holder": holder.pk, "name": user.name, "since": since} | ({"until": until} if until else {})
    journal.record("seat.taken", seat, by=by, now=now, clause="20" if acting_number else "11", **data)
    return holder


@transaction.atomic
def end_term(holder: Holder, *, until: date, by: Actor, now: datetime) -> Holder:
    """End the term of a holder with the local date `until`; the seat is vacant then and counts in N.

    It ends in a later version as well. A term that is over, or ends today, ends the sessions of who has no
    other place left (clause 11). The day before it begins: it was entered by mistake, and is taken off; the
    history keeps it. Raises Refused.
    """
    line = _locked_line(holder.seat, by)
    today = timezone.localdate(now)
    term = terms.term_of(holder, line)
    named = terms.absence_performed(term, max(until, today - DAY))
    others = [other for other in terms.terms_in(line) if other[0].since > holder.since]
    later = _first_from(others, holder.since, until)
    policies.may_end_term(term[0], by, later, named, until=until, today=today).or_raise()
    policies.may_last_until(until, terms.last_day_of(line)).or_raise()
    data = {"holder": holder.pk, "name": holder.user.name, "until": until}
    was_held = until >= holder.since or terms.is_carried(holder)
    _end(term, until, now=now)
    if was_held:
        journal.record("seat.left", line[0], by=by, now=now, clause="11", **data)
    else:
        journal.record("seat.cancelled", line[0], by=by, now=now, clause="11", **data)
    return term[0]


@transaction.atomic
def correct_order(
    holder: Holder, *, acting_number: str, acting_date: date | None, by: Actor, now: datetime
) -> Holder:
    """Correct the order by which a holder acts, or take it away from who was appointed (clause 20).

    Raises Refused.
    """
    line = _locked_line(holder.seat, by)
    policies.is_order_whole(acting_number, acting_date).or_raise()
    term = terms.term_of(holder, line)
    first = term[0]
    was = first.acting_order
    first.acting_number, first.acting_date = acting_number, acting_date
    terms.set_term(term, term[-1].until)
    data = {"holder": first.pk, "name": first.user.name, "was": was, "order": first.acting_order}
    journal.record("seat.order_corrected", line[0], by=by, now=now, clause="20", **data)
    return first


def _locked_line(seat: Seat, by: Actor) -> list[Seat]:
    """Return the seat and those that continue it; who changes holders or versions at the same time waits.

    Raises Refused for another role or Staff.
    """
    if by.user is not None:
        permissions.SEAT.require(by, seat.composition.staff_id)
    lock_versions(seat.composition.staff)
    return terms.line_of(Seat.objects.select_related("composition__staff").get(pk=seat.pk))


def _first_from(held: list[Term], since: date, until: date | None) -> Holder | None:
    """Return who begins the first of the terms that begin on `since` or later, no later than `until`."""
    met = (term[0] for term in held if term[0].since >= since and (until is None or term[0].since <= until))
    return next(met, None)


def _cut(held: list[Term], since: date, *, now: datetime) -> None:
    """End the terms that last on `since` the day before, unless somebody performs the head's duties then."""
    for term in held:
        if term[0].since < since and (term[-1].until is None or term[-1].until >= since):
            after = max(since, timezone.localdate(now)) - DAY
            policies.stays_deputy(terms.absence_performed(term, after)).or_raise()
            _end(term, since - DAY, now=now)


def _end(term: Term, until: date, *, now: datetime) -> None:
    if until < term[0].since:
        for row in term:
            row.delete()
    else:
        terms.set_term(term, until)
    today = timezone.localdate(now)
    never_was = until < term[0].since
    if until <= today or never_was:
        day = today if never_was else max(today, until + DAY)
        leave(term[0].user, term[0].seat.composition.staff, day=day, now=now)


def _person(email: str, name: str, phone: str) -> User:
    known = User.objects.filter(email__iexact=email).first()
    return known or User.objects.create_user(email, name=name, phone=phone)
