"""The History tab: what is kept of each thing, as hidden as its drafts, never another Staff's."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.functional import Promise

from meetings import actions
from meetings.models import AgendaItem, Attendance, Invitee, Material, Question
from members.history import NAMES, TECHNICAL, name_of
from members.models import Absence, Composition, Holder, Place, Regulation, Seat, User
from members.permissions import Actor
from members.states import PlaceRole
from protocols.models import Point, ProtocolItem
from staff_portal import history
from tests import stage as scene
from tests.meetings import planning
from tests.protocols import life
from tests.stage import WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db

KEEPERS = ("secretary", "head", "deputy", "auditor")


def person(stage: Stage, who: str) -> Actor:
    if who in PlaceRole.values:
        organisation = stage.organisations[4] if who == PlaceRole.AGENCY else None
        return scene.placed(stage, who, organisation=organisation)
    if who == "agency's member":
        return stage.member
    return stage.people[7] if who == "member" else getattr(stage, who)


def address(kind: str, pk: int, staff: str = "test-staff") -> str:
    return reverse("history", kwargs={"staff": staff, "kind": kind, "pk": pk})


def client_of(reader: Actor) -> Client:
    client = Client()
    User.objects.filter(pk=reader.person.pk).update(language="ru")
    client.force_login(reader.person)
    return client


def things(stage: Stage) -> dict[str, int]:
    """Return one thing of every kind, by its number."""
    protocol = life.drawn_up(stage)
    first = Absence.objects.create(
        staff=stage.staff, since=scene.DAY, until=scene.DAY, ground="демалыс", deputy=stage.deputy.person
    )
    place = Place.objects.create(
        staff=stage.staff, user=stage.member.person, role=PlaceRole.ANALYST, since=scene.DAY
    )
    return {
        "meeting": protocol.meeting_id,
        "item": protocol.meeting.items.get().pk,
        "protocol": protocol.pk,
        "composition": Composition.objects.get(staff=stage.staff).pk,
        "regulation": Regulation.objects.get(staff=stage.staff).pk,
        "seat": Seat.objects.filter(composition__staff=stage.staff)[0].pk,
        "holder": Holder.objects.filter(seat__composition__staff=stage.staff)[0].pk,
        "place": place.pk,
        "absence": first.pk,
        "organisation": stage.organisations[0].pk,
        "staff": stage.staff.pk,
        "plan": planning.drafted(stage).pk,
    }


# Who reads the history of a thing; the questions and the protocol were drafts once.
READERS = {
    "meeting": (*KEEPERS, "member", "agency's member", "agency", "controller"),
    "item": (*KEEPERS, "agency's member", "agency"),
    "plan": (*KEEPERS, "member", "agency's member", "controller"),
}


def test_who_reads_which_history() -> None:
    stage = scene.set_stage()
    rows = things(stage)
    everybody = (*KEEPERS, "member", "agency's member", *(set(PlaceRole.values) - {"auditor"}))
    clients = {who: client_of(person(stage, who)) for who in everybody}
    read = {
        kind: {who for who, client in clients.items() if client.get(address(kind, pk)).status_code == 200}
        for kind, pk in rows.items()
    }
    assert set(rows) == set(history.KINDS)
    assert read == {kind: set(READERS.get(kind, KEEPERS)) for kind in rows}


def test_another_staff_s_things_are_not_found() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    client = client_of(other.secretary)
    rows = things(stage)
    assert {client.get(address(kind, pk)).status_code for kind, pk in rows.items()} == {404}
    assert {client.get(address(kind, pk, "other-staff")).status_code for kind, pk in rows.items()} == {404}


@pytest.mark.parametrize(("kind", "pk"), [("nothing", 1), ("meeting", 10**30), ("item", 0), ("user", 1)])
def test_what_is_not_there_is_not_found(kind: str, pk: int) -> None:
    stage = scene.set_stage()
    assert client_of(stage.secretary).get(address(kind, pk)).status_code == 404


def versions(reader: Actor, kind: str, pk: int) -> list[tuple[str, str]]:
    page = client_of(reader).get(address(kind, pk)).context["page"]
    return [(version.thing, version.event) for version in page]


def test_a_member_reads_of_a_meeting_only_what_was_never_a_draft() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    assert versions(person(stage, "member"), "meeting", meeting.pk) == [("Заседание", "создано")]
    assert versions(stage.secretary, "meeting", meeting.pk) == [
        ("Вопрос 1", "создано"),
        ("Вопрос: О вопросе 1", "создано"),
        ("Заседание", "создано"),
    ]


def test_a_changed_question_is_told_in_words_with_who_did_it() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    item = meeting.items.get()
    client = client_of(stage.secretary)
    form = {
        "title_kk": "жаңа атау",
        "title_ru": "новое название",
        "agency": stage.organisations[6].pk,
        "speaker_kk": "жаңа баяндамашы",
        "speaker_ru": item.speaker_ru,
        "minutes": 20,
        "kind": "decision",
        "version": item.version,
        "points-TOTAL_FORMS": 1,
        "points-INITIAL_FORMS": 0,
        "points-0-text_kk": "жаңа тармақ",
        "item": item.pk,
    }
    response = client.post(f"/test-staff/meetings/{meeting.key}/items/1/edit/", form)
    assert response.status_code == 302
    text = client.get(address("item", item.pk)).content.decode()
    assert "<del>Отдел 5</del> → <ins>Отдел 7</ins>" in text
    assert "<del>О вопросе 1</del> → <ins>новое название</ins>" in text
    assert "<del>10</del> → <ins>20</ins>" in text
    assert text.count("М. Сынақ4</td>") == 2


def test_the_history_of_a_protocol_gathers_its_questions_and_points() -> None:
    stage = scene.set_stage()
    protocol = life.complete(stage)
    life.save(protocol.items.get(), stage, heard_ru="другой докладчик")
    shown = versions(stage.secretary, "protocol", protocol.pk)
    assert ("Вопрос 1", "изменено") in shown
    assert {("Пункт решения: 1.1", "создано"), ("Пункт решения: 1.1", "изменено")} <= set(shown)


def test_items_that_change_places_are_kept_in_the_history() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=3)
    first = meeting.items.get(order=1)
    actions.place_item(first, to=2, by=stage.secretary, now=WEEK_BEFORE)
    assert orders_of(first) == [1, 2]
    actions.remove_item(meeting.items.get(order=1), by=stage.secretary, now=WEEK_BEFORE)
    assert orders_of(first) == [1, 2, 1]


def orders_of(item: AgendaItem) -> list[int]:
    rows = AgendaItem.history.filter(id=item.pk).order_by("history_id")
    return list(rows.values_list("order", flat=True))


def test_a_question_marked_late_and_moved_to_another_day_keeps_both() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    actions.sweep(now=scene.MORNING.replace(day=14))
    fields = {name: getattr(meeting, name) for name in ("kind", "starts_at", "place_kk", "place_ru", "mode")}
    actions.reschedule(
        meeting,
        by=stage.secretary,
        now=scene.MORNING.replace(day=14),
        day=scene.DAY.replace(day=29),
        reason="себебі",
        **fields,
    )
    rows = AgendaItem.history.filter(id=meeting.items.get().pk).order_by("history_id")
    assert [row.late_marked_at is not None for row in rows] == [False, True, False]


def test_attendance_begins_in_the_history_with_nobody_marked() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    first = Attendance.history.filter(elector_id__in=meeting.electors.values("pk"), history_type="+")
    assert first.count() == meeting.electors.count()
    assert {row.history_user for row in first} == {stage.secretary.person}


def queries(stage: Stage, path: str) -> int:
    client = client_of(stage.secretary)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("kind", ["meeting", "protocol"])
def test_the_number_of_queries_does_not_grow(kind: str) -> None:
    counts = []
    for code, items in (("staff-one", 1), ("staff-three", 3)):
        stage = scene.set_stage(code)
        protocol = life.complete(stage, items=items)
        pk = protocol.pk if kind == "protocol" else protocol.meeting_id
        counts.append(queries(stage, address(kind, pk, code)))
    assert counts[0] == counts[1]


def test_fifty_versions_a_page() -> None:
    stage = scene.set_stage()
    meeting = scene.ended(stage, items=9)
    page = client_of(stage.secretary).get(address("meeting", meeting.pk)).context["page"]
    assert (len(page), page.has_next()) == (50, True)
    rest = client_of(stage.secretary).get(address("meeting", meeting.pk), {"page": 2}).context["page"]
    assert len(rest) == min(50, page.paginator.count - 50)


LINKS = [("", "meeting"), ("items/1/", "item"), ("protocol/", "protocol")]


@pytest.mark.parametrize(("path", "kind"), LINKS)
def test_pages_lead_to_the_history_where_one_may_read_it(path: str, kind: str) -> None:
    stage = scene.set_stage()
    protocol = life.drawn_up(stage)
    numbers = {
        "meeting": protocol.meeting_id,
        "item": protocol.meeting.items.get().pk,
        "protocol": protocol.pk,
    }
    link = f'href="{address(kind, numbers[kind])}"'
    leads = {
        who: link in client_of(person(stage, who)).get(f"/test-staff/meetings/1-2026/{path}").content.decode()
        for who in ("secretary", "member")
    }
    assert leads == {"secretary": True, "member": kind == "meeting"}


TOLD = [
    *history.NAMES,
    *(Question, Material, Invitee, Attendance, ProtocolItem, Point),
]


@pytest.mark.parametrize("model", TOLD, ids=lambda model: model.__name__)
def test_every_field_has_a_name_or_is_technical(model: type) -> None:
    nameless = {
        field.name
        for field in model._meta.fields
        if field.name not in TECHNICAL
        and not isinstance(field.verbose_name, Promise)
        and field.name not in NAMES
    }
    assert nameless == set()
    assert any(name_of(field) for field in model._meta.fields)


@pytest.mark.parametrize(
    ("kind", "model", "back"),
    [
        ("composition", Composition, "composition/"),
        ("seat", Seat, "composition/"),
        ("holder", Holder, "composition/"),
        ("regulation", Regulation, "regulation/"),
    ],
)
def test_a_history_leads_back_to_where_the_thing_stands(kind: str, model: Any, back: str) -> None:
    stage = scene.set_stage()
    page = client_of(stage.secretary).get(address(kind, model.objects.order_by("pk")[0].pk))
    assert f'class="back" href="/test-staff/{back}"' in page.content.decode()


@pytest.mark.parametrize(("who", "leads_back"), [("secretary", True), ("deputy", False)])
def test_nobody_is_led_back_to_a_page_that_is_closed_to_them(who: str, leads_back: bool) -> None:
    stage = scene.set_stage()
    scene.placed(stage, PlaceRole.AUDITOR)
    page = client_of(getattr(stage, who)).get(address("place", Place.objects.get().pk)).content.decode()
    assert ('class="back"' in page) is leads_back
