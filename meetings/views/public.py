"""Pages for everybody, without signing in: the same for each reader, so any cache may keep them a while."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control

from meetings import calendar
from meetings.announcement import announced, announcement_of
from meetings.models import Meeting
from members.models import Staff
from members.pages import secretary_of

# Seconds: a meeting that was cancelled is seen as cancelled by everybody soon after.
KEPT = 300


def open_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view `view(request, staff, …)` in the language of the address, which caches may keep."""

    @wraps(view)
    def page(request: HttpRequest, public: str, lang: str = "kk", **rest: Any) -> HttpResponse:
        staff = get_object_or_404(Staff, code=public)
        with translation.override(lang):
            response = view(request, staff, **rest)
        return _kept(response, lang)

    return page


def _kept(response: HttpResponse, lang: str) -> HttpResponse:
    """Let caches keep the page in the language of its address."""
    response["Content-Language"] = lang
    patch_cache_control(response, public=True, max_age=KEPT)
    return response


def staffs(request: HttpRequest, lang: str) -> HttpResponse:
    """The Staffs of the portal; the only one is opened at once."""
    rows = list(Staff.objects.order_by("code"))
    if len(rows) == 1:
        return redirect("open", lang=lang, public=rows[0].code)
    with translation.override(lang):
        other = {"other_url": reverse("open_all", kwargs={"lang": _other(lang)}), "language": lang}
        response = render(request, "open/staffs.html", {"staffs": rows} | other)
    return _kept(response, lang)


@open_page
def meetings(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The meetings that were announced, those to come first (clause 19)."""
    today, rows = timezone.localdate(), announced(staff)
    context = {
        "upcoming": rows.filter(day__gte=today).order_by("day", "starts_at", "pk"),
        "past": rows.filter(day__lt=today).order_by("-day", "-starts_at", "-pk")[:20],
    }
    return render(request, "open/meetings.html", context | _frame(staff, "open", {}))


@open_page
def meeting(request: HttpRequest, staff: Staff, key: str) -> HttpResponse:
    """One announced meeting: when, where, how to attend, its questions (clause 19)."""
    try:
        row = announced(staff).at(staff, key)
    except Meeting.DoesNotExist:
        raise Http404 from None
    language = translation.get_language()
    if row.key != key:
        # The day was changed: links that people already have lead to the new one.
        return redirect("open_meeting", lang=language, public=staff.code, key=row.key)
    frame = _frame(staff, "open_meeting", {"key": key})
    return render(request, "open/meeting.html", {"announcement": announcement_of(row)} | frame)


@open_page
def feed(request: HttpRequest, staff: Staff) -> HttpResponse:
    """The announced meetings as a calendar to subscribe to, in the language of the address."""
    rows = announced(staff).prefetch_related("items").order_by("day", "starts_at", "pk")
    text = calendar.feed(staff, rows, translation.get_language() or "kk", timezone.now())
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def _frame(staff: Staff, page: str, more: dict[str, str]) -> dict[str, object]:
    language = translation.get_language() or "kk"
    return {
        "open_staff": staff,
        "contact": secretary_of(staff),
        "language": language,
        "other_url": reverse(page, kwargs={"lang": _other(language), "public": staff.code, **more}),
    }


def _other(language: str) -> str:
    return "ru" if language == "kk" else "kk"
