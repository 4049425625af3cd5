"""Every page of the demo, in both languages and two sizes: width, scripts, words left in English.

Axe looks at every page once in each language and once at each size: the other two pairs add nothing to it.
"""

import re
from io import StringIO
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page

from meetings.models import Initiative, JustificationNote, Meeting, WorkPlan
from members.actions.composition import start_composition
from members.actions.procedure import start_regulation
from members.models import Staff, User
from members.permissions import Actor, actor_in, seats_on
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
        "{coming}agenda/v/1/",
        "{coming}awaited/{awaited}/",
        "{coming}announcement/",
        "{coming}pack/",
        "{coming}cancel/",
        "{held}",
        "{held}items/2/",
        "{held}dispatch/",
        "{held}dispatch/proof/",
        "{held}pack/",
        "{held}live/",
        "{held}protocol/",
        "meetings/calendar/",
        "plans/",
        "plans/new/",
        "{plan}",
        "{draft}",
        "{draft}call/",
        "{draft}agreement/",
        "{draft}copy/",
        "{draft}control/",
        "{draft}rows/new/1/",
        "{draft}rows/new/2/",
        "notes/",
        "notes/new/",
        "notes/{note}/",
        "questions/",
        "questions/{question}/",
        "initiatives/",
        "initiatives/{initiative}/",
        "decisions/",
        "protocols/",
        "composition/",
        "composition/?day=2023-05-05",
        "composition/versions/",
        "composition/draft/",
        "composition/draft/seats/new/",
        "composition/import/",
        "{seat}holder/",
        "{seat}consent/",
        "regulation/",
        "regulation/draft/",
        "absences/",
        "absences/new/",
        "people/",
        "people/place/",
        "letters/",
        "journal/",
        "history/meeting/{held_pk}/",
    ),
    "head": ("", "{coming}agenda/", "{plan}", "notes/{note}/", "{held}protocol/", "{held}room/"),
    "college": (
        "",
        "{coming}",
        "{coming}items/3/",
        "{coming}answer/",
        "{held}items/4/",
        "{held}items/4/dissent/",
        "{held}pack/",
        "{draft}",
        "{draft}proposals/new/",
        "notes/requests/new/",
        "initiatives/new/",
        "initiatives/{initiative}/",
        "materials/",
        "kpi/",
    ),
    "police.officer": ("", "{coming}", "materials/", "{plan}"),
    "auditor": ("", "journal/", "composition/", "people/"),
    "guest": ("", "{held}", "{held}items/1/"),
}
# Pages of a person, in no Staff.
OWN = ("/help/rules/", "/me/", "/me/data/", "/accounts/2fa/", "/accounts/sessions/")
# What stays in Latin letters on a Kazakh or Russian page: formats, the zone, names of programs, quarter III.
LATIN = {"PDF", "SHA", "DOCX", "XLSX", "PPTX", "JPG", "PNG", "CSV", "JSON", "ZIP", "UTC", "PIN", "Chrome"}
LATIN |= {"Linux", "III"}
SIZES = {"phone": PHONE, "desktop": DESKTOP}
WITH_AXE = {("kk", "phone"), ("ru", "desktop")}


@pytest.fixture
def demo() -> dict[str, str]:
    """Load the demo and return the addresses of its coming and its held meeting below the Staff's."""
    call_command("demo", verbosity=0, stdout=StringIO())
    staff = Staff.objects.get(code="kostanay")
    secretary = actor_of(staff, "secretary")
    today, now = timezone.localdate(), timezone.now()
    start_composition(staff, by=secretary, now=now, today=today)
    start_regulation(staff, by=secretary, now=now, today=today)
    coming = Meeting.objects.get(staff=staff, state="planned")
    held = Meeting.objects.filter(staff=staff, state="ended").latest("day")
    return {
        "coming": coming.get_absolute_url().removeprefix("/kostanay/"),
        "held": held.get_absolute_url().removeprefix("/kostanay/"),
        "held_pk": str(held.pk),
        "awaited": str(coming.items.earliest("order").owed.earliest("pk").pk),
        "note": JustificationNote.objects.get(staff=staff, state="submitted").key,
        "question": str(held.items.earliest("order").question_id),
        "initiative": str(Initiative.objects.get(staff=staff).pk),
        "plan": f"plans/{WorkPlan.objects.get(staff=staff, state='approved').key}/",
        "draft": f"plans/{WorkPlan.objects.get(staff=staff, state='collecting').key}/",
        "seat": f"seats/{seats_on(staff, today)[4].pk}/",
    }


def actor_of(staff: Staff, name: str) -> Actor:
    user = User.objects.get(email=f"{name}@demo.kostanay.example")
    actor = actor_in(staff, user, today=timezone.localdate())
    assert actor is not None
    return actor


def enter(browser: Browser, address: str, name: str, *, language: str, phone: bool) -> Person:
    staff = Staff.objects.get(code="kostanay")
    actor = actor_of(staff, name)
    return person(browser, address, actor, language=language, phone=phone, password=SHARED_WORDS)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_pages_of_the_demo(
    live_server: Any, browser: Browser, demo: dict[str, str], language: str, size: str
) -> None:
    faults = []
    with_axe = (language, size) in WITH_AXE
    for name, pages in PAGES.items():
        someone = enter(browser, live_server.url, name, language=language, phone=size == "phone")
        for page in pages:
            someone.open(f"/kostanay/{page.format(**demo)}")
            faults += faults_of(someone.page, with_axe=with_axe)
        for page in OWN if name == "secretary" else ():
            someone.open(page)
            faults += faults_of(someone.page, with_axe=with_axe)
        faults += someone.mistakes
        someone.page.context.close()
    assert "\n".join(faults) == ""


def faults_of(page: Page, *, with_axe: bool) -> list[str]:
    """Return what axe finds, and words left in English."""
    violations = Axe().run(page).response["violations"] if with_axe else []
    found = [f"{page.url}: {fault['id']}" for fault in violations]
    words = set(re.findall(r"[A-Za-z]{3,}", visible_words(page))) - LATIN
    return found + [f"{page.url}: {word} is neither Kazakh nor Russian" for word in sorted(words)]


def visible_words(page: Page) -> str:
    """Return the text of the page without fingerprints, codes and addresses of mail."""
    page.evaluate(
        "document.querySelectorAll('.code, .receipt-code, [type=email]').forEach(row => row.remove())"
    )
    text = page.locator("body").inner_text()
    return re.sub(r"\S+@\S+|[0-9A-Z]{4}-[0-9A-Z]{4}|\b(?:[0-9a-f]{4} ?){16}\b|\b[0-9a-f]{8,64}\b", "", text)
