"""What every request gets: its number, its language, a refusal as a page, no trace in caches, the frame."""

import logging
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from members.models import Holder, Seat, Staff, User
from members.permissions import Actor
from members.requests import current_request_id
from members.states import Role
from staff_portal import context, middleware

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.look_addresses")]


@pytest.fixture
def russian() -> User:
    return User.objects.create_user(
        "member@example.test", "a sentence to remember", name="А. Үлгі", language="ru"
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# The number of a request


def test_every_answer_has_a_number_of_our_own(client: Client) -> None:
    numbers = {client.get("/", headers={"X-Request-ID": "forged"})["X-Request-ID"] for _ in range(2)}
    assert len(numbers) == 2
    assert all(len(number) == 32 for number in numbers)


def test_the_number_is_in_the_log_and_gone_after_the_request(rf: RequestFactory) -> None:
    record = logging.makeLogRecord({})

    def view(request: HttpRequest) -> HttpResponse:
        middleware.WithRequestId().filter(record)
        return HttpResponse(current_request_id())

    response = middleware.request_id(view)(rf.get("/"))
    assert response["X-Request-ID"] == response.content.decode() == record.__dict__["request_id"]
    assert current_request_id() == ""


# Its language


@pytest.mark.parametrize(
    ("cookie", "spoken"), [(None, "kk"), ("ru", "ru"), ("kk", "kk"), ("en", "kk"), ("../ru", "kk")]
)
def test_a_stranger_gets_the_language_of_the_cookie_or_kazakh(
    client: Client, cookie: str | None, spoken: str
) -> None:
    if cookie:
        client.cookies["django_language"] = cookie
    response = client.get("/", headers={"Accept-Language": "en,ru;q=0.9"})
    assert response["Content-Language"] == spoken
    assert "Cookie" in response["Vary"]


def test_a_person_gets_the_language_of_the_account(russian: User) -> None:
    client = signed_in(russian)
    client.cookies["django_language"] = "kk"
    assert client.get("/")["Content-Language"] == "ru"


# Nothing kept in caches


def test_pages_of_a_signed_in_person_are_never_stored(russian: User) -> None:
    assert "no-store" in signed_in(russian).get("/")["Cache-Control"]


def test_a_page_for_everybody_may_be_stored(client: Client) -> None:
    assert "Cache-Control" not in client.get("/")


# Refusals


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
def test_a_refused_act_is_a_page_that_says_why(client: Client, headers: dict[str, str]) -> None:
    response = client.post("/refuse/no_quorum/", headers=headers)
    assert response.status_code == 409
    html = response.content.decode()
    assert "<!DOCTYPE html>" in html
    assert 'href="/help/rules/#clause-13"' in html


def test_a_refusal_about_the_person_is_a_403(client: Client) -> None:
    assert client.get("/refuse/other_staff/").status_code == 403


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://testserver/x/meetings/4-2026/", "/x/meetings/4-2026/"),
        ("http://testserver.example/x/", "/"),
        ("https://elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_never_leads_elsewhere(rf: RequestFactory, referrer: str, back: str) -> None:
    assert middleware.way_back(rf.post("/act/", headers={"Referer": referrer})) == back


# Pages of failure


@pytest.mark.parametrize(("address", "status"), [("/deny/", 403), ("/nowhere/at/all/", 404)])
def test_pages_that_cannot_be_shown_explain_and_lead_on(client: Client, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert 'class="act is-primary" href="/"' in response.content.decode()


def test_a_failure_speaks_both_languages_and_names_its_number() -> None:
    response = Client(raise_request_exception=False).get("/fail/")
    html = response.content.decode()
    assert response.status_code == 500
    assert "Портал уақытша жұмыс істемейді" in html
    assert "Портал временно не работает" in html
    assert response["X-Request-ID"][:8] in html


# The frame


def request_at(view_name: str, **attributes: Any) -> HttpRequest:
    request = RequestFactory().get("/x/")
    request.resolver_match = SimpleNamespace(view_name=view_name)  # type: ignore[assignment] # only this is read
    for name, value in attributes.items():
        setattr(request, name, value)
    return request


@pytest.mark.parametrize(
    ("view_name", "current"),
    [
        ("home", ["page", "", "", "", "", ""]),
        ("meetings:list", ["", "page", "", "", "", ""]),
        ("meetings:agenda", ["", "true", "", "", "", ""]),
        ("protocols:sign", ["", "true", "", "", "", ""]),
        ("meetings:plans", ["", "", "page", "", "", ""]),
        ("meetings:plan", ["", "", "true", "", "", ""]),
        ("protocols:decisions", ["", "", "", "page", "", ""]),
        ("protocols:decision", ["", "", "", "true", "", ""]),
        ("kpi:indicators", ["", "", "", "", "page", ""]),
        ("account_login", ["", "", "", "", "", ""]),
    ],
)
@pytest.mark.urls("staff_portal.urls")
def test_six_words_and_where_one_is(view_name: str, current: list[str]) -> None:
    staff = Staff(pk=1, code="qostanay")
    member = Actor(staff, User(pk=1), Holder(seat=Seat(role=Role.MEMBER)))
    request = request_at(view_name, staff=staff, actor=member)
    sections = context.sections_of(request)
    assert [section.current for section in sections] == current
    assert [section.url for section in sections] == [
        "/qostanay/",
        "/qostanay/meetings/",
        "/qostanay/plans/",
        "/qostanay/decisions/",
        "/qostanay/kpi/",
        "/help/rules/",
    ]


def test_without_a_staff_there_are_no_sections() -> None:
    assert context.sections_of(request_at("account_login")) == []


def test_an_address_that_leads_nowhere_has_a_frame_too(rf: RequestFactory) -> None:
    request = rf.get("/nowhere/")
    frame = context.frame(request)
    assert (frame["staff"], list(frame["sections"])) == (None, [])


def test_the_frame_asks_the_database_nothing(django_assert_num_queries: Any) -> None:
    request = request_at("home")
    with django_assert_num_queries(0):
        str(context.frame(request))
