"""The second factor: who must have one, what it is called, and nothing else opens until it is there."""

import time
from collections.abc import Callable
from datetime import date
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.main import QRCode

from members.models import Absence, Holder, User
from members.models.composition import in_force
from members.states import Role

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Where the last good answer stands in the session, and for how many seconds it is believed.
ANSWERED, BELIEVED = "second_factor_at", 5 * 60
# What a person without the demanded factor still reaches, besides the pages of the factor itself.
OPEN = frozenset({
    "account_login", "account_logout", "account_inactive", "account_reauthenticate", "language", "rules",
    "livez", "readyz",
})  # fmt: skip


def is_demanded(user: User, *, today: date) -> bool:
    """Return whether `user` must have a second factor on `today` (setting SECOND_FACTOR)."""
    if settings.SECOND_FACTOR != "roles":
        return bool(settings.SECOND_FACTOR == "all")
    if user.is_superuser:
        return True
    offices = Holder.objects.on(today).filter(
        in_force(today, "seat__composition__"), user=user, seat__role__in=(Role.HEAD, Role.SECRETARY)
    )
    return offices.exists() or Absence.objects.on(today).filter(deputy=user).exists()


def has_factor(user: User) -> bool:
    """Return whether `user` has an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def forget(user: User) -> int:
    """Take away every factor of `user`, whose phone is lost; return how many there were."""
    count, _by_model = Authenticator.objects.filter(user=user).delete()
    return int(count)


class _Demanded:
    """Leads who must have a second factor and has none to the page where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Any, *_view: Any) -> HttpResponseBase | None:
        name = request.resolver_match.view_name or ""
        if settings.SECOND_FACTOR == "none" or not request.user.is_authenticated:
            return None
        if name.startswith("mfa_"):
            request.session.pop(ANSWERED, None)
            return None
        if name in OPEN or time.time() - request.session.get(ANSWERED, 0) < BELIEVED:
            return None
        user = request.user
        if is_demanded(user, today=timezone.localdate()) and not has_factor(user):
            return redirect("mfa_index")
        request.session[ANSWERED] = int(time.time())
        return None


def demanded(get_response: Callable[[HttpRequest], HttpResponseBase]) -> _Demanded:
    """Keep everything else closed to a person without the second factor that the setting demands."""
    return _Demanded(get_response)


class Adapter(DefaultMFAAdapter):
    """Words and pictures of the second factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("The code does not fit. Type the one that the app shows now.")
    }

    def get_totp_issuer(self) -> str:
        """Return under which name the account stands in an authenticator app."""
        return _("Interagency Staff")

    def _get_site_name(self) -> str:
        return _("Interagency Staff")

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        """Return the name proposed for the next key of `user`."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code of `url` as SVG to stand in the page, whose rules take no data: images."""
        code = QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
        )
        return format_html(
            '<svg class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="{label}">'
            '<path d="{path}"/></svg>',
            size=len(rows),
            label=_("QR code for the app"),
            path=path,
        )
