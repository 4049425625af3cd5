"""Parts of the page of the agenda: its lines with their times, and the list of what is still missing."""

from collections.abc import Callable, Iterable, Sequence
from datetime import time
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings import facts, policies
from meetings.facts import ItemMaterials
from meetings.facts.agenda import basis_of
from meetings.models import AgendaItem, Meeting
from meetings.views.pages import sentence_of
from meetings.wording import basis_sentence
from members.permissions import Actor
from regulation.verdicts import Verdict

ABOUT_MATERIALS = ("late_undecided", "material_awaited")


class Line(NamedTuple):
    """An item as the page shows it: `row` with its materials, when it begins, on what ground, what lacks."""

    row: ItemMaterials
    starts: time
    basis: str
    lacks: list[str]


class Lack(NamedTuple):
    """One thing that is missing, with its clause and the page where it is mended."""

    text: str
    clause: str
    url: str


class Missing(NamedTuple):
    """What the agenda lacks: what stops the submission, what stops the approval, what may stay so."""

    blocking: list[Lack]
    undecided: list[Lack]
    warnings: list[Lack]


def agenda_lines(
    meeting: Meeting, rows: Sequence[ItemMaterials], may_read: Callable[[AgendaItem], bool]
) -> list[Line]:
    """Return of all items `rows`, in order, those that are read.

    The start of each is that of the meeting and the minutes of all items before it, read or not.
    """
    starts = facts.starts_of(meeting.starts_at, [row.item.minutes for row in rows])
    return [
        Line(row, start, basis_sentence(basis_of(row.item), get_language()), _lacks(row.item))
        for row, start in zip(rows, starts, strict=True)
        if may_read(row.item)
    ]


def _lacks(item: AgendaItem) -> list[str]:
    """Return the marks of a missing language: the whole question, or a part of it (clause 19)."""
    question = item.question
    words = {
        ("kk", True): _("in Russian only"),
        ("ru", True): _("in Kazakh only"),
        ("kk", False): _("partly in Russian only"),
        ("ru", False): _("partly in Kazakh only"),
    }
    missing = policies.missing_languages(item)
    return [words[code, not getattr(question, f"title_{code}")] for code in missing]


def missing(actor: Actor, meeting: Meeting, rows: Sequence[ItemMaterials]) -> Missing:
    """Return everything the agenda lacks, each with a link to where it is mended (18, 21, 22)."""
    warnings = policies.warnings_before_submitting(rows, meeting.invitees.all())
    return Missing(
        links_of(actor, meeting, blocking_of(meeting, rows)),
        links_of(actor, meeting, policies.may_approve_with(rows)),
        links_of(actor, meeting, warnings),
    )


def blocking_of(meeting: Meeting, rows: Sequence[ItemMaterials]) -> list[Verdict]:
    """Return everything without which the agenda is not submitted (clauses 18, 22)."""
    items = [row.item for row in rows]
    return policies.problems_before_submitting(items) + policies.ungrounded(meeting, items)


def links_of(actor: Actor, meeting: Meeting, verdicts: Iterable[Verdict]) -> list[Lack]:
    """Return the sentences with the pages that `actor` may open about them."""
    return [Lack(sentence_of(each), each.clause, _page_of(actor, meeting, each)) for each in verdicts]


def _page_of(actor: Actor, meeting: Meeting, verdict: Verdict) -> str:
    order = verdict.facts.get("order")
    if verdict.reason == "agenda_is_empty":
        return meeting.address("meetings:item_new") if actor.is_secretary else ""
    if order is None:
        return meeting.address("meetings:invited")
    if verdict.reason == "item_without_basis" and actor.is_secretary:
        address = reverse("meetings:note_new", kwargs={"staff": meeting.staff.code})
        return f"{address}?kind=add&question={verdict.facts['question']}"
    if verdict.reason == "question_of_other_time" and actor.is_secretary:
        address = reverse("meetings:note_new", kwargs={"staff": meeting.staff.code})
        return f"{address}?kind=move&question={verdict.facts['question']}&row={verdict.facts['row'] or ''}"
    if verdict.reason in ABOUT_MATERIALS or not actor.is_secretary:
        return meeting.address("meetings:item", order=order)
    return meeting.address("meetings:item_edit", order=order)
