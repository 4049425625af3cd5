"""The secretary's page of letters that the post could not bring yet."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members import notices
from members.actions.letters import deliver_by_hand, send_again
from members.models import Notice
from members.pages import staff_page
from members.permissions import HANDLE_LETTERS, Actor
from members.states import HANDLED_BY_HAND, SENT_AGAIN, Mail

ON_A_PAGE = 50
# How a state looks: the classes of the style sheet.
LOOKS = {Mail.FAILED: "late", Mail.UNCLEAR: "soon"}


class Letter(NamedTuple):
    """A row of the page: the notice, how its state looks, and what may be done."""

    notice: Notice
    look: str
    may_send_again: bool
    may_close: bool


@staff_page(HANDLE_LETTERS)
def letters(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the letters that failed, are unclear, or wait longer than the post needs; the newest first."""
    stuck = notices.letters_stuck(actor.staff, now=timezone.now()).order_by("-created_at", "-pk")
    page = Paginator(stuck, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        Letter(
            notice,
            LOOKS.get(Mail(notice.mail), "open"),
            notice.mail in SENT_AGAIN,
            notice.mail in HANDLED_BY_HAND,
        )
        for notice in page
    ]
    context = {"page": page, "rows": rows, "tries": notices.MAX_ATTEMPTS}
    return render(request, "members/letters.html", context)


@require_POST
@staff_page(HANDLE_LETTERS)
def again(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Send a letter once more."""
    return _act(request, actor, pk, send_again, _("The letter to %(name)s will be sent again"))


@require_POST
@staff_page(HANDLE_LETTERS)
def by_hand(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Mark a letter as delivered otherwise."""
    return _act(
        request, actor, pk, deliver_by_hand, _("The letter to %(name)s is marked as delivered otherwise")
    )


def _act(request: HttpRequest, actor: Actor, pk: int, act: Callable[..., bool], done: str) -> HttpResponse:
    notice = get_object_or_404(Notice, staff=actor.staff, pk=pk)
    if act(notice, by=actor, now=timezone.now()):
        messages.success(request, done % {"name": notice.name})
    else:
        messages.info(request, _("Nothing was to be done: the letter went out or is closed already"))
    return redirect("members:letters", staff=actor.staff.code)
