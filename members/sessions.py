"""Signed-in sessions of a person, ended at once when they lose their last place."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from members.models import User


def end_sessions(user: User) -> int:
    """End every session of `user`, whichever way it was begun, and return how many there were."""
    of_user = [
        session.session_key
        for session in Session.objects.iterator()
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    ended, _rows = Session.objects.filter(pk__in=of_user).delete()
    UserSession.objects.filter(user=user).delete()
    return ended
