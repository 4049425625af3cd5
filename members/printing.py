"""HTML in, PDF/A out: the one way in which documents are made, without anything from elsewhere."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from weasyprint import HTML, Attachment
from weasyprint.document import Document
from weasyprint.urls import URLFetcher

VARIANT = "pdf/a-3a"


class Nothing(URLFetcher):
    """Fetches nothing: all that a document shows stands in its text, whatever somebody typed into it."""

    def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - the shape is the library's
        raise ValueError(f"a document loads nothing from elsewhere: {url[:80]}")


def laid_out(text: str) -> Document:
    """Return the HTML `text` laid out on pages."""
    return HTML(string=text, url_fetcher=Nothing()).render(pdf_variant=VARIANT)


def attachment(content: str, name: str, *, now: datetime) -> Attachment:
    """Return data to be put into a document under `name`; `now` is an aware moment."""
    return Attachment(
        string=content,
        name=name,
        description=name,
        created=now.astimezone(UTC),
        modified=now.astimezone(UTC),
        relationship="Data",
        url_fetcher=Nothing(),
    )


def written(document: Document) -> bytes:
    """Return the bytes of the PDF."""
    target = BytesIO()
    document.write_pdf(target, pdf_variant=VARIANT)
    return target.getvalue()
