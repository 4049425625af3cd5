"""What every page about a meeting fetches first, and how it tries an act."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from meetings import labels
from meetings.models import AgendaItem, Ballot, Meeting
from members.permissions import Actor
from regulation.verdicts import Refused


def meeting_of(actor: Actor, key: str) -> Meeting:
    """Return the meeting of the actor's own Staff known as `key`, or raise Http404."""
    meetings = Meeting.objects.select_related("staff", "regulation", "chair")
    try:
        return meetings.at(actor.staff, key)
    except Meeting.DoesNotExist:
        raise Http404 from None


def item_of(meeting: Meeting, order: int) -> AgendaItem:
    """Return the item of the meeting with that number, or raise Http404."""
    item = meeting.items.for_agenda().filter(order=order).first()
    if item is None:
        raise Http404
    item.meeting = meeting
    return item


def ballot_at(meeting: Meeting, order: int) -> Ballot:
    """Return the latest vote on the item with that number, or raise Http404."""
    ballots = Ballot.objects.select_related("item__question", "meeting__staff", "meeting__regulation")
    ballot = ballots.filter(meeting=meeting, item__order=order).order_by("-pk").first()
    if ballot is None:
        raise Http404
    return ballot


def tried(form: BaseForm, act: Callable[[], Any]) -> Any:
    """Return what `act()` returns, or None after a refusal, which then stands in the form: nothing is lost.

    Raises Refused for what the meetings have no sentence of (another role, another Staff).
    """
    try:
        return act()
    except Refused as refusal:
        if refusal.verdict.reason not in labels.REASONS:
            raise
        form.add_error(None, labels.refusal(refusal.verdict))
        return None


def act_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Lead a GET of an act's address (a link after signing in again) to the page of the meeting."""

    @wraps(view)
    def page(request: HttpRequest, staff: str, key: str, **rest: Any) -> HttpResponseBase:
        if request.method != "POST":
            return redirect("meeting", staff=staff, key=key)
        return view(request, staff=staff, key=key, **rest)

    return page
