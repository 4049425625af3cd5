"""The page behind the link of an invitation: no sign-in is needed, the signed address is the key."""

from typing import Any

from allauth.account.utils import perform_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from members import actions, labels, links, policies
from members.forms.access import AcceptForm, LanguageForm
from members.letters import post_in_words
from members.models import Invitation
from members.pages import secretary_of
from members.posts import Post, posts_in
from regulation.verdicts import Refused, Verdict, refused


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Say which Staff and which place, take a password twice and the language, then sign in."""
    row = _invitation(token)
    if row is None:
        return _refused(request, None, refused("invitation_unknown"))
    today = timezone.localdate()
    posts = posts_in(row.staff, today=today, user=row.user)
    verdict = policies.may_accept(row, row.user, has_post=bool(posts), now=timezone.now())
    if not verdict:
        return _refused(request, row, verdict)
    form = _form(request, row)
    if request.method == "POST" and form.is_valid():
        try:
            return _accepted(request, row, form.cleaned_data)
        except Refused as refusal:
            return _refused(request, row, refusal.verdict)
    return _page(request, row, posts, form)


def _invitation(token: str) -> Invitation | None:
    pk = links.invitation_of(token) or 0
    return Invitation.objects.select_related("staff", "user").filter(pk=pk).first()


def _form(request: HttpRequest, row: Invitation) -> AcceptForm | LanguageForm:
    data, start = request.POST or None, {"language": row.user.language}
    if row.user.has_usable_password():
        return LanguageForm(data, initial=start)
    return AcceptForm(row.user, data, initial=start)


def _page(
    request: HttpRequest, row: Invitation, posts: list[Post], form: AcceptForm | LanguageForm
) -> HttpResponseBase:
    context = {
        "form": form,
        "invitation": row,
        "office": [post_in_words(post) for post in posts],
        "has_password": isinstance(form, LanguageForm),
        "secretary": secretary_of(row.staff),
    }
    return render(request, "members/invitation.html", context)


def _accepted(request: Any, row: Invitation, data: dict[str, Any]) -> HttpResponseBase:
    """Accept; who has just set the password is signed in, who had one signs in with it."""
    password = data.get("new_password1", "")
    user = actions.accept(row, password=password, language=data["language"], now=timezone.now())
    home = row.staff.get_absolute_url()
    if not password:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': home})}")
    response: HttpResponseBase = perform_login(request, user, redirect_url=home)
    return response


def _refused(request: HttpRequest, row: Invitation | None, verdict: Verdict) -> HttpResponseBase:
    """Why the link opens nothing, and what to do."""
    context = {
        "sentence": labels.refusal(verdict),
        "is_used": verdict.reason == "invitation_used",
        "secretary": secretary_of(row.staff) if row else None,
    }
    return render(request, "members/invitation_refused.html", context, status=404 if row is None else 410)
