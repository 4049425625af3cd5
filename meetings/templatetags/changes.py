"""Words of plans and their changes for templates."""

from django import template
from django.utils.translation import get_language

from meetings import labels, words_of_changes
from meetings.models import Ballot, JustificationNote, WorkPlan

register = template.Library()


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
