from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from meetings.models import Meeting
from meetings.views.pages import meeting_of
from members.days import known
from members.models import Absence
from members.models.calendar import CalendarDay
from members.pages import staff_page
from members.permissions import Actor
from protocols import labels, permissions, policies
from protocols.facts import Facts, protocol_due, protocol_facts
from protocols.locks import current_edition
from protocols.models import DissentingOpinion, Edition, Point, Protocol, ProtocolDocument
from protocols.paper import paper
from protocols.states import State
from regulation.terms import unrolled_protocol_due

PAGE_SIZE = 50


def protocol_of(meeting: Meeting) -> Protocol | None:
    """Return the protocol of the meeting with the meeting already at hand, or None."""
    protocol = Protocol.objects.filter(meeting=meeting).select_related("signed_by").first()
    if protocol is not None:
        protocol.meeting = meeting
    return protocol


def existing_protocol(actor: Actor, key: str) -> Protocol:
    """Return the protocol of the meeting `key` of the actor's Staff, or raise Http404."""
    protocol = protocol_of(meeting_of(actor, key))
    if protocol is None:
        raise Http404
    return protocol


def may_read(actor: Actor, protocol: Protocol) -> bool:
    """A signed protocol is sent to all members; before that it belongs to who prepares and who signs it."""
    return protocol.state == State.SIGNED or bool(permissions.READ_UNSIGNED.verdict(actor, actor.staff.pk))


def facts_to_show(protocol: Protocol, edition: Edition | None, absence: Absence | None) -> Facts:
    """Return the facts of what was sent for signature, of a draft those of this moment."""
    facts: Facts = edition.facts if edition else protocol_facts(protocol, absence)
    return facts


@staff_page(permissions.READ)
def detail(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The protocol of a meeting: its state, what is missing, the documents, the next act."""
    meeting = meeting_of(actor, key)
    protocol = protocol_of(meeting)
    context = _term(meeting) | {"meeting": meeting, "protocol": protocol}
    if protocol is None:
        verdict = policies.may_draw_up(meeting, None)
        context |= {"may_draw_up": bool(verdict) and actor.is_secretary, "why_not": _why(verdict)}
        return render(request, "protocols/not_drawn_up.html", context)
    return render(request, "protocols/detail.html", context | _of_protocol(actor, protocol))


def _term(meeting: Meeting) -> dict[str, Any]:
    if meeting.ended_on is None:
        return {"due": None, "unrolled": None}
    calendar = CalendarDay.objects.work_calendar()
    due = protocol_due(meeting, calendar)
    unrolled = unrolled_protocol_due(meeting.ended_on, meeting.procedure)
    return {"due": due, "unrolled": unrolled if unrolled != due else None}


def _of_protocol(actor: Actor, protocol: Protocol) -> dict[str, Any]:
    edition = current_edition(protocol)
    readable = may_read(actor, protocol)
    is_draft = actor.is_secretary and protocol.state == State.DRAFT
    missing = policies.problems_before_sending(protocol) if is_draft else []
    may_send = policies.may_send(protocol, missing)
    documents = documents_of(edition) if edition and readable else []
    facts = facts_to_show(protocol, edition, actor.absence) if readable else None
    still = policies.is_still_signer(protocol, edition, actor.absence)
    return {
        "title": labels.protocol_title(protocol.meeting),
        "edition": edition,
        "readable": readable,
        "may_edit": actor.is_secretary and bool(policies.may_edit(protocol)),
        "may_take_back": actor.is_secretary and bool(policies.may_take_back(protocol)),
        "may_send": actor.is_secretary and bool(may_send),
        "may_sign": bool(policies.may_sign(protocol, edition, actor)),
        "missing": [(labels.refusal(row), row.facts["path"]) for row in missing],
        "documents": documents,
        "signatures": _signatures(documents),
        "editions": protocol.editions.all() if readable else [],
        "opinions": _opinions(protocol) if readable else [],
        "rows": protocol.items.select_related("item__question").order_by("item__order"),
        "paper": paper(facts, known(get_language())) if facts else None,
        "why_resend": "" if still or protocol.state == State.SIGNED else labels.refusal(still),
    }


def _why(verdict: Any) -> str:
    return "" if verdict else labels.refusal(verdict)


def documents_of(edition: Edition) -> list[ProtocolDocument]:
    """Return the documents of the edition without their bytes, Kazakh first."""
    rows = edition.documents.defer("content").prefetch_related("signatures__signer")
    return list(rows.order_by("language"))


def _signatures(documents: list[ProtocolDocument]) -> list[Any]:
    """One row a person: the two documents are signed in one act."""
    return list(documents[0].signatures.all()) if documents else []


def _opinions(protocol: Protocol) -> list[DissentingOpinion]:
    rows = DissentingOpinion.objects.filter(item__meeting=protocol.meeting)
    return list(rows.select_related("elector", "item").order_by("item__order", "filed_at"))


@staff_page(permissions.READ)
def pdf(request: HttpRequest, actor: Actor, key: str, language: str) -> HttpResponse:
    """The exact bytes of one language: those to be signed, or those that were."""
    protocol = existing_protocol(actor, key)
    if not may_read(actor, protocol):
        permissions.READ_UNSIGNED.require(actor, actor.staff.pk)
    edition = current_edition(protocol)
    document = edition.documents.filter(language=language).first() if edition else None
    if document is None:
        raise Http404
    response = HttpResponse(bytes(document.content), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="protocol-{protocol.meeting.key}-{language}.pdf"'
    return response


@staff_page(permissions.READ_DECISIONS)
def decisions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The points of signed protocols that somebody must carry out, the latest first (clauses 23, 24)."""
    points = Point.objects.in_force().for_register(actor.staff)
    if not actor.roles & permissions.READ_ALL_DECISIONS.roles:
        points = points.filter(executor__in=actor.organisation_ids)
    page = Paginator(points, PAGE_SIZE).get_page(request.GET.get("page"))
    may_read_protocols = bool(actor.roles & permissions.READ.roles)
    return render(
        request, "protocols/decisions.html", {"page": page, "may_read_protocols": may_read_protocols}
    )


@staff_page(permissions.READ)
def register(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The register of protocols of the Staff: one series of numbers a year, the latest first."""
    protocols = Protocol.objects.for_page().filter(meeting__staff=actor.staff)
    page = Paginator(protocols.order_by("-meeting__day", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "protocols/register.html", {"page": page})
