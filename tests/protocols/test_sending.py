"""Sending for signature, making the documents, taking back, returning (clauses 15, 23)."""

from datetime import UTC, date, datetime

import pytest

from members.models import CalendarDay, JournalEntry, Notice
from protocols import actions
from protocols.models import ProtocolDocument
from protocols.states import State
from regulation.verdicts import Refused
from tests import stage as scene
from tests.protocols import life
from tests.protocols.life import AFTERNOON, NEXT_DAY
from tests.protocols.test_drawing_up import reason_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("sent_at", "late"),
    [
        pytest.param(datetime(2026, 12, 17, 7, tzinfo=UTC), 0, id="the same day"),
        pytest.param(datetime(2026, 12, 18, 18, 59, 59, tzinfo=UTC), 0, id="last second of the due date"),
        pytest.param(datetime(2026, 12, 18, 19, 0, tzinfo=UTC), 1, id="midnight after the due date"),
        pytest.param(datetime(2026, 12, 21, 6, tzinfo=UTC), 3, id="Monday"),
    ],
)
def test_the_first_sending_meets_the_term_or_records_the_days(sent_at: datetime, late: int) -> None:
    protocol = life.sent(scene.set_stage(), now=sent_at)
    assert (protocol.first_sent_at, protocol.days_late) == (sent_at, late)


def test_days_off_move_the_term() -> None:
    for day in (date(2026, 12, 18),):
        CalendarDay.objects.create(day=day, kind="holiday", name_kk="Мереке", name_ru="Праздник")
    monday = datetime(2026, 12, 21, 18, tzinfo=UTC)
    assert life.sent(scene.set_stage(), now=monday).days_late == 0


def test_a_second_sending_keeps_the_first_moment() -> None:
    stage = scene.set_stage()
    protocol = life.sent(stage)
    actions.take_back(protocol, by=stage.secretary, now=AFTERNOON)
    actions.send_for_signature(protocol, by=stage.secretary, now=NEXT_DAY)
    again = life.fresh(protocol)
    assert (again.first_sent_at, again.days_late, life.states_of(again)) == (
        AFTERNOON,
        0,
        ["taken_back", "current"],
    )


def test_an_incomplete_protocol_is_not_sent() -> None:
    stage = scene.set_stage()
    protocol = life.drawn_up(stage)
    with pytest.raises(Refused) as refusal:
        actions.send_for_signature(protocol, by=stage.secretary, now=AFTERNOON)
    assert (refusal.value.verdict.reason, refusal.value.verdict.facts["count"]) == ("protocol_incomplete", 2)
    assert protocol.editions.count() == 0


def test_it_is_sent_once() -> None:
    stage = scene.set_stage()
    protocol = life.sent(stage)
    assert (
        reason_of(actions.send_for_signature, protocol, by=stage.secretary, now=AFTERNOON) == "already_sent"
    )


@pytest.mark.parametrize("act", [actions.send_for_signature, actions.take_back])
@pytest.mark.parametrize("who", ["head", "deputy", "member"])
def test_only_the_secretary_sends_and_takes_back(act: object, who: str) -> None:
    stage = scene.set_stage()
    protocol = life.sent(stage)
    assert reason_of(act, protocol, by=getattr(stage, who), now=AFTERNOON) == "not_your_role"  # type: ignore[arg-type]


def test_the_documents_are_made_once_and_the_signer_is_told_once() -> None:
    stage = scene.set_stage()
    protocol = life.sent(stage)
    edition = protocol.editions.get()
    assert len(actions.render_documents(edition.pk, now=AFTERNOON)) == 2
    assert actions.render_documents(edition.pk, now=AFTERNOON) == []
    assert life.fresh(protocol).state == State.AWAITING
    kept = ProtocolDocument.objects.filter(edition=edition)
    assert [(row.language, bytes(row.content[:4])) for row in kept] == [("kk", b"%PDF"), ("ru", b"%PDF")]
    assert [notice.recipient for notice in Notice.objects.filter(event="protocol.to_sign")] == [
        stage.head.user
    ]


def test_no_documents_for_an_edition_that_was_taken_back() -> None:
    stage = scene.set_stage()
    protocol = life.sent(stage)
    edition = protocol.editions.get()
    actions.take_back(protocol, by=stage.secretary, now=AFTERNOON)
    assert actions.render_documents(edition.pk, now=AFTERNOON) == []
    assert ProtocolDocument.objects.count() == 0


def taken_back_for() -> list[str]:
    return list(Notice.objects.filter(event="protocol.taken_back").values_list("email", flat=True))


def test_the_signer_learns_that_what_waits_was_taken_back() -> None:
    stage = scene.set_stage()
    actions.take_back(life.awaiting(stage), by=stage.secretary, now=AFTERNOON)
    assert taken_back_for() == ["head1@test-staff.example"]


def test_the_signer_who_never_heard_of_it_is_not_bothered() -> None:
    stage = scene.set_stage()
    actions.take_back(life.sent(stage), by=stage.secretary, now=AFTERNOON)
    assert taken_back_for() == []


def test_the_signer_who_waits_for_the_edition_with_an_opinion_learns_it_too() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    item = protocol.meeting.items.get()
    actions.file_dissent(item, text="Жоқ", proposal="", by=stage.member, now=AFTERNOON)
    actions.take_back(life.fresh(protocol), by=stage.secretary, now=AFTERNOON)
    assert taken_back_for() == ["head1@test-staff.example"]


def test_the_edition_keeps_the_facts_as_they_were_sent() -> None:
    stage = scene.set_stage()
    protocol = life.sent(stage)
    facts = protocol.editions.get().facts
    before_sending = JournalEntry.objects.get(act="protocol.sent")
    assert facts["journal"] == {
        "sequence": before_sending.sequence - 1,
        "hash": before_sending.previous_hash,
    }
    assert facts["index"] == "04-12/1"


def test_the_head_returns_with_a_remark() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    actions.return_protocol(protocol, remark="2-тармақты нақтылаңыз", by=stage.head, now=AFTERNOON)
    edition = protocol.editions.get()
    assert (life.fresh(protocol).state, edition.state, edition.remark) == (
        State.DRAFT,
        "returned",
        "2-тармақты нақтылаңыз",
    )
    told = Notice.objects.filter(event="protocol.returned").values_list("recipient__name", flat=True)
    assert list(told) == [stage.secretary.user and stage.secretary.user.name]


def test_a_deputy_who_did_not_chair_does_not_return() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    assert (
        reason_of(actions.return_protocol, protocol, remark="?", by=stage.deputy, now=AFTERNOON)
        == "only_who_chaired"
    )


def test_nothing_to_return_or_take_back_in_a_draft() -> None:
    stage = scene.set_stage()
    protocol = life.complete(stage)
    assert reason_of(actions.take_back, protocol, by=stage.secretary, now=AFTERNOON) == "not_sent_yet"
    returned = reason_of(actions.return_protocol, protocol, remark="?", by=stage.head, now=AFTERNOON)
    assert returned == "not_sent_yet"
