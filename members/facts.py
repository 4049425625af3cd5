"""Who was what when: the composition of a Staff on a day, with its numbers and what to look at."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from members import journal
from members.models import Composition, Holder, Regulation, Seat, Staff
from members.models.composition import in_force
from members.states import Rank, Role
from regulation import voting
from regulation.procedure import Procedure

VACANT = "seat_vacant"
RANK_BELOW = "rank_below_floor"
NO_CONSENT = "consent_missing"
ACTING = "acting_holder"
TWO_SEATS = "holds_two_seats"
# Warnings about the seat itself; the others are about who holds it.
OF_SEAT = (RANK_BELOW, NO_CONSENT)
# What a seat says, in the order in which it is told; `order` is told apart.
SEAT_FACTS = (
    "role",
    "organisation",
    "office_kk",
    "office_ru",
    "by_agreement",
    "votes",
    "rank",
    "consent_number",
    "consent_date",
)


@dataclass(frozen=True)
class SeatFacts:
    """A seat, who held it on the day (None: vacant), and codes of what to look at (nothing is enforced).

    The sentences of the codes are `members.labels.WARNINGS`.
    """

    seat: Seat
    holder: Holder | None
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class CompositionFacts:
    """The composition of `staff` on the local date `day`: `version` is None where none was in force.

    `total` is N (clause 13), vacant seats included; `quorum`, `majority` and `initiative` follow from it by
    the `regulation` in force on the day, and are None where they cannot be known: no seat votes, no
    regulation is in force, or the majority is one of those present.
    """

    staff: Staff
    day: date
    version: Composition | None
    regulation: Regulation | None
    rows: tuple[SeatFacts, ...]

    @property
    def procedure(self) -> Procedure | None:
        """The parameters in force on the day; None where no regulation was in force."""
        return self.regulation.procedure if self.regulation else None

    @property
    def total(self) -> int:
        return sum(row.seat.votes for row in self.rows)

    @property
    def vacancies(self) -> int:
        """How many seats that count in N nobody holds."""
        return sum(row.seat.votes and row.holder is None for row in self.rows)

    @property
    def quorum(self) -> int | None:
        return voting.quorum(self.total, self.procedure) if self.procedure and self.total else None

    @property
    def majority(self) -> int | None:
        if self.procedure is None or not self.total or self.procedure.adoption != "total":
            return None
        return voting.majority(self.total, self.procedure)

    @property
    def initiative(self) -> int | None:
        return voting.initiative(self.total, self.procedure) if self.procedure and self.total else None


def composition_on(staff: Staff, day: date) -> CompositionFacts:
    """Return who was what in `staff` on the local date `day` (clause 11); everything asks here.

    Always four queries, however many seats there are.
    """
    version = Composition.objects.filter(in_force(day), staff=staff).select_related("approved_by").first()
    regulation = Regulation.objects.filter(in_force(day), staff=staff).first()
    rows = rows_of(version, day) if version else ()
    return CompositionFacts(staff, day, version, regulation, rows)


def rows_of(version: Composition, day: date) -> tuple[SeatFacts, ...]:
    """Return the seats of a version, also of a draft, in its order, with who held them on `day`."""
    seats = version.seats.select_related("organisation").order_by("order")
    holders = Holder.objects.on(day).filter(seat__composition=version)
    by_seat = {holder.seat_id: holder for holder in holders.order_by("since")}
    seated = Counter(holder.user_id for holder in by_seat.values())
    rows = ((seat, by_seat.get(seat.pk)) for seat in seats)
    return tuple(
        SeatFacts(seat, holder, warnings_of(seat, holder, seats_held=seated[holder.user_id] if holder else 0))
        for seat, holder in rows
    )


def warnings_of(seat: Seat, holder: Holder | None, *, seats_held: int = 1) -> tuple[str, ...]:
    """Return what to look at about a seat and its holder, who holds so many seats: codes, in the order told.

    The secretary is technical (clauses 22, 26), so the floor of clause 8 is not asked of that seat.
    """
    found: Iterable[tuple[str, bool]] = (
        (VACANT, holder is None),
        (ACTING, holder is not None and bool(holder.acting_number)),
        (TWO_SEATS, seats_held > 1),
        (RANK_BELOW, seat.rank == Rank.BELOW and seat.role != Role.SECRETARY),
        (NO_CONSENT, seat.by_agreement and not seat.consent_number),
    )
    return tuple(code for code, holds in found if holds)


def content_hash(version: Composition | Regulation) -> str:
    """Return the SHA-256 of what a version says: approving a draft names the text that was read."""
    act = (version.act_number, version.act_date, version.act_file.name, version.in_force_from)
    return hashlib.sha256(journal.canonical({"act": act, "body": _body(version)}).encode()).hexdigest()


def body_hash(version: Composition | Regulation) -> str:
    """Return the SHA-256 of the seats or the parameters of a version, whatever its act is."""
    return hashlib.sha256(journal.canonical({"body": _body(version)}).encode()).hexdigest()


def _body(version: Composition | Regulation) -> object:
    if isinstance(version, Regulation):
        return version.parameters
    return list(version.seats.order_by("order").values("order", *SEAT_FACTS))


def seat_hash(seat: Seat) -> str:
    """Return the SHA-256 of what a seat says: saving it names what was on the screen when it was opened."""
    said = {name: getattr(seat, f"{name}_id" if name == "organisation" else name) for name in SEAT_FACTS}
    return hashlib.sha256(journal.canonical(said).encode()).hexdigest()


def lacks_act(version: Composition | Regulation) -> bool:
    """Return whether the number, the date or the file of the act is still to be filled in."""
    return not (version.act_number and version.act_date and version.act_file)
