"""What of the meetings a person sees; the pages and the home page ask here, and nowhere else."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Exists, OuterRef, Q, QuerySet

from meetings.facts import ItemMaterials, as_approved
from meetings.facts.questions import QuestionLife
from meetings.models import (
    AgendaItem,
    AgendaVersion,
    JustificationNote,
    Material,
    Meeting,
    PlanItem,
    Question,
)
from meetings.models.meeting import MeetingQuerySet
from meetings.permissions import (
    FOLLOW,
    INVITED,
    READ_AGENDA,
    READ_DRAFTS,
    READ_MATERIALS,
    READ_TEXTS,
)
from meetings.states import AgendaState, NoteState, PlanState
from members.permissions import Actor
from members.states import Role


def meetings_for(by: Actor) -> MeetingQuerySet:
    """Return the meetings of the Staff that `by` sees.

    An invited person sees those whose list, as it was approved last, carries the own e-mail (clause 21).
    """
    meetings = Meeting.objects.filter(staff=by.staff)
    if by.roles & READ_AGENDA.roles:
        return meetings
    if INVITED not in by.roles:
        return meetings.none()
    return meetings.filter(pk__in=_invited_to(by))


def _invited_to(by: Actor) -> list[int]:
    approved = AgendaVersion.objects.filter(meeting__staff=by.staff, state=AgendaState.APPROVED)
    latest = dict(approved.order_by("number").values_list("meeting", "content__invited"))
    own = by.person.email.lower()
    return [pk for pk, people in latest.items() if own in {row["email"].lower() for row in people}]


def rows_for(
    rows: Iterable[ItemMaterials], by: Actor, *, approved: AgendaVersion | None
) -> list[ItemMaterials]:
    """Return the questions that `by` reads: keepers the draft, others what was approved last (clause 22).

    Who works on a question of the agenda reads that one, and all numbers, as the draft has them.
    """
    rows = list(rows)
    if approved is None or by.roles & READ_DRAFTS.roles:
        return [row for row in rows if may_read(row.item, by, approved=approved is not None)]
    own = {row.item.pk for row in rows if is_of_agency(row.item, by)}
    found: list[ItemMaterials] = []
    for row in rows:
        if row.item.pk in own:
            found.append(row)
            continue
        shown = as_approved(row.item, approved.content)
        if shown is not None:
            shown.order = row.item.order if own else shown.order
            found.append(replace(row, item=shown))
    return sorted(found, key=lambda row: row.item.order)


def is_of_agency(item: AgendaItem, by: Actor) -> bool:
    """Return whether `by` sits or works for an agency that prepares the item or brings a document for it."""
    owing = {row.agency_id for row in item.owed.all()} | {row.agency_id for row in item.materials.all()}
    return not by.organisation_ids.isdisjoint({item.agency_id} | owing)


def may_read(item: AgendaItem, by: Actor, *, approved: bool) -> bool:
    """Return whether `by` reads the item: once the agenda is approved, before that only who works on it."""
    return approved or bool(by.roles & READ_DRAFTS.roles) or is_of_agency(item, by)


def may_read_text(item: AgendaItem, by: Actor) -> bool:
    """Return whether `by` reads the draft decision of an item that they may read."""
    return bool(by.roles & READ_TEXTS.roles) or is_of_agency(item, by)


def may_see_votes(item: AgendaItem, by: Actor) -> bool:
    """Return whether `by` sees who voted how on the item, and the outcome (clause 13)."""
    return bool(by.roles & FOLLOW.roles) or is_of_agency(item, by)


def may_see_materials(item: AgendaItem, by: Actor) -> bool:
    """Return whether the documents of the item, and their lateness, concern `by` at all."""
    return bool(by.roles & READ_MATERIALS.roles) or is_of_agency(item, by)


def materials_for(row: ItemMaterials, by: Actor) -> tuple[Material, ...]:
    """Return the documents that `by` may open, each in the latest version that concerns them (22, 26(4)).

    A version that `by` does not see hides nothing: the one before it is shown.
    """
    return tuple(each for each in row.latest(_seen(row, by)) if may_open(each, by))


def restricted_for(row: ItemMaterials, by: Actor) -> tuple[Material, ...]:
    """Return the documents of which `by` may only know that they exist."""
    return tuple(each for each in row.latest(_seen(row, by)) if not may_open(each, by))


def versions_for(row: ItemMaterials, by: Actor) -> tuple[Material, ...]:
    """Return every version that `by` may open, those that were replaced too."""
    return tuple(each for each in _seen(row, by) if may_open(each, by))


def may_open(material: Material, by: Actor) -> bool:
    """Return whether the restriction of a document, if it has one, lets `by` open it."""
    if not material.is_restricted or by.is_secretary or by.role == Role.HEAD or by.replaces_head:
        return True
    is_own = material.agency_id in by.organisation_ids
    return is_own or any(reader.user_id == by.person.pk for reader in material.readers.all())


def _seen(row: ItemMaterials, by: Actor) -> tuple[Material, ...]:
    """Return what concerns `by`: to keepers all, to an agency its own, to members what was dispatched.

    The agency that prepares the question reads those of the others as soon as nothing holds them back.
    """
    if by.roles & READ_DRAFTS.roles:
        return row.versions
    shown = set(row.sent) if by.roles & READ_MATERIALS.roles else set()
    if row.item.agency_id in by.organisation_ids:
        shown |= {each.pk for each in row.versions} - row.held_back
    return tuple(each for each in row.versions if each.agency_id in by.organisation_ids or each.pk in shown)


def notes_for(by: Actor) -> QuerySet[JustificationNote]:
    """Return the notes that `by` reads: keepers all, others what was agreed and what they asked for (18)."""
    notes = JustificationNote.objects.filter(staff=by.staff)
    if by.roles & READ_DRAFTS.roles:
        return notes
    return notes.filter(Q(state=NoteState.AGREED) | Q(request__author=by.person))


def questions_for(by: Actor) -> QuerySet[Question]:
    """Return the questions that `by` reads about: approved or agreed ones, and those of the own agency."""
    questions = Question.objects.filter(staff=by.staff)
    if by.roles & READ_DRAFTS.roles:
        return questions
    own = by.organisation_ids
    planned = PlanItem.objects.filter(Q(plan__state=PlanState.APPROVED) | Q(agency__in=own))
    approved = AgendaVersion.objects.filter(meeting=OuterRef("meeting"), state=AgendaState.APPROVED)
    shown = AgendaItem.objects.filter(Exists(approved) | Q(agency__in=own))
    agreed = notes_for(by)
    return questions.filter(
        Exists(planned.filter(question=OuterRef("pk")))
        | Exists(shown.filter(question=OuterRef("pk")))
        | Exists(agreed.filter(question=OuterRef("pk")))
    )


def life_for(life: QuestionLife, by: Actor) -> QuestionLife:
    """Return of a question's life what `by` reads; the documents only for who may read materials at all."""
    if by.roles & READ_DRAFTS.roles:
        return life
    notes = set(notes_for(by).filter(question=life.question).values_list("pk", flat=True))
    meetings = set(
        AgendaVersion.objects.filter(
            meeting__items__question=life.question, state=AgendaState.APPROVED
        ).values_list("meeting", flat=True)
    )
    return replace(
        life,
        rows=tuple(
            row
            for row in life.rows
            if row.plan.state == PlanState.APPROVED or row.agency_id in by.organisation_ids
        ),
        notes=tuple(note for note in life.notes if note.pk in notes),
        items=tuple(
            replace(each, ballot=each.ballot if may_see_votes(each.item, by) else None)
            for each in life.items
            if may_read(each.item, by, approved=each.item.meeting_id in meetings)
        ),
        materials=(),
    )
