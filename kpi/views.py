from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kpi import permissions
from kpi.indicators import INDICATORS, Indicator, Part
from kpi.labels import DIRECTIONS, KINDS
from members.pages import StaffRequest, staff_page
from members.permissions import Actor


class Card(NamedTuple):
    """An indicator with the words of its codes; `directions` groups the parts of a set by direction."""

    indicator: Indicator
    kind: object
    direction: object
    directions: list[tuple[object, list[Part]]]


@staff_page(permissions.READ)
def indicators(request: StaffRequest, _actor: Actor) -> HttpResponse:
    """Show what each of the twelve indicators counts, and in which direction it is better."""
    year = timezone.localdate().year
    context = {"cards": [card_of(each) for each in INDICATORS], "year": year, "year_before": year - 1}
    return render(request, "kpi/indicators.html", context)


def card_of(indicator: Indicator) -> Card:
    """Return the card of an indicator; only a set of parts with directions of their own has groups."""
    groups = {code: [part for part in indicator.parts if part.better == code] for code in DIRECTIONS}
    is_set = indicator.better == "per_part"
    return Card(
        indicator,
        KINDS[indicator.kind],
        DIRECTIONS[indicator.better],
        [(DIRECTIONS[code], parts) for code, parts in groups.items() if parts and is_set],
    )
