"""Preparation: the agenda, its approval, materials and lateness, dispatch (clauses 21, 22, 26(4))."""

from datetime import date, timedelta
from typing import Any

import pytest

from meetings import actions, facts, policies
from meetings.models import AgendaVersion, Delivery, Dispatch, DraftPoint, Meeting
from members.models import Notice
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import DAY, MORNING, WEEK_BEFORE

pytestmark = pytest.mark.django_db


def reason_of(call: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    return str(refusal.value.verdict.reason)


def test_terms_of_the_worked_example() -> None:
    stage = scene.set_stage()
    terms = facts.terms_of(scene.planned(stage))
    assert terms.materials_due == date(2026, 12, 12)
    assert terms.circulation_due == date(2026, 12, 14)
    assert terms.protocol_due == date(2026, 12, 18)


def test_an_urgent_meeting_takes_materials_on_its_day() -> None:
    stage = scene.set_stage()
    terms = facts.terms_of(scene.planned(stage, urgent_ground="Басшының тапсырмасы"))
    assert (terms.materials_due, terms.circulation_due) == (DAY, DAY)


def test_second_meeting_of_a_day_has_an_address_of_its_own() -> None:
    stage = scene.set_stage()
    keys = [scene.planned(stage, kind=kind).key for kind in ("regular", "extraordinary")]
    assert keys == ["2026-12-17", "2026-12-17-2"]


def test_everything_missing_is_told_at_once() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=2)
    meeting.items.update(speaker_kk="", speaker_ru="")
    DraftPoint.objects.all().delete()
    problems = policies.problems_before_submitting(meeting.items.for_agenda())
    assert [(problem.reason, problem.facts["order"]) for problem in problems] == [
        ("item_without_speaker", 1),
        ("item_without_draft", 1),
        ("item_without_speaker", 2),
        ("item_without_draft", 2),
    ]


def test_an_empty_agenda_is_not_submitted() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=0)
    assert reason_of(actions.submit_agenda, meeting, by=stage.secretary, now=WEEK_BEFORE) == "agenda_is_empty"


def test_what_lies_with_the_head_is_not_edited() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    item = meeting.items.get()
    assert reason_of(actions.remove_item, item, by=stage.secretary, now=WEEK_BEFORE) == "agenda_is_with_head"
    actions.take_back_agenda(version, by=stage.secretary, now=WEEK_BEFORE)
    actions.remove_item(item, by=stage.secretary, now=WEEK_BEFORE)
    assert not meeting.items.exists()


def test_the_head_approves_the_text_he_has_seen() -> None:
    stage = scene.set_stage()
    version = actions.submit_agenda(scene.planned(stage), by=stage.secretary, now=WEEK_BEFORE)
    seen: dict[str, Any] = {"seen": "0" * 64, "by": stage.head, "now": WEEK_BEFORE}
    assert reason_of(actions.approve_agenda, version, **seen) == "agenda_changed_meanwhile"
    actions.approve_agenda(version, **seen | {"seen": version.sha256})
    assert AgendaVersion.objects.get().state == "approved"
    assert (
        reason_of(actions.approve_agenda, version, **seen | {"seen": version.sha256})
        == "agenda_already_decided"
    )


def test_a_deputy_approves_only_with_the_ground_of_absence() -> None:
    stage = scene.set_stage()
    version = actions.submit_agenda(scene.planned(stage), by=stage.secretary, now=WEEK_BEFORE)
    act: dict[str, Any] = {"seen": version.sha256, "by": stage.deputy, "now": WEEK_BEFORE}
    assert reason_of(actions.approve_agenda, version, **act) == "ground_needed"
    actions.approve_agenda(version, ground="демалыс, № 5 бұйрық", **act)
    assert AgendaVersion.objects.get().ground == "демалыс, № 5 бұйрық"


def test_by_parameter_only_the_head_approves() -> None:
    stage = scene.set_stage(agenda_approver="head")
    version = actions.submit_agenda(scene.planned(stage), by=stage.secretary, now=WEEK_BEFORE)
    act: dict[str, Any] = {
        "seen": version.sha256,
        "ground": "демалыс",
        "by": stage.deputy,
        "now": WEEK_BEFORE,
    }
    assert reason_of(actions.approve_agenda, version, **act) == "only_the_head"


WRONG_PEOPLE = [
    pytest.param("member", "not_your_role", id="member"),
    pytest.param("secretary", "not_your_role", id="secretary"),
    pytest.param("stranger", "other_staff", id="head-of-another-staff"),
]


@pytest.mark.parametrize(("who", "reason"), WRONG_PEOPLE)
def test_who_may_not_approve(who: str, reason: str) -> None:
    stage = scene.set_stage()
    version = actions.submit_agenda(scene.planned(stage), by=stage.secretary, now=WEEK_BEFORE)
    person = scene.set_stage("other-staff").head if who == "stranger" else getattr(stage, who)
    assert (
        reason_of(actions.approve_agenda, version, seen=version.sha256, by=person, now=WEEK_BEFORE) == reason
    )


def test_a_change_after_approval_asks_for_a_new_version() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    scene.add_item(stage, meeting, 2)
    assert (
        reason_of(actions.dispatch, meeting, by=stage.secretary, now=WEEK_BEFORE)
        == "agenda_changed_after_approval"
    )
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    assert version.number == 2


def test_the_same_agenda_is_not_submitted_twice() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    assert (
        reason_of(actions.submit_agenda, meeting, by=stage.secretary, now=WEEK_BEFORE) == "agenda_unchanged"
    )


def test_items_move_and_close_the_gap() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=3)
    by_order = {item.order: item.question_id for item in meeting.items.all()}
    actions.place_item(meeting.items.get(order=3), to=2, by=stage.secretary, now=WEEK_BEFORE)
    actions.place_item(meeting.items.get(order=1), to=0, by=stage.secretary, now=WEEK_BEFORE)
    actions.remove_item(meeting.items.get(order=1), by=stage.secretary, now=WEEK_BEFORE)
    left = list(meeting.items.order_by("order").values_list("order", "question_id"))
    assert left == [(1, by_order[3]), (2, by_order[2])]


def test_dispatch_tells_every_member_and_invited_once_with_proof() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    actions.invite(
        meeting,
        name="Қ. Қонақ",
        office_kk="директор",
        email="guest@school.example",
        by=stage.secretary,
        now=WEEK_BEFORE,
    )
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)
    actions.dispatch(meeting, by=stage.secretary, now=WEEK_BEFORE)
    assert Delivery.objects.count() == 16
    assert Notice.objects.filter(event="pack.dispatched").count() == 15
    assert Notice.objects.get(event="pack.invited").path == "/help/rules/"
    assert Dispatch.objects.get().days_late == 0
    assert reason_of(actions.dispatch, meeting, by=stage.secretary, now=WEEK_BEFORE) == "already_dispatched"


def test_a_late_dispatch_says_by_how_much() -> None:
    stage = scene.set_stage()
    sent = actions.dispatch(
        scene.approved(stage),
        by=stage.secretary,
        now=MORNING - timedelta(days=1),
        late_reason="байланыс болмады",
    )
    assert sent.days_late == 2


def test_opening_the_pack_is_noted_for_the_reader_only() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    actions.dispatch(meeting, by=stage.secretary, now=WEEK_BEFORE)
    assert stage.member.user is not None
    actions.note_opening(meeting, stage.member.user, now=MORNING)
    assert list(Delivery.objects.exclude(opened_at=None).values_list("user", flat=True)) == [
        stage.member.user.pk
    ]


def test_rescheduling_moves_the_terms() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    moved: dict[str, Any] = {
        "kind": "regular",
        "day": date(2027, 1, 12),
        "starts_at": meeting.starts_at,
        "place_kk": "a",
        "place_ru": "b",
    }
    actions.reschedule(meeting, by=stage.secretary, now=WEEK_BEFORE, reason="себебі", **moved)
    meeting = Meeting.objects.get()
    assert (meeting.key, meeting.year, facts.terms_of(meeting).materials_due) == (
        "2027-01-12",
        2027,
        date(2027, 1, 7),
    )
