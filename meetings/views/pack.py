from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings import actions, archive, facts, labels, permissions, policies, sight
from meetings.facts import PackDocument
from meetings.locks import approved_version
from meetings.models import AgendaVersion, Material, MaterialReading, Meeting, Pack
from meetings.states import PackState
from meetings.views.pages import act_only, meeting_of
from members.days import known
from members.labels import local
from members.pages import staff_page
from members.permissions import Actor
from regulation.verdicts import Refused

OPAQUE = "sandbox; default-src 'none'"


@staff_page(permissions.READ_PACK)
def pack(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The reading list of a meeting: each question with its documents, what was read, one file of all."""
    meeting = meeting_of(actor, key)
    actions.note_opening(meeting, actor.person, now=timezone.now())
    questions = _questions(meeting, actor)
    shown = [material for question in questions for material in question["materials"]]
    version, packed = actions.sources_of(meeting, now=timezone.now())
    verdict = policies.may_have_pack(version, sent=facts.is_sent(meeting))
    return render(
        request,
        "meetings/pack.html",
        {
            "meeting": meeting,
            "title": labels.meeting_title(meeting),
            "questions": questions,
            "count": len(shown),
            "read_count": sum(question["read_count"] for question in questions),
            "progress": ["done" if material.was_read else "open" for material in shown],
            "pack": _current(meeting, version, packed) if version else None,
            "may_have": bool(verdict),
            "why_not": "" if verdict else labels.refusal(verdict),
            "packed": packed,
            "zip_size": sum(row.material.size for row in packed),
            "is_large": sum(row.material.size for row in packed) > archive.LARGE,
        },
    )


def _questions(meeting: Meeting, actor: Actor) -> list[dict[str, Any]]:
    """Return the questions that the actor may read, each with the documents that the actor may open."""
    opened = MaterialReading.objects.filter(user=actor.person, material__item__meeting=meeting)
    was_read = set(opened.values_list("material_id", flat=True))
    rows = facts.items_with_materials(meeting, today=timezone.localdate())
    questions = []
    for row in sight.rows_for(rows, actor, approved=approved_version(meeting)):
        materials = sight.materials_for(row, actor)
        for material in materials:
            material.was_read = material.pk in was_read  # type: ignore[attr-defined]
        done = sum(material.pk in was_read for material in materials)
        questions.append({"row": row, "materials": materials, "read_count": done})
    return questions


def _current(meeting: Meeting, version: AgendaVersion, packed: tuple[PackDocument, ...]) -> Pack | None:
    """Return the file of exactly this agenda and these documents in the page's language, or None."""
    language = known(get_language())
    fingerprint = facts.pack_fingerprint(version, packed, language)
    return Pack.objects.filter(meeting=meeting, language=language, fingerprint=fingerprint).first()


@act_only
@staff_page(permissions.READ_PACK)
def make(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Ask for one PDF of the agenda and all documents; the worker makes it."""
    meeting = meeting_of(actor, key)
    asked = actions.ask_for_pack(meeting, language=known(get_language()), by=actor, now=timezone.now())
    if asked.state == PackState.WAITING:
        messages.success(request, _("The file is being made. The page shows how far it is."))
    return redirect(meeting.address("meetings:pack"))


@staff_page(permissions.READ_PACK)
def pdf(request: HttpRequest, actor: Actor, key: str) -> HttpResponseBase:
    """The agenda and all documents as one bookmarked PDF; the page leads there once it is made."""
    meeting = meeting_of(actor, key)
    version, packed = actions.sources_of(meeting, now=timezone.now())
    current = _current(meeting, version, packed) if version else None
    if current is None or current.state != PackState.READY:
        return redirect(meeting.address("meetings:pack"))
    bound = current.bound.values_list("pk", flat=True)
    actions.note_handed_over(meeting, bound, actor.person, now=timezone.now())
    return _handed(FileResponse(current.file.open("rb"), as_attachment=True, filename=_name(meeting, "pdf")))


@staff_page(permissions.READ_PACK)
def archived(request: HttpRequest, actor: Actor, key: str) -> HttpResponseBase:
    """All documents that were sent as a ZIP, with an index."""
    meeting = meeting_of(actor, key)
    version, packed = actions.sources_of(meeting, now=timezone.now())
    verdict = policies.may_have_pack(version, sent=facts.is_sent(meeting))
    if not verdict:
        raise Refused(verdict)
    everything = [row.material.pk for row in packed]
    content = archive.zipped(packed, _index(meeting, packed))
    actions.note_handed_over(meeting, everything, actor.person, now=timezone.now())
    return _handed(FileResponse(content, as_attachment=True, filename=_name(meeting, "zip")))


def _index(meeting: Meeting, packed: tuple[PackDocument, ...]) -> str:
    names, lines = archive.names_of(packed), [labels.meeting_title(meeting), ""]
    order = 0
    for row in packed:
        if row.item.order != order:
            order = row.item.order
            lines += ["", f"{order}. {local(row.item.question, 'title')}"]
        lines.append(f"   {names[row.material.pk]} – {_said(row.material)}")
    return "\r\n".join(lines)


def _said(material: Material) -> str:
    return (
        f"{' '.join(material.title.split())} ({material.get_language_display()}), SHA-256 {material.sha256}"
    )


def _name(meeting: Meeting, ending: str) -> str:
    return f"{meeting.staff.code}-{meeting.key}.{ending}"


def _handed(response: FileResponse) -> FileResponse:
    response["Content-Security-Policy"] = OPAQUE
    return response
