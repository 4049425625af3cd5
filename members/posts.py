"""What people are in a Staff, today or from a later day: who may be invited and has access."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from members.models import Holder, Place, Staff, User


@dataclass(frozen=True)
class Post:
    """A seat held or another place in the Staff; one of `holder` and `place` is set."""

    user: User
    holder: Holder | None = None
    place: Place | None = None

    @property
    def since(self) -> date:
        """The first local date of the post."""
        return (self.holder or self._place).since

    @property
    def until(self) -> date | None:
        """The last local date of the post; None while it is open."""
        return (self.holder or self._place).until

    @property
    def role_display(self) -> str:
        """The role in words, in the current language."""
        return self.holder.seat.get_role_display() if self.holder else self._place.get_role_display()

    @property
    def organisation(self) -> object:
        """The organisation, or None for a place that has none."""
        return self.holder.seat.organisation if self.holder else self._place.organisation

    @property
    def _place(self) -> Place:
        if self.place is None:
            raise ValueError("a post is a seat or a place")
        return self.place


def with_posts_elsewhere(staff: Staff, users: Iterable[User], *, today: date) -> frozenset[int]:
    """Return the keys of those `users` who have a seat or place in another Staff, not over on `today`."""
    open_ended = Q(until__isnull=True) | Q(until__gte=today)
    version = Q(seat__composition__in_force_until__isnull=True) | Q(
        seat__composition__in_force_until__gte=today
    )
    keys = [user.pk for user in users]
    seats = Holder.objects.filter(
        open_ended, version, user__in=keys, seat__composition__approved_at__isnull=False
    ).exclude(seat__composition__staff=staff)
    places = Place.objects.filter(open_ended, user__in=keys).exclude(staff=staff)
    return frozenset([*seats.values_list("user_id", flat=True), *places.values_list("user_id", flat=True)])


def posts_in(staff: Staff, *, today: date, user: User | None = None) -> list[Post]:
    """Return the posts of `staff` (of `user` alone) that are not over on `today`: seats first, by the act."""
    open_ended = Q(until__isnull=True) | Q(until__gte=today)
    version = Q(seat__composition__in_force_until__isnull=True) | Q(
        seat__composition__in_force_until__gte=today
    )
    holders = Holder.objects.filter(
        open_ended, version, seat__composition__staff=staff, seat__composition__approved_at__isnull=False
    ).select_related("user", "seat__organisation")
    places = Place.objects.filter(open_ended, staff=staff).select_related("user", "organisation")
    if user is not None:
        holders, places = holders.filter(user=user), places.filter(user=user)
    return [
        *(Post(row.user, holder=row) for row in holders.order_by("seat__order", "since")),
        *(Post(row.user, place=row) for row in places.order_by("role", "since", "pk")),
    ]
