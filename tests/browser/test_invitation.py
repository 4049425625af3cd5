"""An invitation on a phone: the letter's link, the page, a password, inside; who must, sets up a factor."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings

from members import actions, notices
from members.models import Holder, Notice, Place, User
from tests import stage as scene
from tests.browser.people import PHONE, Person
from tests.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "үш қоян мен бір түлкі"


def invited(stage: Stage, language: str, *, is_secretary: bool) -> User:
    """Return a new person without a password, invited to a place or to the seat of the secretary."""
    user = User.objects.create_user("zhana@example.test", name="Ж. Жаңа", language=language)
    if is_secretary:
        Holder.objects.filter(user=stage.secretary.person).update(user=user)
    else:
        Place.objects.create(staff=stage.staff, user=user, role="auditor", since=timezone.localdate())
    actions.invite(user, stage.staff, by=stage.secretary, now=timezone.now())
    return user


def link() -> str:
    """Return the path of the link in the letter."""
    body = str(notices.letter(Notice.objects.get(event="invitation")).body)
    found = re.search(r"/invitations/\S+", body)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("is_secretary", "lands"),
    [
        pytest.param(False, "/test-staff/", id="auditor"),
        pytest.param(True, "/accounts/2fa/", id="secretary"),
    ],
)
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_from_the_letter_to_the_first_page(
    live_server: Any, browser: Browser, settings: Settings, language: str, is_secretary: bool, lands: str
) -> None:
    settings.SECOND_FACTOR = "roles"
    cache.clear()
    invited(scene.set_stage(), language, is_secretary=is_secretary)
    page = browser.new_context(viewport=PHONE).new_page()
    someone = Person(page, live_server.url, f"{language}-invited")
    path = link()
    someone.open(path)
    if language == "ru":
        someone.click("form[action$='/language/'] button")
    assert page.locator("html").get_attribute("lang") == language
    someone.choose(language=language).fill(new_password1=PASSWORD, new_password2=PASSWORD)
    someone.click("main .is-primary")
    assert page.url.removeprefix(live_server.url) == lands
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("a[href^='/invitations/']").count() == 0
    page.goto(live_server.url + path)
    assert page.locator("input[type=password]").count() == 0
    assert someone.mistakes == []
    page.context.close()
