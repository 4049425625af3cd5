"""Signing in on a phone: the demanded second factor, an app, a recovery code, a passkey; kk and ru."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings

from members.models import User
from members.permissions import Actor
from tests.browser.people import Person, person
from tests.stage import PASSWORD, set_stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = ("kk", "ru")
ACCOUNT_PAGES = (
    "/me/",
    "/me/data/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/reauthenticate/",
    "/accounts/password/change/",
)
# A phone that knows its owner: it makes passkeys and uses them without asking.
OWN_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def secretary(settings: Settings) -> Iterator[Actor]:
    settings.SECOND_FACTOR = "roles"
    cache.clear()
    yield set_stage().secretary
    cache.clear()


def code_of(secret: str) -> str:
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def leave(someone: Person) -> None:
    """Sign out, and forget the codes that were used: the next sign-in comes within the same half minute."""
    someone.open("/accounts/logout/").click("main .is-primary")
    cache.clear()


def give_password(someone: Person, actor: Actor) -> None:
    someone.open("/accounts/login/")
    someone.fill(login=actor.person.email, password=PASSWORD)
    someone.click("form[action$='/accounts/login/'] .is-primary")


def is_home(someone: Person) -> bool:
    return someone.page.url.endswith("/test-staff/")


def is_foreign(text: str) -> list[str]:
    return re.findall(r"\b[A-Za-z]{4,}\b", re.sub(r"\S+@\S+|TOTP|[A-Z2-7]{4}(?: [A-Z2-7]{4}){3,}", "", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_secretary_sets_up_an_app_and_signs_in_with_it(
    live_server: Any, browser: Browser, secretary: Actor, language: str
) -> None:
    User.objects.update(language=language)
    someone = person(browser, live_server.url, secretary, language=language, phone=True)
    someone.open("/test-staff/")
    assert someone.page.url.endswith("/accounts/2fa/")
    assert is_foreign(someone.text) == []

    someone.click("a[href$='/totp/activate/']")
    assert is_foreign(someone.text) == []
    secret = someone.page.locator("#secret").inner_text().replace(" ", "")
    someone.fill(code=code_of(secret)).click("main .is-primary")
    codes = someone.page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    someone.click("main .is-primary")
    assert is_home(someone)

    for code in (code_of(secret), codes[0]):
        leave(someone)
        give_password(someone, secretary)
        assert someone.page.url.endswith("/accounts/2fa/authenticate/")
        assert is_foreign(someone.text) == []
        someone.fill(code=code).click("main .is-primary")
        assert is_home(someone)
    assert someone.mistakes == []
    someone.page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_secretary_makes_a_passkey_and_signs_in_with_it_alone(
    live_server: Any, browser: Browser, secretary: Actor, language: str
) -> None:
    User.objects.update(language=language)
    someone = person(browser, live_server.url, secretary, language=language, phone=True)
    phone = someone.page.context.new_cdp_session(someone.page)
    phone.send("WebAuthn.enable")
    phone.send("WebAuthn.addVirtualAuthenticator", {"options": OWN_PHONE})

    someone.open("/accounts/2fa/webauthn/add/")
    assert is_foreign(someone.text) == []
    someone.click("[data-passkey=add]")
    assert someone.page.url.endswith("/accounts/2fa/recovery-codes/")
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
    assert key.wrap().is_passwordless is True

    leave(someone)
    someone.open("/accounts/login/").click("[data-passkey=login]")
    assert is_home(someone)

    leave(someone)
    give_password(someone, secretary)
    someone.click("[data-passkey=authenticate]")
    assert is_home(someone)
    assert someone.mistakes == []
    someone.page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_the_account_are_open_to_everybody(
    live_server: Any, browser: Browser, secretary: Actor, settings: Settings, language: str
) -> None:
    settings.SECOND_FACTOR = "none"
    someone = person(browser, live_server.url, secretary, language=language, phone=True)
    for path in ACCOUNT_PAGES:
        someone.open(path)
        someone.mistakes += [
            f"{path}: {fault['id']}" for fault in Axe().run(someone.page).response["violations"]
        ]
    assert someone.mistakes == []
    someone.page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_device_without_the_passkey_is_told_so(
    live_server: Any, browser: Browser, secretary: Actor, language: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    phone = context.new_cdp_session(page)
    phone.send("WebAuthn.enable")
    phone.send("WebAuthn.addVirtualAuthenticator", {"options": OWN_PHONE})
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page.goto(f"{live_server.url}/accounts/login/")
    assert page.locator("html").get_attribute("lang") == language
    page.locator("[data-passkey=login]").click()
    page.locator("[data-passkey-failed]").wait_for(state="visible")
    assert is_foreign(page.locator("main").inner_text()) == []
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_the_password_still_works(
    live_server: Any, browser: Browser, secretary: Actor, settings: Settings, language: str
) -> None:
    settings.SECOND_FACTOR = "none"
    someone = person(browser, live_server.url, secretary, language=language, phone=True, scripts=False)
    assert is_home(someone)
    someone.page.context.close()
