import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, labels, permissions, policies
from meetings.actions.attendance import elector_of
from meetings.forms import CheckedVoteForm, VoteForm
from meetings.models import Ballot, Elector, Meeting, Vote
from meetings.views.live import session_context, unchanged
from meetings.views.pages import act_only, ballot_at, meeting_of
from members.journal import version_of
from members.models import JournalEntry
from members.pages import staff_page
from members.permissions import Actor
from regulation.verdicts import Refused


@staff_page(permissions.FOLLOW)
def room(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The member's page of the meeting that goes on: presence, current question, own vote, outcomes."""
    version = version_of(actor.staff)
    if unchanged(request, version):
        return HttpResponse(status=204)
    meeting = meeting_of(actor, key)
    session = session_context(meeting)
    elector = elector_of(meeting, actor)
    current: Ballot | None = session["current"]
    own = current.votes.filter(elector=elector).first() if current and elector else None
    may_vote = (
        policies.may_vote(current, elector, elector.attendance.presence if elector else "")
        if current
        else None
    )
    context = session | {
        "version": version,
        "elector": elector,
        "own_vote": own,
        "may_claim": bool(policies.may_claim_presence(meeting, elector)),
        "may_vote": bool(may_vote),
        "why_not_vote": labels.refusal(may_vote) if may_vote is not None and not may_vote else "",
        "is_chair": elector is not None and meeting.chair_id == elector.pk,
    }
    return render(request, "meetings/room.html", context)


@act_only
@staff_page(permissions.ATTEND)
def here(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The member says "I am here"."""
    meeting = meeting_of(actor, key)
    actions.claim_presence(meeting, by=actor, now=timezone.now())
    messages.success(request, _("The secretary sees that you are here and will mark you present."))
    return redirect(meeting.address("meetings:room"))


def _ballot_to_vote(actor: Actor, meeting: Meeting, order: int) -> tuple[Ballot, Elector]:
    ballot = ballot_at(meeting, order)
    elector = elector_of(meeting, actor)
    policies.may_vote(ballot, elector, elector.attendance.presence if elector else "").or_raise()
    if elector is None:
        raise Http404
    return ballot, elector


@staff_page(permissions.VOTE)
def vote(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Choose; a link may pre-select a choice, nothing is recorded yet (clause 13)."""
    meeting = meeting_of(actor, key)
    ballot, elector = _ballot_to_vote(actor, meeting, order)
    chosen = request.GET.get("choice")
    form = VoteForm(request.GET if "next" in request.GET else None, initial={"choice": chosen})
    if form.is_bound and form.is_valid():
        return redirect(
            f"{meeting.address('meetings:check', order=order)}?choice={form.cleaned_data['choice']}"
        )
    session = session_context(meeting)
    context = session | {
        "ballot": ballot,
        "form": form,
        "own_vote": ballot.votes.filter(elector=elector).first(),
    }
    return render(request, "meetings/vote.html", context)


@staff_page(permissions.VOTE)
def check(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Check the choice, then act; the same key twice gives the same receipt."""
    meeting = meeting_of(actor, key)
    if request.method == "POST":
        return _cast(request, actor, meeting, order)
    ballot, _elector = _ballot_to_vote(actor, meeting, order)
    form = CheckedVoteForm(initial={"choice": request.GET.get("choice"), "key": uuid.uuid4()})
    said = labels.CHOICES_SAID.get(request.GET.get("choice", ""))
    if not request.GET.get("choice") or said is None:
        return redirect(meeting.address("meetings:vote", order=order))
    return render(
        request, "meetings/check.html", {"meeting": meeting, "ballot": ballot, "form": form, "said": said}
    )


def _cast(request: HttpRequest, actor: Actor, meeting: Meeting, order: int) -> HttpResponse:
    ballot = ballot_at(meeting, order)
    elector = elector_of(meeting, actor)
    form = CheckedVoteForm(request.POST)
    if elector is None:
        raise Refused(policies.may_vote(ballot, None, ""))
    if not form.is_valid():
        return redirect(meeting.address("meetings:vote", order=order))
    data = form.cleaned_data
    cast = actions.cast_vote(ballot, elector=elector, choice=data["choice"], key=str(data["key"]), by=actor)
    return redirect(cast)


@staff_page(permissions.VOTE)
def receipt(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    """The permanent receipt of one's own vote."""
    votes = Vote.objects.select_related(
        "ballot__item__question", "ballot__meeting__staff", "elector__meeting__staff"
    )
    own = get_object_or_404(votes, code=code, elector__user=actor.user, elector__meeting__staff=actor.staff)
    entry = (
        JournalEntry.objects.filter(
            object_type="meetings.ballot", object_id=own.ballot_id, data__receipt=code
        )
        .order_by("-sequence")
        .first()
    )
    context = {
        "vote": own,
        "meeting": own.ballot.meeting,
        "entry": entry,
        "said": labels.CHOICES_SAID[own.choice],
    }
    return render(request, "meetings/receipt.html", context)
