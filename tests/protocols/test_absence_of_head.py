"""Who signs while the head who chaired is away: the named deputy, and the document says so (15, 25(3))."""

from datetime import date, timedelta
from typing import Any

import pytest

from members import actions as people
from members.models import Absence, Notice
from protocols import actions
from protocols.duties import duties
from protocols.facts import protocol_facts
from protocols.models import Protocol, Signature
from protocols.paper import paper
from protocols.signers import signer_today
from protocols.wording import KK, RU
from tests import absence as head
from tests import stage as scene
from tests.protocols import life
from tests.protocols.browsing import PROTOCOL, page
from tests.protocols.test_drawing_up import reason_of
from tests.stage import DAY, MORNING, Stage

pytestmark = pytest.mark.django_db
TOMORROW = DAY + timedelta(days=1)


def away(stage: Stage, *, since: date = DAY) -> Absence:
    """The head went away after the meeting he chaired."""
    absence = head.record(stage, since=since, until=DAY + timedelta(days=3))
    head.look_again(stage, today=since)
    return absence


def sent_while_away(stage: Stage) -> Protocol:
    meeting = scene.ended(stage)
    away(stage)
    protocol = life.sent_from(stage, meeting)
    life.put_documents(protocol)
    return life.fresh(protocol)


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        pytest.param(0, "only_who_stands_in", id="the head who chaired"),
        pytest.param(2, "only_who_stands_in", id="another deputy"),
        pytest.param(1, "", id="the named deputy"),
    ],
)
def test_who_signs_what_was_sent_during_the_absence(who: int, reason: str) -> None:
    stage = scene.set_stage()
    protocol = sent_while_away(stage)
    by = stage.people[who]
    if reason:
        assert reason_of(life.sign, protocol, by) == reason
    else:
        assert life.fresh(life.sign(protocol, by)).signed_by == by.user
        assert {row.signer_text for row in Signature.objects.all()} == {
            f"М. Сынақ2, 2-бөлім басшысы ({KK['sign_instead']})"
        }


def test_the_head_does_not_return_what_the_deputy_is_to_sign() -> None:
    stage = scene.set_stage()
    protocol = sent_while_away(stage)
    act: dict[str, Any] = {"remark": "?", "now": life.AFTERNOON}
    assert reason_of(actions.return_protocol, protocol, by=stage.head, **act) == "only_who_stands_in"
    actions.return_protocol(protocol, by=stage.deputy, **act)
    assert life.states_of(protocol) == ["returned"]


def test_a_deputy_who_chaired_signs_himself_whoever_is_named_later() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    scene.arrive(stage, meeting, stage.voters[1:12])
    second = scene.elector(meeting, stage.people[2])
    scene.actions.appoint_chair(meeting, elector=second, ground="іссапар", by=stage.secretary, now=MORNING)
    meeting = scene.actions.open_meeting(meeting, by=stage.secretary, now=MORNING)
    meeting = scene.actions.end_meeting(meeting, by=stage.secretary, now=life.ENDED)
    absence = away(stage)
    assert signer_today(meeting, absence) == stage.people[2].user


def test_an_absence_that_begins_after_the_sending_asks_for_a_new_one() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    away(stage)
    for person in (stage.head, stage.deputy):
        assert reason_of(life.sign, protocol, person) == "signer_changed"
    assert reason_of(life.sign, protocol, stage.people[2]) == "only_who_chaired"
    actions.take_back(protocol, by=stage.secretary, now=life.AFTERNOON)
    actions.send_for_signature(life.fresh(protocol), by=stage.secretary, now=life.AFTERNOON)
    life.put_documents(life.fresh(protocol))
    assert life.fresh(life.sign(life.fresh(protocol), stage.deputy)).signed_by == stage.deputy.user


def test_an_absence_that_ends_before_the_signature_gives_it_back() -> None:
    stage = scene.set_stage()
    protocol = sent_while_away(stage)
    # One that began today would last the day.
    Absence.objects.update(since=DAY - timedelta(days=1))
    absence = Absence.objects.get()
    people.end_absence(absence, last_day=DAY - timedelta(days=1), by=stage.head, now=life.AFTERNOON)
    head.look_again(stage)
    assert reason_of(life.sign, protocol, stage.deputy) == "signer_changed"
    assert reason_of(life.sign, protocol, stage.head) == "signer_changed"


def urls(stage: Stage, who: int) -> list[str]:
    return [row.url for row in duties(stage.people[who], now=life.AFTERNOON)]


def test_the_duty_to_sign_is_the_deputys_and_says_why() -> None:
    stage = scene.set_stage()
    sent_while_away(stage)
    assert [urls(stage, who) for who in (0, 1, 2)] == [[], [f"{PROTOCOL}sign/"], []]
    assert head.GROUND in duties(stage.deputy, now=life.AFTERNOON)[0].why


def test_the_secretary_is_asked_to_send_it_again() -> None:
    stage = scene.set_stage()
    life.awaiting(stage)
    assert urls(stage, 3) == []
    away(stage)
    assert [urls(stage, who) for who in (0, 1, 3)] == [[], [], [PROTOCOL]]


def test_the_deputy_is_told_that_it_waits() -> None:
    stage = scene.set_stage()
    meeting = scene.ended(stage)
    away(stage)
    protocol = life.sent_from(stage, meeting)
    actions.render_documents(protocol.editions.get().pk, now=life.AFTERNOON)
    assert [row.recipient for row in Notice.objects.filter(event="protocol.to_sign")] == [stage.deputy.user]


@pytest.mark.parametrize(
    ("language", "words", "office"),
    [
        pytest.param("kk", KK, "2-бөлім басшысы", id="kk"),
        pytest.param("ru", RU, "Руководитель отдела 2", id="ru"),
    ],
)
def test_the_document_names_who_signs_and_why(language: str, words: dict[str, str], office: str) -> None:
    stage = scene.set_stage()
    protocol = life.drawn_up(stage)
    absence = away(stage)
    said = paper(protocol_facts(protocol, absence), language)["signatures"]
    ground = words["sign_ground"].format(ground=head.GROUND)
    assert said == {
        "office": words["sign_instead"],
        "stands_in": f"({office}; {ground})",
        "name": "М. Сынақ2",
        "secretary": "М. Сынақ4",
    }
    plain = paper(protocol_facts(protocol), language)["signatures"]
    assert (plain["office"], plain["stands_in"], plain["name"]) == (words["sign_head"], "", "М. Сынақ1")


def test_facts_of_the_second_format_are_signed_by_who_chaired() -> None:
    stage = scene.set_stage()
    facts = protocol_facts(life.drawn_up(stage))
    del facts["signer"]
    said = paper(facts, "ru")["signatures"]
    assert (said["office"], said["stands_in"], said["name"]) == (RU["sign_head"], "", "М. Сынақ1")


def test_the_page_of_a_signed_protocol_says_who_signed_for_the_head() -> None:
    stage = scene.set_stage()
    life.sign(sent_while_away(stage), stage.deputy)
    shown = page(stage.member, PROTOCOL, "ru")
    assert f"М. Сынақ2, {RU['sign_instead']} (Руководитель отдела 2; " in shown
