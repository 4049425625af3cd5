"""What an agency brings: its list of awaited documents, the file, its receipt (clause 22)."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from meetings import actions, facts, permissions, policies, sight
from meetings.facts import Awaited, ItemMaterials, Terms
from meetings.facts.owing import items_of_agencies
from meetings.forms import BringForm, CorrectForm
from meetings.locks import approved_version
from meetings.models import AgendaItem, Material, OwedMaterial
from meetings.views.documents import Document
from meetings.views.pages import tried
from members.pages import staff_page
from members.permissions import Actor


@dataclass(frozen=True)
class Due:
    """An awaited document of the own agency: what came of it, and the form of what is still to come."""

    awaited: Awaited
    documents: list[Document]
    form: BringForm | None


@dataclass(frozen=True)
class Part:
    """A question for which the own agency brings documents."""

    row: ItemMaterials
    terms: Terms
    dues: list[Due]
    others: list[Document]


@staff_page(permissions.BRING)
def materials(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is awaited from the person's own agency, by when, what is late and what has come."""
    rows = items_of_agencies(actor.staff, actor.organisation_ids, today=timezone.localdate())
    parts = [_part(actor, row, terms) for row, terms in rows]
    context = {
        "parts": parts,
        "open_count": sum(due.awaited.is_missing for part in parts for due in part.dues),
    }
    return render(request, "meetings/materials.html", context)


def _part(actor: Actor, row: ItemMaterials, terms: Terms) -> Part:
    own = [each for each in _documents(actor, row) if each.material.agency_id in actor.organisation_ids]
    awaited = [each for each in row.awaited if each.owed.agency_id in actor.organisation_ids]
    known = {each.owed.pk for each in awaited}
    dues = [
        Due(each, [row for row in own if row.material.owed_id == each.owed.pk], _form(each))
        for each in awaited
    ]
    return Part(row, terms, dues, [each for each in own if each.material.owed_id not in known])


def _documents(actor: Actor, row: ItemMaterials) -> list[Document]:
    """Return the documents of one question without marks of reading: one's own agency brought them."""
    shown = [each for each in row.latest(row.versions) if each.agency_id in actor.organisation_ids]
    return [
        Document(each, row.lateness[each.pk], each.pk in row.held_back, may_correct=True) for each in shown
    ]


def _form(awaited: Awaited) -> BringForm | None:
    """Return the form for what is missing, in the language that is missing; None when everything came."""
    if not (awaited.is_missing or awaited.lacks):
        return None
    language = awaited.lacks or awaited.owed.language
    return BringForm(initial={"language": language}, auto_id=f"id_{awaited.owed.pk}_%s")


@staff_page(permissions.BRING)
def bring(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Bring an awaited document."""
    owed = get_object_or_404(
        OwedMaterial.objects.select_related("item__meeting__staff", "item__meeting__regulation", "agency"),
        pk=pk,
        item__meeting__staff=actor.staff,
    )
    _allow(owed.item, owed.agency_id, actor)
    form = BringForm(request.POST or None, request.FILES or None, initial={"language": owed.language})
    if request.method == "POST" and (kept := _kept(form, owed.item, actor, owed=owed)):
        return redirect(_receipt_of(kept))
    context = _context(owed.item, form) | {"owed": owed, "material": None}
    return render(request, "meetings/bring.html", context, status=422 if form.errors else 200)


@staff_page(permissions.BRING)
def correct(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Bring the next version of a document; the former ones are kept."""
    material = _material(actor, pk)
    _allow(material.item, material.agency_id, actor)
    form = CorrectForm(request.POST or None, request.FILES or None, initial={"language": material.language})
    if request.method == "POST" and (kept := _kept(form, material.item, actor, replaces=material)):
        return redirect(_receipt_of(kept))
    context = _context(material.item, form) | {"material": material, "owed": None}
    return render(request, "meetings/bring.html", context, status=422 if form.errors else 200)


@staff_page(permissions.BRING)
def brought(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The receipt of a document: when it came, its fingerprint, in time or late, and what happens now."""
    material = _material(actor, pk)
    if not policies.may_bring(material.agency_id, actor):
        raise Http404
    item = material.item.meeting.items.for_agenda().get(pk=material.item.pk)
    item.meeting = material.item.meeting
    terms = facts.terms_of(item.meeting)
    row = facts.materials_of(item, terms.materials_due, today=timezone.localdate())
    context = {
        "material": material,
        "item": item,
        "meeting": item.meeting,
        "terms": terms,
        "days_late": row.lateness.get(material.pk, 0),
        "is_held": material.pk in row.held_back,
        "is_read": material.pk in row.sent,
        "is_supplement": facts.is_sent(item.meeting),
        "is_open": bool(policies.may_prepare(item.meeting)),
        "before": _sent_before(material, row),
    }
    return render(request, "meetings/brought.html", context)


def _sent_before(material: Material, row: ItemMaterials) -> Material | None:
    """Return the version of the document that the members read while a later one is not sent."""
    versions = [each for each in row.versions if each.pk in row.sent and each.pk != material.pk]
    return next((each for each in reversed(versions) if row.roots[each.pk] == row.roots[material.pk]), None)


def _material(actor: Actor, pk: int) -> Any:
    """Return a document of a question on an agenda of the Staff, or raise Http404."""
    rows = Material.objects.select_related(
        "item__meeting__staff", "item__meeting__regulation", "item__question", "agency"
    )
    return get_object_or_404(rows, pk=pk, item__meeting__staff=actor.staff, withdrawn_at__isnull=True)


def _allow(item: AgendaItem, agency_id: int, actor: Actor) -> None:
    """Raise before anything is typed: Http404 for a question unknown to `actor`, else what refuses it."""
    if not sight.may_read(item, actor, approved=approved_version(item.meeting) is not None):
        raise Http404
    policies.may_bring(agency_id, actor).or_raise()
    policies.may_prepare(item.meeting).or_raise()


def _kept(form: CorrectForm, item: AgendaItem, actor: Actor, **which: Any) -> Any:
    if not form.is_valid():
        return None
    data = form.cleaned_data
    upload = data.pop("file")
    return tried(
        form,
        lambda: actions.attach_material(item, upload=upload, by=actor, now=timezone.now(), **data, **which),
    )


def _receipt_of(material: Material) -> str:
    return reverse("meetings:brought", args=[material.question.staff.code, material.pk])


def _context(item: AgendaItem, form: CorrectForm) -> dict[str, Any]:
    return {
        "item": item,
        "meeting": item.meeting,
        "terms": facts.terms_of(item.meeting),
        "form": form,
    }
