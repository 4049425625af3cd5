"""What of the meetings a person sees; the pages and the home page ask here, and nowhere else."""

from dataclasses import replace

from django.db.models import Exists, OuterRef, Q, QuerySet

from meetings.facts import ItemMaterials
from meetings.facts.questions import QuestionLife
from meetings.models import (
    AgendaItem,
    AgendaVersion,
    Invitee,
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

    An invited person sees those whose approved list carries the own e-mail (clause 21), nothing before.
    """
    meetings = Meeting.objects.filter(staff=by.staff)
    if by.roles & READ_AGENDA.roles:
        return meetings
    if INVITED not in by.roles:
        return meetings.none()
    on_the_list = Invitee.objects.filter(meeting=OuterRef("pk"), email__iexact=by.person.email)
    approved = AgendaVersion.objects.filter(meeting=OuterRef("pk"), state=AgendaState.APPROVED)
    return meetings.filter(Exists(on_the_list), Exists(approved))


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


def materials_for(row: ItemMaterials, by: Actor, *, sent: bool) -> tuple[Material, ...]:
    """Return the documents that `by` may open, each in the latest version that concerns them (22, 26(4)).

    What was sent, less what is held back and what is restricted for `by`. A version that `by` does not see
    hides nothing: the one before it is shown.
    """
    return tuple(each for each in row.latest(_seen(row, by, sent=sent)) if may_open(each, by))


def restricted_for(row: ItemMaterials, by: Actor, *, sent: bool) -> tuple[Material, ...]:
    """Return the documents of which `by` may only know that they exist."""
    return tuple(each for each in row.latest(_seen(row, by, sent=sent)) if not may_open(each, by))


def versions_for(row: ItemMaterials, by: Actor, *, sent: bool) -> tuple[Material, ...]:
    """Return every version that `by` may open, those that were replaced too."""
    return tuple(each for each in _seen(row, by, sent=sent) if may_open(each, by))


def may_open(material: Material, by: Actor) -> bool:
    """Return whether the restriction of a document, if it has one, lets `by` open it."""
    if not material.is_restricted or by.is_secretary or by.role == Role.HEAD or by.replaces_head:
        return True
    is_own = material.agency_id in by.organisation_ids
    return is_own or any(reader.user_id == by.person.pk for reader in material.readers.all())


def _seen(row: ItemMaterials, by: Actor, *, sent: bool) -> tuple[Material, ...]:
    if by.roles & READ_DRAFTS.roles:
        return row.versions
    prepares = row.item.agency_id in by.organisation_ids
    may_others = prepares or (sent and bool(by.roles & READ_MATERIALS.roles))
    return tuple(
        each
        for each in row.versions
        if each.agency_id in by.organisation_ids or (may_others and each.pk not in row.held_back)
    )


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
