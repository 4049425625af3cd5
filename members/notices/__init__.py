"""Notices: written with the act that causes them, sent by mail afterwards, each once."""

from members.notices.delivery import MAX_ATTEMPTS, deliver
from members.notices.outbox import (
    UNCLEAR_AFTER,
    Message,
    Recipient,
    call_off,
    letters_stuck,
    readdress,
    send,
    to_user,
)
from members.notices.writing import digest, letter

__all__ = [
    "MAX_ATTEMPTS",
    "UNCLEAR_AFTER",
    "Message",
    "Recipient",
    "call_off",
    "deliver",
    "digest",
    "letter",
    "letters_stuck",
    "readdress",
    "send",
    "to_user",
]
