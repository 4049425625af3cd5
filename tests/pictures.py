"""Pictures of the README, made from the demo: `make pictures` (needs Chromium and pdftoppm)."""

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import time
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
ADDRESS = "http://127.0.0.1:8799"
WORK = Path(tempfile.mkdtemp(prefix="staff-portal-pictures-"))
(WORK / "static").mkdir()
os.environ.update(
    DEMO="1",
    DJANGO_SETTINGS_MODULE="staff_portal.settings",
    DATABASE_URL=f"sqlite:///{WORK / 'portal.sqlite3'}",
    MEDIA_ROOT=str(WORK / "media"),
    STATIC_ROOT=str(WORK / "static"),
    EMAIL_URL="dummymail://",
    LOG_LEVEL="ERROR",
)

import django  # noqa: E402  the environment stands before the settings are read

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright  # noqa: E402

from meetings import actions  # noqa: E402
from meetings.models import Meeting  # noqa: E402
from meetings.points import PointText  # noqa: E402
from members.models import Staff  # noqa: E402
from members.permissions import Actor, holders_on  # noqa: E402
from protocols.models import ProtocolDocument  # noqa: E402

DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 800}
SWITCHES = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"]
COLOURS = 48


def main() -> None:
    """Load the demo into a temporary folder, serve it, take the pictures, leave nothing behind."""
    call_command("migrate", verbosity=0)
    with (WORK / "demo.log").open("w") as log:
        call_command("demo", stdout=log)
    meeting = in_session()
    serve = [sys.executable, "-m", "gunicorn", "staff_portal.wsgi", "-b", ADDRESS.removeprefix("http://")]
    server = subprocess.Popen([*serve, "--log-level", "error"], cwd=FOLDER.parent.parent)
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
            take(browser, meeting)
            browser.close()
        protocol_page()
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(WORK)


def in_session() -> Meeting:
    """Return a meeting of today in session, twelve members there, the vote on its question open."""
    now = timezone.localtime()
    staff = Staff.objects.get(code="kostanay")
    holders = list(holders_on(staff, now.date()))
    people = [Actor(staff, holder.user, holder) for holder in holders]
    head, secretary = people[0], people[3]
    act: dict[str, Any] = {"by": secretary, "now": now}
    meeting = actions.schedule(
        staff,
        kind="extraordinary",
        day=now.date(),
        starts_at=time(10),
        urgent_ground="Штаб басшысының тапсырмасы",
        call_ground="Штаб басшысының бастамасы",
        place_kk=staff.place_kk,
        place_ru=staff.place_ru,
        mode="mixed",
        **act,
    )
    planned = Meeting.objects.filter(staff=staff, state="planned").exclude(pk=meeting.pk).get()
    item = planned.items.order_by("order")[1]
    actions.add_item(
        meeting,
        title_kk=item.question.title_kk,
        title_ru=item.question.title_ru,
        agency=item.agency,
        speaker_kk=item.speaker_kk,
        speaker_ru=item.speaker_ru,
        points=[PointText(point.text_kk, point.text_ru) for point in item.points.all()],
        **act,
    )
    version = actions.submit_agenda(meeting, **act)
    actions.approve_agenda(version, seen=version.sha256, by=head, now=now)
    meeting = actions.start_registration(meeting, **act)
    for number, elector in enumerate(meeting.electors.voting().order_by("order")[:12]):
        actions.mark(elector, presence="video" if number > 9 else "room", **act)
    chair = meeting.electors.get(user=head.user)
    actions.appoint_chair(meeting, elector=chair, **act)
    meeting = actions.open_meeting(meeting, **act)
    ballot = actions.open_ballot(meeting.items.get(), by=secretary)
    for person in people[4:9]:
        elector = meeting.electors.get(user=person.user)
        actions.cast_vote(ballot, elector=elector, choice="for", key=str(elector.pk), by=person)
    return meeting


def take(browser: Browser, meeting: Meeting) -> None:
    """Write the picture of the secretary's home in Kazakh and of the room on a member's phone."""
    home = signed_in(browser, "secretary", DESKTOP)
    shoot(home, "home")
    room = signed_in(browser, "education", PHONE)
    room.goto(f"{ADDRESS}{meeting.get_absolute_url()}room/")
    shoot(room, "room")


def signed_in(browser: Browser, name: str, size: ViewportSize) -> Page:
    """Return a page of the demo person `name`, signed in by one click."""
    page = browser.new_context(viewport=size).new_page()
    page.goto(f"{ADDRESS}/accounts/login/")
    page.locator(f"form:has([value^='{name}@']) button").click()
    page.wait_for_url("**/kostanay/")
    return page


def shoot(page: Page, name: str) -> None:
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    reduce(path)


def protocol_page() -> None:
    """Write the first page of the signed protocol in Kazakh."""
    document = ProtocolDocument.objects.filter(language="kk").latest("pk")
    source = WORK / "protocol.pdf"
    source.write_bytes(bytes(document.content))
    target = FOLDER / "protocol"
    subprocess.run(
        ["pdftoppm", "-png", "-singlefile", "-f", "1", "-l", "1", "-r", "70", source, target], check=True
    )
    reduce(target.with_suffix(".png"))


def reduce(path: Path) -> None:
    """Keep few colours: a page of text loses nothing one can see, and the file stays small."""
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
