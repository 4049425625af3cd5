"""The documents of a question as a page shows them to one person (clause 22)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from meetings import permissions, policies, sight
from meetings.facts import Awaited, ItemMaterials
from meetings.forms import MaterialForm, OwedForm, PrivateNoteForm
from meetings.models import Material, MaterialReading, Meeting, OwedMaterial, PrivateNote
from members.permissions import Actor


@dataclass(frozen=True)
class Document:
    """A document in the version that the person sees, with the marks that stand beside it."""

    material: Material
    days_late: int
    is_held: bool
    may_correct: bool
    opened_at: datetime | None = None
    note_form: PrivateNoteForm | None = None
    note: str = ""
    earlier: tuple[Material, ...] = field(default_factory=tuple)


def documents_context(actor: Actor, meeting: Meeting, row: ItemMaterials) -> dict[str, Any]:
    """Return what the fragment of documents shows on the page of a question."""
    is_open = bool(policies.may_prepare(meeting))
    may_bring = is_open and (actor.is_secretary or sight.is_of_agency(row.item, actor))
    own = None if actor.is_secretary else actor.organisation_ids
    is_keeper = actor.is_secretary or bool(actor.roles & permissions.READ_DRAFTS.roles)
    return {
        "documents": documents_of(actor, row, is_open=is_open),
        "restricted": _restricted(actor, row),
        "awaited": [each for each in row.awaited if is_keeper or _concerns(each.owed, row, actor)],
        "bringable": [each.owed.pk for each in row.awaited if is_open and _is_own(each, actor)],
        "withdrawn": row.withdrawn if actor.is_secretary else (),
        "may_attach": may_bring,
        "may_await": actor.is_secretary and is_open,
        "material_form": MaterialForm(item=row.item, agencies=own) if may_bring else None,
        "owed_form": OwedForm(staff=actor.staff, initial={"agency": row.item.agency}, prefix="owed")
        if actor.is_secretary and is_open
        else None,
    }


def _restricted(actor: Actor, row: ItemMaterials) -> list[tuple[Material, str]]:
    """Return the documents that `actor` may not open, each with what `actor` noted about it before."""
    rows = sight.restricted_for(row, actor)
    is_reader = bool(rows) and bool(actor.roles & permissions.NOTE.roles)
    notes = _of_person(PrivateNote, "text", actor, list(row.roots)) if is_reader else {}
    own = {row.roots[pk]: text for pk, text in sorted(notes.items())}
    return [(each, own.get(row.roots[each.pk], "")) for each in rows]


def _concerns(owed: OwedMaterial, row: ItemMaterials, actor: Actor) -> bool:
    return owed.agency_id in actor.organisation_ids or row.item.agency_id in actor.organisation_ids


def _is_own(awaited: Awaited, actor: Actor) -> bool:
    return actor.is_secretary or awaited.owed.agency_id in actor.organisation_ids


def documents_of(actor: Actor, row: ItemMaterials, *, is_open: bool) -> list[Document]:
    """Return the documents of one question that `actor` may open."""
    shown = sight.materials_for(row, actor)
    versions = sight.versions_for(row, actor)
    is_reader = bool(actor.roles & permissions.NOTE.roles)
    ids = [each.pk for each in versions]
    opened = _of_person(MaterialReading, "opened_at", actor, ids) if is_reader else {}
    notes = _of_person(PrivateNote, "text", actor, ids) if is_reader else {}
    rows = []
    for each in shown:
        same = [other for other in versions if row.roots[other.pk] == row.roots[each.pk]]
        note = next((notes[other.pk] for other in reversed(same) if other.pk in notes), "")
        rows.append(
            Document(
                material=each,
                days_late=row.lateness[each.pk],
                is_held=each.pk in row.held_back,
                may_correct=is_open and bool(policies.may_bring(each.agency_id, actor)),
                opened_at=opened.get(each.pk),
                note_form=_note_form(each, note) if is_reader else None,
                note=note,
                earlier=tuple(other for other in reversed(same) if other.pk != each.pk),
            )
        )
    return rows


def _note_form(material: Material, note: str) -> PrivateNoteForm:
    return PrivateNoteForm(initial={"text": note}, auto_id=f"id_{material.pk}_%s")


def _of_person(model: Any, column: str, actor: Actor, ids: list[int]) -> dict[int, Any]:
    rows = model.objects.filter(user=actor.person, material__in=ids)
    return dict(rows.values_list("material_id", column))
