"""What the matrix does not say: why a page refuses, nobody acts by GET, hostile addresses, polling."""

import pytest
from django.test import Client

from meetings.models import Ballot, Question, Vote
from members.journal import version_of
from members.models import JournalEntry
from members.permissions import Actor
from tests import stage as scene
from tests.stage import Stage

pytestmark = pytest.mark.django_db

MEETING = "/test-staff/meetings/1-2026"
# Address, and who may open it: s(ecretary), h(ead), d(eputy), m(ember).
PAGES = [
    ("/test-staff/", "shdm"),
    ("/test-staff/meetings/", "shdm"),
    ("/test-staff/meetings/new/", "s"),
    ("/test-staff/meetings/terms/?day=2026-12-17", "s"),
    (f"{MEETING}/", "shdm"),
    (f"{MEETING}/agenda/", "shdm"),
    (f"{MEETING}/items/1/", "shdm"),
    (f"{MEETING}/invited/", "shdm"),
    (f"{MEETING}/dispatch/", "s"),
    (f"{MEETING}/live/", "s"),
    (f"{MEETING}/live/attendance/", "s"),
    (f"{MEETING}/live/items/1/close/", "s"),
    (f"{MEETING}/room/", "shdm"),
    (f"{MEETING}/items/1/vote/", "hdm"),
    (f"{MEETING}/items/1/vote/check/?choice=for", "hdm"),
    ("/test-staff/decisions/", "shdm"),
    ("/test-staff/protocols/", "shdm"),
    ("/test-staff/kpi/", "shdm"),
]
# Acts: only a POST does them, by whom; the others are told why.
ACTS = [
    (f"{MEETING}/agenda/submit/", "s"),
    (f"{MEETING}/agenda/take-back/", "s"),
    (f"{MEETING}/agenda/decide/", "hd"),
    (f"{MEETING}/items/1/move/", "s"),
    # The member is not of the agency of question 2.
    (f"{MEETING}/items/2/attach/", "s"),
    (f"{MEETING}/items/1/late/", "hd"),
    (f"{MEETING}/live/start/", "s"),
    (f"{MEETING}/live/open/", "s"),
    (f"{MEETING}/live/no-quorum/", "s"),
    (f"{MEETING}/live/items/2/open/", "s"),
    (f"{MEETING}/room/here/", "hdm"),
]


def people_of(stage: Stage) -> dict[str, Actor]:
    return {"s": stage.secretary, "h": stage.head, "d": stage.deputy, "m": stage.member}


def client_of(actor: Actor) -> Client:
    client = Client()
    assert actor.user is not None
    client.force_login(actor.user)
    return client


@pytest.fixture
def in_session() -> Stage:
    """A meeting in session with an open vote on its first item."""
    stage = scene.set_stage()
    meeting = scene.opened(stage, items=2)
    scene.ballot_on(stage, meeting)
    return stage


# Pages that refuse at once, before anything is typed, because the meeting is in session and a vote is open.
TOO_LATE = ["edit/", "items/new/", "items/1/edit/", "items/1/remove/", "live/chair/", "live/end/"]


@pytest.mark.parametrize("page", TOO_LATE)
def test_a_page_of_an_act_that_cannot_be_done_now_says_why(in_session: Stage, page: str) -> None:
    assert client_of(in_session.secretary).get(f"{MEETING}/{page}").status_code == 409
    assert client_of(in_session.member).get(f"{MEETING}/{page}").status_code == 403


def test_console_and_room_show_the_first_entries_of_the_journal() -> None:
    stage = scene.set_stage()
    scene.registered(stage)
    assert client_of(stage.secretary).get("/test-staff/meetings/2026-12-17/live/").status_code == 200
    assert client_of(stage.member).get("/test-staff/meetings/2026-12-17/room/").status_code == 200


DAYS = ["2020-01-01", "0001-01-01", "9999-12-31", "2026-02-30", "x" * 300]


@pytest.mark.parametrize("day", DAYS)
def test_an_impossible_day_is_told_beside_the_field(day: str) -> None:
    stage = scene.set_stage()
    client = client_of(stage.secretary)
    assert client.get(f"/test-staff/meetings/terms/?day={day}").status_code in (200, 204)
    fields = {
        "kind": "regular",
        "day": day,
        "starts_at": "10:00",
        "mode": "room",
        "place_kk": "а",
        "place_ru": "б",
    }
    page = client.post("/test-staff/meetings/new/", fields)
    assert (page.status_code, "field-error" in page.content.decode()) == (422, True)
    assert not stage.staff.meetings.exists()


def test_a_form_opened_for_another_question_touches_nothing() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=2)
    first = meeting.items.get(order=1)
    client = client_of(stage.secretary)
    stale = client.post("/test-staff/meetings/2026-12-17/items/2/remove/", {"item": first.pk})
    assert (stale.status_code, meeting.items.count()) == (409, 2)


def test_what_nobody_sees_is_no_text() -> None:
    stage = scene.set_stage()
    scene.planned(stage, items=0)
    fields = {"title_kk": "\u200b\u200e", "agency": stage.organisations[4].pk, "minutes": "99999"}
    fields["kind"] = "decision"
    page = (
        client_of(stage.secretary).post("/test-staff/meetings/2026-12-17/items/new/", fields).content.decode()
    )
    assert page.count('class="field-error"') == 2
    assert "item_minutes" not in page


def test_acts_are_posts_and_wrong_roles_are_told_why(in_session: Stage) -> None:
    for letter, actor in people_of(in_session).items():
        client = client_of(actor)
        for path, who in ACTS:
            assert client.get(path)["Location"] == f"{MEETING}/"
            if letter not in who:
                assert client.post(path).status_code == 403, (path, letter)


def test_the_wrong_moment_is_a_page_with_the_reason_and_the_clause(in_session: Stage) -> None:
    answer = client_of(in_session.secretary).post(f"{MEETING}/live/items/2/open/")
    assert answer.status_code == 409
    assert "/help/rules/#clause-13" in answer.content.decode()


def test_reading_changes_nothing_but_read_marks(in_session: Stage) -> None:
    before = JournalEntry.objects.count()
    for actor in people_of(in_session).values():
        client = client_of(actor)
        for path, _who in PAGES:
            client.get(path)
    assert JournalEntry.objects.count() == before


HOSTILE = [
    "/test-staff/meetings/2026-99-99/",
    "/test-staff/meetings/0-2026/",
    "/test-staff/meetings/1-9999/",
    f"{MEETING}/items/999/",
    f"{MEETING}/materials/999/",
    "/test-staff/receipts/%27%20OR%201=1/",
    "/test-staff/receipts/ABCD-EFGH/",
    "/no-such-staff/",
    "/test-staff/meetings/../../etc/passwd",
]


@pytest.mark.parametrize("path", HOSTILE)
def test_addresses_of_nothing_are_not_found(in_session: Stage, path: str) -> None:
    assert client_of(in_session.member).get(path).status_code == 404


def test_a_hostile_title_is_text(in_session: Stage) -> None:
    Question.objects.update(title_kk="<script>alert(1)</script>", title_ru="")
    page = client_of(in_session.member).get(f"{MEETING}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_receipt_is_seen_only_by_its_owner(in_session: Stage) -> None:
    scene.vote(Ballot.objects.get(), in_session.member, "for")
    path = Vote.objects.get().get_absolute_url()
    assert client_of(in_session.member).get(path).status_code == 200
    assert client_of(in_session.deputy).get(path).status_code == 404


def test_polling_an_unchanged_page_answers_nothing(in_session: Stage) -> None:
    client = client_of(in_session.member)
    seen = version_of(in_session.staff)
    polled = client.get(f"{MEETING}/room/?seen={seen}", headers={"HX-Request": "true"})
    assert (polled.status_code, polled.content) == (204, b"")
    scene.vote(in_session.staff.meetings.get().ballots.get(), in_session.member, "for")
    assert client.get(f"{MEETING}/room/?seen={seen}", headers={"HX-Request": "true"}).status_code == 200
