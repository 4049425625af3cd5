"""The proof of sending as a table: the page, the print and the file say the same (clause 26(4))."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.facts import Proof, ProofRow
from meetings.models import Material
from members.labels import local


class ProofLine(NamedTuple):
    """One person of the proof, every cell as it is shown."""

    row: ProofRow
    who: str
    seat: str
    sent: str
    letter: str
    opened: str
    documents: str

    @property
    def cells(self) -> list[str]:
        return [self.who, self.seat, self.sent, self.letter, self.opened, self.documents]


def heading() -> list[str]:
    """Return the names of the columns in the current language."""
    return [_("To whom"), _("Office"), _("Sent"), _("Letter"), _("Opened"), _("Documents opened")]


def lines(proof: Proof) -> list[ProofLine]:
    """Return the rows of the table in the current language, who has not opened it first."""
    ordered = sorted(proof.rows, key=lambda row: (bool(row.letters), not row.is_unopened))
    return [_line(row, len(proof.documents)) for row in ordered]


def table(proof: Proof) -> Iterator[list[str]]:
    """Return the proof for a spreadsheet, a row for each person and document; see `table_heading`."""
    for line in lines(proof):
        opened = {each.number: _moment(each.at) for each in line.row.documents}
        reads = _reads(line.row)
        for number, material in enumerate(proof.documents, 1):
            at = (opened.get(number) or _("not yet")) if reads else "–"
            version = str(material.version)
            yield [*line.cells[:5], *_question(material), material.title, version, material.sha256, at]
        if not proof.documents:
            yield [*line.cells[:5], "–", "–", "–", "–", "–"]


def table_heading() -> list[str]:
    """Return the names of the columns of `table` in the current language."""
    return [
        *heading()[:5],
        _("Question"),
        _("Document"),
        _("Version"),
        _("Fingerprint (SHA-256)"),
        _("Document opened"),
    ]


def _question(material: Material) -> list[str]:
    return [str(material.item.order) if material.item else "–"]


def _line(row: ProofRow, documents: int) -> ProofLine:
    office = local(row.seat, "office") if row.seat else ""
    return ProofLine(
        row=row,
        who=row.name,
        seat=_("invited") if row.is_invited else office,
        sent=_sent(row),
        letter=_letter(row),
        opened=_opened(row),
        documents=_documents(row, documents),
    )


def _moment(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y, %H:%M}"


def _sent(row: ProofRow) -> str:
    if not row.letters:
        return _("not sent") if row.key else _("no e-mail: hand it over")
    return "; ".join(_moment(letter.created_at) for letter in row.letters)


def _letter(row: ProofRow) -> str:
    letter = row.letter
    if letter is None:
        return "–"
    word = str(letter.get_mail_display())
    if letter.sent_at:
        word += f", {_moment(letter.sent_at)}"
    return f"{word}: {letter.error}" if letter.error and not letter.sent_at else word


def _opened(row: ProofRow) -> str:
    if row.opened_at:
        return _moment(row.opened_at)
    return _("not yet") if row.has_account and row.letters else "–"


def _documents(row: ProofRow, documents: int) -> str:
    if not documents or not _reads(row):
        return "–"
    opened = ", ".join(f"{each.number} ({_moment(each.at)})" for each in row.documents)
    counted = _("%(opened)s of %(all)s") % {"opened": len(row.documents), "all": documents}
    return f"{counted}: {opened}" if opened else counted


def _reads(row: ProofRow) -> bool:
    return row.has_account and (bool(row.documents) or not row.is_invited)
