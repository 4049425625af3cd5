from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, facts, labels, permissions, policies, sight
from meetings.comparison import compare, version_before
from meetings.facts import ItemMaterials
from meetings.forms import ApproveForm, ReturnForm
from meetings.locks import approved_version, submitted_version
from meetings.models import AgendaVersion, Meeting
from meetings.views.agenda_parts import agenda_lines, blocking_of, links_of, missing
from meetings.views.documents import documents_context
from meetings.views.late_parts import late_context
from meetings.views.pages import act_only, meeting_of, sentence_of
from meetings.views.versions import version_context
from members.pages import staff_page
from members.permissions import Actor
from members.policies import needs_ground


@staff_page(permissions.READ_AGENDA)
def agenda(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The agenda: what it holds, what is still missing, and the head's decision (clause 22).

    While an approved agenda is being changed, who does not prepare it reads it as it was approved.
    """
    meeting = meeting_of(actor, key)
    context = _agenda_context(actor, meeting)
    approved = approved_version(meeting)
    if approved is not None and not context["is_keeper"] and not context["is_approved_text"]:
        approved.meeting = meeting
        frozen = version_context(actor, approved, is_being_changed=True)
        return render(request, "meetings/agenda_version.html", frozen)
    return render(request, "meetings/agenda.html", context)


def _agenda_context(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    rows = facts.items_with_materials(meeting, today=timezone.localdate())
    submitted, approved = submitted_version(meeting), approved_version(meeting)
    content = facts.agenda_content(meeting, [row.item for row in rows])
    digest = facts.content_hash(content)
    is_keeper = bool(actor.roles & permissions.READ_DRAFTS.roles)
    page = {
        "meeting": meeting,
        "rows": agenda_lines(
            meeting, rows, lambda each: sight.may_read(each, actor, approved=approved is not None)
        ),
        "total": sum(row.item.minutes for row in rows),
        "with_text": [row.item.pk for row in rows if sight.may_read_text(row.item, actor)],
        "with_materials": [row.item.pk for row in rows if sight.may_see_materials(row.item, actor)],
        "submitted": submitted,
        "approved": approved,
        "is_approved_text": approved is not None and approved.sha256 == digest,
        "is_keeper": is_keeper,
        "may_edit": actor.is_secretary and bool(policies.may_edit_agenda(meeting, submitted)),
        "invitees": meeting.invitees.all() if is_keeper else facts.approved_guests(meeting),
    }
    if is_keeper:
        page |= _of_keepers(actor, meeting, rows, content)
    return page | _acts(actor, meeting, rows, digest)


def _of_keepers(
    actor: Actor, meeting: Meeting, rows: list[ItemMaterials], content: dict[str, Any]
) -> dict[str, object]:
    """What is still missing, the versions, and what changed since the last decision."""
    versions = list(meeting.agenda_versions.select_related("decided_by"))
    submitted, approved = submitted_version(meeting), approved_version(meeting)
    before = version_before(submitted) if submitted is not None else approved
    after = submitted.content if submitted is not None else content
    difference = compare(before.content, after) if before is not None else None
    is_prepared = bool(policies.may_prepare(meeting))
    return {
        "missing": missing(actor, meeting, rows) if is_prepared else None,
        "versions": versions,
        "before": before,
        "difference": difference if is_prepared else None,
        "is_unsent": actor.is_secretary
        and is_prepared
        and approved is not None
        and not approved.dispatches.exists(),
    }


def _acts(actor: Actor, meeting: Meeting, rows: list[ItemMaterials], digest: str) -> dict[str, object]:
    """What this person may do now, and why not."""
    submitted, approved = submitted_version(meeting), approved_version(meeting)
    may_submit = policies.may_submit(meeting, submitted, approved, digest)
    lacks = blocking_of(meeting, rows)
    decides = policies.decides_on_agenda(meeting, actor)
    is_decider = submitted is not None and actor.role in permissions.DECIDE_AGENDA.roles
    asks_ground = needs_ground(actor)
    return {
        "may_submit": actor.is_secretary and bool(may_submit) and not lacks,
        "may_complete": actor.is_secretary and bool(may_submit),
        "may_decide": is_decider and bool(decides),
        "why_not_decide": "" if decides or not is_decider else sentence_of(decides),
        "why_not_approve": links_of(actor, meeting, policies.may_approve_with(rows)) if is_decider else (),
        "may_take_back": submitted is not None and actor.is_secretary,
        "approve_form": ApproveForm(
            required=asks_ground, initial={"seen": submitted.sha256 if submitted else ""}
        ),
        "return_form": ReturnForm(required=asks_ground, prefix="return"),
    }


@act_only
@staff_page(permissions.PREPARE)
def submit(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Lay the agenda before the head."""
    meeting = meeting_of(actor, key)
    actions.submit_agenda(meeting, by=actor, now=timezone.now())
    messages.success(request, _("The agenda is with the head. You will be told of the decision."))
    return redirect(meeting)


@act_only
@staff_page(permissions.PREPARE)
def take_back(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Take the submitted agenda back for editing."""
    meeting = meeting_of(actor, key)
    actions.take_back_agenda(_version(meeting, request), by=actor, now=timezone.now())
    messages.success(request, _("The agenda is a draft again."))
    return redirect(meeting.address("meetings:agenda"))


@act_only
@staff_page(permissions.DECIDE_AGENDA)
def decide(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Approve the agenda that was read, or return it with a remark."""
    meeting = meeting_of(actor, key)
    version = _version(meeting, request)
    approve = "approve" in request.POST
    asks_ground = needs_ground(actor)
    form = (
        ApproveForm(request.POST, required=asks_ground)
        if approve
        else ReturnForm(request.POST, required=asks_ground, prefix="return")
    )
    if not form.is_valid():
        context = _agenda_context(actor, meeting) | {
            "approve_form" if approve else "return_form": form,
            "form": form,
        }
        return render(request, "meetings/agenda.html", context, status=422)
    now, data = timezone.now(), form.cleaned_data
    if approve:
        actions.approve_agenda(version, by=actor, now=now, **data)
        messages.success(request, _("The agenda is approved. The secretary sends it to everybody."))
    else:
        actions.return_agenda(version, by=actor, now=now, **data)
        messages.success(request, _("The agenda is returned with your remark."))
    return redirect(meeting)


def _version(meeting: Meeting, request: HttpRequest) -> AgendaVersion:
    number = request.POST.get("version", "")
    versions = AgendaVersion.objects.filter(meeting=meeting).select_related("meeting")
    return get_object_or_404(versions, number=number if number.isdecimal() and len(number) < 5 else 0)


@staff_page(permissions.READ)
def item(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """One question: draft decision, documents, lateness, vote."""
    meeting = meeting_of(actor, key)
    context = item_context(actor, meeting, order)
    if actor.user is not None:
        actions.note_opening(meeting, actor.user, now=timezone.now())
    return render(request, "meetings/item.html", context)


def item_context(actor: Actor, meeting: Meeting, order: int) -> dict[str, object]:
    """Return what the page of one question shows, also with a form that was refused."""
    terms = facts.terms_of(meeting)
    rows = facts.items_with_materials(meeting, today=timezone.localdate())
    shown = sight.rows_for(rows, actor, approved=approved_version(meeting))
    row = next((each for each in shown if each.item.order == order), None)
    if row is None:
        raise Http404
    closed = row.item.ballots.select_related("chair").filter(closed_at__isnull=False)
    ballot = closed.order_by("-pk").first() if sight.may_see_votes(row.item, actor) else None
    editable = policies.may_edit_agenda(meeting, submitted_version(meeting))
    return (
        documents_context(actor, meeting, row)
        | late_context(actor, meeting, row)
        | {
            "meeting": meeting,
            "item": row.item,
            "row": row,
            "terms": terms,
            "may_read_text": sight.may_read_text(row.item, actor),
            "may_see_materials": sight.may_see_materials(row.item, actor),
            "ballot": ballot,
            "outcome": labels.outcome_sentence(ballot) if ballot else "",
            "votes": ballot.votes.select_related("elector") if ballot else (),
            "may_edit": actor.is_secretary and bool(editable),
            "may_dissent": actor.role in permissions.VOTE.roles and ballot is not None,
        }
    )
