from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, facts, permissions
from meetings.forms import ExplainForm
from meetings.views.pages import tried
from members.pages import staff_page
from members.permissions import Actor


@staff_page(permissions.PREPARE)
def explain(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Record why a past quarter had no regular meeting (clause 12)."""
    waiting = facts.quarter_state(actor.staff, today=timezone.localdate()).unexplained
    if not waiting:
        messages.info(request, _("No breach of clause 12 waits for its reason."))
        return redirect("meetings:list", actor.staff.code)
    form = ExplainForm(request.POST or None, quarters=waiting)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        done = tried(
            form, lambda: actions.explain_breach(actor.staff, by=actor, now=timezone.now(), **fields)
        )
        if done is not None:
            messages.success(request, _("The reason is recorded. The breach stays on the list with it."))
            return redirect("meetings:list", actor.staff.code)
    return render(request, "meetings/breach.html", {"form": form}, status=422 if form.errors else 200)
