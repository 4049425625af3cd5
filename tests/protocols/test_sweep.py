"""The one-day term of the protocol and the wait for its signature: told once, only while true (clause 23)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from members.models import CalendarDay, Notice
from protocols import actions, documents
from protocols.actions.sweep import stage_of
from protocols.facts import Facts
from protocols.models import ProtocolDocument
from tests import stage as scene
from tests.protocols import life
from tests.stage import Stage

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 18)


def at(text: str) -> datetime:
    """Return a local moment of December 2026 as an aware one."""
    return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("now", "stage"),
    [
        pytest.param("2026-12-17T11:01", "ended", id="right after the end"),
        pytest.param("2026-12-18T11:59", "ended", id="morning of the due date"),
        pytest.param("2026-12-18T12:00", "due_day", id="noon of the due date"),
        pytest.param("2026-12-18T21:59", "due_day", id="evening"),
        pytest.param("2026-12-18T22:00", "last_hours", id="last hours"),
        pytest.param("2026-12-18T23:59", "last_hours", id="last minute"),
        pytest.param("2026-12-19T00:00", "late-1", id="midnight"),
        pytest.param("2026-12-25T10:00", "late-7", id="a week late"),
        pytest.param("2026-12-26T10:00", "late-7", id="the eighth day tells nothing new"),
        pytest.param("2026-12-31T23:00", "late-7", id="thirteenth day"),
        pytest.param("2027-01-01T00:00", "late-14", id="two weeks late"),
        pytest.param("2027-01-09T12:00", "late-21", id="22 days late"),
    ],
)
def test_the_stage_is_what_is_true_now(now: str, stage: str) -> None:
    assert stage_of(DUE, at(now)) == stage


def told() -> list[tuple[str, str]]:
    """Return (stage, recipient's role) of every notice about the term, in the order of telling."""
    rows = Notice.objects.filter(event="protocol.term").order_by("pk")
    return [(row.key.split(":")[2], row.email.split("@")[0]) for row in rows]


def walk(moments: Iterable[str]) -> list[tuple[str, str]]:
    for moment in moments:
        actions.sweep(now=at(moment))
    return told()


ESCALATED = ["head1", "deputy_head2", "deputy_head3", "secretary4"]


def test_every_stage_is_told_once_to_whom_it_concerns() -> None:
    scene.ended(scene.set_stage())
    moments = ["2026-12-17T11:05", "2026-12-17T11:08", "2026-12-18T12:01", "2026-12-18T22:01"]
    assert walk([*moments, "2026-12-19T09:00", "2026-12-19T18:00", "2026-12-20T09:00"]) == [
        ("ended", "secretary4"),
        ("due_day", "secretary4"),
        ("last_hours", "secretary4"),
        *[("late-1", who) for who in ESCALATED],
        *[("late-2", who) for who in ESCALATED],
    ]


def test_a_worker_that_slept_tells_only_what_is_still_true() -> None:
    scene.ended(scene.set_stage())
    assert walk(["2026-12-21T08:00", "2026-12-21T08:03"]) == [("late-3", who) for who in ESCALATED]
    notice = Notice.objects.filter(event="protocol.term")[0]
    assert "3" in notice.subject_kk


def test_the_weekly_notice_missed_on_its_day_comes_later() -> None:
    scene.ended(scene.set_stage())
    assert walk(["2027-01-03T08:00"]) == [("late-14", who) for who in ESCALATED]


def test_nothing_is_told_once_it_was_sent_for_signature() -> None:
    stage = scene.set_stage()
    protocol = life.sent(stage)
    assert walk(["2026-12-19T09:00"]) == []
    actions.take_back(life.fresh(protocol), by=stage.secretary, now=at("2026-12-19T10:00"))
    assert walk(["2026-12-20T09:00"]) == []


def test_a_draft_that_was_never_sent_is_late_all_the_same() -> None:
    stage = scene.set_stage()
    life.drawn_up(stage)
    assert walk(["2026-12-19T09:00"]) == [("late-1", who) for who in ESCALATED]


@pytest.mark.parametrize(
    ("ended_at", "first_late"),
    [
        pytest.param("2026-11-27T16:00", "2026-12-01T00:00", id="Friday: due on Monday"),
        pytest.param(
            "2026-12-15T16:00", "2026-12-18T00:00", id="15 December: due on 17, the 16th is a holiday"
        ),
    ],
)
def test_days_off_are_not_late(ended_at: str, first_late: str) -> None:
    CalendarDay.objects.create(
        day=date(2026, 12, 16), kind="holiday", name_kk="Тәуелсіздік күні", name_ru="День Независимости"
    )
    stage: Stage = scene.set_stage()
    meeting = scene.ended(stage)
    type(meeting).objects.filter(pk=meeting.pk).update(
        opened_at=at(ended_at), ended_at=at(ended_at), day=at(ended_at).date()
    )
    late = at(first_late)
    for moment in (at(ended_at), late - timedelta(seconds=1), late):
        actions.sweep(now=moment)
    assert [stage for stage, _who in told()] == ["ended", "last_hours", *["late-1"] * 4]


def test_a_meeting_without_a_quorum_has_no_term() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    scene.arrive(stage, meeting, stage.voters[:3])
    scene.actions.record_no_quorum(meeting, by=stage.secretary, now=scene.MORNING)
    assert walk(["2026-12-21T09:00"]) == []


@pytest.mark.parametrize(
    ("now", "reminded"),
    [
        pytest.param("2026-12-21T23:59", 0, id="the second working day is not late"),
        pytest.param("2026-12-22T00:01", 1, id="the day after"),
    ],
)
def test_the_signer_is_reminded_after_two_working_days(now: str, reminded: int) -> None:
    life.awaiting(scene.set_stage())
    actions.sweep(now=at(now))
    rows = Notice.objects.filter(event="protocol.unsigned")
    assert [row.email for row in rows] == ["head1@test-staff.example"] * reminded


def test_the_signer_is_reminded_once_a_day() -> None:
    life.awaiting(scene.set_stage())
    for now in ("2026-12-22T09:00", "2026-12-22T15:00", "2026-12-23T09:00"):
        actions.sweep(now=at(now))
    assert Notice.objects.filter(event="protocol.unsigned").count() == 2


def test_documents_that_no_worker_made_are_made() -> None:
    life.sent(scene.set_stage())
    actions.sweep(now=at("2026-12-17T15:10"))
    actions.sweep(now=at("2026-12-17T15:13"))
    assert ProtocolDocument.objects.count() == 2
    assert Notice.objects.filter(event="protocol.to_sign").count() == 1


def test_a_document_that_fails_stops_neither_reminders_nor_other_documents(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    life.sent(scene.set_stage("first-staff"))
    life.sent(scene.set_stage("second-staff"))
    scene.ended(scene.set_stage("third-staff"))
    real = documents.make

    def make(facts: Facts, language: str, *, now: datetime) -> documents.Made:
        if facts["staff"]["code"] == "first-staff":
            raise RuntimeError("no fonts today")
        return real(facts, language, now=now)

    monkeypatch.setattr(documents, "make", make)
    assert actions.sweep(now=at("2026-12-19T09:00")) == 4
    made = ProtocolDocument.objects.values_list("edition__protocol__meeting__staff__code", flat=True)
    assert list(made) == ["second-staff"] * 2
    assert "no fonts today" in caplog.text
    monkeypatch.undo()
    actions.sweep(now=at("2026-12-19T09:03"))
    assert ProtocolDocument.objects.count() == 4


def test_the_sweep_counts_what_is_new() -> None:
    scene.ended(scene.set_stage())
    counts = [actions.sweep(now=at(now)) for now in ("2026-12-19T09:00", "2026-12-19T09:03")]
    assert counts == [4, 0]
