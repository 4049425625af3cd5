"""The proof of sending as a table: the page, the print and the file say the same (clause 26(4))."""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.facts import Proof, ProofRow
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
    if not documents or not row.has_account:
        return "–"
    opened = ", ".join(f"{each.number} ({_moment(each.at)})" for each in row.documents)
    counted = _("%(opened)s of %(all)s") % {"opened": len(row.documents), "all": documents}
    return f"{counted}: {opened}" if opened else counted
