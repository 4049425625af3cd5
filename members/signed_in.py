"""Who is signed in where, and for how long: eight hours at most, an hour without a request at most."""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from members.models import User

Respond = Callable[[HttpRequest], HttpResponse]
BEGAN, SEEN = "began_at", "seen_at"
# How often a session is written for nothing but "still here", in seconds.
STEP = 5 * 60
# What a User-Agent holds, and whose word it is: the first that is found, the later ones are in most.
BROWSERS = {
    "YaBrowser": "Yandex",
    "OPR/": "Opera",
    "Edg": "Microsoft Edge",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def begin(request: HttpRequest, **_rest: Any) -> None:
    """Note in the new session when it began, whichever way its person signed in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def working_day(get_response: Respond) -> Respond:
    """End a session that is too old or was left alone, and say so on the page that follows."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            why = why_over(request.session, now=time.time())
            if why:
                end([request.session.session_key or ""])
                auth.logout(request)
                messages.info(request, why)
            else:
                touch(request, now=time.time())
        return get_response(request)

    return respond


def why_over(session: Any, *, now: float) -> str:
    """Return why the session ends at `now`, in words; empty while it goes on."""
    if now - session.get(BEGAN, now) >= settings.SESSION_COOKIE_AGE:
        return _("You signed in eight hours ago. Sign in again to go on.")
    if now - session.get(SEEN, now) >= settings.SESSION_IDLE_AGE:
        return _("You did nothing here for an hour, so the portal signed you out. Sign in again to go on.")
    return ""


def touch(request: HttpRequest, *, now: float) -> None:
    """Note that the session is in use, once in a while."""
    if now - request.session.get(SEEN, 0) < STEP:
        return
    request.session[SEEN] = int(now)
    request.session.setdefault(BEGAN, int(now))
    UserSession.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=datetime.fromtimestamp(now, UTC)
    )


def sessions_of(request: HttpRequest, user: User) -> list[UserSession]:
    """Return the living sessions of `user`, that of `request` first, then the latest seen."""
    key = request.session.session_key
    if not UserSession.objects.filter(session_key=key).exists():
        UserSession.objects.create_from_request(request)
    rows: list[UserSession] = UserSession.objects.purge_and_list(user)
    return sorted(rows, key=lambda row: (row.session_key != key, -row.last_seen_at.timestamp()))


def end(keys: Iterable[str]) -> None:
    """End the sessions with these keys: their next request has to sign in again."""
    for session in UserSession.objects.filter(session_key__in=list(keys)):
        session.end()


def end_others(user: User, *, but: str) -> int:
    """End the sessions of `user` except the one with the key `but`; return how many."""
    keys = (
        UserSession.objects.filter(user=user).exclude(session_key=but).values_list("session_key", flat=True)
    )
    found = list(keys)
    end(found)
    return len(found)


def device(user_agent: str) -> str:
    """Return «Chrome, Android» for a browser's description of itself; empty when nothing in it is known."""
    found = [next((names[mark] for mark in names if mark in user_agent), "") for names in (BROWSERS, SYSTEMS)]
    return ", ".join(word for word in found if word)
