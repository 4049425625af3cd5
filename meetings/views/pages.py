"""What every page about a meeting fetches first, and how it tries an act."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from meetings import labels, sight
from meetings.models import AgendaItem, Ballot, Meeting
from meetings.reasons import REASONS
from members import labels as members_labels
from members.permissions import Actor
from regulation.verdicts import Refused, Verdict

# A page of its own says why the person may not; everything else stands beside the form.
ABOUT_THE_PERSON = ("other_staff", "not_your_role", "other_agency")


def meeting_of(actor: Actor, key: str) -> Meeting:
    """Return the meeting known as `key` among those that the actor sees, or raise Http404."""
    meetings = sight.meetings_for(actor).select_related("staff", "regulation", "chair")
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


def sentence_of(verdict: Verdict) -> str:
    """Return why something about a meeting is refused, in this app's words or in those all apps share."""
    book = labels if verdict.reason in REASONS else members_labels
    return str(book.refusal(verdict))


def tried(form: BaseForm, act: Callable[[], Any]) -> Any:
    """Return what `act()` returns, or None after a refusal, which then stands in the form: nothing is lost.

    Raises Refused for who may not at all (another role, another Staff).
    """
    try:
        return act()
    except Refused as refusal:
        if refusal.verdict.reason in ABOUT_THE_PERSON:
            raise
        form.add_error(None, sentence_of(refusal.verdict))
        return None


def act_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Lead a GET of an act's address (a link after signing in again) to the page of the meeting."""

    @wraps(view)
    def page(request: HttpRequest, staff: str, key: str, **rest: Any) -> HttpResponseBase:
        if request.method != "POST":
            return redirect("meeting", staff=staff, key=key)
        return view(request, staff=staff, key=key, **rest)

    return page
