"""Pages on which the protocol is drawn up and edited, without JavaScript: nothing typed is lost."""

import html

import pytest
from django.test import Client

from protocols.models import Point, Protocol
from protocols.states import PointKind
from tests import stage as scene
from tests.protocols import life
from tests.protocols.browsing import PROTOCOL, client_of, page

pytestmark = pytest.mark.django_db


def test_pressing_draw_up_twice_gives_one_protocol() -> None:
    stage = scene.set_stage()
    scene.ended(stage)
    client = client_of(stage.secretary)
    for _press in range(2):
        assert client.post(f"{PROTOCOL}draw-up/").status_code == 302
    assert Protocol.objects.count() == 1


def posted(client: Client, **changes: str) -> dict[str, str]:
    """Return what the page of item 1 would post unchanged, but for `changes`."""
    context = client.get(f"{PROTOCOL}edit/1/").context
    forms = [context["item_form"], context["points"].management_form, *context["points"].forms]
    data = {field.html_name: field.value() for form in forms for field in form}
    shown = {
        name: "on" if value is True else str(value)
        for name, value in data.items()
        if value not in (None, False)
    }
    return shown | changes


def test_an_item_is_edited_with_its_points() -> None:
    stage = scene.set_stage()
    life.drawn_up(stage)
    client = client_of(stage.secretary)
    data = posted(
        client,
        heard_kk="М. Сынақ – баяндады",
        **{"points-0-due_on": "2027-01-15", "points-1-DELETE": "on", "points-2-text_ru": "Новый пункт"},
    )
    response = client.post(f"{PROTOCOL}edit/1/", data)
    assert (response.status_code, response["Location"]) == (302, PROTOCOL)
    points = Point.objects.order_by("number")
    assert [(point.number, point.text_ru, str(point.due_on)) for point in points] == [
        (1, "провести мероприятие 1", "2027-01-15"),
        (2, "Новый пункт", "None"),
    ]


def test_a_date_and_a_standing_basis_exclude_each_other() -> None:
    stage = scene.set_stage()
    life.drawn_up(stage)
    client = client_of(stage.secretary)
    data = posted(client, **{"points-0-due_on": "2027-01-15", "points-0-is_standing": "on"})
    response = client.post(f"{PROTOCOL}edit/1/", data)
    assert response.status_code == 200
    assert response.context["points"].errors[0].keys() == {"due_on"}


def test_a_conflict_shows_both_texts_and_loses_nothing() -> None:
    stage = scene.set_stage()
    protocol = life.drawn_up(stage)
    client = client_of(stage.secretary)
    data = posted(client, heard_kk="менің мәтінім")
    life.save(protocol.items.get(), stage, heard_kk="басқа терезенің мәтіні")
    response = client.post(f"{PROTOCOL}edit/1/", data)
    text = html.unescape(response.content.decode())
    assert response.status_code == 409
    assert "менің мәтінім" in text
    assert "басқа терезенің мәтіні" in text
    again = data | {"version": str(response.context["item_form"]["version"].value())}
    assert client.post(f"{PROTOCOL}edit/1/", again).status_code == 302
    assert protocol.items.get().heard_kk == "менің мәтінім"


def test_an_item_without_a_decision_is_edited_without_points() -> None:
    stage = scene.set_stage()
    protocol = life.drawn_up(stage, votes="fffffffaaa")
    client = client_of(stage.secretary)
    item = protocol.items.get()
    data = {"heard_kk": "баяндады", "version": str(item.version), "points-0-text_kk": "жасырын тармақ"}
    assert client.post(f"{PROTOCOL}edit/1/", data).status_code == 302
    assert Point.objects.count() == 0


def test_what_is_missing_is_listed_with_links_and_sending_is_refused() -> None:
    stage = scene.set_stage()
    life.drawn_up(stage)
    text = page(stage.secretary, PROTOCOL)
    assert text.count(f'href="{PROTOCOL}edit/1/"') == 3
    assert client_of(stage.secretary).post(f"{PROTOCOL}send/").status_code == 409


def test_typed_markup_stays_text() -> None:
    stage = scene.set_stage()
    protocol = life.drawn_up(stage)
    life.save(protocol.items.get(), stage, heard_kk="<script>alert(1)</script>")
    response = client_of(stage.secretary).get(PROTOCOL)
    assert b"<script>alert(1)" not in response.content
    assert b"&lt;script&gt;alert(1)" in response.content


def test_what_was_typed_survives_a_refusal() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    client = client_of(stage.secretary)
    data = posted(client, heard_kk="ұзақ терілген мәтін", **{"points-0-text_ru": "набранный пункт"})
    life.sign(protocol, stage.head)
    response = client.post(f"{PROTOCOL}edit/1/", data)
    text = html.unescape(response.content.decode())
    assert response.status_code == 409
    assert "ұзақ терілген мәтін" in text
    assert "набранный пункт" in text
    assert "М. Сынақ1" in response.context["why_not"]


def test_what_cannot_be_saved_is_not_opened_for_editing() -> None:
    stage = scene.set_stage()
    life.signed(stage)
    assert client_of(stage.secretary).get(f"{PROTOCOL}edit/1/").status_code == 409


@pytest.mark.parametrize(
    ("executor", "kind", "typed"),
    [
        pytest.param(4, PointKind.INSTRUCTION, PointKind.RECOMMENDATION, id="subordinate"),
        pytest.param(5, PointKind.RECOMMENDATION, PointKind.INSTRUCTION, id="by consent"),
    ],
)
def test_the_kind_is_shown_and_cannot_be_typed(executor: int, kind: PointKind, typed: PointKind) -> None:
    stage = scene.set_stage()
    life.drawn_up(stage)
    client = client_of(stage.secretary)
    data = posted(client, **{"points-0-executor": str(stage.organisations[executor].pk)})
    assert client.post(f"{PROTOCOL}edit/1/", data | {"points-0-kind": typed}).status_code == 302
    point = client.get(f"{PROTOCOL}edit/1/").context["points"].forms[0]
    assert (point.kind, "kind" in point.fields) == (kind.label, False)


@pytest.mark.parametrize(("language", "name"), [("kk", "5-бөлім"), ("ru", "Отдел 5")])
def test_executors_are_named_in_the_language_of_the_page(language: str, name: str) -> None:
    stage = scene.set_stage()
    life.drawn_up(stage)
    assert f">{name}</option>" in page(stage.secretary, f"{PROTOCOL}edit/1/", language)
