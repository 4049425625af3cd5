from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from staff_portal.demo.people import accounts


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the demo person with the posted `email`, without a password; only in the demo."""
    if not settings.DEMO:
        raise Http404
    people = {account.user.email: account.user for account in accounts(today=timezone.localdate())}
    user = people.get(request.POST.get("email", ""))
    if user is None:
        raise Http404
    login(request, user)
    record_authentication(request, user, method="demo")
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(target if ours else "root")
