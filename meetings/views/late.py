"""The head's decision on a late question (clauses 18, 22)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import actions, permissions
from meetings.forms import LateForm
from meetings.views.agenda import item_context
from meetings.views.pages import act_only, item_of, meeting_of, tried
from members.pages import staff_page
from members.permissions import Actor
from members.policies import needs_ground


@act_only
@staff_page(permissions.DECIDE_LATE)
def decide_late(request: HttpRequest, actor: Actor, key: str, order: int) -> HttpResponse:
    """Keep a late question on the agenda, move it, or remove it, with a reason."""
    meeting = meeting_of(actor, key)
    item = item_of(meeting, order)
    form = LateForm(request.POST, required=needs_ground(actor), today=timezone.localdate())
    if form.is_valid():
        now, data = timezone.now(), form.decided()
        done = tried(form, lambda: (actions.decide_late(item, by=actor, now=now, **data),))
        if done is not None:
            (note,) = done
            if note is None:
                messages.success(request, _("The question stays. Members may read what has come so far."))
                return redirect(item)
            messages.success(request, _("The question left the agenda, the note on it is agreed."))
            return redirect(note)
    context = item_context(actor, meeting, order) | {"late_form": form, "form": form}
    return render(request, "meetings/item.html", context, status=422)
