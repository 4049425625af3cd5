"""Places without a seat: given and ended by the secretary; and a second factor that was lost."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from members import journal, letters, notices, permissions, policies, second_factor
from members.actions.invitations import call_in
from members.actions.leaving import leave
from members.actions.versions import lock_versions
from members.models import Organisation, Place, Staff, User
from members.notices import to_user
from members.permissions import Actor, staffs_of
from members.posts import posts_in, with_posts_elsewhere
from members.sessions import end_sessions


@transaction.atomic
def grant_place(
    staff: Staff,
    *,
    email: str,
    name: str,
    role: str,
    since: date,
    by: Actor,
    now: datetime,
    organisation: Organisation | None = None,
    until: date | None = None,
) -> Place:
    """Give a person a place in `staff` and call them in; the person is found by e-mail or created.

    The name of a person who is known already stays as it is: it is signed under documents.
    """
    permissions.MANAGE_PEOPLE.require(by, staff.pk)
    lock_versions(staff)
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, name=name)
    same = Place.objects.filter(staff=staff, user=user, role=role, organisation=organisation)
    met = same.filter(Q(until__isnull=True) | Q(until__gte=since))
    held = (met.filter(since__lte=until) if until else met).order_by("since").first()
    policies.may_hold_post(user).or_raise()
    policies.may_grant_place(held, since=since, until=until).or_raise()
    place = Place.objects.create(
        staff=staff, user=user, role=role, organisation=organisation, since=since, until=until
    )
    call_in(user, staff, f"place:{place.pk}", by=by, now=now)
    facts: dict[str, Any] = {"name": user.name, "role": role, "since": since, "until": until}
    journal.record("place.granted", place, by=by, now=now, **facts)
    return place


@transaction.atomic
def end_place(place: Place, *, by: Actor, now: datetime) -> None:
    """Take the place away at once: it lasted until yesterday, or never began and is deleted.

    Who has nothing left in the Staff loses the open invitation, who has nothing left anywhere is signed out.
    """
    permissions.MANAGE_PEOPLE.require(by, place.staff_id)
    today = timezone.localdate(now)
    place = Place.objects.select_for_update(no_key=True, of=("self",)).select_related("user").get(pk=place.pk)
    policies.may_end_place(place, by=by, today=today).or_raise()
    ended, facts = place.pk, {"name": place.user.name, "role": place.role}
    if place.since < today:
        place.until = today - timedelta(days=1)
        place.save()
    else:
        place.delete()
    leave(place.user, by.staff, day=today, now=now)
    place.pk = ended
    journal.record("place.ended", place, by=by, now=now, **facts)


@transaction.atomic
def reset_second_factor(user: User, *, recognised: str, by: Actor, now: datetime) -> None:
    """Take away the second factor of a person who lost it and was recognised; the person is told.

    `recognised` is a code of `Recognised`. Every session ends: whoever has the lost phone is out, and the
    next sign-in sets up a new factor. Who has a post in another Staff is refused: the administrator does it.
    """
    permissions.MANAGE_PEOPLE.require(by, by.staff.pk)
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    today = timezone.localdate(now)
    policies.may_reset_factor(
        user,
        by,
        has_post=bool(posts_in(by.staff, today=today, user=user)),
        elsewhere=bool(with_posts_elsewhere(by.staff, [user], today=today)),
        has_factor=second_factor.has_factor(user),
    ).or_raise()
    _forget_factor(user)
    _tell_of_reset(user, recognised=recognised, by=by, now=now)


@transaction.atomic
def reset_second_factor_anywhere(user: User, *, recognised: str, now: datetime) -> list[Staff]:
    """Do the same at the server, as the administrator, and return the Staffs whose journals tell of it.

    Their people are told by letter as well; a person without any post is in no journal.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    _forget_factor(user)
    staffs = list(staffs_of(user, today=timezone.localdate(now)).order_by("pk"))
    for staff in staffs:
        _tell_of_reset(user, recognised=recognised, by=Actor(staff), now=now)
    return staffs


def _forget_factor(user: User) -> None:
    second_factor.forget(user)
    end_sessions(user)


def _tell_of_reset(user: User, *, recognised: str, by: Actor, now: datetime) -> None:
    entry = journal.record(
        "person.second_factor_reset", user, by=by, now=now, name=user.name, recognised=recognised
    )
    key = f"second_factor_reset:{entry.pk}"
    message = letters.second_factor_reset(by)
    notices.send(by.staff, "second_factor_reset", key, message, [to_user(user)], now=now)
