"""Facts in, the bytes of a PDF/A-3a out: tagged, with embedded fonts and the facts themselves attached."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from weasyprint import HTML, Attachment
from weasyprint.urls import URLFetcher

from members.journal import canonical
from protocols.facts import Facts
from protocols.paper import DATA_NAME, paper


@dataclass(frozen=True)
class Made:
    """A finished document and what identifies it."""

    content: bytes
    sha256: str
    pages: int


class _Nothing(URLFetcher):
    """Fetches nothing: all that a protocol shows stands in its facts, whatever somebody typed into them."""

    def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - the shape is the library's
        raise ValueError(f"a protocol loads nothing from elsewhere: {url[:80]}")


def make(facts: Facts, language: str, *, now: datetime) -> Made:
    """Return the protocol in `language` ("kk" or "ru") as a PDF; the same facts give the same text.

    `now`, an aware moment, is the moment of making, for the file's metadata.
    """
    context = {"paper": paper(facts, language), "made_at": now.isoformat(timespec="seconds")}
    text = render_to_string("documents/protocol.html", context)
    document = HTML(string=text, url_fetcher=_Nothing()).render(pdf_variant="pdf/a-3a")
    document.metadata.attachments = [_data(facts, now)]
    target = BytesIO()
    document.write_pdf(target, pdf_variant="pdf/a-3a")
    content = target.getvalue()
    return Made(content, hashlib.sha256(content).hexdigest(), len(document.pages))


def _data(facts: Facts, now: datetime) -> Attachment:
    return Attachment(
        string=canonical(facts),
        name=DATA_NAME,
        description=DATA_NAME,
        created=now.astimezone(UTC),
        modified=now.astimezone(UTC),
        relationship="Data",
        url_fetcher=_Nothing(),
    )
