"""Sign-ins, failures and refusals as lines of the log: the account by its number, and the network address.

The number of the request stands in every line by itself (staff_portal.middleware.WithRequestId).
"""

import logging
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from members.models import User

log = logging.getLogger("members.access")


def connect() -> None:
    """Listen to Django's signals; called once when the app is ready."""
    user_logged_in.connect(signed_in, dispatch_uid="members.sign_in_log.signed_in")
    user_logged_out.connect(signed_out, dispatch_uid="members.sign_in_log.signed_out")
    user_login_failed.connect(failed, dispatch_uid="members.sign_in_log.failed")


def signed_in(request: HttpRequest | None, user: User, **_rest: Any) -> None:
    """Note who came in."""
    log.info("signed in user=%s ip=%s", user.pk, address(request))


def signed_out(request: HttpRequest | None, user: User | None, **_rest: Any) -> None:
    """Note who went out."""
    if user is not None:
        log.info("signed out user=%s ip=%s", user.pk, address(request))


def failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_rest: Any) -> None:
    """Note a wrong password: the account that was meant, "-" for none; never what was typed."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    meant = User.objects.filter(email__iexact=typed).values_list("pk", flat=True).first()
    log.warning("sign-in failed user=%s ip=%s", meant or "-", address(request))


def refused(request: HttpRequest, reason: str) -> None:
    """Note that somebody was refused what is not theirs."""
    user = getattr(request, "user", None)
    log.warning(
        "refused user=%s ip=%s reason=%s path=%s",
        (user and user.pk) or "-",
        address(request),
        reason,
        request.path,
    )


def address(request: HttpRequest | None) -> str:
    """Return the address of the client, behind as many proxies as PROXY_COUNT says; "-" when unknown."""
    return (request and get_client_ip(request)) or "-"
