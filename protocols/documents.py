"""Facts in, the bytes of a PDF/A-3a out: tagged, with embedded fonts and the facts themselves attached."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string

from members import printing
from members.journal import canonical
from protocols.facts import Facts
from protocols.paper import DATA_NAME, paper


@dataclass(frozen=True)
class Made:
    """A finished document and what identifies it."""

    content: bytes
    sha256: str
    pages: int


def make(facts: Facts, language: str, *, now: datetime) -> Made:
    """Return the protocol in `language` ("kk" or "ru") as a PDF; the same facts give the same text.

    `now`, an aware moment, is the moment of making, for the file's metadata.
    """
    context = {"paper": paper(facts, language), "made_at": now.isoformat(timespec="seconds")}
    text = render_to_string("documents/protocol.html", context)
    document = printing.laid_out(text)
    document.metadata.attachments = [printing.attachment(canonical(facts), DATA_NAME, now=now)]
    content = printing.written(document)
    return Made(content, hashlib.sha256(content).hexdigest(), len(document.pages))
