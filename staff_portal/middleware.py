"""What happens to every request: its id, its language, refusals as pages, nothing kept in caches."""

import logging
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from members.requests import came_from, current_request_id, set_request_id
from regulation.verdicts import Refused

Respond = Callable[[HttpRequest], HttpResponse]
# Refusals about the person, not about the moment: 403 instead of 409.
ABOUT_THE_PERSON = {"other_staff", "not_your_role", "other_agency"}


class WithRequestId(logging.Filter):
    """Gives every log record the id of the request it belongs to ("-" outside one)."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id() or "-"
        return True


def request_id(get_response: Respond) -> Respond:
    """Give the request an id of our own making: in the log, in the journal and in the answer."""

    def respond(request: HttpRequest) -> HttpResponse:
        value = uuid.uuid4().hex
        set_request_id(value)
        try:
            response = get_response(request)
        finally:
            set_request_id("")
        response["X-Request-ID"] = value
        return response

    return respond


def chosen_language(request: HttpRequest) -> str:
    """Return the language of the user, else of the cookie, else Kazakh; the browser's list is not asked."""
    known = dict(settings.LANGUAGES)
    if request.user.is_authenticated:
        return request.user.language
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return cookie if cookie in known else settings.LANGUAGE_CODE


def language(get_response: Respond) -> Respond:
    """Answer in the person's language and say which one it is."""

    def respond(request: HttpRequest) -> HttpResponse:
        code = chosen_language(request)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        patch_vary_headers(response, ["Cookie"])
        return response

    return respond


class _Refusals:
    """Turns a refusal raised by an action into a page that says why and what to do now."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        # Imported here: labels read the catalogues of every app, which are not loaded when middleware is.
        from staff_portal.labels import sentence

        context = {"verdict": error.verdict, "sentence": sentence(error.verdict), "back": way_back(request)}
        status = 403 if error.verdict.reason in ABOUT_THE_PERSON else 409
        if status == 403:
            # Imported here, as above.
            from members import sign_in_log

            sign_in_log.refused(request, error.verdict.reason)
        return render(request, "refused.html", context, status=status)


def way_back(request: HttpRequest) -> str:
    """Return the path of the page the act was tried from, when it is ours; the first page otherwise."""
    return came_from(request) or reverse("root")


def refusals(get_response: Respond) -> _Refusals:
    """Answer a refused act with refused.html and status 409, the same for htmx and for a plain form."""
    return _Refusals(get_response)


def wrong_method(get_response: Respond) -> Respond:
    """Answer an address that only takes a form, opened as a page, with a page that says where to go."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    return respond


def never_stored(get_response: Respond) -> Respond:
    """Keep every answer to a signed-in person out of every cache; static files never come this way."""

    def respond(request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        response = get_response(request)
        if signed_in or request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return respond
