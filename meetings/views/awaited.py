"""Awaited documents of a question: named, changed and taken off by the secretary (clause 22)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, permissions
from meetings.forms import OwedForm
from meetings.models import Meeting, OwedMaterial
from meetings.views.agenda import item_context
from meetings.views.pages import act_only, item_of, meeting_of, tried
from members.pages import staff_page
from members.permissions import Actor


@act_only
@staff_page(permissions.PREPARE)
def new(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Name a document that an agency brings for a question."""
    meeting = meeting_of(actor, key)
    item = item_of(meeting, order)
    form = OwedForm(request.POST, staff=actor.staff, prefix="owed")
    if form.is_valid():
        data = form.cleaned_data
        if tried(form, lambda: actions.await_material(item, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("The document is on the list of the awaited."))
            return redirect(item)
    context = item_context(actor, meeting, order) | {"owed_form": form, "form": form}
    return render(request, "meetings/item.html", context, status=422)


@staff_page(permissions.PREPARE)
def edit(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    """Change an awaited document."""
    meeting = meeting_of(actor, key)
    owed = _owed(meeting, pk)
    form = OwedForm(request.POST or None, instance=_owed(meeting, pk), staff=actor.staff)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if tried(form, lambda: actions.change_awaited(owed, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("Saved."))
            return redirect(meeting.address("meetings:item", order=owed.item.order))
        if data["version"] != owed.version:
            # The sentence says what stands there now: saved once more, it is written over knowingly.
            form.data = request.POST.copy()
            form.data["version"] = str(owed.version)
    context = {"meeting": meeting, "item": owed.item, "owed": owed, "form": form}
    return render(request, "meetings/awaited.html", context, status=422 if form.errors else 200)


@act_only
@staff_page(permissions.PREPARE)
def remove(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    """Take a document off the list of the awaited."""
    meeting = meeting_of(actor, key)
    owed = _owed(meeting, pk)
    actions.await_no_more(owed, by=actor, now=timezone.now())
    messages.success(request, _("The document is awaited no more."))
    return redirect(meeting.address("meetings:item", order=owed.item.order))


def _owed(meeting: Meeting, pk: int) -> OwedMaterial:
    rows = OwedMaterial.objects.select_related("item__meeting", "item__question", "agency")
    return get_object_or_404(rows, pk=pk, item__meeting=meeting)
