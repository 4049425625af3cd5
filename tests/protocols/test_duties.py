"""What the home page says about protocols, by role and state."""

from datetime import UTC, date, datetime

import pytest

from protocols import actions
from protocols.duties import duties
from tests import stage as scene
from tests.protocols import life
from tests.stage import Stage

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 18)
PROTOCOL = "/test-staff/meetings/1-2026/protocol/"


def rows(stage: Stage, who: str, now: datetime = life.AFTERNOON) -> list[tuple[str, object, str]]:
    return [(row.url, row.due, row.state) for row in duties(getattr(stage, who), now=now)]


@pytest.mark.parametrize(
    ("now", "state"),
    [
        pytest.param(datetime(2026, 12, 17, 10, tzinfo=UTC), "soon", id="the day of the meeting"),
        pytest.param(datetime(2026, 12, 18, 10, tzinfo=UTC), "now", id="the due date"),
        pytest.param(datetime(2026, 12, 18, 19, tzinfo=UTC), "late", id="after it"),
    ],
)
def test_the_secretary_draws_up(now: datetime, state: str) -> None:
    stage = scene.set_stage()
    scene.ended(stage)
    assert rows(stage, "secretary", now) == [(PROTOCOL, DUE, state)]
    assert rows(stage, "head", now) == rows(stage, "member", now) == []


def test_the_secretary_finishes_the_draft() -> None:
    stage = scene.set_stage()
    life.drawn_up(stage)
    assert rows(stage, "secretary") == [(PROTOCOL, DUE, "soon")]


def test_the_one_who_chaired_signs() -> None:
    stage = scene.set_stage()
    life.awaiting(stage)
    assert rows(stage, "head") == [(f"{PROTOCOL}sign/", None, "soon")]
    assert rows(stage, "deputy") == rows(stage, "secretary") == rows(stage, "member") == []


def test_the_secretary_mends_what_was_returned() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    actions.return_protocol(protocol, remark="Мерзімін түзетіңіз", by=stage.head, now=life.AFTERNOON)
    (row,) = duties(stage.secretary, now=life.AFTERNOON)
    assert (row.url, row.due, row.state, row.note) == (PROTOCOL, None, "soon", "Мерзімін түзетіңіз")
    assert rows(stage, "head") == []


def test_nothing_waits_after_the_signature() -> None:
    stage = scene.set_stage()
    life.signed(stage)
    assert [rows(stage, who) for who in ("secretary", "head", "member")] == [[], [], []]


def test_another_staff_sees_nothing() -> None:
    scene.ended(scene.set_stage())
    assert duties(scene.set_stage("other-staff").secretary, now=life.AFTERNOON) == []
