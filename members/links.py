"""Addresses that carry a secret: the database holds them unsigned, only the letter has the signature."""

import re

from django.core.signing import BadSignature, Signer
from django.urls import reverse

# Its own salt, so that nothing else that the portal signs opens an invitation.
_SIGNER = Signer(sep=".", salt="members.invitation")
_UNSIGNED = re.compile(r"/invitations/(\d+)/")


def invitation_path(pk: int) -> str:
    """Return the address of an invitation as it is stored: it opens nothing without the signature."""
    return reverse("invitation", kwargs={"token": str(pk)})


def token_of(pk: int) -> str:
    """Return what opens the invitation `pk` (HMAC-SHA-256 by SECRET_KEY)."""
    return _SIGNER.sign(str(pk))


def invitation_of(token: str) -> int | None:
    """Return the key of the invitation that `token` opens, or None for a token that we did not sign."""
    try:
        return int(_SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None


def in_letter(path: str) -> str:
    """Return `path` as it stands in a letter: that of an invitation signed, any other as it is."""
    unsigned = _UNSIGNED.fullmatch(path)
    return reverse("invitation", kwargs={"token": token_of(int(unsigned[1]))}) if unsigned else path
