"""The sentence of any refusal, whichever app it comes from."""

from meetings import labels as of_meetings
from members import labels as of_members
from protocols import labels as of_protocols
from regulation.verdicts import Verdict

BOOKS = (of_members, of_meetings, of_protocols)


def sentence(verdict: Verdict) -> str:
    """Return why it was refused, in the current language; KeyError for a reason that no app knows."""
    for book in BOOKS:
        if verdict.reason in book.REASONS:
            return str(book.refusal(verdict))
    raise KeyError(verdict.reason)
