from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.facts import ItemMaterials, Terms
from meetings.labels import meeting_title
from meetings.models import AgendaItem
from members.days import short_day


def material_owed(item: AgendaItem, terms: Terms) -> tuple[str, str]:
    facts = {
        "meeting": meeting_title(item.meeting),
        "order": item.order,
        "due": short_day(terms.materials_due, get_language()),
    }
    return (
        _("The material for question %(order)s is due by %(due)s. %(meeting)s") % facts,
        _("Question %(order)s has no material yet. It is due by %(due)s inclusive (clause 22).") % facts,
    )


def material_late(item: AgendaItem, terms: Terms) -> tuple[str, str]:
    facts = {
        "meeting": meeting_title(item.meeting),
        "order": item.order,
        "due": short_day(terms.materials_due, get_language()),
    }
    return (
        _("The material for question %(order)s is late. %(meeting)s") % facts,
        _(
            "It was due by %(due)s (clause 22). It can still be brought in: it will be marked late, "
            "and the head decides whether it is admitted."
        )
        % facts,
    )


def material_held(row: ItemMaterials) -> tuple[str, str]:
    facts = {
        "meeting": meeting_title(row.item.meeting),
        "order": row.item.order,
        "days": row.days_late,
    }
    return (
        _("A late material came for question %(order)s. %(meeting)s") % facts,
        _("Days late: %(days)s. It goes to nobody until the head decides whether it is admitted (clause 22).")
        % facts,
    )
