"""The page of the rules: every "why" of the portal links to a clause here; open to everybody."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from members.days import known
from members.pages import enter
from members.permissions import staffs_of
from regulation import clauses
from regulation.clauses import Clause
from staff_portal.act import FACTS, SLIPS


class Row(NamedTuple):
    """A clause in the page's language; a subclause stands inside its clause."""

    clause: Clause
    title: str
    text: str
    reading: str
    subclauses: list["Row"]


class Chapter(NamedTuple):
    """A section of the regulation with its clauses."""

    number: int
    title: str
    rows: list[Row]


def chapters(language: str) -> list[Chapter]:
    """Return the regulation in "kk" or "ru", subclauses under their clauses."""
    return [
        Chapter(
            section.number,
            section.title(language),
            [_row(clause, section.clauses, language) for clause in section.clauses if not clause.parent],
        )
        for section in clauses.sections()
    ]


def _row(clause: Clause, among: tuple[Clause, ...], language: str) -> Row:
    return Row(
        clause,
        clauses.title(clause.number, language),
        clause.text(language),
        clause.reading(language),
        [_row(inner, among, language) for inner in among if inner.parent == clause.number],
    )


def rules(request: HttpRequest) -> HttpResponse:
    """Show every clause with its text, the portal's reading and an anchor; no sign-in."""
    if request.user.is_authenticated:
        # The frame of a person's own Staff stays around the page.
        own = staffs_of(request.user, today=timezone.localdate()).first()
        if own is not None:
            enter(request, own.code)
    context = {"chapters": chapters(known(get_language())), "facts": FACTS, "slips": SLIPS}
    return render(request, "help/rules.html", context)
