import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from meetings.facts import ballot_of
from meetings.models import AgendaItem
from meetings.views.pages import item_of, meeting_of
from members.models import JournalEntry
from members.pages import staff_page
from members.permissions import Actor
from protocols import actions, labels, permissions, policies
from protocols.actions.dissent import elector_of, filed_by
from protocols.forms import DissentForm
from protocols.models import DissentingOpinion
from regulation.verdicts import Refused, Verdict


@staff_page(permissions.DISSENT)
def dissent(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """A member's dissenting opinion: write, check, file; then the same address is the receipt (clause 14)."""
    item = item_of(meeting_of(actor, key), order)
    elector = elector_of(item.meeting, actor.user)
    filed = filed_by(item, elector)
    if filed is not None:
        return _receipt(request, actor, item, filed)
    verdict = policies.may_dissent(item.meeting, elector, ballot_of(item), filed)
    form = DissentForm(request.POST or None)
    context = {"meeting": item.meeting, "item": item, "form": form, "why_not": ""}
    if not verdict:
        return _refused(request, context, verdict)
    step = request.POST.get("step", "")
    if not step or step == "change" or not form.is_valid():
        return render(request, "protocols/dissent.html", context)
    if step == "check":
        return render(request, "protocols/dissent_check.html", context | {"said": form.cleaned_data})
    try:
        actions.file_dissent(item, **form.cleaned_data, by=actor, now=timezone.now())
    except Refused as refusal:
        if refusal.verdict.reason not in labels.REASONS:
            raise
        return _refused(request, context, refusal.verdict)
    return redirect(item.meeting.address("protocols:dissent", order=order))


def _refused(request: HttpRequest, context: dict[str, Any], verdict: Verdict) -> HttpResponse:
    """Why no opinion is filed now, above what was typed."""
    status = 409 if request.method == "POST" else 200
    context = context | {"why_not": labels.refusal(verdict)}
    return render(request, "protocols/dissent.html", context, status=status)


def _receipt(
    request: HttpRequest, actor: Actor, item: AgendaItem, opinion: DissentingOpinion
) -> HttpResponse:
    entry = JournalEntry.objects.filter(
        staff=actor.staff, object_type=opinion._meta.label_lower, object_id=opinion.pk
    ).first()
    text = f"{opinion.text}\n{opinion.proposal}"
    context = {
        "meeting": item.meeting,
        "item": item,
        "opinion": opinion,
        "entry": entry,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    return render(request, "protocols/dissent_receipt.html", context)
