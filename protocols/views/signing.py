from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.views.pages import act_only
from members.days import known
from members.models.calendar import CalendarDay
from members.pages import staff_page
from members.permissions import Actor
from protocols import actions, labels, permissions, policies
from protocols.facts import changed_items, signature_target
from protocols.forms import ReturnForm, SignForm
from protocols.locks import current_edition
from protocols.models import Protocol
from protocols.paper import paper
from protocols.states import State
from protocols.views.reading import documents_of, existing_protocol
from regulation.verdicts import Refused, refused

# The mistake is beside the field; anything else is a page that says why.
BESIDE_THE_FIELD = {"wrong_password", "too_many_attempts"}


@staff_page(permissions.SIGN)
def sign(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The exact documents first, the facts beside them, then the signature over those bytes (clause 15)."""
    protocol = existing_protocol(actor, key)
    if request.method != "POST":
        if protocol.state in (State.SIGNED, State.DRAFT):
            return redirect(protocol)
        return _page(request, actor, protocol)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, protocol, form=form)
    seen = {language: form.cleaned_data[f"seen_{language}"] for language in ("kk", "ru")}
    try:
        _require_patience(request)
        credentials = {"password": form.cleaned_data["password"]}
        actions.sign(protocol, seen=seen, credentials=credentials, by=actor)
    except Refused as refusal:
        if refusal.verdict.reason not in BESIDE_THE_FIELD:
            raise
        form.add_error("password", labels.refusal(refusal.verdict))
        return _page(request, actor, protocol, form=form)
    messages.success(request, _("You have signed the protocol. It is sent to the members of the Staff."))
    return redirect(protocol)


def _require_patience(request: HttpRequest) -> None:
    """A stolen session must not guess the password: as many tries as any confirmation of it has."""
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        raise Refused(refused("too_many_attempts", "15"))


def _page(
    request: HttpRequest,
    actor: Actor,
    protocol: Protocol,
    *,
    form: SignForm | None = None,
    return_form: ReturnForm | None = None,
    status: int = 200,
) -> HttpResponse:
    edition = current_edition(protocol)
    documents = documents_of(edition) if edition else []
    hashes = {row.language: row.sha256 for row in documents}
    verdict = policies.may_sign(protocol, edition, actor)
    facts: dict[str, Any] = edition.facts if edition else {}
    shown = paper(facts, known(get_language())) if facts else {}
    previous = protocol.editions.filter(number__lt=edition.number).first() if edition else None
    calendar = CalendarDay.objects.work_calendar()
    context = {
        "meeting": protocol.meeting,
        "protocol": protocol,
        "title": labels.protocol_title(protocol.meeting),
        "edition": edition,
        "documents": documents,
        "facts": facts,
        "paper": shown,
        "summary": _summary(facts) if facts else {},
        "voted": [item for item in facts.get("items", []) if item["ballot"]],
        "previous": previous,
        "changed": changed_items(previous.facts, facts) if previous else [],
        "target": signature_target(timezone.localdate(edition.sent_at), calendar) if edition else None,
        "may_sign": bool(verdict),
        "why_not": "" if verdict else labels.refusal(verdict),
        "form": form or SignForm(initial={f"seen_{language}": sha for language, sha in hashes.items()}),
        "return_form": return_form or ReturnForm(prefix="return"),
    }
    return render(request, "protocols/sign.html", context, status=status)


def _summary(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers that who signs checks at a glance."""
    ballots = [item["ballot"] for item in facts["items"] if item["ballot"]]
    return {
        "quorum": facts["counts"]["quorum"],
        "total": facts["counts"]["total"],
        "attended": facts["counts"]["attended"],
        "items": len(facts["items"]),
        "adopted": sum(bool(ballot["adopted"]) for ballot in ballots),
        "opinions": len(facts["opinions"]),
        "points": sum(bool(point["executor"]) for item in facts["items"] for point in item["points"]),
        "ties": [
            {"order": item["order"], "chair": item["ballot"]["chair"]}
            for item in facts["items"]
            if item["ballot"] and item["ballot"]["reason"] == "casting_vote"
        ],
    }


@act_only
@staff_page(permissions.SIGN)
def return_it(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Return the protocol to the secretary with a remark."""
    protocol = existing_protocol(actor, key)
    form = ReturnForm(request.POST, prefix="return")
    if not form.is_valid():
        return _page(request, actor, protocol, return_form=form)
    try:
        actions.return_protocol(protocol, remark=form.cleaned_data["remark"], by=actor, now=timezone.now())
    except Refused as refusal:
        if refusal.verdict.reason not in labels.REASONS:
            raise
        form.add_error("remark", labels.refusal(refusal.verdict))
        return _page(request, actor, existing_protocol(actor, key), return_form=form, status=409)
    messages.success(request, _("The protocol is returned to the secretary with your remark."))
    return redirect(protocol)
