"""Sign-in: how passwords are kept, where attempts end, whose letters speak which language."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, override
from pytest_django.fixtures import Settings

from members.models import Invitation, User
from tests.production_settings import manage
from tests.stage import PASSWORD, password, set_stage

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 17, 5, 0, tzinfo=UTC)
EMAIL = "member@example.test"
NEW_PASSWORD = "a sentence nobody guesses"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
    cache.clear()


@pytest.fixture
def member() -> User:
    return User.objects.create(email=EMAIL, name="А. Үлгі", password=password())


def sign_in(client: Client, email: str = EMAIL, words: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": words})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# Passwords


@pytest.mark.once
def test_passwords_are_kept_as_argon2id_with_the_cost_that_owasp_asks_for() -> None:
    ask = (
        "from django.contrib.auth.hashers import get_hasher, get_hashers;"
        "p = get_hasher().params(); print(len(get_hashers()), p.type.name, p.time_cost, p.memory_cost)"
    )
    hashers, kind, time_cost, memory_cost = (
        manage("shell", "--no-imports", "-c", ask).stdout.splitlines()[-1].split()
    )
    assert (hashers, kind) == ("1", "ID")
    assert int(time_cost) >= 2
    assert int(memory_cost) >= 19 * 1024


@pytest.mark.parametrize(
    ("words", "is_taken"),
    [
        pytest.param("short-words", False, id="11 characters"),
        pytest.param("qwertyuiop123", False, id="a common one"),
        pytest.param("йцукенгшщзхъ", False, id="a common one in Cyrillic letters"),
        pytest.param("Қазақстан2026", False, id="a common one in Kazakh"),
        pytest.param("402918375562", False, id="digits only"),
        pytest.param("member@example.test", False, id="the address itself"),
        pytest.param("twelve-signs", True, id="12 characters"),
    ],
)
def test_a_new_password(member: User, words: str, is_taken: bool) -> None:
    client = Client()
    sign_in(client)
    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": words, "password2": words},
    )
    assert (answer.status_code == 302) == is_taken
    member.refresh_from_db()
    assert member.check_password(words) == is_taken


def test_the_password_is_not_changed_without_the_old_one(member: User) -> None:
    client = Client()
    sign_in(client)
    words = {"oldpassword": "not it at all", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post(reverse("account_change_password"), words).status_code == 200
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


def test_nobody_signs_up_or_changes_the_address() -> None:
    answer = Client().post(
        reverse("account_signup"), {"email": EMAIL, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )
    assert answer.status_code == 200
    assert not User.objects.exists()
    for name in ("account_email", "mfa_signup_webauthn", "mfa_trust", "account_request_login_code"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


# Limits


def test_five_failures_close_an_account_for_fifteen_minutes(
    member: User, clock: time_machine.Traveller
) -> None:
    client = Client()
    for _ in range(5):
        sign_in(client, words="not it at all")
    clock.shift(14 * 60)
    assert sign_in(client).status_code == 200
    assert not is_in(client)
    clock.shift(61)
    assert sign_in(client).status_code == 302
    assert is_in(client)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_closed_account_says_when_to_try_again(member: User, language: str) -> None:
    client = Client()
    client.cookies["django_language"] = language
    for _ in range(5):
        sign_in(client, words="not it at all")
    with override(language):
        said = gettext("Too many attempts. Wait 15 minutes and try again, or set a new password by e-mail.")
    assert said in sign_in(client).content.decode()


def test_ten_failures_a_minute_close_an_address(member: User, clock: time_machine.Traveller) -> None:
    client = Client()
    for number in range(10):
        sign_in(client, email=f"guess{number}@example.test")
    sign_in(client)
    assert not is_in(client)
    clock.shift(61)
    sign_in(client)
    assert is_in(client)


def test_right_passwords_do_not_count(member: User) -> None:
    for _ in range(12):
        client = Client()
        sign_in(client)
        assert is_in(client)


def test_five_letters_a_minute_for_a_new_password(member: User, clock: time_machine.Traveller) -> None:
    def ask() -> int:
        return Client().post(reverse("account_reset_password"), {"email": EMAIL}).status_code

    assert [ask() for _ in range(6)] == [302] * 5 + [429]
    clock.shift(61)
    assert ask() == 302
    assert len(mail.outbox) == 6


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_page_of_a_limit_speaks_the_language(member: User, language: str) -> None:
    client = Client()
    client.cookies["django_language"] = language
    answers = [client.post(reverse("account_reset_password"), {"email": EMAIL}) for _ in range(6)]
    assert answers[-1].status_code == 429
    assert f'<html lang="{language}">' in answers[-1].content.decode()
    with override(language):
        assert gettext("Too many attempts") in answers[-1].content.decode()


def test_ten_confirmations_a_minute(member: User, clock: time_machine.Traveller) -> None:
    client = Client()
    sign_in(client)
    answers = [
        client.post(reverse("account_reauthenticate"), {"password": "not it at all"}).status_code
        for _ in range(11)
    ]
    assert answers == [200] * 10 + [429]


# A forgotten password


def link_in_the_letter() -> str:
    found = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_a_forgotten_password_is_set_anew_once_and_does_not_sign_in(member: User) -> None:
    client = Client()
    client.post(reverse("account_reset_password"), {"email": EMAIL})
    link = link_in_the_letter()
    form = client.get(link).headers["Location"]
    client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert not is_in(client)
    sign_in(client, words=NEW_PASSWORD)
    assert is_in(client)
    assert Client().get(link).context["token_fail"]


@pytest.mark.parametrize(
    ("email", "letters"),
    [pytest.param(EMAIL, 1, id="known"), pytest.param("nobody@example.test", 0, id="unknown")],
)
def test_a_stranger_does_not_learn_who_has_an_account_and_gets_no_letter(
    member: User, email: str, letters: int
) -> None:
    answer = Client().post(reverse("account_reset_password"), {"email": email})
    assert answer.headers["Location"] == reverse("account_reset_password_done")
    assert [letter.to for letter in mail.outbox] == [[email]] * letters


def test_the_link_names_the_portal_whatever_host_was_asked(member: User, settings: Settings) -> None:
    settings.ALLOWED_HOSTS, settings.PORTAL_URL = ["*"], "https://portal.example"
    Client(headers={"host": "evil.example"}).post(reverse("account_reset_password"), {"email": EMAIL})
    body = str(mail.outbox[0].body)
    assert ("evil.example" in body, "https://portal.example/accounts/password/reset/key/" in body) == (
        False,
        True,
    )


def invited(*, days: int, withdrawn: bool = False) -> User:
    """Return a person without a password whose invitation expires in `days`."""
    user = User.objects.create_user("new@example.test", name="Ж. Жаңа")
    Invitation.objects.create(
        staff=set_stage().staff,
        user=user,
        created_at=NOW - timedelta(days=8),
        expires_at=NOW + timedelta(days=days),
        withdrawn_at=NOW if withdrawn else None,
    )
    return user


@pytest.mark.parametrize(
    ("facts", "letters"),
    [
        pytest.param({"days": 1}, 1, id="an open invitation"),
        pytest.param({"days": -1}, 0, id="an expired one"),
        pytest.param({"days": 1, "withdrawn": True}, 0, id="a withdrawn one"),
    ],
)
def test_the_letter_for_a_new_password_leads_around_no_invitation(facts: Any, letters: int) -> None:
    user = invited(**facts)
    Client().post(reverse("account_reset_password"), {"email": user.email})
    assert len(mail.outbox) == letters


def test_a_link_asked_for_in_time_ends_with_the_invitation() -> None:
    user = invited(days=1)
    Client().post(reverse("account_reset_password"), {"email": user.email})
    link = link_in_the_letter()
    client = Client()
    form = client.get(link).headers["Location"]
    Invitation.objects.update(withdrawn_at=NOW)
    client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert Client().get(link).context["token_fail"]


def test_who_was_seated_by_the_command_sets_the_first_password_by_the_letter() -> None:
    user = User.objects.create_user("first@example.test", name="Х. Хатшы")
    Client().post(reverse("account_reset_password"), {"email": user.email})
    client = Client()
    form = client.get(link_in_the_letter()).headers["Location"]
    client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)


# Letters


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_letter_speaks_the_language_of_its_recipient(
    member: User, language: str, settings: Settings
) -> None:
    User.objects.filter(pk=member.pk).update(language=language)
    client = Client()
    client.cookies["django_language"] = "ru" if language == "kk" else "kk"
    client.post(reverse("account_reset_password"), {"email": EMAIL})
    letter = mail.outbox[0]
    with override(language):
        assert letter.subject == gettext("Staff: set a new password")
        assert gettext("Good day!") in str(letter.body)
    (html, kind) = letter.alternatives[0]
    assert kind == "text/html"
    assert f'<html lang="{language}">' in html
    assert f'href="{settings.PORTAL_URL}{link_in_the_letter()}"' in html


class DeadMail(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:  # noqa: ARG002 - Django's signature
        raise ConnectionRefusedError


def test_a_dead_mail_server_stops_nothing(member: User, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.DeadMail"
    client = Client()
    assert client.post(reverse("account_reset_password"), {"email": EMAIL}).status_code == 302
    sign_in(client)
    words = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post(reverse("account_change_password"), words).status_code == 302
    member.refresh_from_db()
    assert member.check_password(NEW_PASSWORD)
