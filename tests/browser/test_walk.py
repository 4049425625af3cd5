"""The main job in the browser, from scheduling to the signed protocol, in both languages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, FilePayload

from meetings.models import Ballot, Elector, Meeting
from protocols.models import DissentingOpinion, Protocol
from tests import stage as scene
from tests.browser.people import Person, person
from tests.real_worker import Worker
from tests.stage import PASSWORD, Stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The secretary sits at a desktop and the members have phones, then the other way round and without scripts.
WALKS = [
    pytest.param("kk", False, True, id="kk-secretary-desktop-members-phone"),
    pytest.param("ru", True, False, id="ru-secretary-phone-members-desktop-without-scripts"),
]


@pytest.mark.parametrize(("language", "secretary_on_phone", "scripts"), WALKS)
def test_a_meeting_from_date_to_signature(
    live_server: Any, browser: Browser, worker: Worker, language: str, secretary_on_phone: bool, scripts: bool
) -> None:
    today = timezone.localdate()
    stage = scene.set_stage(today=today)
    enter: Callable[..., Person] = lambda actor, phone: person(  # noqa: E731 - three people, one recipe
        browser, live_server.url, actor, language=language, phone=phone, scripts=scripts
    )
    secretary = enter(stage.secretary, secretary_on_phone)
    member, head = enter(stage.member, not secretary_on_phone), enter(stage.head, not secretary_on_phone)

    base = _prepare(secretary, today.isoformat())
    _approve(head, base)
    secretary.open(base).open(f"{base}dispatch/").click("main form .is-primary")
    member.open("/test-staff/").open(base).open(f"{base}items/1/")

    _open_session(stage, secretary, member, base)
    base = Meeting.objects.get().get_absolute_url()
    _vote_first_item(stage, secretary, member, head, base)
    _tie_second_item(stage, secretary, member, head, base)
    secretary.open(f"{base}live/end/").click("main form .is-grave")

    _dissent(member, base)
    _draw_up(secretary, base, (today + timedelta(days=30)).isoformat())
    _sign(head, base)
    member.open("/test-staff/decisions/").open(f"{base}protocol/")
    for someone in (secretary, member, head):
        assert someone.mistakes == []


def _prepare(secretary: Person, today: str) -> str:
    secretary.open("/test-staff/").open("/test-staff/meetings/").open("/test-staff/meetings/new/")
    secretary.fill(day=today, starts_at="10:00", urgent_ground="Басшының тапсырмасы").choose(kind="regular")
    secretary.page.locator("[name='is_urgent']").check()
    secretary.click("main form .is-primary")
    base = f"/test-staff/meetings/{today}/"
    for number in (1, 2):
        secretary.open(f"{base}items/new/").fill(
            title_kk=f"{number}-мәселе туралы",
            title_ru=f"О вопросе {number}",
            speaker_kk="Баяндамашы",
            speaker_ru="Докладчик",
            **{
                "points-0-text_kk": "Іс-шара өткізілсін",
                "points-0-text_ru": "Провести мероприятие",
            },
        )
        secretary.page.locator("select[name='agency']").select_option(index=number + 4)
        secretary.click("main form .is-primary")
        secretary.fill(title="Анықтама").choose(language="kk")
        file: FilePayload = {"name": "anyqtama.pdf", "mimeType": "application/pdf", "buffer": scene.PDF}
        secretary.page.locator("[name='file']").set_input_files(file)
        secretary.click("form[action$='/attach/'] .is-primary")
    secretary.open(f"{base}agenda/").click("form[action$='/submit/'] .is-primary")
    return base


def _approve(head: Person, base: str) -> None:
    head.open("/test-staff/")
    assert base in head.page.content()
    head.open(f"{base}agenda/").click("[name='approve']")


def _open_session(stage: Stage, secretary: Person, member: Person, base: str) -> None:
    secretary.open(base).click("form[action$='/live/start/'] .is-primary")
    member.open(f"{base}room/").click("form[action$='/room/here/'] .is-primary")
    for actor in stage.voters[:10]:
        seat = Elector.objects.get(user=actor.user).order
        secretary.click(f"#seat-{seat} [value='room']")
    secretary.open(f"{base}live/chair/")
    head = Elector.objects.get(user=stage.head.user)
    secretary.choose(elector=str(head.pk)).click("main form .is-primary")
    secretary.click("form[action$='/live/open/'] .is-primary")


def _vote_by_phone(someone: Person, base: str, order: int, choice: str) -> None:
    someone.open("/test-staff/").open(f"{base}items/{order}/vote/").choose(choice=choice)
    someone.click("main form .is-primary").click("main form .is-primary")
    assert "/receipts/" in someone.page.url


def _raise_hands(stage: Stage, secretary: Person, base: str, order: int, choices: str) -> None:
    words = {"f": "for", "a": "against"}
    others = [actor for actor in stage.voters[:10] if actor not in (stage.head, stage.member)]
    for actor, letter in zip(others, choices, strict=True):
        seat = Elector.objects.get(user=actor.user).pk
        secretary.open(f"{base}live/items/{order}/hand/{seat}/").choose(choice=words[letter])
        secretary.click("main form .is-primary")


def _vote_first_item(stage: Stage, secretary: Person, member: Person, head: Person, base: str) -> None:
    secretary.open(f"{base}live/").click("form[action$='/items/1/open/'] button")
    member.open(f"{base}room/")
    _vote_by_phone(member, base, 1, "against")
    _vote_by_phone(head, base, 1, "for")
    _raise_hands(stage, secretary, base, 1, "ffffffff")
    secretary.open(f"{base}live/items/1/close/").click("main form .is-primary")
    ballot = Ballot.objects.get(item__order=1)
    assert (ballot.adopted, ballot.votes_for, ballot.reason) == (True, 9, "majority")


def _tie_second_item(stage: Stage, secretary: Person, member: Person, head: Person, base: str) -> None:
    secretary.open(f"{base}live/").click("form[action$='/items/2/open/'] button")
    _vote_by_phone(member, base, 2, "against")
    _vote_by_phone(head, base, 2, "for")
    _raise_hands(stage, secretary, base, 2, "ffffaaaa")
    secretary.open(f"{base}live/items/2/close/").click("main form .is-primary")
    ballot = Ballot.objects.get(item__order=2)
    assert (ballot.adopted, ballot.reason, ballot.votes_for) == (True, "casting_vote", 5)
    head.open(f"{base}room/").open(f"{base}items/2/")
    assert "5" in head.text


def _dissent(member: Person, base: str) -> None:
    member.open(f"{base}items/1/dissent/").fill(text="Қаржы көзі көрсетілмеген")
    member.click("main form [value='check']").click("main form [value='file']")
    assert DissentingOpinion.objects.get().text == "Қаржы көзі көрсетілмеген"


def _draw_up(secretary: Person, base: str, due: str) -> None:
    secretary.open(f"{base}protocol/").click("form[action$='/draw-up/'] .is-primary")
    for order in (1, 2):
        secretary.open(f"{base}protocol/edit/{order}/").fill(heard_kk="Баяндалды", heard_ru="Доложено")
        secretary.fill(**{"points-0-due_on": due}).click("main form .is-primary")
    secretary.open(f"{base}protocol/").click("form[action$='/send/'] .is-primary")


def _sign(head: Person, base: str) -> None:
    # The worker makes the documents; the page says so until they are there.
    for _again in range(100):
        head.open(f"{base}protocol/")
        if Protocol.objects.get().state == "awaiting":
            break
    head.open("/test-staff/").open(f"{base}protocol/sign/")
    for language in ("kk", "ru"):
        answer = head.page.request.get(f"{head.address}{base}protocol/{language}.pdf")
        assert answer.body().startswith(b"%PDF-1.7")
    head.fill(password=PASSWORD).click("form:has([name='password']) .is-primary")
    assert Protocol.objects.get().state == "signed"
