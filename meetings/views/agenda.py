from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, facts, labels, permissions, policies, sight
from meetings.forms import AdmitForm, ApproveForm, ItemForm, MaterialForm, ReturnForm
from meetings.forms.points import PointForm, formset_of, initial_of
from meetings.locks import approved_version, submitted_version
from meetings.models import AgendaItem, AgendaVersion, Meeting
from meetings.points import PointText
from meetings.views.pages import act_only, item_of, meeting_of, sentence_of, tried
from members.pages import staff_page
from members.permissions import Actor
from members.policies import has_powers_of_head, needs_ground
from regulation.verdicts import Refused, refused


@staff_page(permissions.READ_AGENDA)
def agenda(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The agenda: what it holds, what is still missing, and the head's decision (clause 22)."""
    meeting = meeting_of(actor, key)
    return render(request, "meetings/agenda.html", _agenda_context(actor, meeting))


def _agenda_context(actor: Actor, meeting: Meeting) -> dict[str, object]:
    rows = facts.items_with_materials(meeting, today=timezone.localdate())
    submitted, approved = submitted_version(meeting), approved_version(meeting)
    is_keeper = bool(actor.roles & permissions.READ_DRAFTS.roles)
    digest = facts.content_hash(facts.agenda_content(meeting, [row.item for row in rows]))
    problems = policies.problems_before_submitting([row.item for row in rows])
    may_submit = policies.may_submit(meeting, submitted, approved, digest)
    decides = policies.decides_on_agenda(meeting, actor)
    is_decider = submitted is not None and actor.role in permissions.DECIDE_AGENDA.roles
    asks_ground = needs_ground(actor)
    return {
        "meeting": meeting,
        "rows": [row for row in rows if sight.may_read(row.item, actor, approved=approved is not None)],
        "with_text": [row.item.pk for row in rows if sight.may_read_text(row.item, actor)],
        "with_materials": [row.item.pk for row in rows if sight.may_see_materials(row.item, actor)],
        "submitted": submitted,
        "approved": approved,
        "is_approved_text": approved is not None and approved.sha256 == digest,
        "versions": meeting.agenda_versions.select_related("decided_by") if is_keeper else (),
        "is_keeper": is_keeper,
        "missing": [
            {"text": labels.refusal(problem), "order": problem.facts.get("order")} for problem in problems
        ],
        "may_edit": actor.is_secretary and bool(policies.may_edit_agenda(meeting, submitted)),
        "may_submit": actor.is_secretary and bool(may_submit) and not problems,
        "why_not_submit": "" if may_submit else labels.refusal(may_submit),
        "may_decide": is_decider and bool(decides),
        "why_not_decide": "" if decides or not is_decider else sentence_of(decides),
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
    row = facts.materials_of(item_of(meeting, order), terms.materials_due, today=timezone.localdate())
    approved = approved_version(meeting)
    if not sight.may_read(row.item, actor, approved=approved is not None):
        raise Http404
    closed = row.item.ballots.select_related("chair").filter(closed_at__isnull=False)
    ballot = closed.order_by("-pk").first() if sight.may_see_votes(row.item, actor) else None
    editable = policies.may_edit_agenda(meeting, submitted_version(meeting))
    waits = actor.role in permissions.DECIDE_LATE.roles and bool(row.held)
    waits = waits and bool(policies.may_prepare(meeting))
    decides = has_powers_of_head(actor)
    return {
        "meeting": meeting,
        "item": row.item,
        "row": row,
        "terms": terms,
        "may_read_text": sight.may_read_text(row.item, actor),
        "may_see_materials": sight.may_see_materials(row.item, actor),
        "materials": sight.materials_for(row, actor, sent=facts.is_sent(meeting)),
        "ballot": ballot,
        "outcome": labels.outcome_sentence(ballot) if ballot else "",
        "votes": ballot.votes.select_related("elector") if ballot else (),
        "may_attach": actor.is_secretary and bool(policies.may_prepare(meeting)),
        "may_edit": actor.is_secretary and bool(editable),
        "may_admit": waits and bool(decides),
        "why_not_admit": "" if decides or not waits else sentence_of(decides),
        "may_dissent": actor.role in permissions.VOTE.roles and ballot is not None,
        "material_form": MaterialForm(item=row.item),
        "admit_form": AdmitForm(required=needs_ground(actor)),
    }


def _editable_meeting(actor: Actor, key: str) -> Meeting:
    """Return a meeting whose agenda may be edited now; else the page says why before anything is typed."""
    meeting = meeting_of(actor, key)
    policies.may_edit_agenda(meeting, submitted_version(meeting)).or_raise()
    return meeting


def _same_item(request: HttpRequest, meeting: Meeting, order: int) -> AgendaItem:
    """Return the item of the address; Refused when the form was opened for another one at that place."""
    row = item_of(meeting, order)
    if request.method == "POST" and request.POST.get("item") != str(row.pk):
        raise Refused(refused("item_moved_meanwhile", "22"))
    return row


@staff_page(permissions.PREPARE)
def item_new(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Put a question on the draft agenda."""
    meeting = meeting_of(actor, key)
    form = ItemForm(request.POST or None, staff=actor.staff)
    points = _points(request, actor)
    if request.method == "POST" and form.is_valid() and points.is_valid():
        data = form.cleaned_data | {"points": [PointText(**row) for row in points.written()]}
        del data["version"]
        added = tried(form, lambda: actions.add_item(meeting, by=actor, now=timezone.now(), **data))
        if added is not None:
            messages.success(request, _("The question is on the agenda. Attach its material."))
            return redirect(added)
    else:
        _editable_meeting(actor, key)
    context = {"form": form, "meeting": meeting, "points": points, "forms": [form, *points.forms]}
    return render(request, "meetings/item_form.html", context)


@staff_page(permissions.PREPARE)
def item_edit(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Change a question of the draft agenda."""
    meeting = meeting_of(actor, key)
    row = _same_item(request, meeting, order)
    form = ItemForm(request.POST or None, instance=row, staff=actor.staff)
    points = _points(request, actor, row)
    if request.method == "POST" and form.is_valid() and points.is_valid():
        data = form.cleaned_data | {"points": [PointText(**row) for row in points.written()]}
        current = item_of(meeting, order)
        if tried(form, lambda: actions.edit_item(current, by=actor, now=timezone.now(), **data)):
            messages.success(request, _("Saved."))
            return redirect(meeting.address("meetings:agenda"))
    else:
        _editable_meeting(actor, key)
    context = {"form": form, "meeting": meeting, "item": row, "points": points}
    return render(request, "meetings/item_form.html", context | {"forms": [form, *points.forms]})


def _points(request: HttpRequest, actor: Actor, row: AgendaItem | None = None) -> Any:
    """Return the formset of the points of the draft decision."""
    saved = initial_of(row.points.all()) if row else []
    data = request.POST if request.method == "POST" else None
    return formset_of(PointForm)(data, initial=saved, form_kwargs={"staff": actor.staff}, prefix="points")


@act_only
@staff_page(permissions.PREPARE)
def item_move(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Move a question one place up or down."""
    meeting = meeting_of(actor, key)
    row = _same_item(request, meeting, order)
    actions.move_item(row, up=request.POST.get("where") == "up", by=actor, now=timezone.now())
    return redirect(meeting.address("meetings:agenda"))


@staff_page(permissions.PREPARE)
def item_remove(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Take a question off the draft agenda, after asking."""
    meeting = _editable_meeting(actor, key)
    row = _same_item(request, meeting, order)
    if request.method == "POST":
        actions.remove_item(row, by=actor, now=timezone.now())
        messages.success(request, _("The question is off the agenda; it stays among the questions."))
        return redirect(meeting.address("meetings:agenda"))
    return render(request, "meetings/item_remove.html", {"meeting": meeting, "item": row})
