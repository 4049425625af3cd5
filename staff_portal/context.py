"""What the frame of every page shows: the Staff, the sections, help, the portal's clock."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import kpi.permissions
import meetings.permissions
import protocols.permissions
from members.models import Absence
from members.permissions import (
    READ_ABSENCES,
    READ_COMPOSITION,
    READ_JOURNAL,
    READ_PEOPLE,
    READ_REGULATION,
    Actor,
)
from members.states import Language


class Section(NamedTuple):
    """One of the six words of the navigation; `current` is "page", "true" (inside it) or ""."""

    label: str
    url: str
    current: str


# Pages of half-year plans: they share the namespace of meetings.
PLAN_PAGES = ("meetings:plan", "meetings:propos", "meetings:note", "meetings:question", "meetings:request_")
# The word, the page it opens, and the pages below it: names and namespaces, the most particular first.
SECTIONS = (
    (_("My duties"), "home", ()),
    (_("Meetings"), "meetings:list", ("meeting", "meetings:", "protocols:")),
    (_("Plan"), "meetings:plans", PLAN_PAGES),
    (_("Decisions"), "protocols:decisions", ("protocols:decision",)),
    (_("Indicators"), "kpi:indicators", ("kpi:",)),
    (_("Help"), "rules", ()),
)
WITHOUT_STAFF = {"rules"}
# A section is shown to who may open it; the others are everybody's.
MAY_OPEN = {
    "meetings:list": meetings.permissions.READ,
    "meetings:plans": meetings.permissions.READ_PLANS,
    "protocols:decisions": protocols.permissions.READ_DECISIONS,
    "kpi:indicators": kpi.permissions.READ,
}
# What the Staff is and who is in it, in the order of the home page's block.
OF_STAFF = (
    (_("Composition of the Staff"), "members:composition", READ_COMPOSITION),
    (_("Parameters of the regulation"), "members:regulation", READ_REGULATION),
    (_("People and access"), "members:people", READ_PEOPLE),
    (_("Materials of my agency"), "meetings:materials", meetings.permissions.BRING),
    (_("Absences of the head"), "members:absences", READ_ABSENCES),
    (_("Journal of acts"), "journal", READ_JOURNAL),
)
NAMES = dict(Language.choices)


def owner_of(view_name: str) -> str:
    """Return the page name of the section that `view_name` belongs to; empty for none."""
    found = ""
    longest = 0
    for _label, page, below in SECTIONS:
        for start in (page, *below):
            if view_name.startswith(start) and len(start) > longest:
                found, longest = page, len(start)
    return found


def sections_of(request: HttpRequest) -> list[Section]:
    """Return the navigation of the request's Staff; empty on a page without one (sign-in, an error)."""
    staff = getattr(request, "staff", None)
    if staff is None:
        return []
    here = request.resolver_match.view_name if request.resolver_match else ""
    owner = owner_of(here)
    return [
        Section(
            label=str(label),
            url=reverse(page, kwargs={} if page in WITHOUT_STAFF else {"staff": staff.code}),
            current="page" if here == page else "true" if owner == page else "",
        )
        for label, page, _below in SECTIONS
        if page not in MAY_OPEN or MAY_OPEN[page].verdict(request.actor, staff.pk)  # type: ignore[attr-defined]
    ]


def other_language() -> dict[str, str]:
    """Return the code and the own name of the language that the switch offers."""
    code = Language.RUSSIAN if get_language() == Language.KAZAKH else Language.KAZAKH
    return {"code": str(code), "name": str(NAMES[code])}


def absence_replaced_by(request: HttpRequest) -> Absence | None:
    """Return the absence in which the person performs the duties of the head today, or None (25(3))."""
    actor = getattr(request, "actor", None)
    return actor.absence if actor is not None and actor.replaces_head else None


def journal_url(request: HttpRequest) -> str:
    """Return the address of the journal of the request's Staff; empty for who may not read it."""
    actor = getattr(request, "actor", None)
    if actor is None or not READ_JOURNAL.verdict(actor, actor.staff.pk):
        return ""
    return reverse("journal", kwargs={"staff": actor.staff.code})


def people_url(request: HttpRequest) -> str:
    """Return the address of people and access of the request's Staff; empty for who may not read it."""
    actor = getattr(request, "actor", None)
    if actor is None or not READ_PEOPLE.verdict(actor, actor.staff.pk):
        return ""
    return reverse("members:people", kwargs={"staff": actor.staff.code})


def pages_of_staff(by: Actor) -> list[Section]:
    """Return the pages about the Staff itself that `by` may open."""
    return [
        Section(label=str(label), url=reverse(page, kwargs={"staff": by.staff.code}), current="")
        for label, page, read in OF_STAFF
        if read.verdict(by, by.staff.pk)
    ]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what templates/base.html needs; cheap, and without a query of its own.

    `members.pages` sets `request.staff`, `request.seat` and `request.secretary` on pages of a Staff.
    """
    return {
        "staff": getattr(request, "staff", None),
        "people_url": people_url(request),
        "seat": getattr(request, "seat", None),
        "stands_in_for_head": absence_replaced_by(request),
        "secretary": getattr(request, "secretary", None),
        "journal_url": journal_url(request),
        "sections": SimpleLazyObject(lambda: sections_of(request)),
        "portal_now": timezone.localtime(),
        "other_language": other_language(),
        "demo": settings.DEMO,
    }
