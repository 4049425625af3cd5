"""The journal of acts as a page and as a table to take away."""

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members import journal
from members.models import JournalEntry
from members.pages import staff_page
from members.permissions import READ_JOURNAL, Actor
from members.tables import harmless
from staff_portal import acts, objects
from staff_portal.acts import Said
from staff_portal.journal_filter import FilterForm, readable, reads_all
from staff_portal.objects import Thing

PAGE_SIZE = 50
CHUNK = 500


class Row(NamedTuple):
    """An entry as the page shows it; `exact` is the very text that was hashed.

    It is empty for who may not read all that stands in it.
    """

    entry: JournalEntry
    sentence: str
    facts: list[Said]
    thing: Thing
    who: str
    exact: str
    fits: bool


@staff_page(READ_JOURNAL)
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who did what when, by which clause, the latest first; the shown entries are checked anew."""
    form = FilterForm(request.GET, entries=readable(actor))
    found = Paginator(form.found(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = rows_of(list(found), actor)
    context = {
        "form": form,
        "page": found,
        "rows": rows,
        "broken": [row for row in rows if not row.fits],
        "head": journal.head_of(actor.staff),
        "reads_all": reads_all(actor),
        "is_narrowed": form.is_valid() and form.is_narrowed,
        "thing": _asked_for(form, actor),
    }
    return render(request, "journal/page.html", context, status=200 if form.is_valid() else 422)


def _asked_for(form: FilterForm, actor: Actor) -> Thing | None:
    """The thing whose journal is shown, once an entry about it may be read: its title is no secret then."""
    if not form.is_valid() or form.thing is None or not form.found().exists():
        return None
    return objects.things([form.thing], actor)[form.thing]


def rows_of(entries: list[JournalEntry], actor: Actor) -> list[Row]:
    """Return entries in words, each with its thing and whether it fits the chain."""
    named = objects.things({(entry.object_type, entry.object_id) for entry in entries}, actor)
    unfit = {entry.pk for entry in journal.unfit(entries)}
    offices = acts.offices_of(actor.staff)
    return [
        Row(
            entry,
            acts.sentence(entry),
            acts.facts_said(entry, actor),
            named[entry.object_type, entry.object_id],
            acts.who(entry, offices),
            "" if acts.is_private(entry, actor) else journal.canonical_entry(entry),
            entry.pk not in unfit,
        )
        for entry in entries
    ]


@staff_page(READ_JOURNAL)
def export(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The entries asked for as a table for a spreadsheet, in the order in which they were written."""
    form = FilterForm(request.GET, entries=readable(actor))
    if not form.is_valid():
        return page(request, actor.staff.code)
    lines = table(form.found().order_by("sequence"), actor, get_language())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="journal-{actor.staff.code}.csv"'
    return response


class _Line:
    """A file whose `write` gives the line back: what the CSV writer makes is sent at once."""

    def write(self, value: str) -> str:
        return value


def table(entries: QuerySet[JournalEntry], actor: Actor, language: str | None) -> Iterator[str]:
    """Yield the lines of the table, parted by semicolons as spreadsheets here expect, with a BOM."""
    writer = csv.writer(_Line(), delimiter=";")
    with translation.override(language):
        head = writer.writerow(_heading())
    yield "\ufeff" + head
    source = entries.iterator(chunk_size=CHUNK)
    while chunk := list(islice(source, CHUNK)):
        # The language is set for the moment of translating: sending goes on after the request is over.
        with translation.override(language):
            lines = [writer.writerow(cells) for cells in _cells_of(chunk, actor)]
        yield from lines


def _heading() -> list[str]:
    return [
        _("Number"),
        _("Time"),
        _("Who"),
        _("What was done"),
        _("About what"),
        _("Clause"),
        _("Code of the act"),
        _("Kind of record"),
        _("Number of the record"),
        _("Number of the request"),
        _("Facts"),
        _("Hash of the entry before"),
        _("Hash of the entry"),
        _("Who, as it was written"),
    ]


def _cells_of(entries: Iterable[JournalEntry], actor: Actor) -> Iterator[list[Any]]:
    rows = list(entries)
    named = objects.things({(entry.object_type, entry.object_id) for entry in rows}, actor, linked=False)
    offices = acts.offices_of(actor.staff)
    for entry in rows:
        cells = [
            timezone.localtime(entry.at).isoformat(sep=" ", timespec="seconds"),
            acts.who(entry, offices),
            acts.sentence(entry),
            named[entry.object_type, entry.object_id].title,
            entry.clause,
            entry.act,
            entry.object_type,
            str(entry.object_id),
            entry.request_id,
            json.dumps(acts.facts_of(entry, actor), ensure_ascii=False, sort_keys=True),
            entry.previous_hash,
            entry.hash,
            entry.actor_text,
        ]
        yield [entry.sequence, *(harmless(cell) for cell in cells)]
