"""The signature over exactly the bytes that were read, and what follows (clauses 15, 23)."""

from typing import Any

import pytest
from django.db.models.functions import Now

from members.models import JournalEntry, Notice
from protocols import actions, labels
from protocols.models import Protocol, Signature
from protocols.states import State
from regulation.verdicts import Refused
from tests import stage as scene
from tests.protocols import life
from tests.protocols.life import AFTERNOON
from tests.protocols.test_drawing_up import reason_of

pytestmark = pytest.mark.django_db


def test_both_documents_are_signed_in_one_act() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    hashes = life.seen(protocol)
    before = Protocol.objects.values_list(Now(), flat=True)[0]
    signed = life.fresh(life.sign(protocol, stage.head))
    assert (signed.state, signed.signed_by, life.states_of(signed)) == (
        State.SIGNED,
        stage.head.user,
        ["signed"],
    )
    rows = Signature.objects.order_by("document__language")
    assert {row.document.language: row.sha256 for row in rows} == hashes
    assert {row.signed_at for row in rows} == {signed.signed_at}
    assert signed.signed_at is not None
    assert signed.signed_at >= before
    assert {(row.method, row.evidence["confirmed"]) for row in rows} == {("password", "password")}


def test_it_goes_to_every_member_and_the_secretary_once() -> None:
    stage = scene.set_stage()
    life.signed(stage)
    told = Notice.objects.filter(event="protocol.signed")
    assert {notice.recipient for notice in told} == {person.user for person in stage.people}
    assert {notice.path for notice in told} == {"/test-staff/meetings/1-2026/protocol/"}


def test_the_journal_has_the_signature_with_the_hashes() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    hashes = life.seen(protocol)
    life.sign(protocol, stage.head)
    entry = JournalEntry.objects.get(act="protocol.signed")
    assert (entry.clause, entry.data) == ("15", {"method": "password"} | hashes)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"credentials": {"password": "wrong"}}, "wrong_password", id="wrong password"),
        pytest.param({"credentials": {}}, "wrong_password", id="no password"),
        pytest.param({"seen": {"kk": "0" * 64, "ru": "0" * 64}}, "protocol_changed", id="other bytes"),
        pytest.param({"seen": {}}, "protocol_changed", id="nothing seen"),
    ],
)
def test_nothing_is_signed_when(changes: dict[str, Any], reason: str) -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    assert reason_of(life.sign, protocol, stage.head, **changes) == reason
    assert (Signature.objects.count(), life.fresh(protocol).state) == (0, State.AWAITING)


def test_one_seen_document_is_not_enough() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    only = {"kk": life.seen(protocol)["kk"]}
    assert reason_of(life.sign, protocol, stage.head, seen=only) == "protocol_changed"


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        pytest.param("secretary", "not_your_role", id="secretary"),
        pytest.param("member", "not_your_role", id="member"),
        pytest.param("deputy", "only_who_chaired", id="a deputy who did not chair"),
    ],
)
def test_only_who_chaired_signs(who: str, reason: str) -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    assert reason_of(life.sign, protocol, getattr(stage, who)) == reason


def test_the_head_of_another_staff_does_not_sign() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    assert reason_of(life.sign, life.awaiting(stage), other.head) == "other_staff"


def test_a_deputy_who_chaired_signs() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    scene.arrive(stage, meeting, stage.voters[1:12])
    chair = scene.elector(meeting, stage.deputy)
    scene.actions.appoint_chair(
        meeting, elector=chair, ground="іссапар", by=stage.secretary, now=scene.MORNING
    )
    meeting = scene.actions.open_meeting(meeting, by=stage.secretary, now=scene.MORNING)
    meeting = scene.actions.end_meeting(meeting, by=stage.secretary, now=life.ENDED)
    protocol = life.drawn_up(stage, meeting)
    actions.send_for_signature(protocol, by=stage.secretary, now=AFTERNOON)
    life.put_documents(protocol)
    protocol = life.fresh(protocol)
    assert reason_of(life.sign, protocol, stage.head) == "only_who_chaired"
    assert life.fresh(life.sign(protocol, stage.deputy)).signed_by == stage.deputy.user


def test_a_draft_and_an_unmade_document_are_not_signed() -> None:
    stage = scene.set_stage()
    protocol = life.complete(stage)
    assert reason_of(life.sign, protocol, stage.head) == "not_sent_yet"
    actions.send_for_signature(protocol, by=stage.secretary, now=AFTERNOON)
    assert reason_of(life.sign, life.fresh(protocol), stage.head) == "documents_not_ready"


def test_a_second_signature_says_who_signed_and_when() -> None:
    stage = scene.set_stage()
    protocol = life.signed(stage)
    with pytest.raises(Refused) as refusal:
        life.sign(protocol, stage.head)
    verdict = refusal.value.verdict
    assert (verdict.reason, verdict.facts["name"]) == ("already_signed", "М. Сынақ1")
    assert "М. Сынақ1" in labels.refusal(verdict)
    assert Signature.objects.count() == 2


def test_a_text_taken_back_for_editing_is_said_to_be_changed() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    old = life.seen(protocol)
    life.save(protocol.items.get(), stage, heard_kk="басқа мәтін")
    assert reason_of(life.sign, protocol, stage.head, seen=old) == "protocol_changed"
    assert reason_of(life.sign, life.fresh(protocol), stage.head, seen=old) == "not_sent_yet"


def test_what_was_seen_before_an_edit_cannot_be_signed() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    old = life.seen(protocol)
    life.save(protocol.items.get(), stage, heard_kk="басқа мәтін")
    actions.send_for_signature(life.fresh(protocol), by=stage.secretary, now=AFTERNOON)
    life.put_documents(protocol)
    assert reason_of(life.sign, life.fresh(protocol), stage.head, seen=old) == "protocol_changed"


@pytest.mark.parametrize("act", ["edit", "send", "take_back", "return"])
def test_after_the_signature_nothing_moves(act: str) -> None:
    stage = scene.set_stage()
    protocol = life.signed(stage)
    calls = {
        "edit": lambda: life.save(protocol.items.get(), stage),
        "send": lambda: actions.send_for_signature(protocol, by=stage.secretary, now=AFTERNOON),
        "take_back": lambda: actions.take_back(protocol, by=stage.secretary, now=AFTERNOON),
        "return": lambda: actions.return_protocol(protocol, remark="?", by=stage.head, now=AFTERNOON),
    }
    assert reason_of(calls[act]) == "already_signed"
