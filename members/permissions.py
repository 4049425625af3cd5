"""Who acts, and what a role may do: every app keeps its own table of `Permission`s."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from members.models import Holder, Seat, Staff, User
from members.models.composition import in_force
from members.states import Role
from regulation.verdicts import ALLOWED, Verdict, refused

PORTAL = "Портал"


@dataclass(frozen=True)
class Actor:
    """A user in a seat of `staff`; without a user it is the portal itself (the sweep, a command)."""

    staff: Staff
    user: User | None = None
    holder: Holder | None = None

    @property
    def seat(self) -> Seat | None:
        """The seat held, or None for the portal itself."""
        return self.holder.seat if self.holder else None

    @property
    def role(self) -> str:
        """The role of the seat, one of `Role`; empty for the portal itself."""
        return self.holder.seat.role if self.holder else ""

    @property
    def person(self) -> User:
        """The user; ValueError for the portal itself, which never does what only a person does."""
        if self.user is None:
            raise ValueError("the portal itself is no person")
        return self.user

    @property
    def is_secretary(self) -> bool:
        return self.role == Role.SECRETARY

    def __str__(self) -> str:
        if self.user is None or self.holder is None:
            return PORTAL
        return f"{self.user.name}, {self.holder.seat.office_kk}"


class Permission(NamedTuple):
    """What the roles named may do in their own Staff; nobody else may."""

    code: str
    roles: frozenset[str]

    def verdict(self, by: Actor, staff_id: int) -> Verdict:
        """Return whether `by` may do this in the Staff with that id; refused without giving more away."""
        if by.staff.pk != staff_id:
            return refused("other_staff")
        if by.role not in self.roles:
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


def actor_in(staff: Staff, user: User, *, today: date) -> Actor | None:
    """Return `user` as an actor of `staff` on the local date `today`; None without a seat there."""
    holder = holders_on(staff, today).filter(user=user).first()
    return Actor(staff=staff, user=user, holder=holder) if holder else None


def staffs_of(user: User, *, today: date) -> QuerySet[Staff]:
    """Return the Staffs in which `user` holds a seat on `today`; no other may be seen."""
    holders = Holder.objects.on(today).filter(in_force(today, "seat__composition__"), user=user)
    return Staff.objects.filter(pk__in=holders.values("seat__composition__staff"))
