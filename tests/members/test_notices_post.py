"""The post with a real mail server: one that refuses, is silent, hangs up, is away."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from meetings import actions
from members import notices
from members.models import Notice
from members.notices import Message, to_user
from members.states import Mail
from tests import stage as scene
from tests.mail_server import MailServer, running
from tests.stage import MORNING, Stage

pytestmark = pytest.mark.django_db

NEWS = Message("Тақырып", "Тема", "Мәтін", "Текст", "/test-staff/")
LATER = MORNING + timedelta(hours=7)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    """Return a server that takes everything until the test says otherwise."""
    with running(MailServer()) as server:
        at_port(settings, server.port)
        yield server


def at_port(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "members.notices.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.5


def told(stage: Stage, count: int = 15) -> list[str]:
    """Put one notice for each of the first `count` people into the outbox; return their addresses, sorted."""
    people = [person.user for person in stage.people[:count] if person.user]
    notices.send(stage.staff, "test", "test:1", NEWS, [to_user(user) for user in people], now=MORNING)
    return sorted(user.email for user in people)


def states() -> Counter[str]:
    return Counter(Notice.objects.values_list("mail", flat=True))


def stuck(stage: Stage) -> list[str]:
    return sorted(notices.letters_stuck(stage.staff, now=LATER).values_list("email", flat=True))


def test_fifteen_letters_go_over_one_connection(server: MailServer) -> None:
    addresses = told(scene.set_stage())
    assert notices.deliver(now=MORNING) == 15
    assert (server.recipients, server.connections) == (addresses, 1)


def test_one_of_fifteen_refused_stops_no_other(server: MailServer) -> None:
    stage = scene.set_stage()
    *others, refused = told(stage)
    server.refused = {refused}
    assert notices.deliver(now=MORNING) == 14
    assert notices.deliver(now=LATER) == 0
    assert server.recipients == others
    row = Notice.objects.get(email=refused)
    assert (row.mail, row.attempts, row.error) == (Mail.WAITING, 2, "550 no such box")
    assert stuck(stage) == [refused]


def test_ten_refusals_are_shown_and_the_address_may_be_mended(server: MailServer) -> None:
    stage = scene.set_stage()
    [address] = told(stage, count=1)
    server.refused = {address}
    for hours in range(0, 200, 10):
        notices.deliver(now=MORNING + timedelta(hours=hours))
    assert Notice.objects.values_list("mail", "attempts").get() == (Mail.FAILED, notices.MAX_ATTEMPTS)
    assert stuck(stage) == [address]


def test_a_silent_server_is_asked_once_and_every_letter_waits(server: MailServer) -> None:
    server.silent = True
    stage = scene.set_stage()
    addresses = told(stage)
    assert notices.deliver(now=MORNING) == 0
    assert server.connections == 1
    assert states() == {Mail.WAITING: 15}
    assert stuck(stage) == addresses


def test_letters_wait_for_a_server_that_was_silent(server: MailServer, settings: Any) -> None:
    server.silent = True
    addresses = told(scene.set_stage())
    notices.deliver(now=MORNING)
    with running(MailServer()) as other:
        at_port(settings, other.port)
        assert notices.deliver(now=LATER) == 15
    assert other.recipients == addresses


@pytest.mark.parametrize("keeps_the_last", [True, False], ids=["kept", "lost"])
def test_a_server_that_dies_with_a_letter_in_hand_leaves_that_one_to_the_secretary(
    server: MailServer, keeps_the_last: bool
) -> None:
    server.hangs_up_after, server.keeps_the_last = 7, keeps_the_last
    stage = scene.set_stage()
    addresses = told(stage)
    assert notices.deliver(now=MORNING) == 14
    assert notices.deliver(now=LATER) == 0
    [unclear] = stuck(stage)
    assert states() == {Mail.SENT: 14, Mail.UNCLEAR: 1}
    assert server.recipients == [each for each in addresses if keeps_the_last or each != unclear]
    assert server.connections == 2


def test_a_letter_that_was_not_written_to_its_end_surely_did_not_go_and_waits(server: MailServer) -> None:
    server.breaks_off = True
    told(scene.set_stage(), count=1)
    # More than the buffers of both ends hold.
    Notice.objects.update(text_kk="мәтін " * 2_000_000)
    assert notices.deliver(now=MORNING) == 0
    assert states() == {Mail.WAITING: 1}


def test_a_server_that_is_away_stops_no_act(settings: Any) -> None:
    with running(MailServer()) as gone:
        at_port(settings, gone.port)
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    scene.attach(stage, meeting.items.get())
    version = actions.submit_agenda(meeting, by=stage.secretary, now=MORNING)
    assert notices.deliver(now=MORNING) == 0
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=MORNING)
    actions.dispatch(meeting, late_reason="жөндеу", by=stage.secretary, now=MORNING)
    assert notices.deliver(now=MORNING) == 0
    assert states() == {Mail.WAITING: Notice.objects.count()}


def test_every_letter_carries_text_and_html_with_the_same_one_address(server: MailServer) -> None:
    told(scene.set_stage(), count=1)
    notices.deliver(now=MORNING)
    [(_address, letter)] = server.letters
    text, html = (part.get_payload(decode=True).decode() for part in letter.get_payload())
    assert html.count('href="http') == 1
    assert text.count("http://localhost:8000/test-staff/") == 1
    assert 'href="http://localhost:8000/test-staff/"' in html
