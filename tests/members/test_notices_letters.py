"""The secretary's page of stuck letters, and links of letters that survive the sign-in."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from members import notices
from members.models import JournalEntry, Notice
from members.notices import Message, Recipient, to_user
from members.permissions import Actor
from members.states import Mail
from tests import stage as scene
from tests.stage import Stage

pytestmark = pytest.mark.django_db

NEWS = Message("Тақырып", "Тема", "Мәтін", "Текст", "/test-staff/")
PAGE = "/test-staff/letters/"
QUERIES = 10


def told(stage: Stage, count: int = 1, **state: Any) -> list[Notice]:
    """Return notices of an hour ago, each to a person of the Staff, in the state given."""
    people = [to_user(person.person) for person in stage.people[:count]]
    now = timezone.now() - timedelta(hours=1)
    rows = notices.send(stage.staff, "test", "test", NEWS, people, now=now)
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(**state)
    return sorted(rows, key=lambda row: row.pk)


def signed_in(person: Actor) -> Client:
    client = Client()
    client.force_login(person.person)
    return client


def today() -> Stage:
    return scene.set_stage(today=timezone.localdate())


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        pytest.param({"mail": Mail.FAILED, "attempts": 10}, ["again", "by-hand"], id="failed"),
        pytest.param({"mail": Mail.UNCLEAR, "attempts": 1}, ["again", "by-hand"], id="unclear"),
        pytest.param({"mail": Mail.WAITING, "attempts": 3}, ["by-hand"], id="waits for a try"),
        pytest.param({"mail": Mail.WAITING}, ["by-hand"], id="the worker is down"),
        pytest.param({"mail": Mail.SENDING}, [], id="being sent"),
    ],
)
def test_a_stuck_letter_is_shown_with_what_may_be_done(state: dict[str, Any], buttons: list[str]) -> None:
    stage = today()
    [row] = told(stage, error="550 no such box", **state)
    html = signed_in(stage.secretary).get(PAGE).content.decode()
    assert row.email in html
    assert "550 no such box" in html
    assert re.findall(rf'action="{PAGE}{row.pk}/([a-z-]+)/"', html) == buttons


@pytest.mark.parametrize("state", [Mail.SENT, Mail.BY_HAND])
def test_a_letter_that_is_done_is_not_shown(state: str) -> None:
    stage = today()
    told(stage, mail=state, sent_at=timezone.now() if state == Mail.SENT else None)
    assert notices.letters_stuck(stage.staff, now=timezone.now()).count() == 0
    assert 'class="register"' not in signed_in(stage.secretary).get(PAGE).content.decode()


def test_what_waits_for_its_morning_is_not_stuck() -> None:
    stage = today()
    told(stage, available_at=timezone.now() + timedelta(hours=20), in_digest=True)
    assert notices.letters_stuck(stage.staff, now=timezone.now()).count() == 0


def test_the_home_page_of_the_secretary_leads_there() -> None:
    stage = today()
    told(stage, count=14, mail=Mail.WAITING)
    home = signed_in(stage.secretary).get("/test-staff/").content.decode()
    assert re.search(rf'is-warning">14 .*href="{PAGE}"', home)
    assert PAGE not in signed_in(stage.member).get("/test-staff/").content.decode()


def test_sent_again_it_goes_once_and_the_journal_has_it_once(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    stage = today()
    [row] = told(stage, mail=Mail.FAILED, attempts=10)
    client = signed_in(stage.secretary)
    for _click in range(2):
        assert client.post(f"{PAGE}{row.pk}/again/").headers["Location"] == PAGE
    now = timezone.now()
    assert [notices.deliver(now=now), notices.deliver(now=now)] == [1, 0]
    assert len(mail.outbox) == 1
    assert list(JournalEntry.objects.values_list("act", flat=True)) == ["letter.retried"]


def test_delivered_otherwise_it_is_never_sent(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    stage = today()
    [row] = told(stage)
    client = signed_in(stage.secretary)
    for _click in range(2):
        client.post(f"{PAGE}{row.pk}/by-hand/")
    client.post(f"{PAGE}{row.pk}/again/")
    assert notices.deliver(now=timezone.now()) == 0
    assert list(JournalEntry.objects.values_list("act", flat=True)) == ["letter.by_hand"]


@pytest.mark.parametrize("who", ["head", "deputy", "member"])
def test_nobody_but_the_secretary_sees_or_moves_letters(who: str) -> None:
    stage = today()
    [row] = told(stage, mail=Mail.FAILED)
    client = signed_in(getattr(stage, who))
    answers = [
        client.get(PAGE),
        client.post(f"{PAGE}{row.pk}/again/"),
        client.post(f"{PAGE}{row.pk}/by-hand/"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 3


def test_the_secretary_of_another_staff_finds_nothing() -> None:
    [row] = told(today(), mail=Mail.FAILED)
    other = scene.set_stage("other-staff", today=timezone.localdate())
    client = signed_in(other.secretary)
    answers = [client.post(f"/{staff}/letters/{row.pk}/again/") for staff in ("test-staff", "other-staff")]
    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_much_for_three_letters_as_for_one(
    count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    stage = today()
    told(stage, count=count, mail=Mail.FAILED)
    client = signed_in(stage.secretary)
    with django_assert_max_num_queries(QUERIES):
        client.get(PAGE)


# Links of letters


def link_of(settings: Any, stage: Stage, path: str) -> str:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    message = Message("Тақырып", "Тема", "Мәтін", "Текст", path)
    notices.send(stage.staff, "test", path, message, [to_user(stage.secretary.person)], now=timezone.now())
    notices.deliver(now=timezone.now())
    found = re.search(r'class="button"><a href="([^"]+)"', str(mail.outbox[-1].alternatives[0][0]))
    assert found is not None
    return found[1].removeprefix(settings.PORTAL_URL)


@pytest.mark.parametrize("with_htmx", [False, True], ids=["browser", "htmx"])
@pytest.mark.parametrize("staffs", [1, 2], ids=["one staff", "two staffs"])
def test_a_link_survives_the_sign_in(with_htmx: bool, staffs: int, settings: Any) -> None:
    stage = today()
    if staffs == 2:
        other = scene.set_stage("other-staff", today=timezone.localdate())
        scene.Place.objects.create(
            staff=other.staff, user=stage.secretary.person, role="auditor", since=timezone.localdate()
        )
    link = link_of(settings, stage, PAGE)
    client = Client(headers={"HX-Request": "true"} if with_htmx else {})
    asked = client.get(link)
    form = client.get(asked.headers["Location"]).content.decode()
    hidden = re.search(r'name="next"[^>]*value="([^"]+)"', form.partition('action="/accounts/login/"')[2])
    assert hidden is not None
    answer = client.post(
        "/accounts/login/",
        {"login": stage.secretary.person.email, "password": scene.PASSWORD, "next": hidden[1]},
    )
    assert answer.headers["Location"] == link
    assert client.get(link).status_code == 200


def test_a_guest_learns_why_the_letter_came(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    stage = today()
    notices.send(
        stage.staff, "test", "guest", NEWS, [Recipient("Қонақ", "guest@test.example")], now=timezone.now()
    )
    told(stage)
    notices.deliver(now=timezone.now())
    ends = {str(letter.body).partition("--\n")[2] for letter in mail.outbox}
    assert len(ends) == 2
