"""Who acts, and what a role may do: every app keeps its own table of `Permission`s."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from members.models import Absence, Holder, Place, Seat, Staff, User
from members.models.composition import in_force
from members.states import PlaceRole, Role
from regulation.verdicts import ALLOWED, Verdict, refused

PORTAL = "Портал"
ROLES_KK = {
    str(PlaceRole.CONTROLLER): "жұмыс органының бақылаушысы",
    str(PlaceRole.AGENCY): "орган қызметкері",
    str(PlaceRole.ANALYST): "талдаушы",
    str(PlaceRole.AUDITOR): "аудитор",
    str(PlaceRole.INVITED): "шақырылған адам",
}


@dataclass(frozen=True)
class Actor:
    """A user with a seat or another place in `staff`; without a user it is the portal itself (the sweep).

    `absence` is the recorded absence of the head on the day of the act, or None (clause 25(3)).
    """

    staff: Staff
    user: User | None = None
    holder: Holder | None = None
    places: tuple[Place, ...] = ()
    absence: Absence | None = None

    @property
    def seat(self) -> Seat | None:
        """The seat held, or None for the portal itself and for who has a place without a seat."""
        return self.holder.seat if self.holder else None

    @property
    def role(self) -> str:
        """The main role: that of the seat, else of the first other place; empty for the portal itself."""
        if self.holder:
            return self.holder.seat.role
        return self.places[0].role if self.places else ""

    @property
    def roles(self) -> frozenset[str]:
        """Every role in the Staff, one of the seat and those of the other places."""
        seat = {self.holder.seat.role} if self.holder else set()
        return frozenset(seat | {place.role for place in self.places})

    @property
    def organisation_ids(self) -> frozenset[int]:
        """The organisations whose materials, reports and records are the person's own."""
        seat = {self.holder.seat.organisation_id} if self.holder else set()
        return frozenset(seat | {place.organisation_id for place in self.places if place.organisation_id})

    @property
    def person(self) -> User:
        """The user; ValueError for the portal itself, which never does what only a person does."""
        if self.user is None:
            raise ValueError("the portal itself is no person")
        return self.user

    @property
    def is_secretary(self) -> bool:
        return self.role == Role.SECRETARY

    @property
    def replaces_head(self) -> bool:
        """Whether the person performs the duties of the absent head today (clause 25(3))."""
        return self.absence is not None and self.absence.deputy_id == self.person.pk

    def __str__(self) -> str:
        if self.user is None:
            return PORTAL
        # The name and the office as they were: the journal keeps them as text.
        office = self.holder.seat.office_kk if self.holder else ROLES_KK.get(self.role, "")
        return f"{self.user.name}, {office}" if office else self.user.name


class Permission(NamedTuple):
    """What the roles named may do in their own Staff; nobody else may."""

    code: str
    roles: frozenset[str]

    def verdict(self, by: Actor, staff_id: int) -> Verdict:
        """Return whether `by` may do this in the Staff with that id; refused without giving more away."""
        if by.staff.pk != staff_id:
            return refused("other_staff")
        if not by.roles & self.roles:
            return refused("not_your_role", permission=self.code, roles=sorted(self.roles))
        return ALLOWED

    def require(self, by: Actor, staff_id: int) -> None:
        """Raise Refused unless `by` may do this in that Staff."""
        self.verdict(by, staff_id).or_raise()


def allow(code: str, *roles: str) -> Permission:
    """Return a row of a permission table."""
    return Permission(code, frozenset(roles))


def holders_on(staff: Staff, day: date) -> QuerySet[Holder]:
    """Return who holds which seat of `staff` on the local date `day`, in the order of the act."""
    composition = in_force(day, "seat__composition__")
    return Holder.objects.on(day).filter(composition, seat__composition__staff=staff).order_by("seat__order")


def seats_on(staff: Staff, day: date) -> QuerySet[Seat]:
    """Return every seat of the composition in force on `day`, vacant ones too (they count in N)."""
    return (
        Seat.objects.filter(in_force(day, "composition__"), composition__staff=staff)
        .select_related("organisation")
        .order_by("order")
    )


def absence_on(staff: Staff, day: date) -> Absence | None:
    """Return the recorded absence of the head on the local date `day`, or None (clause 25(3))."""
    return Absence.objects.on(day).filter(staff=staff).first()


def actor_in(staff: Staff, user: User, *, today: date) -> Actor | None:
    """Return `user` as an actor of `staff` on the local date `today`; None without any place there."""
    holder = holders_on(staff, today).filter(user=user).first()
    places = tuple(Place.objects.on(today).filter(staff=staff, user=user))
    if holder is None and not places:
        return None
    return Actor(staff, user, holder, places, absence_on(staff, today))


def staffs_of(user: User, *, today: date) -> QuerySet[Staff]:
    """Return the Staffs in which `user` has a seat or another place on `today`; no other may be seen."""
    holders = Holder.objects.on(today).filter(in_force(today, "seat__composition__"), user=user)
    places = Place.objects.on(today).filter(user=user)
    return Staff.objects.filter(
        Q(pk__in=holders.values("seat__composition__staff")) | Q(pk__in=places.values("staff"))
    )
