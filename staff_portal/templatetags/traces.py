"""The small line under a page: the journal and the history of what it shows."""

from typing import Any

from django import template
from django.db.models import Model
from django.template import Context

from members.permissions import READ_JOURNAL
from staff_portal import history, objects

register = template.Library()


@register.inclusion_tag("parts/_traces.html", takes_context=True)
def traces(context: Context, thing: Model, journal_of: Model | None = None) -> dict[str, Any]:
    """Link to the history of `thing` and to its journal, or that of `journal_of`, where one may open them."""
    actor = context["request"].actor
    may_read = READ_JOURNAL.verdict(actor, actor.staff.pk)
    return {
        "history": history.address_of(thing, actor),
        "journal": objects.journal_of(journal_of or thing, actor.staff) if may_read else "",
    }
