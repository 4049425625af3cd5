"""How accounts behave: people come by invitation of the secretary, never by signing up."""

import logging
import time
from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from members.models import User

log = logging.getLogger(__name__)


def confirm_first(request: HttpRequest) -> None:
    """Ask who it is, unless that was asked in the last five minutes: what follows hands power to somebody.

    What was posted waits in the session and is done after the answer (allauth's middleware).
    """
    raise_if_reauthentication_required(request, app="members")


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Too many attempts. Wait 15 minutes and try again, or set a new password by e-mail."
        ),
        "rate_limited": _("Too many attempts. Wait 15 minutes and try again."),
        "incorrect_code": _("The code does not fit. Type the one that the app shows now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves: the composition is set by an act (clause 11)."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return where a person stands after changing the password: the page it was begun from."""
        return reverse("me")

    def is_reauthentication_required(self, **_app: Any) -> bool:
        """Return whether to ask who it is: not in the five minutes after signing in with all factors."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((record["at"] for record in records), default=0)
        return bool(time.time() - latest >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address in the letter: of the portal as it is set, whatever host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.PORTAL_URL + path.replace("UID-KEY", quote(key))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter in its recipient's language; a mail server that is down stops no act."""
        user = User.objects.filter(email__iexact=email).first()
        with translation.override(user.language if user else translation.get_language()):
            try:
                super().send_mail(template_prefix, email, context)
            except OSError:  # smtplib's exceptions are OSErrors, too
                log.exception("letter %s was not sent", template_prefix)

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMultiAlternatives:
        """Return the letter as text and, in the same words, as HTML with one link."""
        plain = super().render_mail(template_prefix, email, context, headers)
        mail = EmailMultiAlternatives(plain.subject, plain.body, plain.from_email, plain.to, headers=headers)
        rows = [row.strip() for row in str(plain.body).split("\n\n") if row.strip()]
        url = context.get("password_reset_url", "")
        html = render_to_string(
            "mail/account.html",
            {"rows": [row for row in rows if row != url], "url": url, "language": translation.get_language()},
        )
        mail.attach_alternative(html, "text/html")
        return mail
