"""Sessions: how long they last, that their person sees and ends them, that no one else does."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from members.models import User
from members.signed_in import device
from tests.stage import PASSWORD, password

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 17, 5, 0, tzinfo=UTC)
EMAIL = "member@example.test"
PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"
MINUTE, HOUR = 60, 3600


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
    cache.clear()


@pytest.fixture
def member() -> User:
    return User.objects.create(email=EMAIL, name="А. Үлгі", password=password())


def signed_in(email: str = EMAIL, agent: str = PHONE) -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("me")).status_code == 200


# How long


def test_an_hour_without_a_request_ends_a_session(member: User, clock: time_machine.Traveller) -> None:
    client = signed_in()
    clock.shift(HOUR - 1)
    assert is_in(client)
    clock.shift(HOUR)
    assert not is_in(client)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_sign_in_page_says_why_it_ended(
    member: User, clock: time_machine.Traveller, language: str
) -> None:
    User.objects.update(language=language)
    client = signed_in()
    client.cookies["django_language"] = language
    clock.shift(HOUR)
    page = client.get(reverse("me"), follow=True)
    assert page.redirect_chain == [(f"{reverse('account_login')}?next=/me/", 302)]
    with override(language):
        said = gettext(
            "You did nothing here for an hour, so the portal signed you out. Sign in again to go on."
        )
    assert said in page.content.decode()


def test_a_page_that_asks_by_itself_keeps_the_session(member: User, clock: time_machine.Traveller) -> None:
    client = signed_in()
    for _ in range(7 * 12):
        clock.shift(5 * MINUTE)
        assert is_in(client)


def test_eight_hours_end_a_session_that_is_in_use(member: User, clock: time_machine.Traveller) -> None:
    client = signed_in()
    for _ in range(15):
        clock.shift(HOUR // 2)
        assert is_in(client)
    clock.shift(HOUR // 2)
    assert not is_in(client)


def test_a_session_is_not_written_at_every_request(member: User, clock: time_machine.Traveller) -> None:
    client = signed_in()
    is_in(client)
    seen = UserSession.objects.get().last_seen_at
    clock.shift(4 * MINUTE)
    is_in(client)
    assert UserSession.objects.get().last_seen_at == seen
    clock.shift(MINUTE)
    is_in(client)
    assert (UserSession.objects.get().last_seen_at - seen).total_seconds() == 5 * MINUTE


def test_signing_in_makes_a_new_key(member: User) -> None:
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = "yes"
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    client.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
    assert client.session.session_key != session.session_key
    assert not type(session)().exists(session.session_key or "")


def test_signing_out_ends_the_session_for_good(member: User) -> None:
    client = signed_in()
    key = client.session.session_key or ""
    client.post(reverse("account_logout"))
    client.cookies["sessionid"] = key
    assert not is_in(client)


# The list


def test_the_list_names_devices_this_one_first(member: User, clock: time_machine.Traveller) -> None:
    other = signed_in(agent="Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/145.0")
    clock.shift(MINUTE)
    client = signed_in()
    rows = client.get(reverse("usersessions_list")).context["rows"]
    assert [(row.device, row.is_this, row.row.ip) for row in rows] == [
        ("Chrome, Android", True, "127.0.0.1"),
        ("Firefox, Windows", False, "127.0.0.1"),
    ]
    assert is_in(other)


def test_a_session_that_began_another_way_stands_in_the_list(member: User) -> None:
    client = Client()
    client.force_login(member)
    assert [row.is_this for row in client.get(reverse("usersessions_list")).context["rows"]] == [True]


def test_one_session_is_ended(member: User) -> None:
    client, lost, kept = signed_in(), signed_in(), signed_in()
    row = UserSession.objects.get(session_key=lost.session.session_key)
    client.post(reverse("end_session", kwargs={"pk": row.pk}))
    assert [is_in(each) for each in (client, lost, kept)] == [True, False, True]


def test_all_other_sessions_are_ended(member: User) -> None:
    client, *others = [signed_in() for _ in range(3)]
    client.post(reverse("usersessions_list"))
    assert is_in(client)
    assert not any(is_in(each) for each in others)


def test_this_session_is_ended_by_signing_out(member: User) -> None:
    client = signed_in()
    row = UserSession.objects.get()
    answer = client.post(reverse("end_session", kwargs={"pk": row.pk}))
    assert answer.headers["Location"] == reverse("account_logout")


def test_the_session_of_another_person_is_not_found(member: User) -> None:
    User.objects.create(email="other@example.test", name="Ә. Басқа", password=password())
    other = signed_in("other@example.test")
    row = UserSession.objects.get()
    client = signed_in()
    assert client.post(reverse("end_session", kwargs={"pk": row.pk})).status_code == 404
    client.post(reverse("usersessions_list"))
    assert is_in(other)
    assert len(client.get(reverse("usersessions_list")).context["rows"]) == 1


def test_a_link_ends_nothing(member: User) -> None:
    client = signed_in()
    row = UserSession.objects.get()
    assert client.get(reverse("end_session", kwargs={"pk": row.pk})).status_code == 405


def test_a_new_password_ends_the_other_sessions(member: User) -> None:
    client, other = signed_in(), signed_in()
    words = {
        "oldpassword": PASSWORD,
        "password1": "a sentence nobody guesses",
        "password2": "a sentence nobody guesses",
    }
    assert client.post(reverse("account_change_password"), words).headers["Location"] == reverse("me")
    assert is_in(client)
    assert not is_in(other)
    assert len(client.get(reverse("usersessions_list")).context["rows"]) == 1


def test_a_closed_account_is_signed_out(member: User) -> None:
    client = signed_in()
    User.objects.update(is_active=False)
    assert not is_in(client)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        pytest.param(PHONE, "Chrome, Android", id="a phone"),
        pytest.param(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1",
            "Safari, iPhone",
            id="iPhone",
        ),
        pytest.param(
            "Mozilla/5.0 (Windows NT 10.0) Chrome/142 Safari/537 Edg/142",
            "Microsoft Edge, Windows",
            id="Edge",
        ),
        pytest.param(
            "Mozilla/5.0 (X11; Linux x86_64) Chrome/142 YaBrowser/25 Safari/537", "Yandex, Linux", id="Yandex"
        ),
        pytest.param("curl/8.5", "", id="no browser"),
    ],
)
def test_a_device_in_words(agent: str, words: str) -> None:
    assert device(agent) == words
