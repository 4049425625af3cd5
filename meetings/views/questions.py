"""The questions of the Staff, and the life of each over plans and meetings."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from meetings import permissions, sight
from meetings.facts.questions import life_of, state_of, with_life
from meetings.models import Question
from meetings.states import Treatment
from members.pages import staff_page
from members.permissions import Actor

QUESTIONS_A_PAGE = 30
LONGEST_SEARCH = 200


@staff_page(permissions.READ_QUESTIONS)
def questions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All questions that concern the actor, with where each stands; found by words of the title."""
    words = request.GET.get("words", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    state = request.GET.get("state", "")
    # Not by the database: SQLite tells capital and small letters apart in Kazakh and Russian.
    found = [each for each in with_life(sight.questions_for(actor)) if _is_named(each, words)]
    rows = [(question, Treatment(state_of(question))) for question in found]
    if state in Treatment.values:
        rows = [row for row in rows if row[1] == state]
    context = {
        "page": Paginator(rows, QUESTIONS_A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "state": state,
        "states": Treatment.choices,
    }
    return render(request, "meetings/questions/list.html", context)


def _is_named(question: Question, words: str) -> bool:
    titles = question.title_kk.casefold(), question.title_ru.casefold()
    return all(any(word in title for title in titles) for word in words.casefold().split())


@staff_page(permissions.READ_QUESTIONS)
def question(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One question: planned where, moved, on which agendas, the outcome, what was brought for it."""
    found = get_object_or_404(with_life(sight.questions_for(actor)), pk=pk)
    life = sight.life_for(life_of(found), actor)
    context = {
        "question": found,
        "life": life,
        "state": Treatment(life.state),
        "may_prepare_note": bool(permissions.PREPARE_NOTE.verdict(actor, actor.staff.pk)),
    }
    return render(request, "meetings/questions/detail.html", context)
