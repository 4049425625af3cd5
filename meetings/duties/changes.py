"""What waits about changes of the plan: notes for the head, requests and agreed changes for the secretary."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.facts.changes import notes_with_all
from meetings.letters.changes import title_asked
from meetings.models import ChangeRequest, JustificationNote
from meetings.permissions import DECIDE_NOTE
from meetings.states import Change, NoteState, RequestState, State
from meetings.words_of_changes import change_sentence
from members.duties import Duty
from members.labels import local
from members.permissions import Actor, holders_on
from members.policies import has_powers_of_head
from members.states import Role

RUNNING = (State.REGISTRATION, State.OPEN)


def of_changes(actor: Actor, *, today: date) -> Iterator[Duty]:
    """Yield what `actor` has to do about changes of the plan on the local date `today`."""
    if actor.role in DECIDE_NOTE.roles and has_powers_of_head(actor):
        yield from _notes_to_decide(actor, today)
    if actor.is_secretary:
        yield from _requests(actor)
        yield from _to_carry_out(actor, today)


def _notes_to_decide(actor: Actor, today: date) -> Iterator[Duty]:
    """Yield the notes that wait: for the head, for a deputy only in his absence or while nobody is head."""
    stands_in = actor.role == Role.HEAD or actor.replaces_head
    if not stands_in and holders_on(actor.staff, today).filter(seat__role=Role.HEAD).exists():
        return
    waiting = JustificationNote.objects.filter(staff=actor.staff, state=NoteState.SUBMITTED)
    for note in notes_with_all(waiting.exclude(prepared_by=actor.person)):
        is_running = note.meeting is not None and note.meeting.state in RUNNING
        yield Duty(
            title=_("Decide on justification note No. %(number)s") % {"number": note.number},
            why=change_sentence(note),
            clause="18",
            url=note.get_absolute_url(),
            act=_("Decide"),
            state="now" if is_running else "soon",
            note=note.prepared_by.name,
        )


def _requests(actor: Actor) -> Iterator[Duty]:
    asked = ChangeRequest.objects.filter(plan__staff=actor.staff, state=RequestState.OPEN)
    for request in asked.select_related("author", "plan_item__question", "plan").order_by("made_at", "pk"):
        yield Duty(
            title=_("A member asks for a change of the plan: «%(question)s»")
            % {"question": title_asked(request)},
            why=_("Only a deputy head or the working body prepares the note; answer the member"),
            clause="18",
            url=reverse("meetings:request_take", args=[actor.staff.code, request.pk]),
            act=_("Answer"),
            note=request.author.name,
        )


def _to_carry_out(actor: Actor, today: date) -> Iterator[Duty]:
    """Yield the agreed added questions that stand on no agenda yet, while their month is not over."""
    agreed = JustificationNote.objects.filter(
        staff=actor.staff, state=NoteState.AGREED, kind=Change.ADD, question__items__isnull=True
    )
    for note in notes_with_all(agreed):
        if (note.to_year or 0, note.to_month or 0) >= (today.year, today.month):
            yield Duty(
                title=_("Put the added question on an agenda: «%(question)s»")
                % {"question": local(note.question, "title")},
                why=change_sentence(note),
                clause="18",
                url=note.get_absolute_url(),
                act=_("See the note"),
            )
