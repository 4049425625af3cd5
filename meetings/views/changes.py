"""Justification notes: the register, one note on the page and on paper, preparing and deciding (18)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings import actions, note_paper, permissions, policies, sight
from meetings.facts.changes import notes_with_all
from meetings.forms import DecideNoteForm, NoteForm
from meetings.models import ChangeRequest, JustificationNote
from meetings.states import RequestState
from meetings.views.pages import sentence_of, tried
from members.pages import staff_page
from members.permissions import Actor
from members.policies import has_powers_of_head, needs_ground
from regulation.verdicts import all_of

NOTES_A_PAGE = 30


@staff_page(permissions.READ_NOTES)
def notes(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The register of notes, and the requests of members to the working body."""
    found = notes_with_all(sight.notes_for(actor))
    asked = ChangeRequest.objects.filter(plan__staff=actor.staff).select_related(
        "plan", "plan_item__question", "author", "note__staff"
    )
    if not actor.roles & permissions.READ_DRAFTS.roles:
        asked = asked.filter(author=actor.person)
    context = {
        "page": Paginator(found, NOTES_A_PAGE).get_page(request.GET.get("page")),
        "requests": asked,
        "may_answer": actor.is_secretary,
        "open_request": RequestState.OPEN,
        "may_prepare": bool(permissions.PREPARE_NOTE.verdict(actor, actor.staff.pk)),
        "may_request": bool(permissions.REQUEST_CHANGE.verdict(actor, actor.staff.pk)),
    }
    return render(request, "meetings/notes/list.html", context)


def note_at(actor: Actor, key: str) -> JustificationNote:
    """Return the note "5-2026" among those that the actor sees, or raise Http404."""
    number, year = key.split("-")
    found = notes_with_all(sight.notes_for(actor)).filter(number=number, year=year).first()
    if found is None:
        raise Http404
    return found


@staff_page(permissions.READ_NOTES)
def note(request: HttpRequest, actor: Actor, note: str) -> HttpResponse:
    """One note: what is proposed, why, and the head's decision."""
    return render(request, "meetings/notes/detail.html", _context(actor, note_at(actor, note)))


def _context(actor: Actor, found: JustificationNote) -> dict[str, Any]:
    verdict = all_of(
        policies.is_note_undecided(found), policies.decides_note(found, actor), has_powers_of_head(actor)
    )
    is_decider = actor.role in permissions.DECIDE_NOTE.roles and bool(policies.is_note_undecided(found))
    may_prepare = bool(permissions.PREPARE_NOTE.verdict(actor, actor.staff.pk))
    return {
        "note": found,
        "paper": note_paper.paper(found, get_language()),
        "may_decide": is_decider and bool(verdict),
        "why_not_decide": sentence_of(verdict) if is_decider and not verdict else "",
        "may_withdraw": may_prepare and bool(policies.may_withdraw_note(found, actor)),
        "decide_form": DecideNoteForm(required=needs_ground(actor)),
    }


@staff_page(permissions.READ_NOTES)
def note_pdf(request: HttpRequest, actor: Actor, note: str) -> HttpResponse:
    """The note as a document (T7) in the language of the page, or in that of `?language=`."""
    found = note_at(actor, note)
    language = request.GET.get("language") or get_language()
    response = HttpResponse(
        note_paper.document(found, language, now=timezone.localtime()), content_type="application/pdf"
    )
    name = f"{actor.staff.code}-note-{found.number}-{found.year}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@staff_page(permissions.PREPARE_NOTE)
def note_new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Prepare a note for the head."""
    start = {"kind": request.GET.get("kind"), "plan_item": request.GET.get("row")}
    start["question"] = request.GET.get("question")
    form = NoteForm(request.POST or None, initial=start, staff=actor.staff, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        made = tried(
            form, lambda: actions.prepare_note(by=actor, now=timezone.now(), **form.fields_of_note())
        )
        if made is not None:
            messages.success(request, _("The note is with the head. You will be told of the decision."))
            return redirect(made)
    return render(request, "meetings/notes/form.html", {"form": form}, status=422 if form.errors else 200)


@staff_page(permissions.DECIDE_NOTE)
def note_decide(request: HttpRequest, actor: Actor, note: str) -> HttpResponse:
    """Agree or refuse, with a reason."""
    found = note_at(actor, note)
    if request.method != "POST":
        return redirect(found)
    form = DecideNoteForm(request.POST, required=needs_ground(actor))
    agree = "agree" in request.POST
    if agree == ("refuse" in request.POST):
        form.add_error(None, _("Press one of the buttons: agree, or do not agree."))
    if form.is_valid():
        decided = tried(
            form,
            lambda: actions.decide_note(
                found, agree=agree, by=actor, now=timezone.now(), **form.cleaned_data
            ),
        )
        if decided is not None:
            words = _("You agreed. The change is made, the members are told.")
            messages.success(request, words if agree else _("You did not agree. The preparer is told."))
            return redirect(found)
    context = _context(actor, note_at(actor, note)) | {"decide_form": form, "form": form}
    return render(request, "meetings/notes/detail.html", context, status=422)


@staff_page(permissions.PREPARE_NOTE)
def note_withdraw(request: HttpRequest, actor: Actor, note: str) -> HttpResponse:
    """Take a note back before the head has decided."""
    found = note_at(actor, note)
    if request.method == "POST":
        actions.withdraw_note(found, by=actor, now=timezone.now())
        messages.success(request, _("The note is taken back. Its number stays."))
    return redirect(found)
