"""Versions of the agenda as frozen, what changed between them, and the agenda as PDF (clause 22)."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language

from meetings import documents, facts, permissions
from meetings.comparison import compare
from meetings.facts.agenda import starts_of_content
from meetings.locks import approved_version, submitted_version
from meetings.models import AgendaVersion, Meeting
from meetings.states import AgendaState
from meetings.views.pages import meeting_of
from meetings.wording import basis_sentence
from members.pages import staff_page
from members.permissions import Actor
from members.states import Language


@staff_page(permissions.READ_AGENDA)
def version(request: HttpRequest, actor: Actor, key: str, number: int) -> HttpResponse:
    """One version exactly as it was submitted; who prepares nothing sees the approved ones."""
    meeting = meeting_of(actor, key)
    found = _version_of(actor, meeting, number)
    return render(request, "meetings/agenda_version.html", version_context(actor, found))


def _version_of(actor: Actor, meeting: Meeting, number: int) -> AgendaVersion:
    versions = AgendaVersion.objects.filter(meeting=meeting).select_related("decided_by", "submitted_by")
    if not actor.roles & permissions.READ_DRAFTS.roles:
        versions = versions.filter(state=AgendaState.APPROVED)
    found = get_object_or_404(versions, number=number)
    found.meeting = meeting
    return found


def version_context(actor: Actor, found: AgendaVersion, **more: object) -> dict[str, object]:
    """Return what the page of a frozen version shows `actor`; draft decisions only to who reads them."""
    content = found.content
    starts = starts_of_content(content)
    return {
        "meeting": found.meeting,
        "version": found,
        "content": SimpleNamespace(**content | {"day": date.fromisoformat(content["day"])}),
        "items": [_item(actor, item, start) for item, start in zip(content["items"], starts, strict=True)],
        "invited": [SimpleNamespace(**person) for person in content["invited"]],
        "is_approved": found.state == AgendaState.APPROVED,
        "is_keeper": bool(actor.roles & permissions.READ_DRAFTS.roles),
    } | more


def _item(actor: Actor, item: dict[str, Any], start: object) -> SimpleNamespace:
    reads = bool(actor.roles & permissions.READ_TEXTS.roles) or item["agency"] in actor.organisation_ids
    points = [_point(point) for point in item["points"]] if reads else []
    basis = basis_sentence(item["basis"], get_language())
    return SimpleNamespace(**item | {"points": points, "basis": basis, "starts": start})


def _point(point: dict[str, Any]) -> SimpleNamespace:
    due = date.fromisoformat(point["due_on"]) if point["due_on"] else None
    return SimpleNamespace(**point | {"due_on": due})


@staff_page(permissions.READ_DRAFTS)
def changes(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """What changed between any two versions, by question and field; the last two when none are chosen."""
    meeting = meeting_of(actor, key)
    versions = list(meeting.agenda_versions.order_by("-number"))
    if len(versions) < 2:
        raise Http404
    after = _chosen(request, "to", versions, versions[0])
    before = _chosen(request, "from", versions, versions[1])
    context = {
        "meeting": meeting,
        "versions": versions,
        "before": before,
        "after": after,
        "difference": compare(before.content, after.content),
    }
    return render(request, "meetings/agenda_changes.html", context)


def _chosen(
    request: HttpRequest, name: str, versions: list[AgendaVersion], otherwise: AgendaVersion
) -> AgendaVersion:
    asked = request.GET.get(name, "")
    return next((row for row in versions if str(row.number) == asked), otherwise)


@staff_page(permissions.READ_AGENDA)
def agenda_pdf(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The agenda with the list of the invited as a document (T2), in `lang`, of version `v`.

    Without `v`: what stands now for who prepares it, the approved version for the others.
    """
    meeting = meeting_of(actor, key)
    asked = request.GET.get("lang", "")
    language = asked if asked in Language.values else get_language() or Language.KAZAKH
    source = _source(request, actor, meeting)
    content = documents.agenda_pdf(source, language, now=timezone.localtime())
    response = HttpResponse(content, content_type="application/pdf")
    number = f"-v{source.number}" if isinstance(source, AgendaVersion) else ""
    name = f"agenda-{meeting.date_key}{number}-{language}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _source(request: HttpRequest, actor: Actor, meeting: Meeting) -> AgendaVersion | Meeting:
    asked = request.GET.get("v", "")
    if asked.isascii() and asked.isdecimal():
        return _version_of(actor, meeting, min(int(asked), 9999))
    approved = approved_version(meeting)
    if not actor.roles & permissions.READ_DRAFTS.roles:
        if approved is None:
            raise Http404
        return _version_of(actor, meeting, approved.number)
    shown = submitted_version(meeting) or approved
    rows = meeting.items.for_agenda()
    digest = facts.content_hash(facts.agenda_content(meeting, rows))
    if shown is not None and shown.sha256 == digest:
        return _version_of(actor, meeting, shown.number)
    return meeting
