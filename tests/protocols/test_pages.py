"""The pages of protocols: who sees what, and the registers."""

from typing import Any

import pytest

from protocols import actions
from protocols.models import ProtocolDocument
from tests import stage as scene
from tests.protocols import life
from tests.protocols.browsing import PROTOCOL, client_of, page
from tests.protocols.life import AFTERNOON
from tests.stage import Stage

pytestmark = pytest.mark.django_db
STATES = ["ended", "drawn_up", "sent", "awaiting", "signed"]


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_its_page_for_every_role_in_both_languages(state: str) -> None:
    stage = scene.set_stage()
    scene.ended(stage) if state == "ended" else getattr(life, state)(stage)
    for person in (stage.secretary, stage.head, stage.deputy, stage.member):
        for language in ("kk", "ru"):
            assert "1-2026" in page(person, PROTOCOL, language)


def test_members_see_the_text_only_when_it_is_signed() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    item = protocol.items.get()
    assert item.heard_kk in page(stage.secretary, PROTOCOL)
    assert item.heard_kk not in page(stage.member, PROTOCOL)
    assert client_of(stage.member).get(f"{PROTOCOL}kk.pdf").status_code == 403
    life.sign(protocol, stage.head)
    assert item.heard_kk in page(stage.member, PROTOCOL)
    assert client_of(stage.member).get(f"{PROTOCOL}kk.pdf").status_code == 200


def test_the_pdf_is_the_exact_bytes() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    response = client_of(stage.head).get(f"{PROTOCOL}ru.pdf")
    document = ProtocolDocument.objects.get(edition__protocol=protocol, language="ru")
    assert response.content == bytes(document.content)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="protocol-1-2026-ru.pdf"'


def test_no_pdf_of_a_draft_or_of_another_language() -> None:
    stage = scene.set_stage()
    life.drawn_up(stage)
    client = client_of(stage.secretary)
    assert client.get(f"{PROTOCOL}kk.pdf").status_code == 404
    assert client.get(f"{PROTOCOL}en.pdf").status_code == 404


@pytest.mark.parametrize("path", ["", "edit/1/", "sign/", "kk.pdf"])
def test_another_staff_finds_nothing(path: str) -> None:
    life.awaiting(scene.set_stage())
    other = scene.set_stage("other-staff")
    assert client_of(other.head).get(PROTOCOL + path).status_code == 404


@pytest.mark.parametrize("path", ["draw-up/", "send/", "make/", "take-back/", "return/"])
def test_nothing_changes_by_reading(path: str) -> None:
    stage = scene.set_stage()
    life.awaiting(stage)
    assert client_of(stage.secretary).get(PROTOCOL + path)["Location"] == "/test-staff/meetings/1-2026/"


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        pytest.param("member", "sign/", 403, id="a member does not sign"),
        pytest.param("secretary", "sign/", 403, id="the secretary does not sign"),
        pytest.param("head", "edit/1/", 403, id="the head does not edit"),
        pytest.param("deputy", "sign/", 200, id="a deputy who did not chair is told why"),
    ],
)
def test_pages_of_other_roles(who: str, path: str, status: int) -> None:
    stage = scene.set_stage()
    life.awaiting(stage)
    assert client_of(getattr(stage, who)).get(PROTOCOL + path).status_code == status


def test_only_points_of_signed_protocols_with_an_executor_are_in_force() -> None:
    stage: Stage = scene.set_stage()
    protocol = life.complete(stage, items=2)
    item = protocol.items.get(item__order=2)
    life.save(item, stage, points=[actions.PointText("назарға алынсын", "принять к сведению")])
    assert client_of(stage.member).get("/test-staff/decisions/").context["page"].paginator.count == 0
    actions.send_for_signature(life.fresh(protocol), by=stage.secretary, now=AFTERNOON)
    life.put_documents(protocol)
    life.sign(life.fresh(protocol), stage.head)
    rows = client_of(stage.member).get("/test-staff/decisions/").context["page"].object_list
    assert [point.cited for point in rows] == ["1.1", "1.2"]
    other = scene.set_stage("other-staff")
    assert client_of(other.member).get("/other-staff/decisions/").context["page"].paginator.count == 0


@pytest.mark.parametrize(
    ("who", "path", "state"),
    [
        pytest.param("secretary", "meetings/1-2026/protocol/", "drawn_up", id="draft"),
        pytest.param("head", "meetings/1-2026/protocol/sign/", "awaiting", id="sign"),
        pytest.param("member", "meetings/1-2026/protocol/", "signed", id="signed"),
        pytest.param("member", "decisions/", "signed", id="decisions"),
        pytest.param("member", "protocols/", "signed", id="register"),
        pytest.param("secretary", "meetings/1-2026/protocol/edit/1/", "drawn_up", id="edit"),
    ],
)
def test_the_number_of_queries_does_not_depend_on_the_rows(
    who: str, path: str, state: str, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for code, items in (("one-item", 1), ("three-items", 3)):
        stage = scene.set_stage(code)
        getattr(life, state)(stage, items=items)
        client = client_of(getattr(stage, who))
        with django_assert_max_num_queries(40) as captured:
            client.get(f"/{code}/{path}")
        counts.append(len(captured))
    assert counts[0] == counts[1]
