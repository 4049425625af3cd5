"""Words of plans and their changes for templates."""

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from meetings import labels, words_of_changes
from meetings.models import Ballot, JustificationNote, WorkPlan
from meetings.permissions import PREPARE_NOTE, REQUEST_CHANGE
from members.permissions import Actor

register = template.Library()


@register.filter
def change_page(actor: Actor) -> str:
    """Return where `actor` begins a change of the plan: a note, a request to the working body, or nowhere."""
    if actor.role in PREPARE_NOTE.roles:
        return reverse("meetings:note_new", args=[actor.staff.code])
    return (
        reverse("meetings:request_new", args=[actor.staff.code]) if actor.role in REQUEST_CHANGE.roles else ""
    )


@register.filter
def plan_half(plan: WorkPlan) -> str:
    """Return «2026 жылғы екінші жартыжылдық» or «второе полугодие 2026 года»."""
    return words_of_changes.half_year(plan, get_language())


@register.filter
def plan_month(year: int, month: int) -> str:
    """Return «2026 жылғы желтоқсан» or «декабрь 2026 года»."""
    return words_of_changes.month_of(year, month, get_language())


@register.filter
def month_to(note: JustificationNote) -> str:
    """Return the month to which a note takes its question; empty for a removal."""
    return words_of_changes.month_to(note)


@register.filter
def outcome_words(ballot: Ballot) -> str:
    """Return the outcome of a closed vote as one sentence."""
    return labels.outcome_sentence(ballot)
