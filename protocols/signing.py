"""Ways of signing: a table from method to function; the national e-signature is one more row."""

from collections.abc import Callable, Mapping
from typing import Any

from members.models import User
from protocols.states import Method
from regulation.verdicts import Refused, refused

Credentials = Mapping[str, str]
Evidence = dict[str, Any]
# (the exact bytes, who signs, what they gave) → what proves it; raises Refused when it proves nothing.
Signer = Callable[[bytes, User, Credentials], Evidence]


def by_password(_content: bytes, user: User, credentials: Credentials) -> Evidence:
    """Confirm with the password of the account: proof of who pressed the button, not an e-signature.

    Raises Refused for a wrong one.
    """
    if not user.is_active or not user.check_password(credentials.get("password", "")):
        raise Refused(refused("wrong_password", "15"))
    return {"account": user.email, "confirmed": "password"}


SIGNERS: Mapping[str, Signer] = {Method.PASSWORD: by_password}
