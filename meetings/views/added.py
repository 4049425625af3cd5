"""A question that is added while the meeting goes on (clause 18)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, permissions, policies
from meetings.forms import AddedDraftForm, QuickNoteForm
from meetings.forms.points import PointForm, formset_of, initial_of
from meetings.points import PointText
from meetings.views.pages import item_of, meeting_of, tried
from members.pages import staff_page
from members.permissions import Actor


@staff_page(permissions.CONDUCT)
def question(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Write the note on the spot; the head agrees on his own page."""
    meeting = meeting_of(actor, key)
    form = QuickNoteForm(request.POST or None, staff=actor.staff)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        note = tried(form, lambda: actions.propose_at_meeting(meeting, by=actor, now=timezone.now(), **data))
        if note is not None:
            messages.success(request, _("The note is with the head. Agreed, the question stands last."))
            return redirect(note)
    elif request.method != "POST":
        policies.is_going_on(meeting).or_raise()
    context = {"form": form, "meeting": meeting}
    return render(request, "meetings/notes/quick.html", context, status=422 if form.errors else 200)


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
    return render(request, "meetings/notes/draft.html", context)
