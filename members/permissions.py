"""Who acts, and what a role may do: every app keeps its own table of `Permission`s."""

from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from members.actors import Actor as Actor  # noqa: PLC0414 - asked for here, with the tables
from members.models import Absence, Holder, Place, Seat, Staff, User
from members.models.composition import in_force
from members.states import PlaceRole, Role
from regulation.verdicts import ALLOWED, Verdict, refused


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


def with_powers_of_head(staff: Staff, day: date) -> list[User]:
    """Return who may act as the head on `day`: the named deputy in a recorded absence (clause 25(3)).

    Without one the head and his deputies, who then name the ground.
    """
    absence = absence_on(staff, day)
    if absence is not None:
        return [absence.deputy]
    holders = holders_on(staff, day).filter(seat__role__in=(Role.HEAD, Role.DEPUTY_HEAD))
    return [holder.user for holder in holders]


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


EVERYBODY = (
    *Role.values,
    PlaceRole.CONTROLLER,
    PlaceRole.AGENCY,
    PlaceRole.ANALYST,
    PlaceRole.AUDITOR,
)

# What                                                      who                          clause
READ_COMPOSITION = allow("composition.read", *EVERYBODY)  # 11, 17: everybody but who is invited once
EDIT_COMPOSITION = allow("composition.edit", Role.SECRETARY)  # 11, 26(1): the akimat decides, it is recorded
SEAT = allow("holder.change", Role.SECRETARY)  # 11, 20, 26(1): who sits in a seat changes without an act
READ_ABSENCES = allow("absence.read", *EVERYBODY)  # 25(3): everybody may know who acts for the head
READ_ABSENCE_GROUNDS = allow("absence.read_ground", *Role.values, PlaceRole.AUDITOR)  # it may be private
RECORD_ABSENCE = allow("absence.record", Role.SECRETARY, Role.HEAD, Role.DEPUTY_HEAD)  # 25(3)
READ_REGULATION = allow("regulation.read", *EVERYBODY)  # 11
EDIT_REGULATION = allow("regulation.edit", Role.SECRETARY)  # 11, 26(1)
READ_PEOPLE = allow("people.read", Role.SECRETARY, Role.HEAD, PlaceRole.AUDITOR)  # who has access at all
MANAGE_PEOPLE = allow("people.manage", Role.SECRETARY)  # 26(1): invitations, places without a seat
READ_JOURNAL = allow("journal.read", *EVERYBODY)  # what concerns all members, and one's own acts
READ_WHOLE_JOURNAL = allow("journal.read_all", Role.SECRETARY, Role.HEAD, PlaceRole.AUDITOR)
HANDLE_LETTERS = allow("letters.handle", Role.SECRETARY)  # 26(4): what is sent must arrive
READ_HISTORY = allow("history.read", Role.SECRETARY, Role.HEAD, Role.DEPUTY_HEAD, PlaceRole.AUDITOR)
