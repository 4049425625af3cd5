"""Drawing up and editing the protocol (clause 23)."""

from collections.abc import Callable
from typing import Any

import pytest

from meetings.models import Meeting
from members.models import JournalEntry, Notice
from protocols import actions, policies
from protocols.actions import PointText
from protocols.models import Point, Protocol
from protocols.states import PointKind, State
from regulation.verdicts import Refused
from tests import stage as scene
from tests.protocols import life
from tests.protocols.life import AFTERNOON, DUE_ON

pytestmark = pytest.mark.django_db


def reason_of(call: Callable[..., object], *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    return refusal.value.verdict.reason


def test_the_draft_is_assembled_from_the_facts() -> None:
    stage = scene.set_stage()
    protocol = life.drawn_up(stage, items=2)
    assert [(row.heard_kk, row.heard_ru) for row in protocol.items.all()] == [
        ("1-баяндамашы", "Докладчик 1"),
        ("2-баяндамашы", "Докладчик 2"),
    ]
    points = Point.objects.filter(protocol_item__protocol=protocol)
    assert [(point.cited, point.text_kk, point.text_ru) for point in points] == [
        ("1.1", "1-шара өткізілсін", "провести мероприятие 1"),
        ("1.2", "есеп берілсін", "представить отчёт"),
        ("2.1", "2-шара өткізілсін", "провести мероприятие 2"),
        ("2.2", "есеп берілсін", "представить отчёт"),
    ]


def test_the_agency_executes_and_its_kind_follows_from_by_agreement() -> None:
    stage = scene.set_stage()
    protocol = life.drawn_up(stage, items=2)
    kinds = {(point.executor, point.kind) for point in Point.objects.filter(protocol_item__protocol=protocol)}
    assert kinds == {
        (stage.organisations[4], PointKind.INSTRUCTION),
        (stage.organisations[5], PointKind.RECOMMENDATION),
    }


@pytest.mark.parametrize(
    ("executor", "kind"),
    [
        pytest.param(4, PointKind.INSTRUCTION, id="subordinate"),
        pytest.param(5, PointKind.RECOMMENDATION, id="by consent"),
        pytest.param(None, PointKind.INSTRUCTION, id="only taken note of"),
    ],
)
def test_the_kind_follows_the_executor_on_every_saving(executor: int | None, kind: PointKind) -> None:
    stage = scene.set_stage()
    item = life.drawn_up(stage).items.get()
    for first in (4, 5):
        life.save(item, stage, points=[PointText("а", "б", stage.organisations[first])])
        chosen = None if executor is None else stage.organisations[executor]
        life.save(item, stage, points=[PointText("а", "б", chosen)])
        assert item.points.get().kind == kind


def test_a_rejected_decision_has_no_points_and_takes_none() -> None:
    stage = scene.set_stage()
    protocol = life.drawn_up(stage, votes="fffffffaaa")
    item = protocol.items.get()
    assert item.points.count() == 0
    assert policies.problems_before_sending(protocol) == []
    assert reason_of(life.save, item, stage, points=[PointText("а", "б")]) == "no_points_without_decision"


def test_one_protocol_a_meeting() -> None:
    stage = scene.set_stage()
    protocol = life.drawn_up(stage)
    again = reason_of(actions.draw_up, protocol.meeting, by=stage.secretary, now=AFTERNOON)
    assert (again, Protocol.objects.count()) == ("already_drawn_up", 1)


def test_not_before_the_end() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    assert reason_of(actions.draw_up, meeting, by=stage.secretary, now=AFTERNOON) == "meeting_not_ended"


@pytest.mark.parametrize("who", ["head", "deputy", "member"])
def test_only_the_secretary_draws_up(who: str) -> None:
    stage = scene.set_stage()
    meeting = scene.ended(stage)
    assert reason_of(actions.draw_up, meeting, by=getattr(stage, who), now=AFTERNOON) == "not_your_role"


def test_the_secretary_of_another_staff_does_not() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    meeting: Meeting = scene.ended(stage)
    assert reason_of(actions.draw_up, meeting, by=other.secretary, now=AFTERNOON) == "other_staff"
    item = life.drawn_up(stage, meeting).items.get()
    assert reason_of(life.save, item, stage, by=other.secretary) == "other_staff"


def test_editing_keeps_texts_points_and_versions() -> None:
    stage = scene.set_stage()
    protocol = life.drawn_up(stage)
    item = life.save(
        protocol.items.get(),
        stage,
        heard_kk="М. Сынақ – баяндады",
        points=[PointText("Бір", "Один", stage.organisations[6], DUE_ON)],
    )
    assert (item.version, life.fresh(protocol).version) == (2, 2)
    point = item.points.get()
    assert (item.heard_kk, point.text_kk, point.executor, point.due_on) == (
        "М. Сынақ – баяндады",
        "Бір",
        stage.organisations[6],
        DUE_ON,
    )


def test_two_windows_do_not_overwrite_each_other() -> None:
    stage = scene.set_stage()
    item = life.drawn_up(stage).items.get()
    life.save(item, stage, heard_kk="бірінші терезе")
    assert reason_of(life.save, item, stage, heard_kk="екінші терезе", version=1) == "edited_meanwhile"
    item.refresh_from_db()
    assert item.heard_kk == "бірінші терезе"


def test_an_executor_of_another_staff_is_refused() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    item = life.drawn_up(stage).items.get()
    points = [PointText("а", "б", other.organisations[0])]
    assert reason_of(life.save, item, stage, points=points) == "other_staff"


def test_editing_takes_the_protocol_back_from_signature_and_tells_the_head() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    life.save(protocol.items.get(), stage, heard_ru="доложил")
    assert (life.fresh(protocol).state, life.states_of(protocol)) == (State.DRAFT, ["taken_back"])
    told = Notice.objects.filter(event="protocol.taken_back").values_list("recipient", flat=True)
    assert list(told) == [stage.head.user and stage.head.user.pk]


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        pytest.param({"heard_kk": "", "heard_ru": ""}, ["heard_missing"], id="nobody heard"),
        pytest.param({"points": []}, ["points_missing"], id="no points"),
        pytest.param({"points": [PointText()]}, ["point_without_text"], id="an empty point"),
        pytest.param({"points": [PointText("а")]}, [], id="one language, only taken note of"),
        pytest.param(
            {"points": [PointText("а", due_on=DUE_ON)]}, ["point_without_executor"], id="no executor"
        ),
        pytest.param(
            {"points": [PointText("а", is_standing=True)]},
            ["point_without_executor"],
            id="standing, no executor",
        ),
        pytest.param(
            {"points": [PointText("а", due_on=scene.WEEK_BEFORE.date())]},
            ["point_without_executor", "point_due_before_meeting"],
            id="before the meeting",
        ),
    ],
)
def test_everything_missing_is_told_at_once(changes: dict[str, Any], problems: list[str]) -> None:
    stage = scene.set_stage()
    protocol = life.complete(stage)
    life.save(protocol.items.get(), stage, **changes)
    found = policies.problems_before_sending(life.fresh(protocol))
    assert [verdict.reason for verdict in found] == problems
    assert all(verdict.facts["path"] == "/test-staff/meetings/1-2026/protocol/edit/1/" for verdict in found)


def test_a_point_of_the_agency_lacks_its_term() -> None:
    protocol = life.drawn_up(scene.set_stage())
    found = policies.problems_before_sending(protocol)
    assert [(verdict.reason, verdict.facts["point"]) for verdict in found] == [
        ("point_without_term", "1.1"),
        ("point_without_term", "1.2"),
    ]


def test_the_journal_has_the_acts_without_texts() -> None:
    protocol = life.complete(scene.set_stage())
    acts = JournalEntry.objects.filter(object_type="protocols.protocol", object_id=protocol.pk)
    assert [(entry.act, entry.data) for entry in acts] == [
        ("protocol.drawn_up", {"number": 1}),
        ("protocol.edited", {"order": 1, "version": 2}),
    ]
