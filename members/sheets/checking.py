"""What must hold across the rows of a sheet, and between the sheet and the portal."""

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members.days import known
from members.models import Organisation, Seat, Staff, User
from members.sheets.columns import EXPORTED
from members.sheets.reading import Problem, Row
from members.states import Role

HEADINGS = {column.code: column for column in EXPORTED}


def problems_of_seats(staff: Staff, rows: Sequence[Row]) -> list[Problem]:
    """Return what is wrong with the seats of a sheet as a whole, by row and column."""
    problems = _repeated(rows, "order", _("The number %(said)s is there twice: see row %(first)s."))
    for role, sentence in (
        (Role.HEAD, _("The sheet has more than one head of the Staff.")),
        (Role.SECRETARY, _("The sheet has more than one secretary.")),
    ):
        problems += [wrong(row, "role", sentence) for row in _of_role(rows, role)[1:]]
    if not _of_role(rows, Role.HEAD) and all("role" in row.cells for row in rows):
        problems.append(Problem(_("The sheet has no head of the Staff.")))
    problems += _half_filled(rows, "consent_number", "consent_date")
    return problems + _other_names(staff, rows)


def _half_filled(rows: Sequence[Row], number: str, day: str) -> list[Problem]:
    sentence = _("Fill in both, the number and the date, or neither.")
    halves = [row for row in rows if number in row.cells and day in row.cells]
    halves = [row for row in halves if bool(row.cells[number]) != bool(row.cells[day])]
    return [wrong(row, day if row.cells[number] else number, sentence) for row in halves]


def _of_role(rows: Sequence[Row], role: Role) -> list[Row]:
    return [row for row in rows if row.cells.get("role") == role]


def _other_names(staff: Staff, rows: Sequence[Row]) -> list[Problem]:
    """Return where an organisation has another Russian name than before in the sheet or in the portal."""
    names = dict(Organisation.objects.filter(staff=staff).values_list("name_kk", "name_ru"))
    problems = []
    for row in rows:
        name_kk, name_ru = row.cells.get("organisation_kk"), row.cells.get("organisation_ru")
        if not (name_kk and name_ru):
            continue
        name = names.setdefault(name_kk, name_ru)
        if name != name_ru:
            sentence = _("This organisation is already known in Russian as “%(name)s”.") % {"name": name}
            problems.append(wrong(row, "organisation_ru", sentence))
    return problems


def problems_of_people(rows: Sequence[Row], seats: Mapping[str, Seat]) -> list[Problem]:
    """Return what is wrong with the people of a sheet; `seats` are those in force by their number."""
    problems = _repeated(rows, "order", _("The number %(said)s is there twice: see row %(first)s."))
    problems += _repeated(rows, "email", _("This person is there twice: see row %(first)s."))
    problems += _half_filled(rows, "acting_number", "acting_date")
    emails = [row.cells["email"] for row in rows if "email" in row.cells]
    names = dict(User.objects.filter(email__in=emails).values_list("email", "name"))
    for row in rows:
        order, name = row.cells.get("order"), row.cells.get("name")
        if order and order not in seats:
            problems.append(wrong(row, "order", _("The composition in force has no seat with this number.")))
        if name and names.get(row.cells.get("email", ""), name) != name:
            sentence = _("The portal knows this e-mail under another name. Check both.")
            problems.append(wrong(row, "name", sentence))
    return problems


def _repeated(rows: Sequence[Row], code: str, sentence: str) -> list[Problem]:
    first: dict[str, int] = {}
    problems = []
    for row in rows:
        said = row.cells.get(code)
        if said and first.setdefault(said, row.number) != row.number:
            problems.append(wrong(row, code, sentence % {"said": said, "first": first[said]}))
    return problems


def wrong(row: Row, code: str, sentence: str) -> Problem:
    """Return a problem of a cell: `sentence` about the column `code`."""
    return Problem(sentence, row.number, HEADINGS[code].named(known(get_language())))
