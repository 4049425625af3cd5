"""Who acts: a person with a seat or another place in a Staff, or the portal itself."""

from dataclasses import dataclass

from members.models import Absence, Holder, Place, Seat, Staff, User
from members.states import PlaceRole, Role

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
        """Whether the person, a deputy head, performs the duties of the absent head today (clause 25(3))."""
        is_named = self.absence is not None and self.absence.deputy_id == self.person.pk
        return is_named and self.role == Role.DEPUTY_HEAD

    def __str__(self) -> str:
        if self.user is None:
            return PORTAL
        # The name and the office as they were: the journal keeps them as text.
        office = self.holder.seat.office_kk if self.holder else ROLES_KK.get(self.role, "")
        return f"{self.user.name}, {office}" if office else self.user.name
