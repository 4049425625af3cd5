from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, facts, labels, permissions, policies
from meetings.announcement import announcement_of
from meetings.views.pages import meeting_of
from members.pages import staff_page
from members.permissions import Actor
from members.states import Language


@staff_page(permissions.ANNOUNCE)
def announcement(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The public page before it is public, and the one button that makes it so (clause 19)."""
    meeting = meeting_of(actor, key)
    if request.method == "POST":
        actions.announce(meeting, by=actor, now=timezone.now())
        messages.success(request, _("The meeting is announced. Anybody can read the page now."))
        return redirect(meeting.address("meetings:announcement"))
    terms, today = facts.terms_of(meeting), timezone.localdate()
    verdict = policies.may_announce(meeting)
    address = {"public": actor.staff.code, "key": meeting.key}
    context = {
        "meeting": meeting,
        "announcement": announcement_of(meeting),
        "terms": terms,
        "days_late": max(0, (today - terms.announcement_due).days),
        "may_announce": bool(verdict) and meeting.announced_at is None,
        "why_not": "" if verdict or meeting.announced_at else labels.refusal(verdict),
        "addresses": [
            (code, name, reverse("open_meeting", kwargs={"lang": code, **address}))
            for code, name in Language.choices
        ],
    }
    return render(request, "meetings/announcement.html", context)
