from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.facts import ItemMaterials, Terms
from meetings.labels import meeting_title
from meetings.models import AgendaItem, Material, OwedMaterial
from members.days import short_day
from members.labels import local


def material_owed(item: AgendaItem, owed: Iterable[OwedMaterial], terms: Terms) -> tuple[str, str]:
    """Remind who brings them of the documents `owed` for the item."""
    facts = {
        "meeting": meeting_title(item.meeting),
        "order": item.order,
        "due": short_day(terms.materials_due, get_language()),
        "documents": _named(owed),
    }
    return (
        _("The material for question %(order)s is due by %(due)s. %(meeting)s") % facts,
        _("Awaited for question %(order)s: %(documents)s. The last day is %(due)s (clause 22).") % facts,
    )


def material_late(item: AgendaItem, owed: Iterable[OwedMaterial], terms: Terms) -> tuple[str, str]:
    """Tell that the documents `owed` are late and what becomes of them (parameter `late_materials`)."""
    facts = {
        "meeting": meeting_title(item.meeting),
        "order": item.order,
        "due": short_day(terms.materials_due, get_language()),
        "documents": _named(owed),
    }
    text = _("Not received: %(documents)s. The last day was %(due)s (clause 22).") % facts
    still = (
        _(
            "They can still be brought in: they will be marked late, and the head decides whether they are "
            "admitted."
        )
        if item.meeting.procedure.late_materials == "hold"
        else _("They can still be brought in and will be marked late.")
    )
    return _("The material for question %(order)s is late. %(meeting)s") % facts, f"{text} {still}"


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


def _named(owed: Iterable[OwedMaterial]) -> str:
    return ", ".join(f"«{local(row, 'title')}»" for row in owed)


def material_brought(material: Material, item: AgendaItem, days: int) -> tuple[str, str]:
    facts = {
        "meeting": meeting_title(item.meeting),
        "order": item.order,
        "agency": local(material.agency, "name"),
        "version": material.version,
        "days": days,
    }
    if not days:
        what = _("From: %(agency)s. Version: %(version)s. It came in time (clause 22).")
    elif item.meeting.procedure.late_materials == "hold":
        what = _(
            "From: %(agency)s. Version: %(version)s. Days late: %(days)s; the head decides on it (clause 22)."
        )
    else:
        what = _("From: %(agency)s. Version: %(version)s. Days late: %(days)s (clause 22).")
    return _("A material came for question %(order)s. %(meeting)s") % facts, what % facts
