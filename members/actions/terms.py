"""A term outlasts a version: it goes on in the seat that continues in the next approved one (clause 11).

A term is kept as one row of Holder for each version that it meets, the first row first. Whoever changes a
term changes all its rows here, so that a version that is approved but not in force yet says the same.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from members.actions.versions import following
from members.models import Absence, Holder, Seat
from members.states import Role
from regulation.verdicts import Refused, refused

DAY = timedelta(days=1)
Term = list[Holder]


def line_of(seat: Seat) -> list[Seat]:
    """Return the seat and those that continue it in later approved versions, in their order."""
    line = [seat]
    approved = Seat.objects.filter(composition__approved_at__isnull=False).select_related("composition")
    while (after := approved.filter(continues=line[-1]).first()) is not None:
        line.append(after)
    return line


def seat_on(line: Sequence[Seat], day: date) -> Seat:
    """Return the last seat of a line whose version began by `day`; the first one where none has."""
    return next((seat for seat in reversed(line) if seat.composition.in_force_from <= day), line[0])


def terms_in(line: Sequence[Seat]) -> list[Term]:
    """Return the terms in the seats of a line, the earliest first."""
    rows = Holder.objects.filter(seat__in=line).select_related("user", "seat__composition")
    terms: list[Term] = []
    for row in rows.order_by("since"):
        if terms and _goes_on(terms[-1][-1], row):
            terms[-1].append(row)
        else:
            terms.append([row])
    return terms


def term_of(holder: Holder, line: Sequence[Seat]) -> Term:
    """Return the term that `holder` begins in a line. Raises Refused when the row is gone meanwhile."""
    found = next((term for term in terms_in(line) if term[0].pk == holder.pk), None)
    if found is None:
        raise Refused(refused("term_is_gone", "11"))
    return found


def last_day_of(line: Sequence[Seat]) -> date | None:
    """Return the last day on which a seat is there, in whatever version; None while none is known."""
    return line[-1].composition.in_force_until


def is_carried(holder: Holder) -> bool:
    """Return whether the row goes on a term from the seat of the former version."""
    before = Holder.objects.filter(seat=holder.seat.continues_id, user=holder.user_id)
    return before.filter(until=holder.since - DAY).exists()


def absence_performed(term: Sequence[Holder], after: date) -> Absence | None:
    """Return the absence of the head that names the deputy of `term` on days after `after`, or None (25(3)).

    Only a term in a seat of a deputy is asked: another seat of that person may be left.
    """
    if all(row.seat.role != Role.DEPUTY_HEAD for row in term):
        return None
    staff = term[0].seat.composition.staff_id
    return Absence.objects.filter(staff=staff, deputy=term[0].user_id, until__gt=after).first()


def set_term(term: Sequence[Holder], until: date | None) -> None:
    """Let a term last until `until` (None: open), with the person and the order of its first row.

    What goes on in later versions is written, changed or taken away there.
    """
    first, *rest = term
    later = following(first.seat.composition)
    goes_on = later is not None and (until is None or until >= later.in_force_from)
    first.until = later.in_force_from - DAY if later is not None and goes_on else until
    first.save()
    seat = later.seats.filter(continues=first.seat).first() if later is not None and goes_on else None
    if seat is None or later is None:
        for row in rest:
            row.delete()
        return
    after = rest[0] if rest else Holder(seat=seat, user=first.user, since=later.in_force_from)
    after.acting_number, after.acting_date = first.acting_number, first.acting_date
    set_term([after, *rest[1:]], until)


def _goes_on(before: Holder, row: Holder) -> bool:
    same = (before.user_id, before.acting_number, before.acting_date)
    return (
        row.seat.continues_id == before.seat_id
        and before.until is not None
        and before.until + DAY == row.since
        and (row.user_id, row.acting_number, row.acting_date) == same
    )
