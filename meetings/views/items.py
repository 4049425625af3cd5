"""Questions of the draft agenda: put on, changed, placed, taken off (clause 22)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, permissions, policies
from meetings.facts.agenda import invited_for_alone
from meetings.forms import ItemForm
from meetings.forms.points import DraftPointForm, formset_of, initial_of
from meetings.labels import refusal
from meetings.locks import submitted_version
from meetings.models import AgendaItem, Meeting
from meetings.points import PointText
from meetings.views.pages import act_only, item_of, meeting_of, tried
from members.pages import staff_page
from members.permissions import Actor
from regulation.verdicts import Refused, refused

FARTHEST = 999


def _editable_meeting(actor: Actor, key: str) -> Meeting:
    """Return a meeting whose agenda may be edited now; else the page says why before anything is typed."""
    meeting = meeting_of(actor, key)
    policies.may_edit_agenda(meeting, submitted_version(meeting)).or_raise()
    return meeting


def _same_item(request: HttpRequest, meeting: Meeting, order: int) -> AgendaItem:
    """Return the item of the address; Refused when the form was opened for another one at that place."""
    row = item_of(meeting, order)
    if request.method == "POST" and request.POST.get("item") != str(row.pk):
        raise Refused(refused("item_moved_meanwhile", "22"))
    return row


@staff_page(permissions.PREPARE)
def item_new(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Put a question on the draft agenda."""
    meeting = meeting_of(actor, key)
    if "more" in request.POST:
        return _one_more(request, meeting, _points(request, actor))
    form, points = ItemForm(request.POST or None, staff=actor.staff), _points(request, actor)
    if request.method == "POST" and form.is_valid() and points.is_valid():
        data = form.cleaned_data | {"points": [PointText(**row) for row in points.said()]}
        del data["version"]
        added = tried(form, lambda: actions.add_item(meeting, by=actor, now=timezone.now(), **data))
        if added is not None:
            messages.success(request, _("The question is on the agenda. Attach its material."))
            return redirect(added)
    else:
        _editable_meeting(actor, key)
    return _page(request, meeting, form, points)


@staff_page(permissions.PREPARE)
def item_edit(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Change a question; who changed it meanwhile is not written over, and nothing typed is lost."""
    meeting = meeting_of(actor, key)
    row = _same_item(request, meeting, order)
    points = _points(request, actor, row)
    if "more" in request.POST:
        return _one_more(request, meeting, points, row)
    form = ItemForm(request.POST or None, instance=item_of(meeting, order), staff=actor.staff)
    if request.method == "POST" and form.is_valid() and points.is_valid():
        data = form.cleaned_data | {"points": [PointText(**point) for point in points.said()]}
        if data["version"] != row.version:
            return _conflict(request, actor, row, points)
        if tried(form, lambda: actions.edit_item(row, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("Saved."))
            return redirect(meeting.address("meetings:agenda"))
    else:
        _editable_meeting(actor, key)
    return _page(request, meeting, form, points, item=row)


def _points(request: HttpRequest, actor: Actor, row: AgendaItem | None = None) -> Any:
    """Return the formset of the points of the draft decision."""
    saved = initial_of(row.points.all()) if row else []
    data = request.POST if request.method == "POST" else None
    known: dict[str, Any] = {"initial": saved, "form_kwargs": {"staff": actor.staff}, "prefix": "points"}
    return formset_of(DraftPointForm)(data, **known)


def _one_more(
    request: HttpRequest, meeting: Meeting, points: Any, row: AgendaItem | None = None
) -> HttpResponse:
    """The same form with everything that was typed and one more empty point; nothing is judged yet."""
    form = ItemForm(initial=request.POST.dict(), instance=row, staff=meeting.staff)
    return _page(request, meeting, form, points.with_one_more(), item=row)


def _conflict(request: HttpRequest, actor: Actor, row: AgendaItem, points: Any) -> HttpResponse:
    """What was typed, now knowingly to be written over the text that is shown beside it."""
    data = request.POST.copy()
    data["version"] = str(row.version)
    form = ItemForm(data, instance=item_of(row.meeting, row.order), staff=actor.staff)
    said = refusal(refused("item_edited_meanwhile", "22", order=row.order))
    return _page(request, row.meeting, form, points, item=row, conflict=said, status=409)


def _page(
    request: HttpRequest, meeting: Meeting, form: ItemForm, points: Any, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"meeting": meeting, "form": form, "points": points, "forms": points.forms} | more
    return render(request, "meetings/item_form.html", context, status=status)


@act_only
@staff_page(permissions.PREPARE)
def item_move(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Move a question to another place: the next one by a button, any by dragging."""
    meeting = meeting_of(actor, key)
    row = _same_item(request, meeting, order)
    actions.place_item(row, to=_place(request, row), by=actor, now=timezone.now())
    return redirect(meeting.address("meetings:agenda"))


def _place(request: HttpRequest, row: AgendaItem) -> int:
    """Return the place that was asked for; where it is no number, the item stays."""
    asked = request.POST.get("to", "")
    return min(int(asked), FARTHEST) if asked.isascii() and asked.isdecimal() else row.order


@staff_page(permissions.PREPARE)
def item_remove(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Take a question off the draft agenda, after asking."""
    meeting = _editable_meeting(actor, key)
    row = _same_item(request, meeting, order)
    if request.method == "POST":
        actions.remove_item(row, by=actor, now=timezone.now())
        messages.success(request, _("The question is off the agenda; it stays among the questions."))
        return redirect(meeting.address("meetings:agenda"))
    context = {"meeting": meeting, "item": row, "people": invited_for_alone(row)}
    return render(request, "meetings/item_remove.html", context)
