"""Questions that are added, moved or removed while the meeting goes on (clause 18)."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, permissions, policies
from meetings.forms import AddedDraftForm, QuickChangeForm, QuickNoteForm
from meetings.forms.points import PointForm, formset_of, initial_of
from meetings.models import AgendaItem, Meeting
from meetings.points import PointText
from meetings.views.pages import item_of, meeting_of, tried
from members.pages import staff_page
from members.permissions import Actor


@staff_page(permissions.PREPARE_NOTE)
def question(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Write the note on the spot: to add a question, or to take off that of `?item=`; the head decides."""
    meeting = meeting_of(actor, key)
    item = _item_named(request, meeting)
    form: QuickNoteForm | QuickChangeForm
    if item is None:
        form = QuickNoteForm(request.POST or None, staff=actor.staff)
    else:
        form = QuickChangeForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        about = {"plan_item": item.plan_item, "question": item.question} if item else {}
        data = form.fields_of_note() | about
        note = tried(form, lambda: actions.propose_at_meeting(meeting, by=actor, now=timezone.now(), **data))
        if note is not None:
            messages.success(request, _("The note is with the head. You will be told of the decision."))
            return redirect(note)
    elif request.method != "POST":
        policies.is_going_on(meeting).or_raise()
    context = {"form": form, "meeting": meeting, "item": item}
    return render(request, "meetings/notes/quick.html", context, status=422 if form.errors else 200)


def _item_named(request: HttpRequest, meeting: Meeting) -> AgendaItem | None:
    """Return the item that the address names, or None; Http404 for a number that is not on the agenda."""
    order = request.GET.get("item", "")
    if not order:
        return None
    if not re.fullmatch(r"[0-9]{1,3}", order):
        raise Http404
    return item_of(meeting, int(order))


@staff_page(permissions.CONDUCT)
def draft(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Write the draft decision of a question added at the meeting, before its vote."""
    meeting = meeting_of(actor, key)
    row = item_of(meeting, order)
    if row.note is None:
        raise Http404
    policies.may_write_added_draft(meeting, row, has_ballot=row.ballots.exists()).or_raise()
    data = request.POST if request.method == "POST" else None
    form = AddedDraftForm(data, instance=row)
    saved = initial_of(row.points.all())
    points = formset_of(PointForm)(data, initial=saved, form_kwargs={"staff": actor.staff}, prefix="points")
    if request.method == "POST" and form.is_valid() and points.is_valid():
        texts = [PointText(**text) for text in points.written()]
        now, fields = timezone.now(), form.cleaned_data
        current = item_of(meeting, order)
        done = tried(
            form, lambda: actions.write_added_draft(current, points=texts, by=actor, now=now, **fields)
        )
        if done is not None:
            messages.success(request, _("The draft decision is written. It can be put to the vote."))
            return redirect(meeting.address("meetings:live"))
    forms = [form, *points.forms]
    context = {"form": form, "meeting": meeting, "item": row, "points": points, "forms": forms}
    is_refused = data is not None
    return render(request, "meetings/notes/draft.html", context, status=422 if is_refused else 200)
