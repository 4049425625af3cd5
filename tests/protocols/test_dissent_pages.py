"""The page of a dissenting opinion, without JavaScript: written, checked, receipted."""

import html

import pytest

from protocols.models import DissentingOpinion
from regulation.verdicts import Refused, refused
from tests import stage as scene
from tests.protocols import life
from tests.protocols.browsing import MEETING, client_of, page

pytestmark = pytest.mark.django_db


def test_an_opinion_is_written_checked_and_receipted() -> None:
    stage = scene.set_stage()
    life.drawn_up(stage)
    member, path = client_of(stage.member), f"{MEETING}items/1/dissent/"
    typed = {"text": "Қаражат\nжоқ", "proposal": ""}
    assert member.post(path, {"text": "", "step": "check"}).context["form"].errors.keys() == {"text"}
    check = member.post(path, typed | {"step": "check"})
    assert DissentingOpinion.objects.count() == 0
    assert check.context["said"] == {"text": "Қаражат\nжоқ", "proposal": ""}
    assert member.post(path, typed | {"step": "file"}).status_code == 302
    assert DissentingOpinion.objects.get().text == "Қаражат\nжоқ"
    receipt = member.get(path).context
    assert receipt["entry"].act == "dissent.filed"
    assert member.post(path, typed | {"step": "file"}).status_code == 200
    assert DissentingOpinion.objects.count() == 1


def test_who_may_not_dissent_reads_why() -> None:
    stage = scene.set_stage()
    life.drawn_up(stage)
    assert page(stage.secretary, f"{MEETING}items/1/dissent/")


def test_what_was_typed_survives_a_refusal() -> None:
    stage = scene.set_stage()
    scene.opened(stage)
    typed = {"text": "Қаражат жоқ", "proposal": "Кейінге", "step": "file"}
    response = client_of(stage.member).post(f"{MEETING}items/1/dissent/", typed)
    text = html.unescape(response.content.decode())
    assert response.status_code == 409
    assert "Қаражат жоқ" in text
    assert "Кейінге" in text
    assert DissentingOpinion.objects.count() == 0


def test_what_was_typed_survives_a_refusal_of_the_last_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = scene.set_stage()
    life.drawn_up(stage)

    def late(*_args: object, **_kwargs: object) -> None:
        raise Refused(refused("question_not_decided", "14"))

    monkeypatch.setattr("protocols.actions.file_dissent", late)
    typed = {"text": "Қаражат жоқ", "proposal": "", "step": "file"}
    response = client_of(stage.member).post(f"{MEETING}items/1/dissent/", typed)
    assert response.status_code == 409
    assert "Қаражат жоқ" in html.unescape(response.content.decode())
