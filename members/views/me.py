"""A person's own account: who I am here, how I sign in, where I am signed in."""

from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members import second_factor, signed_in
from members.forms.accounts import PhoneForm
from members.models import Holder, Place
from members.models.composition import in_force
from members.pages import enter, sign_in_first
from members.permissions import staffs_of


class SignedIn(NamedTuple):
    """A session in words: the device, and whether it is the one that asks."""

    row: UserSession
    device: str
    is_this: bool


class Way(NamedTuple):
    """A passkey of mine: its name, when it was added and used, whether it opens the portal by itself."""

    row: Authenticator
    name: str
    is_enough: bool


@sign_in_first
def me(request: Any) -> HttpResponse:
    """Show my name, seats and places, and the ways into my account; change the work phone."""
    form = PhoneForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The work phone is saved"))
        return redirect("me")
    today = timezone.localdate()
    keep_frame(request)
    holders = Holder.objects.on(today).filter(in_force(today, "seat__composition__"), user=request.user)
    context = {
        "form": form,
        "holders": holders.select_related("seat__composition__staff").order_by("pk"),
        "places": Place.objects.on(today).filter(user=request.user).order_by("pk"),
        "has_factor": second_factor.has_factor(request.user),
    }
    return render(request, "me/me.html", context)


@sign_in_first
def factors(request: Any) -> HttpResponse:
    """Show my second factors, or, to who must have one and has none, why and which there are."""
    found = list(Authenticator.objects.filter(user=request.user).order_by("pk"))
    of_type = {kind: [row for row in found if row.type == kind] for kind in Authenticator.Type}
    ways = [Way(row, str(row), row.wrap().is_passwordless is not False) for row in of_type["webauthn"]]
    codes = [row.wrap() for row in of_type["recovery_codes"]]
    demanded = second_factor.is_demanded(request.user, today=timezone.localdate())
    is_missing = demanded and not ways and not of_type["totp"]
    if not is_missing:
        keep_frame(request)
    context = {
        "passkeys": ways,
        "app": of_type["totp"][0] if of_type["totp"] else None,
        "codes_left": len(codes[0].get_unused_codes()) if codes else None,
        "is_demanded": demanded,
        "is_missing": is_missing,
    }
    return render(request, "mfa/index.html", context)


@sign_in_first
def own_sessions(request: Any) -> HttpResponse:
    """Show where I am signed in, and end all sessions but this one."""
    if request.method == "POST":
        count = signed_in.end_others(request.user, but=request.session.session_key)
        messages.success(request, _("Sessions ended: %(count)s") % {"count": count})
        return redirect("usersessions_list")
    keep_frame(request)
    key = request.session.session_key
    rows = [
        SignedIn(row, signed_in.device(row.user_agent), row.session_key == key)
        for row in signed_in.sessions_of(request, request.user)
    ]
    return render(request, "usersessions/usersession_list.html", {"rows": rows, "others": len(rows) - 1})


@require_POST
@sign_in_first
def end_session(request: Any, pk: int) -> HttpResponse:
    """End one session of mine; this one by signing out."""
    row = get_object_or_404(UserSession, pk=pk, user=request.user)
    if row.session_key == request.session.session_key:
        return redirect("account_logout")
    signed_in.end([row.session_key])
    messages.success(request, _("The session is ended: that device has to sign in again"))
    return redirect("usersessions_list")


def keep_frame(request: HttpRequest) -> None:
    """Keep the navigation of a Staff of the person around a page that belongs to none."""
    own = staffs_of(request.user, today=timezone.localdate()).order_by("pk").first()  # type: ignore[arg-type]
    if own is not None:
        enter(request, own.code)
