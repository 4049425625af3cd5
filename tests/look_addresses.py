"""Addresses for tests of the frame: the names that base.html and the middleware lead to."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from regulation.verdicts import refused


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("page")


def refuse(request: HttpRequest, reason: str) -> HttpResponse:
    refused(reason, "13", present=9, needed=10, total=15).or_raise()
    return HttpResponse("not reached")


def deny(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


urlpatterns = [
    path("", page, name="root"),
    path("language/", page, name="language"),
    path("help/rules/", page, name="rules"),
    path("accounts/logout/", page, name="account_logout"),
    path("me/", page, name="me"),
    path("<str:lang>/open/", page, name="open_all"),
    path("<str:lang>/open/<slug:public>/", page, name="open"),
    path("refuse/<str:reason>/", refuse),
    path("deny/", deny),
    path("fail/", fail),
]
