"""How a page is entered: the Staff in the address, a seat in it, and the permission, in one call."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from members import labels
from members.models import Staff, User
from members.permissions import Actor, Permission, actor_in, holders_on
from members.requests import came_from
from members.states import Role
from regulation.verdicts import Refused

# Refusals that no form can mend.
ABOUT_THE_PERSON = ("other_staff", "not_your_role")


class StaffRequest(HttpRequest):
    """A request whose user holds a seat in the Staff of the address."""

    user: User
    staff: Staff
    actor: Actor


def sign_in_first(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Wrap a view for who is signed in; others sign in and come back to the page, never to a form's address.

    A form that was sent too late comes back to the page it stood on, else to the first page of the Staff.
    """

    @wraps(view)
    def page(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            return redirect_to_login(request.get_full_path())
        home = reverse("home", kwargs={"staff": kwargs["staff"]}) if "staff" in kwargs else reverse("root")
        return redirect_to_login(came_from(request) or home)

    return page


def staff_page(
    permission: Permission | None = None,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Wrap a view `view(request, actor, …)` whose address carries `staff`.

    Another Staff's address is "not found" for who has no seat there; a seat without `permission` gets
    a page that says why. The view reads the clock; nothing below it does.
    """

    def wrap(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        @sign_in_first
        def page(request: Any, staff: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = enter(request, staff)
            if permission is not None:
                permission.require(actor, actor.staff.pk)
            return view(request, actor, *args, **kwargs)

        return page

    return wrap


def tried(form: BaseForm, act: Callable[[], Any]) -> Any:
    """Return what `act()` returns, or None after a refusal, which then stands in the form: nothing is lost.

    Raises Refused for another role or another Staff: that is no mistake of what was typed.
    """
    try:
        return act()
    except Refused as refusal:
        if refusal.verdict.reason in ABOUT_THE_PERSON:
            raise
        form.add_error(None, labels.refusal(refusal.verdict))
        return None


def enter(request: Any, code: str) -> Actor:
    """Return the user of `request` as an actor of the Staff `code`; Http404 without a seat there.

    Sets `request.staff`, `request.actor`, `request.seat` and `request.secretary` for the page's frame.
    """
    today = timezone.localdate()
    staff = Staff.objects.filter(code=code).first()
    if staff is None:
        raise Http404
    actor = actor_in(staff, request.user, today=today)
    if actor is None:
        raise Http404
    request.staff, request.actor, request.seat = staff, actor, actor.seat
    request.secretary = secretary_of(staff)
    return actor


class Contact:
    """Whom to ask: the secretary's name, office and work phone, the same place on every page."""

    def __init__(self, name: str, office_kk: str, office_ru: str, phone: str) -> None:
        self.name, self.office_kk, self.office_ru, self.phone = name, office_kk, office_ru, phone


def secretary_of(staff: Staff) -> Contact | None:
    """Return the secretary of `staff` today, or None while the seat is vacant."""
    holder = holders_on(staff, timezone.localdate()).filter(seat__role=Role.SECRETARY).first()
    if holder is None:
        return None
    return Contact(holder.user.name, holder.seat.office_kk, holder.seat.office_ru, holder.user.phone)
