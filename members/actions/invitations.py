"""Invitations: a person is asked to set a password; an invitation expires and works once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from members import journal, letters, notices, permissions, policies
from members.models import Invitation, Notice, Staff, User
from members.notices import to_user
from members.permissions import Actor, actor_in
from members.posts import posts_in, with_posts_elsewhere

VALID_FOR = timedelta(days=7)
# A second press of the button within it sends nothing more.
SAME_PRESS = timedelta(minutes=1)


def withdraw_open(user: User, staff: Staff, *, now: datetime) -> None:
    """Let the open invitation of `user` to `staff` work no more, nor its letter wait any longer."""
    Invitation.objects.filter(
        staff=staff, user=user, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=now)
    _call_off(user, staff)


def _call_off(user: User, staff: Staff) -> None:
    notices.call_off(Notice.objects.filter(staff=staff, recipient=user, event="invitation"))


@transaction.atomic
def invite(user: User, staff: Staff, *, by: Actor, now: datetime) -> Invitation:
    """Invite `user` to sign in to `staff` within seven days; an earlier invitation no longer works.

    One that was sent less than a minute ago stands: it is returned, and nothing is sent again.
    The letter carries the signed address; the database does not (members.links).
    """
    permissions.MANAGE_PEOPLE.require(by, staff.pk)
    user = _locked(user)
    posts = posts_in(staff, today=timezone.localdate(now), user=user)
    policies.may_invite(user, has_post=bool(posts)).or_raise()
    fresh = Invitation.objects.open(now=now).filter(staff=staff, user=user, created_at__gt=now - SAME_PRESS)
    if sent := fresh.first():
        return sent
    withdraw_open(user, staff, now=now)
    invitation = Invitation.objects.create(
        staff=staff, user=user, invited_by=by.user, created_at=now, expires_at=now + VALID_FOR
    )
    key = f"invitation:{invitation.pk}"
    message = letters.invited(invitation, posts)
    notices.send(staff, "invitation", key, message, [to_user(user)], now=now)
    journal.record("person.invited", user, by=by, now=now, name=user.name, expires=invitation.expires_at)
    return invitation


@transaction.atomic
def correct_email(user: User, *, email: str, by: Actor, now: datetime) -> Invitation:
    """Correct the mistyped address of a person who has never signed in, and invite anew.

    Letters that did not go out go to the new address; the invitation sent to the old one works no more. The
    journal keeps that it was done, not the addresses.
    """
    permissions.MANAGE_PEOPLE.require(by, by.staff.pk)
    user, today = _locked(user), timezone.localdate(now)
    policies.may_correct_email(
        user,
        has_post=bool(posts_in(by.staff, today=today, user=user)),
        elsewhere=bool(with_posts_elsewhere(by.staff, [user], today=today)),
        is_taken=User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists(),
    ).or_raise()
    user.email = email.lower()
    user.save()
    withdraw_open(user, by.staff, now=now)
    notices.readdress(user)
    journal.record("person.email_corrected", user, by=by, now=now, name=user.name)
    return invite(user, by.staff, by=by, now=now)


def call_in(user: User, staff: Staff, post: str, *, by: Actor, now: datetime) -> None:
    """Invite who has no password yet; tell who has one what they are in `staff` now.

    `post` names the seat or the place: one letter about each. Called inside the transaction of the act.
    """
    if not user.has_usable_password():
        invite(user, staff, by=by, now=now)
        return
    message = letters.post_given(staff, posts_in(staff, today=timezone.localdate(now), user=user))
    notices.send(staff, "post.given", f"post.given:{post}", message, [to_user(user)], now=now)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Actor, now: datetime) -> Invitation:
    """Make an invitation that was not accepted yet work no more."""
    permissions.MANAGE_PEOPLE.require(by, invitation.staff_id)
    invitation = locked_invitation(invitation)
    policies.may_withdraw_invitation(invitation).or_raise()
    invitation.withdrawn_at = now
    invitation.save()
    _call_off(invitation.user, invitation.staff)
    name = invitation.user.name
    journal.record("invitation.withdrawn", invitation.user, by=by, now=now, name=name)
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, password: str, language: str, now: datetime) -> User:
    """Set the password and the language of the person invited, once, and return the person.

    An empty `password` keeps the one that the person has already.
    """
    user = _locked(invitation.user)
    invitation = locked_invitation(invitation)
    today = timezone.localdate(now)
    has_post = bool(posts_in(invitation.staff, today=today, user=user))
    policies.may_accept(invitation, user, has_post=has_post, now=now).or_raise()
    if password and not user.has_usable_password():
        user.set_password(password)
    user.language = language
    user.save()
    invitation.accepted_at = now
    invitation.save()
    by = actor_in(invitation.staff, user, today=today) or Actor(invitation.staff, user)
    journal.record("invitation.accepted", user, by=by, now=now, name=user.name)
    return user


def locked_invitation(invitation: Invitation) -> Invitation:
    """Return the invitation as it is now, locked until the end of the transaction."""
    Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    return Invitation.objects.select_related("staff", "user").get(pk=invitation.pk)


def _locked(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)
