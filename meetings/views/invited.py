from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, facts, permissions, policies
from meetings.facts import Guest
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
        "invitees": _people(actor, meeting),
        "form": form,
        "may_edit": actor.is_secretary and bool(editable),
        "is_approved": approved_version(meeting) is not None,
    }
    return render(request, "meetings/invited.html", context, status=422 if form.errors else 200)


def _people(actor: Actor, meeting: Meeting) -> list[Guest]:
    """Return the list as it is prepared, for who prepares it; as it was approved for the others (21, 22)."""
    if actor.roles & permissions.READ_DRAFTS.roles:
        return facts.draft_guests(meeting)
    return facts.approved_guests(meeting)


@staff_page(permissions.PREPARE)
def invitee(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    """Change an invited person."""
    meeting = meeting_of(actor, key)
    person = get_object_or_404(meeting.invitees.select_related("meeting"), pk=pk)
    saved = person.version
    form = InviteeForm(request.POST or None, instance=person, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if tried(form, lambda: actions.edit_invitee(person, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("Saved."))
            return redirect(meeting.address("meetings:invited"))
        if data["version"] != saved:
            # The sentence says what stands there now: saved once more, it is written over knowingly.
            form.data = request.POST.copy()
            form.data["version"] = str(saved)
    else:
        policies.may_edit_agenda(meeting, submitted_version(meeting)).or_raise()
    context = {"meeting": meeting, "person": person, "form": form}
    return render(request, "meetings/invitee.html", context, status=422 if form.errors else 200)


@act_only
@staff_page(permissions.PREPARE)
def uninvite(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    """Take a person off the list of the invited."""
    meeting = meeting_of(actor, key)
    person = get_object_or_404(meeting.invitees.select_related("meeting"), pk=pk)
    actions.uninvite(person, by=actor, now=timezone.now())
    messages.success(request, _("The person is off the list."))
    return redirect(meeting.address("meetings:invited"))
