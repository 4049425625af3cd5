"""Every page of the demo, in both languages and two sizes: axe, width, scripts, words left in English."""

import re
from io import StringIO
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page

from meetings.models import Meeting
from members.models import Staff, User
from members.permissions import actor_in
from staff_portal.demo.people import SHARED_WORDS
from tests.browser.people import DESKTOP, PHONE, Person, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "secretary": (
        "",
        "meetings/",
        "meetings/new/",
        "{coming}",
        "{coming}agenda/",
        "{coming}items/1/",
        "{coming}invited/",
        "{coming}dispatch/",
        "{held}",
        "{held}items/2/",
        "{held}live/",
        "{held}protocol/",
        "decisions/",
        "protocols/",
    ),
    "head": ("", "{coming}agenda/", "{held}protocol/", "{held}room/"),
    "college": ("", "{coming}", "{coming}items/3/", "{held}items/4/", "{held}items/4/dissent/", "kpi/"),
}
# What stays in Latin letters on a Kazakh or Russian page: formats, a fingerprint, the zone.
LATIN = {"PDF", "SHA", "DOCX", "XLSX", "PPTX", "JPG", "PNG", "UTC"}
SIZES = {"phone": PHONE, "desktop": DESKTOP}


@pytest.fixture
def demo() -> dict[str, str]:
    """Load the demo and return the addresses of its coming and its held meeting below the Staff's."""
    call_command("demo", verbosity=0, stdout=StringIO())
    return {
        "coming": Meeting.objects.get(state="planned").get_absolute_url().removeprefix("/kostanay/"),
        "held": Meeting.objects.filter(state="ended")
        .latest("day")
        .get_absolute_url()
        .removeprefix("/kostanay/"),
    }


def enter(browser: Browser, address: str, name: str, *, language: str, phone: bool) -> Person:
    staff = Staff.objects.get(code="kostanay")
    user = User.objects.get(email=f"{name}@demo.kostanay.example")
    actor = actor_in(staff, user, today=timezone.localdate())
    assert actor is not None
    return person(browser, address, actor, language=language, phone=phone, password=SHARED_WORDS)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_pages_of_the_demo(
    live_server: Any, browser: Browser, demo: dict[str, str], language: str, size: str
) -> None:
    faults = []
    for name, pages in PAGES.items():
        someone = enter(browser, live_server.url, name, language=language, phone=size == "phone")
        for page in pages:
            someone.open(f"/kostanay/{page.format(**demo)}")
            faults += faults_of(someone.page)
        someone.open("/help/rules/")
        faults += faults_of(someone.page)
        faults += someone.mistakes
        someone.page.context.close()
    assert faults == []


def faults_of(page: Page) -> list[str]:
    """Return what axe finds, words left in English, and controls too small for a thumb."""
    found = [f"{page.url}: {fault['id']}" for fault in Axe().run(page).response["violations"]]
    words = set(re.findall(r"[A-Za-z]{3,}", visible_words(page))) - LATIN
    return found + [f"{page.url}: {word} is neither Kazakh nor Russian" for word in sorted(words)]


def visible_words(page: Page) -> str:
    """Return the text of the page without fingerprints, codes and addresses of mail."""
    page.evaluate(
        "document.querySelectorAll('.code, .receipt-code, [type=email]').forEach(row => row.remove())"
    )
    text = page.locator("body").inner_text()
    return re.sub(r"\S+@\S+|[0-9A-Z]{4}-[0-9A-Z]{4}", "", text)
