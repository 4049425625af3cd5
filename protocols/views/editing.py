from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.facts import ballot_of
from meetings.views.pages import act_only, meeting_of
from members.pages import staff_page
from members.permissions import Actor
from protocols import actions, labels, permissions, policies
from protocols.forms import ItemForm, PointFormSet, points_initial
from protocols.locks import current_edition
from protocols.models import ProtocolItem
from protocols.states import WITH_HEAD
from protocols.views.reading import existing_protocol, protocol_of
from regulation.verdicts import Refused, Verdict


@act_only
@staff_page(permissions.DRAW_UP)
def draw_up(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Assemble the draft; a second press leads to the draft that is there."""
    meeting = meeting_of(actor, key)
    if protocol_of(meeting) is None:
        actions.draw_up(meeting, by=actor, now=timezone.now())
        messages.success(request, _("The draft is assembled from the facts. Fill in what is missing."))
    return redirect(meeting.address("protocols:detail"))


@staff_page(permissions.DRAW_UP)
def edit(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """One item: who was heard, who spoke, the points with executor and term."""
    item = _item(actor, key, order)
    if request.method != "POST":
        policies.may_edit(item.protocol).or_raise()
        return _page(request, item, ItemForm.of(item), _points(item))
    form, points = ItemForm(request.POST), _points(item, request.POST)
    if not form.is_valid() or not points.is_valid():
        return _page(request, item, form, points)
    try:
        texts = [actions.PointText(**row) for row in points.written()]
        actions.save_item(item, **form.cleaned_data, points=texts, by=actor, now=timezone.now())
    except Refused as refusal:
        if refusal.verdict.reason not in labels.REASONS:
            raise
        return _not_saved(request, item, form, points, refusal.verdict)
    messages.success(request, _("Question %(order)s is saved.") % {"order": order})
    return redirect(item.protocol)


def _item(actor: Actor, key: str, order: int) -> ProtocolItem:
    protocol = existing_protocol(actor, key)
    rows = protocol.items.select_related("item__question", "item__agency")
    item = rows.prefetch_related("item__ballots").filter(item__order=order).first()
    if item is None:
        raise Http404
    item.protocol = protocol
    return item


def _points(item: ProtocolItem, data: Any = None) -> Any:
    """Return the formset of the points; without an adopted decision it has no rows."""
    saved = points_initial(list(item.points.order_by("number")))
    staff = item.protocol.meeting.staff
    if not _has_points(item):
        data = None if data is None else {"points-TOTAL_FORMS": "0", "points-INITIAL_FORMS": "0"}
    return PointFormSet(data, initial=saved, form_kwargs={"staff": staff}, prefix="points")


def _has_points(item: ProtocolItem) -> bool:
    return bool(policies.may_have_points(ballot_of(item.item), 1))


def _not_saved(
    request: HttpRequest, item: ProtocolItem, form: ItemForm, points: Any, verdict: Verdict
) -> HttpResponse:
    """Everything that was typed, with the sentence why it is not saved."""
    sentence = labels.refusal(verdict)
    if verdict.reason == "edited_meanwhile":
        return _page(request, item, _over_saved(request, item), points, conflict=sentence)
    return _page(request, item, form, points, why_not=sentence)


def _over_saved(request: HttpRequest, item: ProtocolItem) -> ItemForm:
    """What was typed, now knowingly to be written over the text that is shown beside it."""
    data = request.POST.copy()
    data["version"] = str(item.version)
    return ItemForm(data)


def _page(
    request: HttpRequest,
    item: ProtocolItem,
    form: ItemForm,
    points: Any,
    *,
    conflict: str = "",
    why_not: str = "",
) -> HttpResponse:
    context = {
        "meeting": item.protocol.meeting,
        "item": item,
        "item_form": form,
        "points": points,
        "ballot": ballot_of(item.item),
        "has_points": _has_points(item),
        "is_with_head": item.protocol.state in WITH_HEAD,
        "conflict": conflict,
        "why_not": why_not,
        "saved_points": item.points.select_related("executor").order_by("number") if conflict else [],
        "forms": [form, *(points.forms if _has_points(item) else [])],
    }
    return render(request, "protocols/edit.html", context, status=409 if conflict or why_not else 200)


@act_only
@staff_page(permissions.SEND)
def send(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Send the complete draft for signature."""
    protocol = existing_protocol(actor, key)
    actions.send_for_signature(protocol, by=actor, now=timezone.now())
    messages.success(request, _("The protocol is sent for signature. The document is being made."))
    return redirect(protocol)


@act_only
@staff_page(permissions.MAKE)
def make(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Make the documents at once, when no worker does."""
    protocol = existing_protocol(actor, key)
    edition = current_edition(protocol)
    if edition is not None:
        actions.render_documents(edition.pk, now=timezone.now())
    return redirect(protocol)


@act_only
@staff_page(permissions.SEND)
def take_back(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Take the protocol back from signature."""
    protocol = existing_protocol(actor, key)
    actions.take_back(protocol, by=actor, now=timezone.now())
    messages.success(request, _("The protocol is a draft again. Who was to sign it is told."))
    return redirect(protocol)
