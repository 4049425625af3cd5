"""The letter of the working day: what is not urgent, once for each person, at 08:30."""

import ast
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from members import notices
from members.models import CalendarDay, Notice, User
from members.notices import Message, Recipient, to_user
from members.notices.urgency import PACES, Pace, next_digest
from members.states import DayKind, Mail
from tests import stage as scene
from tests.real_worker import ROOT
from tests.stage import Stage

pytestmark = pytest.mark.django_db

EVENT = "material.owed"
# Thursday 17 December 2026, 10:00 in Qostanay; Friday's letter goes at 08:30, which is 03:30 UTC.
THURSDAY = datetime(2026, 12, 17, 5, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 12, 18, 3, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _kept_letters(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def news(number: int, path: str = "/test-staff/") -> Message:
    return Message(
        f"{number}-тақырып", f"Тема {number}", f"{number}-мәтін", f"Текст {number}", f"{path}{number}/"
    )


def tell(
    stage: Stage, person: User, *numbers: int, now: datetime = THURSDAY, event: str = EVENT, path: str = ""
) -> None:
    for number in numbers:
        key = f"{event}:{stage.staff.code}:{number}"
        message = news(number, path or f"/{stage.staff.code}/")
        notices.send(stage.staff, event, key, message, [to_user(person)], now=now)


def test_what_waits_goes_in_one_letter_on_the_next_working_day() -> None:
    stage = scene.set_stage()
    tell(stage, stage.head.person, 1, 2, 3)
    assert notices.deliver(now=FRIDAY - timedelta(seconds=1)) == 0
    assert [notices.deliver(now=FRIDAY), notices.deliver(now=FRIDAY)] == [1, 0]
    [letter] = mail.outbox
    assert letter.to == [stage.head.person.email]
    assert re.findall(r"/test-staff/\d/", str(letter.body)) == [f"/test-staff/{n}/" for n in (1, 2, 3)]
    assert {notice.mail for notice in Notice.objects.all()} == {Mail.SENT}


def test_what_is_urgent_does_not_wait_and_does_not_take_the_rest_along() -> None:
    stage = scene.set_stage()
    tell(stage, stage.head.person, 1, 2)
    tell(stage, stage.head.person, 3, event="protocol.to_sign")
    assert notices.deliver(now=THURSDAY) == 1
    assert [letter.subject.endswith("3-тақырып") for letter in mail.outbox] == [True]


def test_one_notice_is_its_own_letter() -> None:
    stage = scene.set_stage()
    tell(stage, stage.head.person, 1)
    notices.deliver(now=FRIDAY)
    assert mail.outbox[0].subject.endswith("1-тақырып")
    assert "http://localhost:8000/test-staff/1/" in str(mail.outbox[0].body)


def test_who_has_no_account_never_waits() -> None:
    stage = scene.set_stage()
    guest = Recipient("Қонақ", "guest@test.example")
    notices.send(stage.staff, EVENT, "guest", news(1), [guest], now=THURSDAY)
    assert notices.deliver(now=THURSDAY) == 1


def test_a_worker_that_slept_three_days_sends_one_letter_with_all() -> None:
    stage = scene.set_stage()
    for number in (1, 2, 3):
        tell(stage, stage.head.person, number, now=THURSDAY + timedelta(days=number - 1))
    assert notices.deliver(now=FRIDAY + timedelta(days=6)) == 1
    assert str(mail.outbox[0].body).count("http") == 4  # three rows and the portal


def test_a_letter_of_two_staffs_is_grouped_and_leads_to_the_portal() -> None:
    one, two = scene.set_stage(), scene.set_stage("other-staff")
    person = one.head.person
    person.language = "ru"
    person.save()
    tell(one, person, 1)
    tell(two, person, 2)
    tell(one, person, 3)
    assert notices.deliver(now=FRIDAY) == 1
    [letter] = mail.outbox
    text, html = str(letter.body), str(letter.alternatives[0][0])
    order = [one.staff.name_ru, "/test-staff/1/", "/test-staff/3/", two.staff.name_ru, "/other-staff/2/"]
    for said in (text, html):
        places = [said.index(word) for word in order]
        assert places == sorted(places)
    assert html.count('class="button"') == 1
    assert '<p class="button"><a href="http://localhost:8000/">' in html


def test_everybody_gets_a_letter_of_their_own() -> None:
    stage = scene.set_stage()
    for person in (stage.head, stage.secretary):
        for number in (1, 2):
            notices.send(
                stage.staff, EVENT, f"k:{number}", news(number), [to_user(person.person)], now=THURSDAY
            )
    assert notices.deliver(now=FRIDAY) == 2
    assert {tuple(letter.to) for letter in mail.outbox} == {
        (stage.head.person.email,),
        (stage.secretary.person.email,),
    }


def test_what_failed_yesterday_goes_with_todays_letter() -> None:
    stage = scene.set_stage()
    tell(stage, stage.head.person, 1)
    failed = {"attempts": 9, "available_at": FRIDAY + timedelta(hours=5)}
    Notice.objects.update(**failed)
    tell(stage, stage.head.person, 2)
    assert notices.deliver(now=FRIDAY) == 1
    assert {notice.mail for notice in Notice.objects.all()} == {Mail.SENT}


def test_a_crash_while_sending_repeats_nothing_by_itself() -> None:
    stage = scene.set_stage()
    tell(stage, stage.head.person, 1, 2)
    Notice.objects.update(mail=Mail.SENDING, claimed_at=FRIDAY)
    assert notices.deliver(now=FRIDAY + timedelta(hours=1)) == 0
    assert notices.letters_stuck(stage.staff, now=FRIDAY + timedelta(hours=1)).count() == 2


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_one_letter() -> None:
    stage = scene.set_stage()
    tell(stage, stage.head.person, 1, 2, 3)

    def work(_number: int) -> int:
        try:
            return notices.deliver(now=FRIDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        sent = sorted(pool.map(work, range(4)))
    assert (sent, len(mail.outbox)) == ([0, 0, 0, 1], 1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("2026-12-17 08:29", "2026-12-17 08:30", id="before it, the same day"),
        pytest.param("2026-12-17 08:30", "2026-12-17 08:30", id="at the moment"),
        pytest.param("2026-12-17 08:31", "2026-12-18 08:30", id="after it, the next day"),
        pytest.param("2026-12-18 12:00", "2026-12-21 08:30", id="over Saturday and Sunday"),
        pytest.param("2026-12-15 12:00", "2026-12-17 08:30", id="over Independence Day"),
        pytest.param("2026-12-11 12:00", "2026-12-12 08:30", id="a moved working Saturday"),
    ],
)
def test_the_moment_of_the_letter(now: str, expected: str, settings: Any) -> None:
    for day, kind in ((date(2026, 12, 16), DayKind.HOLIDAY), (date(2026, 12, 12), DayKind.WORKING)):
        CalendarDay.objects.create(day=day, kind=kind, name_kk="к", name_ru="к")
    moment = datetime.fromisoformat(f"{now}+05:00")
    assert next_digest(moment) == datetime.fromisoformat(f"{expected}+05:00")


# Events put together where they are sent: the first part, and what may follow.
COMPUTED = {
    "agenda.": ("approved", "returned"),
    "note.": ("agreed", "refused"),
    "plan.": ("approved", "returned"),
    "quarter.": ("amber", "red", "breach"),
}


def events_in_the_code() -> Iterator[str]:
    """Yield the event of every call that puts a notice into the outbox, where it is written as text."""
    for app in ("members", "meetings", "protocols", "kpi"):
        for path in sorted((ROOT / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in ("notices.send", "tell", "_tell"):
                    yield from _texts(node.args[1:3])


def _texts(arguments: list[ast.expr]) -> Iterator[str]:
    for argument in arguments:
        text = argument.values[0] if isinstance(argument, ast.JoinedStr) else argument
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield text.value.partition(":")[0]
            return


def test_every_event_of_the_code_has_its_row() -> None:
    events = {event for event in events_in_the_code() if event}
    assert {event for event in events if event.endswith(".")} == set(COMPUTED)
    computed = {f"{start}{end}" for start, ends in COMPUTED.items() for end in ends}
    assert {event for event in events if not event.endswith(".")} | computed == set(PACES)


def test_what_may_wait_is_a_short_list() -> None:
    assert [event for event, pace in PACES.items() if pace is Pace.DIGEST] == [
        "plan.proposed",
        "plan.answered",
        "plan.remarked",
        "quarter.amber",
        "quarter.red",
        "quarter.breach",
        "initiative.started",
        "initiative.withdrawn",
        "material.brought",
        "material.owed",
        "material.late",
        "plan.changed",
        "change.declined",
        "protocol.unsigned",
        "dissent.filed",
        "dissent.after_signing",
    ]
