"""The composition as files: XLSX and PDF out, a sheet of seats or people in."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members import documents
from members.actions import importing
from members.facts import composition_on
from members.forms.composition import DayForm
from members.forms.sheets import KINDS, SheetForm, sealed, unsealed
from members.labels import local
from members.pages import staff_page
from members.permissions import EDIT_COMPOSITION, READ_COMPOSITION, Actor, seats_on
from members.sheets import reading, writing
from members.sheets.columns import OF_KIND, PEOPLE, SEATS
from members.sheets.reading import Problem, Unreadable

MOST_SHOWN = 100


@staff_page(READ_COMPOSITION)
def composition_xlsx(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The composition on a day as an XLSX in the reader's language."""
    facts = composition_on(actor.staff, _day(request))
    content = writing.composition(facts, get_language() or "")
    name = f"{actor.staff.code}-composition-{facts.day:%Y-%m-%d}.xlsx"
    return _file(content, writing.CONTENT_TYPE, name)


@staff_page(READ_COMPOSITION)
def composition_pdf(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The composition on a day as a document in the reader's language."""
    facts = composition_on(actor.staff, _day(request))
    content = documents.composition(facts, get_language() or "", now=timezone.localtime())
    name = f"{actor.staff.code}-composition-{facts.day:%Y-%m-%d}.pdf"
    return _file(content, "application/pdf", name)


@staff_page(EDIT_COMPOSITION)
def template(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The empty sheet of seats or of people, to be filled in."""
    kind = request.GET.get("kind", SEATS)
    kind = kind if kind in OF_KIND else SEATS
    seats = seats_on(actor.staff, timezone.localdate()) if kind == PEOPLE else ()
    orders = [(seat.order, f"{local(seat, 'office')}, {local(seat.organisation, 'name')}") for seat in seats]
    return _file(writing.template(kind, orders=orders), writing.CONTENT_TYPE, f"staff-{kind}.xlsx")


@staff_page(EDIT_COMPOSITION)
def composition_import(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Upload a sheet; all that is wrong is told at once, else what would change is shown first."""
    form = SheetForm(request.POST or None, request.FILES or None, initial={"kind": SEATS})
    if request.method != "POST":
        return render(request, "members/import.html", {"form": form})
    if not form.is_valid():
        return render(request, "members/import.html", {"form": form}, status=422)
    kind = form.cleaned_data["kind"]
    try:
        sheet = reading.read(form.cleaned_data["file"], kind)
        trial = importing.try_import(actor.staff, sheet, by=actor, now=timezone.now())
    except Unreadable as wrong:
        return _refused(request, form, wrong.problems)
    key = uuid.uuid4().hex
    context = {
        "trial": trial,
        "kind_label": dict(KINDS)[kind],
        "rows": len(sheet.rows),
        "sheet": sealed(_bound_to(actor) | {"key": key, "kind": kind}, sheet.rows),
    }
    return render(request, "members/import_check.html", context)


@require_POST
@staff_page(EDIT_COMPOSITION)
def composition_import_apply(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Import the rows that were checked; they are checked again, for the portal may have changed."""
    kind = request.POST.get("kind", "")
    found = unsealed(request.POST.get("sheet", ""), _bound_to(actor) | {"kind": kind})
    form = SheetForm(initial={"kind": kind if kind in OF_KIND else SEATS})
    if found is None:
        return _refused(request, form, [Problem(_("The check is too old. Upload the file again."))])
    key, rows = found
    try:
        sheet = reading.checked(rows, kind)
        done = importing.import_sheet(actor.staff, sheet, key=key, by=actor, now=timezone.now())
    except Unreadable as wrong:
        return _refused(request, form, wrong.problems)
    messages.success(request, _said(done) if done else _("This file is imported already."))
    return redirect(
        "members:composition_draft" if kind == SEATS else "members:composition", staff=actor.staff.code
    )


def _said(done: importing.Imported) -> str:
    if done.kind == SEATS:
        return _("The seats are in the draft. Check it, then approve it.")
    count = done.counts[importing.NEW] + done.counts[importing.CHANGED]
    return ngettext("%(count)s person took a seat.", "%(count)s people took seats.", count) % {"count": count}


def _refused(request: HttpRequest, form: SheetForm, found: list[Problem]) -> HttpResponse:
    shown = [str(problem) for problem in found[:MOST_SHOWN]]
    if len(found) > MOST_SHOWN:
        rest = len(found) - MOST_SHOWN
        shown.append(ngettext("And %(count)s more.", "And %(count)s more.", rest) % {"count": rest})
    context = {"form": form, "problems": shown, "count": len(found)}
    return render(request, "members/import.html", context, status=422)


def _bound_to(actor: Actor) -> dict[str, Any]:
    return {"staff": actor.staff.pk, "user": actor.person.pk}


def _day(request: HttpRequest) -> date:
    """Return the day asked for, today for nothing; Http404 for a day that does not exist."""
    form = DayForm(request.GET)
    if not form.is_valid():
        raise Http404
    return form.cleaned_data["day"] or timezone.localdate()


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
