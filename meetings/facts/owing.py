from collections.abc import Collection
from datetime import date

from django.db.models import Q

from meetings.facts.materials import ItemMaterials, materials_of
from meetings.facts.terms import Terms, terms_of
from meetings.models import AgendaItem
from meetings.states import State
from members.models import Staff
from members.models.calendar import CalendarDay


def items_of_agencies(
    staff: Staff, organisation_ids: Collection[int], *, today: date
) -> list[tuple[ItemMaterials, Terms]]:
    """Return the questions of planned meetings for which these organisations bring documents (clause 22).

    The nearest meeting first, each with its terms, in a fixed number of queries.
    """
    own = Q(owed__agency__in=organisation_ids) | Q(materials__agency__in=organisation_ids)
    items = AgendaItem.objects.filter(
        own | Q(agency__in=organisation_ids), meeting__staff=staff, meeting__state=State.PLANNED
    )
    items = AgendaItem.objects.filter(pk__in=items.values("pk")).for_agenda()
    calendar = CalendarDay.objects.work_calendar()
    rows = []
    for item in items.select_related(
        "question", "agency", "plan_item__plan", "note", "meeting__staff", "meeting__regulation"
    ).order_by("meeting__day", "meeting", "order"):
        terms = terms_of(item.meeting, calendar)
        rows.append((materials_of(item, terms.materials_due, today=today), terms))
    return rows
