import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, acts, facts, labels, permissions, policies
from meetings.facts import Roll
from meetings.facts.basis import note_taking_off
from meetings.forms import ChairForm, CheckedVoteForm, MarkForm, VoteForm
from meetings.models import AgendaItem, Ballot, Elector, Meeting
from meetings.states import State
from meetings.views.pages import act_only, ballot_at, item_of, meeting_of, tried
from members.journal import version_of
from members.labels import local
from members.models import Absence, JournalEntry
from members.pages import staff_page
from members.permissions import Actor, absence_on
from members.states import Role


def unchanged(request: HttpRequest, version: int) -> bool:
    """Return whether a polling page already shows this version of the Staff's journal."""
    return bool(getattr(request, "htmx", False)) and request.GET.get("seen") == str(version)


@staff_page(permissions.CONDUCT)
def console(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The secretary's console; polled with the version it shows, unchanged is an empty answer."""
    version = version_of(actor.staff)
    if unchanged(request, version):
        return HttpResponse(status=204)
    meeting = meeting_of(actor, key)
    return render(request, "meetings/live.html", {"version": version, **session_context(meeting)})


def session_context(meeting: Meeting) -> dict[str, Any]:
    """Return the going-on of a meeting: roll, agenda with outcomes, the open vote, what may be done."""
    roll = facts.roll(meeting)
    ballots = {
        ballot.item_id: ballot
        for ballot in meeting.ballots.select_related("item__question", "chair", "meeting")
    }
    related = meeting.items.select_related("question", "agency", "note").prefetch_related(
        "question__notes__staff"
    )
    items = list(related.order_by("order"))
    current = next((ballot for ballot in ballots.values() if ballot.is_open), None)
    rows = [_agenda_row(meeting, item, ballots, roll) for item in items]
    return {
        "meeting": meeting,
        "roll": roll,
        "rows": rows,
        "current": current,
        "progress": _progress(current, roll) if current else None,
        "may_open": policies.may_open_meeting(meeting, roll),
        "why_not_open": _why_not(policies.may_open_meeting(meeting, roll)),
        "may_end": bool(policies.may_end(meeting, current)),
        "is_all_voted": all(row["taken_off"] or (row["ballot"] and not row["may_open"]) for row in rows),
        "lacks_quorum": not roll.has_quorum,
        "entries": _journal_of(meeting, ballots.values()),
    }


def _why_not(verdict: Any) -> str:
    return "" if verdict else labels.refusal(verdict)


def _agenda_row(meeting: Meeting, item: AgendaItem, ballots: dict[int, Ballot], roll: Roll) -> dict[str, Any]:
    ballot = ballots.get(item.pk)
    verdict = policies.may_open_ballot(meeting, item, ballots.values(), roll)
    closed = ballot is not None and not ballot.is_open
    taken_off = note_taking_off(item)
    lost_quorum = ballot is not None and ballot.reason == "no_quorum"
    return {
        "item": item,
        "ballot": ballot,
        "outcome": labels.outcome_sentence(ballot) if ballot and closed else "",
        "is_below": labels.is_below_majority(ballot) if ballot and closed else False,
        "may_open": bool(verdict),
        "taken_off": taken_off,
        "may_take_off": bool(policies.is_going_on(meeting)) and not taken_off and (not ballot or lost_quorum),
        "may_draft": bool(policies.may_write_added_draft(meeting, item, has_ballot=ballot is not None)),
        "why_not": _why_not(verdict),
    }


def _progress(ballot: Ballot, roll: Roll) -> dict[str, Any]:
    voted = set(ballot.votes.values_list("elector_id", flat=True))
    waiting = [elector for elector in roll.attending if elector.pk not in voted]
    return {
        "voted": len(voted),
        "of": len(voted) + len(waiting),
        "waiting": waiting,
        "majority": policies.votes_needed(ballot, roll),
    }


def _journal_of(meeting: Meeting, ballots: Any) -> list[dict[str, Any]]:
    of_meeting = Q(object_type="meetings.meeting", object_id=meeting.pk)
    of_votes = Q(object_type="meetings.ballot", object_id__in=[row.pk for row in ballots])
    latest = JournalEntry.objects.filter(of_meeting | of_votes).order_by("-sequence")[:8]
    return [{"at": entry.at, "text": acts.sentence(entry)} for entry in latest]


@act_only
@staff_page(permissions.CONDUCT)
def start(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Begin registration on the day of the meeting."""
    meeting = actions.start_registration(meeting_of(actor, key), by=actor, now=timezone.now())
    messages.success(request, _("Registration is open. Nobody is marked yet: mark who came."))
    return redirect(meeting.address("meetings:attendance"))


@staff_page(permissions.CONDUCT)
def attendance(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Mark who came, how, and who left (clause 20)."""
    meeting = meeting_of(actor, key)
    context = {
        "meeting": meeting,
        "roll": facts.roll(meeting),
        "may_mark": meeting.state in (State.REGISTRATION, State.OPEN),
        "may_undo": not meeting.ballots.exists(),
    }
    return render(request, "meetings/attendance.html", context)


@act_only
@staff_page(permissions.CONDUCT)
def mark(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    """Mark one member."""
    meeting = meeting_of(actor, key)
    elector = get_object_or_404(meeting.electors.select_related("meeting"), pk=pk)
    form = MarkForm(request.POST)
    if form.is_valid():
        actions.mark(elector, by=actor, now=timezone.now(), **form.cleaned_data)
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect(f"{meeting.address('meetings:attendance')}#seat-{elector.order}")


@staff_page(permissions.CONDUCT)
def chair(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Record who chairs; a deputy with the ground of the head's absence (clause 25(3))."""
    meeting = meeting_of(actor, key)
    able = meeting.electors.filter(role__in=(Role.HEAD, Role.DEPUTY_HEAD), user__isnull=False)
    absence = absence_on(actor.staff, meeting.day)
    form = ChairForm(request.POST or None, initial=_expected_chair(meeting, able, absence))
    form.fields["elector"].choices = [(row.pk, f"{row.name}, {local(row, 'office')}") for row in able]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        elector = get_object_or_404(Elector, pk=form.cleaned_data["elector"], meeting=meeting)
        ground, now = form.cleaned_data["ground"], timezone.now()
        if tried(
            form, lambda: actions.appoint_chair(meeting, elector=elector, ground=ground, by=actor, now=now)
        ):
            if absence and elector.role == Role.HEAD:
                messages.warning(
                    request,
                    _("The head chairs though his absence is recorded. If he is back, end the absence."),
                )
            return redirect(meeting.address("meetings:live"))
    elif request.method != "POST":
        policies.may_change_chair(meeting, meeting.ballots.filter(closed_at=None).first()).or_raise()
    return render(request, "meetings/chair.html", {"meeting": meeting, "form": form, "absence": absence})


def _expected_chair(meeting: Meeting, able: Iterable[Elector], absence: Absence | None) -> dict[str, Any]:
    """Return who chairs and why: as recorded; else the deputy named for the day, unless the head is there."""
    if meeting.chair_id is not None or absence is None:
        return {"elector": meeting.chair_id, "ground": meeting.chair_ground}
    if meeting.electors.present().filter(role=Role.HEAD).exists():
        return {"elector": next((row.pk for row in able if row.role == Role.HEAD), None)}
    deputy = next((row.pk for row in able if row.user_id == absence.deputy_id), None)
    return {"elector": deputy, "ground": absence.ground}


@act_only
@staff_page(permissions.CONDUCT)
def open_meeting(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Open the meeting: quorum checked, number given."""
    meeting = actions.open_meeting(meeting_of(actor, key), by=actor, now=timezone.now())
    messages.success(
        request, _("The meeting is open, its number is %(number)s.") % {"number": meeting.number}
    )
    return redirect(meeting.address("meetings:live"))


@act_only
@staff_page(permissions.CONDUCT)
def no_quorum(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Record that there was no quorum: the meeting is not lawful."""
    meeting = actions.record_no_quorum(meeting_of(actor, key), by=actor, now=timezone.now())
    messages.success(request, _("Recorded: there was no quorum, the meeting was not held."))
    return redirect(meeting)


@act_only
@staff_page(permissions.CONDUCT)
def open_ballot(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Put a question to the vote."""
    meeting = meeting_of(actor, key)
    actions.open_ballot(item_of(meeting, order), by=actor)
    return redirect(meeting.address("meetings:live"))


@staff_page(permissions.CONDUCT)
def close_ballot(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Close the vote; asks first while somebody has not voted."""
    meeting = meeting_of(actor, key)
    ballot = ballot_at(meeting, order)
    policies.may_close_ballot(ballot).or_raise()
    progress = _progress(ballot, facts.roll(meeting))
    if request.method == "POST" and (not progress["waiting"] or "sure" in request.POST):
        closed = actions.close_ballot(ballot, by=actor)
        level = messages.SUCCESS if closed.adopted else messages.WARNING
        messages.add_message(request, level, labels.outcome_sentence(closed))
        return redirect(meeting.address("meetings:live"))
    return render(
        request, "meetings/close.html", {"meeting": meeting, "ballot": ballot, "progress": progress}
    )


@staff_page(permissions.CONDUCT)
def hand(request: HttpRequest, actor: Actor, key: str, order: int, pk: int) -> HttpResponse:
    """Record the raised hand of a member who has no phone; the member sees the record."""
    meeting = meeting_of(actor, key)
    ballot = ballot_at(meeting, order)
    elector = get_object_or_404(meeting.electors.select_related("attendance"), pk=pk)
    policies.may_vote(ballot, elector, elector.attendance.presence).or_raise()
    form = VoteForm(request.POST or None)
    form.fields["choice"].label = _("The vote of %(name)s") % {"name": elector.name}
    if request.method == "POST" and form.is_valid():
        act = CheckedVoteForm(request.POST)
        act_key = str(act.cleaned_data["key"]) if act.is_valid() else str(uuid.uuid4())
        actions.cast_vote(ballot, elector=elector, choice=form.cleaned_data["choice"], key=act_key, by=actor)
        return redirect(meeting.address("meetings:live"))
    context = {"meeting": meeting, "ballot": ballot, "elector": elector, "form": form, "key": uuid.uuid4()}
    return render(request, "meetings/hand.html", context)


@staff_page(permissions.CONDUCT)
def end(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """End the meeting, after showing which questions have no vote."""
    meeting = meeting_of(actor, key)
    if request.method == "POST":
        meeting = actions.end_meeting(meeting, by=actor, now=timezone.now())
        messages.success(request, _("The meeting is ended. Now draw up the protocol."))
        return redirect(meeting)
    policies.may_end(meeting, meeting.ballots.filter(closed_at=None).first()).or_raise()
    unvoted = meeting.items.select_related("question").filter(ballots__isnull=True)
    without_vote = [item for item in unvoted.order_by("order") if note_taking_off(item) is None]
    context = {"meeting": meeting, "without_vote": without_vote, "in_session": meeting.state == State.OPEN}
    return render(request, "meetings/end.html", context)
