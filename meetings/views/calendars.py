from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from meetings import actions, calendar, permissions, sight
from meetings.models import CalendarFeed
from members.pages import staff_page
from members.permissions import Actor, actor_in

CALENDAR = "text/calendar; charset=utf-8"
# Older meetings are in the portal; a calendar need not carry them for ever.
KEPT = timedelta(days=366)


@staff_page(permissions.READ)
def addresses(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The own calendar address: make it, renew it, end it; the address itself is shown once."""
    return render(request, "meetings/calendar.html", _context(actor))


@staff_page(permissions.READ)
def renew(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Make a calendar address; the former one opens nothing any more."""
    if request.method != "POST":
        return redirect("meetings:calendar", staff=actor.staff.code)
    token = actions.renew_feed(by=actor, now=timezone.now())
    address = settings.PORTAL_URL + reverse("calendar", kwargs={"feed": token})
    return render(request, "meetings/calendar.html", _context(actor) | {"address": address})


@staff_page(permissions.READ)
def revoke(request: HttpRequest, actor: Actor) -> HttpResponse:
    """End the own calendar address."""
    if request.method == "POST":
        actions.revoke_feed(by=actor, now=timezone.now())
    return redirect("meetings:calendar", staff=actor.staff.code)


def _context(actor: Actor) -> dict[str, object]:
    feeds = CalendarFeed.objects.filter(staff=actor.staff, user=actor.person, revoked_at=None)
    return {
        "feed": feeds.first(),
        "public": settings.PORTAL_URL + reverse("open_calendar", kwargs={"public": actor.staff.code}),
    }


def personal(request: HttpRequest, feed: str) -> HttpResponse:
    """The meetings that the owner of the address sees at this moment; who lost the seat sees none (404)."""
    now = timezone.now()
    found = actions.feed_of(feed, now=now)
    today = timezone.localdate(now)
    actor = actor_in(found.staff, found.user, today=today) if found else None
    if found is None or actor is None or not permissions.READ.verdict(actor, found.staff_id):
        raise Http404
    meetings = sight.meetings_for(actor).filter(day__gte=today - KEPT).order_by("day", "starts_at", "pk")
    rows = meetings.select_related("staff").prefetch_related("items")
    response = HttpResponse(calendar.feed(found.staff, rows, found.user.language, now), content_type=CALENDAR)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
