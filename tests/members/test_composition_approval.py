"""The akimat approves a draft: the former version closes, the holders come over (clause 11)."""

from datetime import date
from typing import Any

import pytest

from members import facts
from members.actions import composition as actions
from members.actions import versions
from members.models import Absence, Composition, Holder, JournalEntry, Seat
from members.permissions import holders_on
from regulation.verdicts import Refused
from tests import stage as scene
from tests.members.composing import BEFORE, NEXT, START, add_seat, approve, draft, reason
from tests.stage import DAY, MORNING

pytestmark = pytest.mark.django_db


def test_approval_closes_the_former_version_the_day_before() -> None:
    stage = scene.set_stage()
    version = approve(stage, draft(stage))
    former = Composition.objects.get(in_force_from=START)
    assert (former.in_force_until, version.approved_at, version.approved_by) == (
        BEFORE,
        MORNING,
        stage.secretary.user,
    )
    assert [facts.composition_on(stage.staff, day).version for day in (BEFORE, NEXT)] == [former, version]
    entry = JournalEntry.objects.get(act="composition.approved")
    assert (entry.clause, entry.data) == (
        "11",
        {"act_number": "7", "act_date": "2026-12-17", "in_force_from": "2027-01-01", "holders": 16},
    )


def test_holders_go_on_in_the_seats_that_continue() -> None:
    stage = scene.set_stage()
    acting = Holder.objects.get(seat__order=6)
    acting.acting_number, acting.acting_date, acting.until = "9", date(2026, 12, 1), date(2027, 3, 1)
    acting.save()
    version = draft(stage)
    actions.remove_seat(version.seats.get(order=5), by=stage.secretary, now=MORNING)
    add_seat(stage, version)
    approve(stage, version)
    assert (
        list(Holder.objects.filter(seat__composition=version).values_list("since", flat=True)) == [NEXT] * 15
    )
    came = Holder.objects.get(seat__composition=version, user=acting.user)
    assert (came.acting_order, came.until, came.seat.order) == ("№ 9, 01.12.2026", date(2027, 3, 1), 5)
    left = Holder.objects.filter(user=stage.member.user)
    assert list(left.values_list("seat__composition__in_force_from", "until")) == [(START, BEFORE)]
    assert [row.holder is None for row in facts.composition_on(stage.staff, NEXT).rows] == [False] * 15 + [
        True
    ]
    assert holders_on(stage.staff, BEFORE).count() == 16


def test_who_was_to_take_a_seat_later_takes_its_successor() -> None:
    stage = scene.set_stage()
    person = scene.placed(stage, "auditor").person
    for order in (5, 6):
        seat = Seat.objects.get(composition__staff=stage.staff, order=order)
        seat.holders.update(until=date(2027, 1, 31))
        Holder.objects.create(seat=seat, user=person, since=date(2027, 2, 1))
    version = draft(stage)
    actions.remove_seat(version.seats.get(order=6), by=stage.secretary, now=MORNING)
    approve(stage, version)
    rows = Holder.objects.filter(user=person).values_list("seat__composition_id", "since", "until")
    assert list(rows) == [(version.pk, date(2027, 2, 1), None)]


REFUSED = [
    pytest.param(START, "starts_too_early", id="the-same-day"),
    pytest.param(date(2024, 1, 1), "starts_too_early", id="earlier"),
]


@pytest.mark.parametrize(("day", "code"), REFUSED)
def test_a_version_begins_after_the_former_one_began(day: date, code: str) -> None:
    stage = scene.set_stage()
    version = draft(stage)
    act: dict[str, Any] = {"act_number": "", "act_date": None, "in_force_from": day}
    with pytest.raises(Refused) as written:
        versions.edit_act(version, **act, by=stage.secretary, now=MORNING)
    Composition.objects.filter(pk=version.pk).update(in_force_from=day)
    version.refresh_from_db()
    with pytest.raises(Refused) as approved:
        approve(stage, version)
    assert (reason(written), reason(approved)) == (code, code)


def test_a_version_begins_after_the_former_one_ended() -> None:
    stage = scene.set_stage()
    Composition.objects.update(in_force_until=date(2027, 1, 15))
    version = actions.start_composition(stage.staff, by=stage.secretary, now=MORNING, today=DAY)
    assert version.in_force_from == date(2027, 1, 16)
    act: dict[str, Any] = {"act_number": "", "act_date": None, "in_force_from": date(2027, 1, 15)}
    with pytest.raises(Refused) as refusal:
        versions.edit_act(version, **act, by=stage.secretary, now=MORNING)
    assert reason(refusal) == "former_still_in_force"


MISSING = [
    pytest.param([1], "composition_without_head", id="head"),
    pytest.param([4], "composition_without_secretary", id="secretary"),
    pytest.param([1, 2, 3, 4, 5], "composition_is_empty", id="all"),
]


@pytest.mark.parametrize(("orders", "code"), MISSING)
def test_a_composition_without_somebody_needed_is_refused(orders: list[int], code: str) -> None:
    stage = scene.set_stage(total=4)
    version = draft(stage)
    version.seats.filter(order__in=orders).delete()
    with pytest.raises(Refused) as refusal:
        approve(stage, version)
    assert reason(refusal) == code


def test_a_composition_in_which_nobody_votes_is_refused() -> None:
    stage = scene.set_stage(total=4)
    version = draft(stage)
    version.seats.update(votes=False)
    with pytest.raises(Refused) as refusal:
        approve(stage, version)
    assert reason(refusal) == "nobody_votes"


def test_what_is_approved_is_what_was_read() -> None:
    stage = scene.set_stage()
    version = draft(stage)
    seen = facts.content_hash(version)
    actions.move_seat(version.seats.get(order=9), up=True, by=stage.secretary, now=MORNING)
    with pytest.raises(Refused) as refusal:
        actions.approve_composition(version, seen=seen, by=stage.secretary, now=MORNING)
    assert reason(refusal) == "draft_changed_meanwhile"


def test_a_version_is_approved_once() -> None:
    stage = scene.set_stage()
    version = draft(stage)
    approve(stage, version)
    with pytest.raises(Refused) as refusal:
        approve(stage, version)
    assert reason(refusal) == "draft_gone"
    assert Holder.objects.filter(seat__composition=version).count() == 16


def test_an_absence_of_the_head_outlives_a_new_version() -> None:
    stage = scene.set_stage()
    absence = Absence.objects.create(
        staff=stage.staff, since=DAY, until=date(2027, 1, 10), ground="демалыс", deputy=stage.deputy.person
    )
    approve(stage, draft(stage))
    assert scene.actor_of(stage.staff, stage.deputy.person, today=NEXT).absence == absence
