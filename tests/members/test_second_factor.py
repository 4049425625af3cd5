"""The second factor: who must have one, that nothing else opens before, that no way leads around it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import gettext, override
from pytest_django.fixtures import Settings

from members.days import hash_groups
from members.models import Absence, User
from members.permissions import Actor
from members.second_factor import OPEN, forget, has_factor, is_demanded
from tests.stage import DAY, PASSWORD, Stage, placed, set_stage

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 17, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
    cache.clear()


@pytest.fixture
def stage(settings: Settings) -> Stage:
    settings.SECOND_FACTOR = "roles"
    return set_stage()


def code_of(secret: str) -> str:
    """Return what an app with `secret` shows now: the middle of the codes that are taken."""
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def sign_in(person: Actor, client: Client | None = None) -> Client:
    client = client or Client()
    client.post(reverse("account_login"), {"login": person.person.email, "password": PASSWORD})
    return client


def give_app(person: Actor) -> str:
    secret = generate_totp_secret()
    TOTP.activate(person.person, secret)
    RecoveryCodes.activate(person.person)
    return str(secret)


def where(answer: Any) -> str:
    return str(answer.headers.get("Location", ""))


# Who must have it


ROLES = ("head", "deputy", "secretary", "member", "auditor")


@pytest.mark.parametrize(
    ("rule", "demanded"),
    [
        pytest.param("roles", {"head", "secretary"}, id="roles"),
        pytest.param("all", set(ROLES), id="all"),
        pytest.param("none", set(), id="none"),
    ],
)
def test_who_must_have_a_second_factor(
    stage: Stage, settings: Settings, rule: str, demanded: set[str]
) -> None:
    settings.SECOND_FACTOR = rule
    people = {role: getattr(stage, role) for role in ROLES[:-1]} | {"auditor": placed(stage, "auditor")}
    assert {role for role, person in people.items() if is_demanded(person.person, today=DAY)} == demanded


def test_an_administrator_must_have_it(stage: Stage) -> None:
    assert is_demanded(User.objects.create_superuser("root@example.test", name="Ә. Әкімші"), today=DAY)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(DAY - timedelta(1), False, id="the day before"),
        pytest.param(DAY, True, id="the day itself"),
        pytest.param(DAY + timedelta(1), False, id="the day after"),
    ],
)
def test_a_deputy_must_have_it_while_performing_the_duties_of_the_head(
    stage: Stage, day: date, expected: bool
) -> None:
    Absence.objects.create(
        staff=stage.staff, since=DAY, until=DAY, ground="еңбек демалысы", deputy=stage.deputy.person
    )
    assert is_demanded(stage.deputy.person, today=day) == expected


# Nothing else opens before


def names(patterns: list[Any], start: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(
                pattern.url_patterns, f"{start}{pattern.namespace}:" if pattern.namespace else start
            )
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield start + pattern.name


def test_what_opens_without_it_is_a_short_list(stage: Stage) -> None:
    known = set(names(get_resolver().url_patterns))
    assert known >= OPEN
    assert {name for name in known if name.startswith("mfa_")} == {
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_login_webauthn",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
    }


PAGES = ("/", "/test-staff/", "/test-staff/meetings/", "/me/", "/me/data/", "/me/data/download/")


@pytest.mark.parametrize("path", [*PAGES, "/accounts/sessions/", "/accounts/password/change/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_leads_to_setting_it_up(stage: Stage, path: str, method: str) -> None:
    client = sign_in(stage.secretary)
    answer = getattr(client, method)(path)
    assert (answer.status_code, where(answer)) == (302, reverse("mfa_index"))


@pytest.mark.parametrize(
    "path", ["/accounts/2fa/", "/accounts/logout/", "/help/rules/", "/accounts/2fa/totp/activate/"]
)
def test_what_is_needed_stays_open(stage: Stage, path: str) -> None:
    assert sign_in(stage.secretary).get(path).status_code == 200


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_page_says_why(stage: Stage, language: str) -> None:
    User.objects.update(language=language)
    page = sign_in(stage.head).get("/accounts/2fa/").content.decode()
    with override(language):
        assert gettext("Set up the second factor") in page
    assert reverse("mfa_add_webauthn") in page
    assert reverse("mfa_activate_totp") in page


def test_a_member_goes_on_without_it(stage: Stage) -> None:
    assert sign_in(stage.member).get("/test-staff/").status_code == 200


def test_the_answer_is_remembered_and_costs_no_query(stage: Stage, settings: Settings) -> None:
    client = sign_in(stage.member)
    counts = []
    for rule in ("roles", "roles", "none"):
        settings.SECOND_FACTOR = rule
        with CaptureQueriesContext(connection) as queries:
            client.get("/test-staff/")
        counts.append(len(queries))
    assert counts[1] == counts[2] < counts[0]


def test_who_becomes_secretary_is_asked_within_five_minutes(
    stage: Stage, clock: time_machine.Traveller
) -> None:
    client = sign_in(stage.member)
    assert client.get("/test-staff/").status_code == 200
    User.objects.filter(pk=stage.member.person.pk).update(is_superuser=True)
    clock.shift(5 * 60)
    assert where(client.get("/test-staff/")) == reverse("mfa_index")


# Setting it up


def test_the_app_is_set_up_and_the_portal_opens(stage: Stage) -> None:
    client = sign_in(stage.secretary)
    page = client.get(reverse("mfa_activate_totp"))
    assert '<svg class="qr"' in page.content.decode()
    assert "data:" not in page.content.decode()
    secret = page.context["form"].secret
    assert hash_groups(secret) in page.content.decode()
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert where(answer) == reverse("mfa_view_recovery_codes")
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(set(codes)) == 10
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert file.content.decode().split() == codes
    assert client.get("/test-staff/").status_code == 200


def test_taking_the_last_one_away_closes_the_portal_again(stage: Stage) -> None:
    secret = give_app(stage.secretary)
    client = sign_in(stage.secretary)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get("/test-staff/").status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert where(client.get("/test-staff/")) == reverse("mfa_index")


# Signing in with it


def test_the_password_alone_does_not_sign_in(stage: Stage) -> None:
    give_app(stage.member)
    client = sign_in(stage.member)
    assert "_auth_user_id" not in client.session
    assert where(client.get("/test-staff/")).startswith(reverse("account_login"))


def test_the_code_of_the_app_signs_in_once(stage: Stage) -> None:
    code = code_of(give_app(stage.member))
    client, other = sign_in(stage.member), sign_in(stage.member)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get("/test-staff/").status_code == 200
    assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert "_auth_user_id" not in other.session


def test_a_recovery_code_signs_in_once(stage: Stage) -> None:
    give_app(stage.member)
    code = RecoveryCodes.activate(stage.member.person).get_unused_codes()[0]
    client, other = sign_in(stage.member), sign_in(stage.member)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get("/test-staff/").status_code == 200
    other.post(reverse("mfa_authenticate"), {"code": code})
    assert "_auth_user_id" not in other.session


def test_five_wrong_codes_close_it_for_fifteen_minutes(stage: Stage, clock: time_machine.Traveller) -> None:
    secret = give_app(stage.member)
    client = sign_in(stage.member)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert "_auth_user_id" not in client.session
    clock.shift(15 * 60 + 1)
    sign_in(stage.member, client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get("/test-staff/").status_code == 200


def test_a_new_password_does_not_lead_around_it(stage: Stage) -> None:
    give_app(stage.member)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": stage.member.person.email})
    link = next(word for word in str(mail.outbox[-1].body).split() if "/reset/key/" in word)
    form = where(client.get(link.removeprefix("http://testserver")))
    words = {"password1": "a sentence nobody guesses", "password2": "a sentence nobody guesses"}
    client.post(form, words)
    answer = client.post(
        reverse("account_login"), {"login": stage.member.person.email, "password": words["password1"]}
    )
    assert where(answer) == reverse("mfa_authenticate")


# Confirming who it is


@pytest.mark.parametrize(
    "name",
    [
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    ],
)
def test_factors_are_changed_only_after_the_password(
    stage: Stage, clock: time_machine.Traveller, name: str
) -> None:
    RecoveryCodes.activate(stage.member.person)
    client = sign_in(stage.member)
    assert client.get(reverse(name)).status_code == 200
    clock.shift(5 * 60)
    ask = f"{reverse('account_reauthenticate')}?next={reverse(name).replace('/', '%2F')}"
    assert where(client.get(reverse(name))) == ask
    assert where(client.post(ask, {"password": PASSWORD})) == reverse(name)
    assert client.get(reverse(name)).status_code == 200


def test_the_key_of_another_person_is_not_found(stage: Stage) -> None:
    key = Authenticator.objects.create(user=stage.head.person, type="webauthn", data={"name": "x"})
    client = sign_in(stage.member)
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert client.post(reverse(name, kwargs={"pk": key.pk})).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


# Letters, and a lost phone


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_letter_tells_about_every_change(stage: Stage, language: str) -> None:
    User.objects.update(language=language)
    client = sign_in(stage.member)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    with override(language):
        warning = gettext("If it was not you, call the secretary at once.")
        assert [letter.subject for letter in mail.outbox] == [
            gettext("Staff: app with codes switched on"),
            gettext("Staff: new recovery codes"),
            gettext("Staff: app with codes switched off"),
        ]
    assert all(warning in str(letter.body) for letter in mail.outbox)
    assert secret not in "".join(str(letter.body) for letter in mail.outbox)


def test_a_lost_phone_is_forgotten(stage: Stage) -> None:
    give_app(stage.secretary)
    give_app(stage.member)
    assert forget(stage.secretary.person) == 2
    assert [has_factor(person.person) for person in (stage.secretary, stage.member)] == [False, True]
