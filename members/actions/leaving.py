"""What ends with the last seat or place of a person: the open invitation, and the sessions."""

from datetime import date, datetime

from members import notices
from members.actions.invitations import withdraw_open
from members.models import Notice, Staff, User
from members.permissions import staffs_of
from members.posts import posts_in
from members.sessions import end_sessions


def leave(user: User, staff: Staff, *, day: date, now: datetime) -> None:
    """Take from `user` what needs a place, as places are on the local date `day`, after one was ended.

    Who has nothing left in the Staff loses the open invitation, and gets no letter of it that still waits: it
    stays in the portal. Who has nothing left anywhere is signed out, unless an administrator of the portal.
    """
    if not posts_in(staff, today=day, user=user):
        withdraw_open(user, staff, now=now)
        notices.call_off(Notice.objects.filter(staff=staff, recipient=user))
    if not user.is_superuser and not staffs_of(user, today=day).exists():
        end_sessions(user)
