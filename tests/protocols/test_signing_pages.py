"""Pages on which the protocol is sent, signed and returned, without JavaScript."""

import html

import pytest
from django.core.cache import cache

from protocols import actions
from protocols.states import State
from tests import stage as scene
from tests.protocols import life
from tests.protocols.browsing import PROTOCOL, client_of, page
from tests.protocols.life import AFTERNOON
from tests.stage import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    """Each test begins with all of its tries: the counts of attempts live in the cache."""
    cache.clear()


def test_from_the_draft_to_the_signature() -> None:
    stage = scene.set_stage()
    protocol = life.complete(stage)
    secretary, head = client_of(stage.secretary), client_of(stage.head)
    assert secretary.post(f"{PROTOCOL}send/").status_code == 302
    assert secretary.post(f"{PROTOCOL}make/").status_code == 302
    form = head.get(f"{PROTOCOL}sign/").context["form"]
    data = {name: form[name].value() for name in ("seen_kk", "seen_ru")}
    wrong = head.post(f"{PROTOCOL}sign/", data | {"password": "wrong"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (200, ["password"])
    right = head.post(f"{PROTOCOL}sign/", data | {"password": PASSWORD})
    assert (right.status_code, right["Location"]) == (302, PROTOCOL)
    assert life.fresh(protocol).state == State.SIGNED
    assert head.post(f"{PROTOCOL}sign/", data | {"password": PASSWORD}).status_code == 409


def test_the_sign_page_shows_the_hashes_the_facts_and_what_changed() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage, items=2)
    life.save(protocol.items.get(item__order=2), stage, heard_ru="исправлено")
    actions.send_for_signature(life.fresh(protocol), by=stage.secretary, now=AFTERNOON)
    life.put_documents(protocol)
    context = client_of(stage.head).get(f"{PROTOCOL}sign/").context
    assert context["changed"] == [2]
    assert {row.language: row.sha256 for row in context["documents"]} == life.seen(protocol)
    assert context["summary"] | {"ties": []} == {
        "quorum": 10,
        "total": 15,
        "attended": 10,
        "items": 2,
        "adopted": 2,
        "opinions": 0,
        "points": 4,
        "ties": [],
    }


def test_a_stale_page_does_not_sign() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    head = client_of(stage.head)
    form = head.get(f"{PROTOCOL}sign/").context["form"]
    data = {name: form[name].value() for name in ("seen_kk", "seen_ru")} | {"password": PASSWORD}
    actions.file_dissent(
        protocol.meeting.items.get(), text="Жоқ", proposal="", by=stage.member, now=AFTERNOON
    )
    life.put_documents(protocol)
    assert head.post(f"{PROTOCOL}sign/", data).status_code == 409
    assert life.fresh(protocol).state == State.AWAITING


def test_guessing_the_password_is_stopped() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    head = client_of(stage.head)
    data = {f"seen_{language}": sha for language, sha in life.seen(protocol).items()}
    for _try in range(10):
        head.post(f"{PROTOCOL}sign/", data | {"password": "guess"})
    assert head.post(f"{PROTOCOL}sign/", data | {"password": PASSWORD}).status_code == 200
    assert life.fresh(protocol).state == State.AWAITING


def test_the_head_returns_with_a_remark() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    head = client_of(stage.head)
    empty = head.post(f"{PROTOCOL}return/", {"return-remark": ""})
    assert (empty.status_code, list(empty.context["return_form"].errors)) == (200, ["remark"])
    assert head.post(f"{PROTOCOL}return/", {"return-remark": "Түзетіңіз"}).status_code == 302
    assert life.states_of(protocol) == ["returned"]
    assert "Түзетіңіз" in page(stage.secretary, PROTOCOL)


@pytest.mark.parametrize("meanwhile", ["signed", "taken back"])
def test_a_typed_remark_survives_a_refusal(meanwhile: str) -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    if meanwhile == "signed":
        life.sign(protocol, stage.head)
    else:
        actions.take_back(protocol, by=stage.secretary, now=AFTERNOON)
    response = client_of(stage.head).post(f"{PROTOCOL}return/", {"return-remark": "2-тармақты нақтылаңыз"})
    assert response.status_code == 409
    assert "2-тармақты нақтылаңыз" in html.unescape(response.content.decode())
    assert list(response.context["return_form"].errors) == ["remark"]


def test_the_vote_that_decided_is_of_who_chaired_that_vote() -> None:
    stage = scene.set_stage()
    life.awaiting(stage, votes="fffffaaaaao")
    context = client_of(stage.head).get(f"{PROTOCOL}sign/").context
    assert context["summary"]["ties"] == [{"order": 1, "chair": "М. Сынақ1"}]
