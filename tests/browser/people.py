"""A person at a browser: signs in, opens pages, fills in forms; every page is watched for mistakes."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize

from members.permissions import Actor
from tests.stage import PASSWORD

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
# A folder for pictures of every page opened; none are made without it.
PICTURES = os.environ.get("PICTURES", "")


@dataclass
class Person:
    """One browser context of one member of the Staff, in one language and one size."""

    page: Page
    address: str
    name: str
    mistakes: list[str] = field(default_factory=list)
    pictures: int = 0

    def open(self, path: str) -> "Person":
        """Open a path of the portal and check that it answers as a page."""
        self.page.goto(self.address + path)
        # Asked of the page itself: `goto` returns nothing when a page that polls is opened anew.
        status = self.page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
        assert status == 200, f"{path}: {status}"
        self.look()
        return self

    def click(self, selector: str) -> "Person":
        """Press one thing and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.look()
        return self

    def fill(self, **values: str) -> "Person":
        """Fill in fields by their names."""
        for name, value in values.items():
            self.page.locator(f"[name='{name}']").fill(value)
        return self

    def choose(self, **values: str) -> "Person":
        """Choose options and radio buttons by name and value."""
        for name, value in values.items():
            target = self.page.locator(f"select[name='{name}']")
            if target.count():
                target.select_option(value)
            else:
                self.page.locator(f"[name='{name}'][value='{value}']").check()
        return self

    @property
    def text(self) -> str:
        """The visible text of the page."""
        return self.page.locator("main").inner_text()

    def look(self) -> None:
        """Check what every page must keep: nothing wider than the screen; take a picture when asked to."""
        overflow = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if overflow > 0:
            self.mistakes.append(f"{self.page.url} is {overflow} px wider than the screen")
        if PICTURES:
            self.pictures += 1
            path = Path(PICTURES) / f"{self.name}-{self.pictures:02}.png"
            self.page.screenshot(path=path, full_page=True)


def visitor(browser: Browser, address: str, name: str, *, phone: bool, scripts: bool = True) -> Person:
    """Return somebody at a browser who has not signed in."""
    size = PHONE if phone else DESKTOP
    context = browser.new_context(viewport=size, java_script_enabled=scripts)
    page = context.new_page()
    someone = Person(page, address, name)
    page.on("pageerror", lambda error: someone.mistakes.append(str(error)))
    page.on("console", lambda message: _note(someone, message))
    page.on("request", lambda request: _note_foreign(someone, request))
    return someone


def person(
    browser: Browser,
    address: str,
    actor: Actor,
    *,
    language: str,
    phone: bool,
    scripts: bool = True,
    password: str = PASSWORD,
) -> Person:
    """Return `actor` signed in through the sign-in page, in `language`, on a phone or a desktop."""
    assert actor.user is not None
    name = f"{language}-{actor.role}-{'phone' if phone else 'desktop'}"
    someone = visitor(browser, address, name, phone=phone, scripts=scripts)
    someone.open("/accounts/login/")
    if language == "ru":
        someone.click("form[action$='/language/'] button")
    someone.fill(login=actor.user.email, password=password).click("form[action$='/login/'] .is-primary")
    if someone.page.locator("html").get_attribute("lang") != language:
        someone.click("form[action$='/language/'] button")
    return someone


def _note(someone: Person, message: ConsoleMessage) -> None:
    if message.type == "error":
        someone.mistakes.append(f"{someone.page.url}: {message.text}")


def _note_foreign(someone: Person, request: Request) -> None:
    if not request.url.startswith(someone.address):
        someone.mistakes.append(f"asked a foreign address: {request.url}")
