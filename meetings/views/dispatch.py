import csv

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings import actions, facts, labels, letters, permissions, policies, proofs
from meetings.facts import Sending
from meetings.forms import AnswerForm, DispatchForm, ResendForm
from meetings.locks import approved_version
from meetings.models import Dispatch, Meeting
from meetings.views.pages import act_only, meeting_of, tried
from members.labels import message
from members.pages import staff_page
from members.permissions import Actor
from members.tables import harmless
from regulation.terms import days_late


@staff_page(permissions.READ_DISPATCH)
def dispatch(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Who gets the agenda and materials, the letter in both languages, sending, and the proof (26(4))."""
    meeting = meeting_of(actor, key)
    late = days_late(facts.terms_of(meeting).circulation_due, timezone.localdate())
    form = DispatchForm(days_late=late)
    if request.method == "POST":
        permissions.PREPARE.require(actor, actor.staff.pk)
        form = DispatchForm(request.POST, days_late=late)
        if form.is_valid():
            data, now = form.cleaned_data, timezone.now()
            if tried(form, lambda: actions.dispatch(meeting, by=actor, now=now, **data)):
                messages.success(request, _("Sent. The letters go out by themselves."))
                return redirect(meeting.address("meetings:dispatch"))
    reason = str(form.data.get("late_reason", ""))
    context = _dispatch_context(meeting, actor, late, reason) | {"form": form}
    return render(request, "meetings/dispatch.html", context, status=422 if form.errors else 200)


def _dispatch_context(meeting: Meeting, actor: Actor, late: int, reason: str) -> dict[str, object]:
    rows = facts.items_with_materials(meeting, today=timezone.localdate())
    approved = approved_version(meeting)
    digest = facts.content_hash(facts.agenda_content(meeting, [row.item for row in rows]))
    parcel = facts.parcel_of(approved, rows)
    verdict = policies.may_dispatch(meeting, approved, is_new=parcel.is_new, digest=digest)
    version = approved.number if approved else 1
    addressees, sent = facts.addressees_of(meeting), facts.proofs_of(meeting)
    sending = Sending(
        version=version,
        is_renewal=any(row.sent.version.number < version for row in sent),
        is_supplement=not parcel.is_first,
        orders=facts.orders_of(parcel.materials),
        days_late=late,
        late_reason=reason,
    )
    nothing_new = bool(sent) and not parcel.is_new
    return {
        "meeting": meeting,
        "terms": facts.terms_of(meeting),
        "approved": approved,
        "addressees": addressees,
        "members": sum(row.seat is not None for row in addressees),
        "guests": sum(row.seat is None for row in addressees),
        "latest": sent[0] if sent else None,
        "parcel": parcel,
        "undecided": [row for row in rows if row.is_undecided],
        "letter": message(lambda: letters.pack_sent(meeting, sending), ""),
        "proofs": [(proof, proofs.lines(proof)) for proof in sent],
        "heading": proofs.heading(),
        "may_resend": actor.is_secretary and bool(policies.may_resend(meeting)),
        "may_dispatch": bool(verdict),
        "why_not": "" if verdict or nothing_new else labels.refusal(verdict),
        "days_late": late,
    }


@act_only
@staff_page(permissions.PREPARE)
def resend(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Send a dispatch again: to one person, or to all who have not opened it (clause 26(4))."""
    meeting = meeting_of(actor, key)
    form = ResendForm(request.POST)
    if not form.is_valid():
        return redirect(meeting.address("meetings:dispatch"))
    data, now = form.cleaned_data, timezone.now()
    sent = get_object_or_404(
        Dispatch.objects.select_related("version__meeting"), version__meeting=meeting, pk=data["dispatch"]
    )
    to = {data["to"]} if data["to"] else None
    count = actions.resend(sent, seen=data["seen"], to=to, by=actor, now=now)
    said = ngettext("Sent again: %(count)s letter.", "Sent again: %(count)s letters.", count)
    messages.success(
        request, said % {"count": count} if count else _("It was sent already: nothing goes again.")
    )
    return redirect(meeting.address("meetings:dispatch"))


@staff_page(permissions.READ_DISPATCH)
def proof(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The proof of sending alone, to be printed."""
    meeting = meeting_of(actor, key)
    shown = [(proof, proofs.lines(proof)) for proof in facts.proofs_of(meeting)]
    context = {
        "meeting": meeting,
        "proofs": shown,
        "heading": proofs.heading(),
        "title": labels.meeting_title(meeting),
    }
    return render(request, "meetings/proof.html", context)


@staff_page(permissions.READ_DISPATCH)
def proof_csv(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The proof of sending as a table for a spreadsheet, parted by semicolons as they expect here."""
    meeting = meeting_of(actor, key)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="dispatch-{meeting.key}.csv"'
    table = csv.writer(response, delimiter=";")
    table.writerow([_("Version of the agenda"), _("Dispatch"), *proofs.table_heading()])
    for proof in facts.proofs_of(meeting):
        which = [proof.sent.version.number, proof.sent.number]
        for row in proofs.table(proof):
            table.writerow([*which, *map(harmless, row)])
    return response


@staff_page(permissions.ANSWER)
def answer(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Say whether one will come; a link from a letter only opens the question (clause 20)."""
    meeting = meeting_of(actor, key)
    own = meeting.replies.filter(user=actor.person).first()
    said = {"reply": own.reply, "reason": own.reason} if own else {}
    form = AnswerForm(request.POST or None, meeting=meeting, initial=said)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if tried(form, lambda: actions.answer(meeting, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("Recorded. You may change your answer until the meeting begins."))
            return redirect(meeting)
    context = {
        "meeting": meeting,
        "title": labels.meeting_title(meeting),
        "form": form,
        "own": own,
        "why_not": why_not_answer(meeting, actor),
    }
    return render(request, "meetings/answer.html", context, status=422 if form.errors else 200)


def why_not_answer(meeting: Meeting, actor: Actor) -> str:
    """Return why `actor` may not say now whether they will come, or nothing."""
    for verdict in (policies.is_expected(meeting, actor), policies.may_answer(meeting)):
        if not verdict:
            return labels.refusal(verdict)
    return ""
