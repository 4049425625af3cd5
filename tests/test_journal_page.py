"""The journal as a page: who reads what, in words, narrowed down, checked anew."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from meetings import actions
from members import guards, journal
from members.models import JournalEntry, User
from members.permissions import Actor
from members.states import PlaceRole
from staff_portal import acts
from tests import stage as scene
from tests.protocols import life
from tests.stage import MORNING, Stage

pytestmark = pytest.mark.django_db

PAGE = "/test-staff/journal/"
TABLE = "/test-staff/journal.csv"


def client_of(person: Actor, language: str = "kk") -> Client:
    client = Client()
    client.force_login(person.person)
    User.objects.filter(pk=person.person.pk).update(language=language)
    return client


def entries_shown(reader: Actor, /, **asked: Any) -> list[int]:
    """Return the numbers of the entries on the first page."""
    text = client_of(reader).get(PAGE, asked).content.decode()
    return [int(number) for number in re.findall(r'id="entry-(\d+)"', text)]


def acts_shown(reader: Actor, /, **asked: Any) -> list[str]:
    rows = {row.sequence: row for row in JournalEntry.objects.filter(staff=reader.staff)}
    return [rows[number].act for number in entries_shown(reader, **asked)]


@pytest.mark.parametrize("who", ["secretary", "head"])
def test_the_keepers_read_every_entry(who: str) -> None:
    stage = scene.set_stage()
    scene.approved(stage)
    numbers = list(JournalEntry.objects.order_by("-sequence").values_list("sequence", flat=True))
    assert entries_shown(getattr(stage, who)) == numbers


def test_who_acted_is_said_in_the_language_of_the_reader() -> None:
    stage = scene.set_stage()
    scene.approved(stage)
    seat, name = stage.secretary.seat, stage.secretary.person.name
    assert seat is not None
    assert f">{name}, {seat.office_ru}</td>" in client_of(stage.secretary, "ru").get(PAGE).content.decode()
    assert f">{name}, {seat.office_kk}</td>" in client_of(stage.secretary, "kk").get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("А. Үлгі, талдаушы", "А. Үлгі, аналитик", id="a role without a seat"),
        pytest.param("А. Үлгі, бұрынғы лауазым", "А. Үлгі, бұрынғы лауазым", id="an office unknown now"),
        pytest.param("А. Үлгі", "А. Үлгі", id="a name alone"),
    ],
)
def test_an_entry_keeps_its_own_words_where_the_office_is_unknown(written: str, shown: str) -> None:
    stage = scene.set_stage()
    entry = JournalEntry(actor=stage.secretary.person, actor_text=written)
    with translation.override("ru"):
        assert acts.who(entry, acts.offices_of(stage.staff)) == shown


def test_an_auditor_reads_every_entry() -> None:
    stage = scene.set_stage()
    scene.approved(stage)
    auditor = scene.placed(stage, PlaceRole.AUDITOR)
    assert len(entries_shown(auditor)) == JournalEntry.objects.count()


def test_a_member_reads_what_concerns_all_and_the_own_acts() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    ballot = scene.ballot_on(stage, meeting)
    scene.vote(ballot, stage.member, "for")
    scene.vote(ballot, stage.deputy, "against")
    told = JournalEntry.objects.filter(staff=stage.staff).order_by("-sequence")
    expected = [
        entry.sequence
        for entry in told
        if entry.act in acts.TO_ALL or entry.actor_id == stage.member.person.pk
    ]
    assert entries_shown(stage.member) == expected
    assert acts_shown(stage.member).count("vote.cast") == 1
    assert "agenda.item_added" not in acts_shown(stage.member)


def test_no_act_on_a_draft_or_about_a_person_concerns_everybody() -> None:
    assert sorted(acts.TO_ALL) == [
        "agenda.approved",
        "ballot.closed",
        "ballot.opened",
        "composition.act_completed",
        "composition.approved",
        "initiative.called",
        "initiative.joined",
        "initiative.left",
        "initiative.reached",
        "initiative.started",
        "initiative.withdrawn",
        "material.admitted",
        "meeting.announced",
        "meeting.cancelled",
        "meeting.chair_appointed",
        "meeting.ended",
        "meeting.no_quorum",
        "meeting.opened",
        "meeting.registration_started",
        "meeting.regulation_followed",
        "meeting.rescheduled",
        "meeting.scheduled",
        "note.agreed",
        "pack.dispatched",
        "pack.supplemented",
        "plan.approved",
        "plan.called",
        "plan.dispatched",
        "plan.sent",
        "protocol.signed",
        "quarter.breached",
        "quarter.explained",
        "regulation.act_completed",
        "regulation.approved",
    ]


@pytest.mark.parametrize("role", [PlaceRole.ANALYST, PlaceRole.AGENCY])
def test_who_does_not_follow_meetings_reads_only_the_own_acts(role: str) -> None:
    stage = scene.set_stage()
    scene.approved(stage)
    organisation = stage.organisations[4] if role == PlaceRole.AGENCY else None
    assert entries_shown(scene.placed(stage, role, organisation=organisation)) == []


@pytest.mark.parametrize("path", [PAGE, TABLE])
def test_who_is_not_let_in(path: str) -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    invited = scene.placed(stage, PlaceRole.INVITED)
    assert client_of(invited).get(path).status_code == 403
    assert client_of(other.secretary).get(path).status_code == 404
    assert Client().get(path).status_code == 302


def test_the_journal_of_another_staff_never_shows() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    meeting = scene.planned(other)
    asked: dict[str, Any] = {"type": "meetings.meeting", "id": meeting.pk}
    response = client_of(stage.secretary).get(PAGE, asked)
    assert response.context["rows"] == []
    assert response.context["thing"] is None


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("kk", "Күн тәртібінің 1-нұсқасы бекітілді"), ("ru", "Версия 1 повестки утверждена")],
)
def test_an_entry_is_a_sentence_with_its_thing_clause_and_time(language: str, sentence: str) -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    text = client_of(stage.head, language).get(PAGE, {"kind": "agenda"}).content.decode()
    assert f"<b>{sentence}</b>" in text
    assert f'href="{meeting.get_absolute_url()}"' in text
    assert "08.12.2026, 11:00:00" in text
    assert str(stage.head) in text
    assert journal.head_of(stage.staff).hash[:4] in text


def test_facts_are_words_and_the_exact_text_stands_beside_them() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    ballot = scene.ballot_on(stage, meeting)
    scene.vote_all(ballot, stage.voters, "ffffffff")
    scene.actions.close_ballot(ballot, by=stage.secretary)
    text = client_of(stage.secretary, "ru").get(PAGE, {"kind": "ballot"}).content.decode()
    assert "Решение принято: да" in text
    assert "1 – «за», 2 – «за»" in text
    assert "&quot;adopted&quot;:true" in text


NARROWED = [
    pytest.param({"kind": "material"}, ["material.received"], id="kind"),
    pytest.param({"since": "2026-12-17", "kind": "meeting"}, ["meeting.registration_started"], id="since"),
    pytest.param({"until": "2026-12-08", "kind": "meeting"}, ["meeting.scheduled"], id="until"),
    pytest.param({"since": "2026-12-09", "until": "2026-12-16"}, [], id="a week without acts"),
]


@pytest.mark.parametrize(("asked", "expected"), NARROWED)
def test_what_was_asked_for_is_what_shows(asked: dict[str, str], expected: list[str]) -> None:
    stage = scene.set_stage()
    scene.registered(stage)
    assert acts_shown(stage.secretary, **asked) == expected


def test_a_period_is_in_local_days() -> None:
    stage = scene.set_stage()
    # 23:30 of the 16th in Qostanay, and a minute after midnight.
    for hour, minute in ((18, 30), (19, 1)):
        moment = MORNING.replace(day=16, hour=hour, minute=minute)
        journal.record("meeting.ended", stage.staff, by=stage.secretary, now=moment)
    assert entries_shown(stage.secretary, since="2026-12-17", until="2026-12-17") == [2]


def test_one_person_s_acts() -> None:
    stage = scene.set_stage()
    scene.approved(stage)
    assert acts_shown(stage.secretary, person=stage.head.person.pk) == ["agenda.approved"]


def test_the_journal_of_a_meeting_holds_its_votes_protocol_and_opinions() -> None:
    stage = scene.set_stage()
    protocol = life.drawn_up(stage)
    scene.planned(stage, day=scene.date(2026, 12, 24))
    shown = acts_shown(stage.secretary, type="meetings.meeting", id=protocol.meeting_id)
    assert len(shown) == JournalEntry.objects.count() - 2
    assert {"ballot.closed", "vote.cast", "protocol.drawn_up", "meeting.ended"} <= set(shown)
    of_protocol = acts_shown(stage.secretary, type="protocols.protocol", id=protocol.pk)
    assert of_protocol == ["protocol.drawn_up"]


HOSTILE = [
    {"person": "1' OR '1'='1"},
    {"person": "99999999999999999999999"},
    {"person": "\x00"},
    {"kind": "<script>"},
    {"since": "2026-02-31"},
    {"since": "2026-12-17", "until": "2026-12-01"},
    {"type": "meetings.meeting", "id": "99999999999999999999999"},
    {"type": "meetings.meeting", "id": "-1"},
    {"type": "meetings.meeting"},
    {"type": "'; DROP TABLE", "id": "1"},
    {"type": "x" * 500, "id": "1"},
]


@pytest.mark.parametrize("asked", HOSTILE)
@pytest.mark.parametrize("path", [PAGE, TABLE])
def test_a_question_that_makes_no_sense_is_told(path: str, asked: dict[str, str]) -> None:
    stage = scene.set_stage()
    response = client_of(stage.secretary).get(path, asked)
    assert response.status_code == 422
    assert 'class="problems"' in response.content.decode()
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "x"},
        {"page": "9" * 40},
        {"page": "-1"},
        {"until": "9999-12-31"},
        {"since": "0001-01-01"},
        {"type": "no.model", "id": "1"},
    ],
)
def test_odd_questions_that_make_sense_are_answered(asked: dict[str, str]) -> None:
    stage = scene.set_stage()
    assert client_of(stage.secretary).get(PAGE, asked).status_code == 200


def many(stage: Stage, count: int) -> None:
    for number in range(count):
        journal.record("test.act", stage.staff, by=stage.secretary, now=MORNING, number=number)


def test_fifty_a_page_and_the_question_stays_when_one_turns_the_page() -> None:
    stage = scene.set_stage()
    many(stage, 51)
    asked = {"person": stage.secretary.person.pk}
    assert entries_shown(stage.secretary, **asked) == list(range(51, 1, -1))
    assert entries_shown(stage.secretary, **asked, page=2) == [1]
    text = client_of(stage.secretary).get(PAGE, asked).content.decode()
    assert f"?person={stage.secretary.person.pk}&amp;page=2" in text


def queries(stage: Stage, path: str) -> int:
    client = client_of(stage.secretary)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
        assert response.status_code == 200
        b"".join(response)
    return len(captured)


@pytest.mark.parametrize("page", ["journal/", "journal.csv"])
def test_the_number_of_queries_does_not_grow(page: str) -> None:
    one, three = scene.set_stage("staff-one"), scene.set_stage("staff-three")
    for stage, times in ((one, 1), (three, 3)):
        for number in range(times):
            scene.ended(stage, day=scene.DAY.replace(day=17), kind=("regular", "extraordinary")[number % 2])
    assert queries(one, f"/staff-one/{page}") == queries(three, f"/staff-three/{page}")


def test_an_entry_changed_past_the_portal_is_marked_on_the_page() -> None:
    stage = scene.set_stage()
    many(stage, 3)
    connection.check_constraints()
    guards.remove(connection)
    JournalEntry.objects.filter(sequence=2).update(actor_text="Басқа адам")
    context = client_of(stage.secretary).get(PAGE).context
    assert [row.entry.sequence for row in context["broken"]] == [2]
    JournalEntry.objects.filter(sequence=1).delete()
    context = client_of(stage.secretary).get(PAGE).context
    assert [row.entry.sequence for row in context["broken"]] == [2]


PAGES = [
    pytest.param("", "meetings.meeting", id="meeting"),
    pytest.param("items/1/", "meetings.meeting", id="item"),
    pytest.param("protocol/", "protocols.protocol", id="protocol"),
]


@pytest.mark.parametrize(("path", "thing"), PAGES)
def test_pages_lead_to_the_journal_of_what_they_show(path: str, thing: str) -> None:
    stage = scene.set_stage()
    protocol = life.drawn_up(stage)
    pk = protocol.pk if thing == "protocols.protocol" else protocol.meeting_id
    text = client_of(stage.member).get(f"/test-staff/meetings/1-2026/{path}").content.decode()
    assert f'href="{PAGE}?type={thing}&amp;id={pk}"' in text


@pytest.mark.parametrize(("role", "is_shown"), [(PlaceRole.CONTROLLER, False), (PlaceRole.AUDITOR, True)])
def test_the_ground_of_an_absence_is_read_by_who_may_read_it(role: str, is_shown: bool) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    for item in meeting.items.all():
        scene.attach(stage, item)
    version = actions.submit_agenda(meeting, by=stage.secretary, now=scene.WEEK_BEFORE)
    ground = "еңбек демалысы туралы № 77-ж/қ бұйрық"
    actions.approve_agenda(
        version, seen=version.sha256, by=stage.deputy, now=scene.WEEK_BEFORE, ground=ground
    )
    client = client_of(scene.placed(stage, role))
    page = client.get(PAGE, {"kind": "agenda"}).content.decode()
    table = b"".join(client.get(TABLE).streaming_content).decode()
    assert ("agenda.approved" in table, ground in page, ground in table) == (True, is_shown, is_shown)


def test_the_filter_offers_the_kinds_that_one_has_entries_of() -> None:
    stage = scene.set_stage()
    scene.approved(stage)
    shown = client_of(stage.member).get(PAGE).content.decode()
    offered = re.findall(r'<option value="([a-z]+)"', shown)
    assert sorted(offered) == ["agenda", "meeting"]
    assert client_of(stage.member).get(PAGE, {"kind": "vote"}).status_code == 200
