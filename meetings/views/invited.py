from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, permissions, policies
from meetings.forms import InviteeForm
from meetings.locks import approved_version, submitted_version
from meetings.models import Meeting
from meetings.views.pages import act_only, meeting_of, tried
from members.pages import staff_page
from members.permissions import Actor


@staff_page(permissions.READ_AGENDA)
def invited(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The list of the invited, approved together with the agenda (clause 21)."""
    meeting = meeting_of(actor, key)
    editable = policies.may_edit_agenda(meeting, submitted_version(meeting))
    form = InviteeForm(request.POST or None, meeting=meeting)
    if request.method == "POST":
        permissions.PREPARE.require(actor, actor.staff.pk)
        if form.is_valid() and tried(
            form, lambda: actions.invite(meeting, by=actor, now=timezone.now(), **form.cleaned_data)
        ):
            messages.success(request, _("The person is on the list."))
            return redirect(meeting.address("meetings:invited"))
    context = {
        "meeting": meeting,
        "invitees": _people(meeting),
        "form": form,
        "may_edit": actor.is_secretary and bool(editable),
        "is_approved": approved_version(meeting) is not None,
    }
    return render(request, "meetings/invited.html", context)


def _people(meeting: Meeting) -> object:
    return meeting.invitees.select_related("stands_in_for").prefetch_related("items")


@staff_page(permissions.PREPARE)
def invitee(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    """Change an invited person."""
    meeting = meeting_of(actor, key)
    person = get_object_or_404(meeting.invitees.select_related("meeting"), pk=pk)
    form = InviteeForm(request.POST or None, instance=person, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if tried(form, lambda: actions.edit_invitee(person, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("Saved."))
            return redirect(meeting.address("meetings:invited"))
    else:
        policies.may_edit_agenda(meeting, submitted_version(meeting)).or_raise()
    return render(request, "meetings/invitee.html", {"meeting": meeting, "person": person, "form": form})


@act_only
@staff_page(permissions.PREPARE)
def uninvite(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    """Take a person off the list of the invited."""
    meeting = meeting_of(actor, key)
    person = get_object_or_404(meeting.invitees.select_related("meeting"), pk=pk)
    actions.uninvite(person, by=actor, now=timezone.now())
    messages.success(request, _("The person is off the list."))
    return redirect(meeting.address("meetings:invited"))
