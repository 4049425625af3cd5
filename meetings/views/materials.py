from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, facts, labels, letters, permissions, policies, sight
from meetings.forms import AdmitForm, InviteeForm, MaterialForm
from meetings.locks import approved_version, submitted_version
from meetings.models import Delivery, Dispatch, Meeting
from meetings.views.agenda import item_context
from meetings.views.pages import act_only, item_of, meeting_of, tried
from members.labels import message
from members.pages import staff_page
from members.permissions import Actor, holders_on
from members.policies import needs_ground


@act_only
@staff_page(permissions.PREPARE)
def attach(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Keep a document for a question on behalf of its agency (clause 22)."""
    meeting = meeting_of(actor, key)
    item = item_of(meeting, order)
    form = MaterialForm(request.POST, request.FILES, item=item)
    if form.is_valid():
        data = form.cleaned_data
        upload = data.pop("file")
        if tried(
            form, lambda: actions.attach_material(item, upload=upload, by=actor, now=timezone.now(), **data)
        ):
            messages.success(request, _("The document is kept and its fingerprint is recorded."))
            return redirect(item)
    context = item_context(actor, meeting, order) | {"material_form": form, "form": form}
    return render(request, "meetings/item.html", context, status=422)


@act_only
@staff_page(permissions.DECIDE_LATE)
def admit(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Let a late material go to everybody, with a reason (clause 22)."""
    meeting = meeting_of(actor, key)
    item = item_of(meeting, order)
    form = AdmitForm(request.POST, required=needs_ground(actor))
    if form.is_valid():
        data = form.cleaned_data
        if tried(form, lambda: actions.admit_late(item, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("The late material is admitted, members may read it now."))
            return redirect(item)
    context = item_context(actor, meeting, order) | {"admit_form": form, "form": form}
    return render(request, "meetings/item.html", context, status=422)


@staff_page(permissions.READ)
def download(request: HttpRequest, actor: Actor, key: str, pk: int) -> FileResponse:
    """The file of a material, as an attachment; what is held back is "not found" for the others."""
    meeting = meeting_of(actor, key)
    item = get_object_or_404(meeting.items.for_agenda(), materials__pk=pk)
    item.meeting = meeting
    row = facts.materials_of(item, facts.terms_of(meeting).materials_due, today=timezone.localdate())
    shown = sight.materials_for(row, actor, sent=facts.is_sent(meeting))
    material = next((each for each in shown if each.pk == pk), None)
    if material is None:
        raise Http404
    response = FileResponse(material.file.open("rb"), as_attachment=True, filename=material.file_name)
    response["Content-Type"] = "application/octet-stream"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@act_only
@staff_page(permissions.PREPARE)
def withdraw(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    """Withdraw a document that was attached by mistake; it is kept."""
    meeting = meeting_of(actor, key)
    item = get_object_or_404(meeting.items, materials__pk=pk)
    actions.withdraw_material(item.materials.get(pk=pk), by=actor, now=timezone.now())
    messages.success(request, _("The document is withdrawn. Nobody is shown it any more."))
    return redirect(meeting.address("meetings:item", order=item.order))


@staff_page(permissions.READ_AGENDA)
def invited(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The list of the invited, approved together with the agenda (clause 21)."""
    meeting = meeting_of(actor, key)
    may_edit = actor.is_secretary and bool(policies.may_edit_agenda(meeting, submitted_version(meeting)))
    form = InviteeForm(request.POST or None)
    if request.method == "POST":
        permissions.PREPARE.require(actor, actor.staff.pk)
        form.instance.meeting = meeting
        if form.is_valid() and _invite(form, meeting, actor):
            messages.success(request, _("The person is on the list."))
            return redirect(meeting.address("meetings:invited"))
    context = {"meeting": meeting, "invitees": meeting.invitees.all(), "form": form, "may_edit": may_edit}
    return render(request, "meetings/invited.html", context)


def _invite(form: InviteeForm, meeting: Meeting, actor: Actor) -> bool:
    data = form.cleaned_data
    return tried(form, lambda: actions.invite(meeting, by=actor, now=timezone.now(), **data)) is not None


@act_only
@staff_page(permissions.PREPARE)
def uninvite(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    """Take a person off the list of the invited."""
    meeting = meeting_of(actor, key)
    person = get_object_or_404(meeting.invitees.select_related("meeting"), pk=pk)
    actions.uninvite(person, by=actor, now=timezone.now())
    messages.success(request, _("The person is off the list."))
    return redirect(meeting.address("meetings:invited"))


@staff_page(permissions.READ_DISPATCH)
def dispatch(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Who gets the agenda and materials, the letter in both languages, sending, and the proof (26(4))."""
    meeting = meeting_of(actor, key)
    if request.method == "POST":
        actions.dispatch(meeting, by=actor, now=timezone.now())
        messages.success(request, _("Sent. The letters go out by themselves."))
        return redirect(meeting.address("meetings:dispatch"))
    return render(request, "meetings/dispatch.html", _dispatch_context(meeting))


def _dispatch_context(meeting: Meeting) -> dict[str, object]:
    rows = facts.items_with_materials(meeting, today=timezone.localdate())
    approved = approved_version(meeting)
    digest = facts.content_hash(facts.agenda_content(meeting, [row.item for row in rows]))
    sent = Dispatch.objects.filter(version__meeting=meeting).select_related("version", "sent_by").first()
    already = sent is not None and approved is not None and sent.version_id == approved.pk
    verdict = policies.may_dispatch(meeting, approved, already=already, digest=digest)
    letter = message(lambda: letters.pack_sent(meeting), meeting.get_absolute_url())
    return {
        "meeting": meeting,
        "terms": facts.terms_of(meeting),
        "members": holders_on(meeting.staff, meeting.day).filter(seat__votes=True),
        "invitees": meeting.invitees.all(),
        "letter": letter,
        "sent": sent,
        "deliveries": Delivery.objects.filter(dispatch=sent).select_related("notice") if sent else (),
        "may_dispatch": bool(verdict),
        "why_not": "" if verdict or already else labels.refusal(verdict),
        "held": [row for row in rows if row.held],
    }
