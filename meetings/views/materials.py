from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, facts, permissions, policies, sight
from meetings.forms import AccessForm, MaterialForm, PrivateNoteForm
from meetings.locks import approved_version
from meetings.models import Material, Meeting
from meetings.views.agenda import item_context
from meetings.views.pages import act_only, item_of, meeting_of, tried
from members.labels import local
from members.models import Place, User
from members.pages import staff_page
from members.permissions import Actor, holders_on


@act_only
@staff_page(permissions.BRING)
def attach(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Keep a document for a question: the secretary for every agency, others for their own (clause 22)."""
    meeting = meeting_of(actor, key)
    item = item_of(meeting, order)
    if not sight.may_read(item, actor, approved=approved_version(meeting) is not None):
        raise Http404
    own = None if actor.is_secretary else actor.organisation_ids
    form = MaterialForm(request.POST, request.FILES, item=item, agencies=own)
    if not sight.is_of_agency(item, actor):
        policies.may_bring(item.agency_id, actor).or_raise()
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


@staff_page(permissions.READ)
def download(request: HttpRequest, actor: Actor, key: str, pk: int) -> FileResponse:
    """The file of a material, as an attachment; what is held back is "not found" for the others."""
    meeting = meeting_of(actor, key)
    material = _opened(meeting, actor, pk)
    actions.open_material(material, meeting, by=actor, now=timezone.now())
    response = FileResponse(material.file.open("rb"), as_attachment=True, filename=material.file_name)
    response["Content-Type"] = "application/octet-stream"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _opened(meeting: Meeting, actor: Actor, pk: int) -> Any:
    """Return a version that `actor` may open, or raise Http404; a withdrawn one the secretary alone opens."""
    item = get_object_or_404(meeting.items.for_agenda(), materials__pk=pk)
    item.meeting = meeting
    row = facts.materials_of(item, facts.terms_of(meeting).materials_due, today=timezone.localdate())
    shown = sight.versions_for(row, actor)
    for material in (*shown, *(row.withdrawn if actor.is_secretary else ())):
        if material.pk == pk:
            material.item = item
            return material
    raise Http404


@act_only
@staff_page(permissions.NOTE)
def note(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    """Keep what a member notes for himself about a document."""
    meeting = meeting_of(actor, key)
    material = _opened(meeting, actor, pk)
    form = PrivateNoteForm(request.POST)
    if form.is_valid():
        actions.write_note(material, text=form.cleaned_data["text"], by=actor, now=timezone.now())
        messages.success(request, _("Your note is kept. Nobody else reads it."))
    else:
        messages.error(request, _("The note is longer than 5000 characters and was not kept."))
    return redirect(f"{meeting.address('meetings:item', order=material.item.order)}#documents")


@staff_page(permissions.PREPARE)
def access(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    """By which law access to a document is limited, and who may open it."""
    meeting = meeting_of(actor, key)
    material: Any = get_object_or_404(
        Material.objects.select_related("item__question", "agency"), pk=pk, item__meeting=meeting
    )
    if request.method != "POST":
        policies.may_prepare(meeting).or_raise()
        policies.is_in_use(material).or_raise()
    chosen = [row.user_id for row in material.readers.all()]
    people = _people(material, actor, chosen)
    initial = {"ground": material.restricted_ground, "readers": chosen}
    form = AccessForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def act() -> bool:
            actions.set_access(material, by=actor, now=timezone.now(), **data)
            return True

        if tried(form, act):
            messages.success(request, _("Saved."))
            return redirect(meeting.address("meetings:item", order=material.item.order))
    context = {"meeting": meeting, "item": material.item, "material": material, "form": form}
    return render(request, "meetings/access.html", context, status=422 if form.errors else 200)


def _people(material: Material, actor: Actor, chosen: list[int]) -> dict[int, str]:
    """Return whom the secretary may give access: who reads materials, or is of the agency of the question.

    By the number of the person "name, office"; who has access already stays on the list.
    """
    today = timezone.localdate()
    holders = holders_on(actor.staff, today).select_related("seat", "user")
    places = Place.objects.on(today).filter(staff=actor.staff).select_related("user", "organisation")
    reading = places.filter(Q(role__in=permissions.READ_MATERIALS.roles) | Q(organisation=_agency(material)))
    people = {row.user_id: f"{row.user.name}, {local(row.seat, 'office')}" for row in holders}
    for place in reading:
        office = local(place.organisation, "name") if place.organisation else place.get_role_display()
        people.setdefault(place.user_id, f"{place.user.name}, {office}")
    for user in User.objects.filter(pk__in=chosen):
        people.setdefault(user.pk, user.name)
    return dict(sorted(people.items(), key=lambda row: row[1]))


def _agency(material: Material) -> int:
    """Return the agency that prepares the question: it reads what the others bring for it."""
    item = material.item
    return item.agency_id if item is not None else material.agency_id


@act_only
@staff_page(permissions.PREPARE)
def withdraw(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    """Withdraw a document that was attached by mistake; it is kept."""
    meeting = meeting_of(actor, key)
    item = get_object_or_404(meeting.items, materials__pk=pk)
    actions.withdraw_material(item.materials.get(pk=pk), by=actor, now=timezone.now())
    messages.success(request, _("The document is withdrawn. Nobody is shown it any more."))
    return redirect(meeting.address("meetings:item", order=item.order))
