"""A later version is approved already: who takes or leaves a seat today does so there too (11, 20)."""

from datetime import date, timedelta
from typing import Any

import pytest

from members import actions
from members.actions import composition as of_composition
from members.models import Composition, Holder, Seat
from tests import stage as scene
from tests.members.composing import BEFORE, NEXT, START, approve, draft
from tests.members.test_holders import reason_of
from tests.stage import DAY, MORNING, Stage

pytestmark = pytest.mark.django_db
EVE, LATER, THIRD = DAY - timedelta(days=1), date(2027, 2, 10), date(2027, 6, 1)
Rows = list[tuple[str, date, date | None, str]]


@pytest.fixture
def stage() -> Stage:
    """A Staff whose composition of NEXT is approved; its seat 6 ends with the former one."""
    stage = scene.set_stage()
    version = draft(stage)
    of_composition.remove_seat(version.seats.get(order=6), by=stage.secretary, now=MORNING)
    approve(stage, version)
    return stage


def seat_of(stage: Stage, order: int = 5, begins: date = START) -> Seat:
    seats = Seat.objects.select_related("composition__staff")
    return seats.get(composition__staff=stage.staff, composition__in_force_from=begins, order=order)


def take(stage: Stage, *, order: int = 5, email: str = "new@person.example", **more: Any) -> Holder:
    fields: dict[str, Any] = {"since": DAY, "by": stage.secretary, "now": MORNING} | more
    return actions.seat_person(
        seat_of(stage, order), email=email, name=email.split("@", maxsplit=1)[0], **fields
    )


def end(stage: Stage, holder: Holder, until: date) -> Holder:
    return actions.end_term(holder, until=until, by=stage.secretary, now=MORNING)


def first_of(stage: Stage, order: int = 5) -> Holder:
    return Holder.objects.select_related("user", "seat__composition__staff").get(
        seat=seat_of(stage, order), since=START
    )


def rows(stage: Stage, order: int = 5, begins: date = START) -> Rows:
    held = Holder.objects.filter(seat=seat_of(stage, order, begins)).order_by("since")
    return list(held.values_list("user__name", "since", "until", "acting_number"))


def test_who_takes_a_seat_today_goes_on_in_the_later_version(stage: Stage) -> None:
    take(stage)
    assert rows(stage) == [("М. Сынақ5", START, EVE, ""), ("new", DAY, BEFORE, "")]
    assert rows(stage, begins=NEXT) == [("new", NEXT, None, "")]


def test_who_acts_by_order_for_a_time_acts_there_as_long(stage: Stage) -> None:
    take(stage, until=LATER, acting_number="7-к", acting_date=DAY)
    assert rows(stage, begins=NEXT) == [("new", NEXT, LATER, "7-к")]


def test_who_takes_a_seat_for_days_of_the_former_version_alone_is_not_in_the_later_one(stage: Stage) -> None:
    take(stage, until=BEFORE)
    assert rows(stage)[-1] == ("new", DAY, BEFORE, "")
    assert rows(stage, begins=NEXT) == []


def test_a_person_for_a_day_of_the_later_version_takes_the_seat_there(stage: Stage) -> None:
    take(stage, since=LATER)
    assert rows(stage) == [("М. Сынақ5", START, BEFORE, "")]
    assert rows(stage, begins=NEXT) == [
        ("М. Сынақ5", NEXT, LATER - timedelta(days=1), ""),
        ("new", LATER, None, ""),
    ]


def test_from_the_first_day_of_the_later_version_another_one_follows(stage: Stage) -> None:
    take(stage, since=NEXT)
    assert rows(stage) == [("М. Сынақ5", START, BEFORE, "")]
    assert rows(stage, begins=NEXT) == [("new", NEXT, None, "")]


def test_nobody_runs_into_a_term_of_the_later_version(stage: Stage) -> None:
    take(stage, since=LATER)
    assert reason_of(take, stage, email="other@person.example") == "seat_is_held_from"
    take(stage, email="other@person.example", until=LATER - timedelta(days=1))
    assert [row[:3] for row in rows(stage, begins=NEXT)] == [
        ("other", NEXT, LATER - timedelta(days=1)),
        ("new", LATER, None),
    ]


ENDS = [
    pytest.param(DAY, (START, DAY), [], id="before the later version"),
    pytest.param(BEFORE, (START, BEFORE), [], id="on the last day of the former one"),
    pytest.param(NEXT, (START, BEFORE), [(NEXT, NEXT)], id="on its first day"),
    pytest.param(LATER, (START, BEFORE), [(NEXT, LATER)], id="later"),
]


@pytest.mark.parametrize(("until", "former", "later"), ENDS)
def test_a_term_that_ends_ends_in_the_later_version_as_well(
    stage: Stage, until: date, former: tuple[date, date], later: list[tuple[date, date]]
) -> None:
    end(stage, first_of(stage), until)
    assert [row[1:3] for row in rows(stage)] == [former]
    assert [row[1:3] for row in rows(stage, begins=NEXT)] == later


def test_a_term_is_not_prolonged_over_a_holder_of_the_later_version(stage: Stage) -> None:
    take(stage, since=LATER)
    assert reason_of(end, stage, first_of(stage), LATER) == "seat_is_held_from"
    end(stage, first_of(stage), DAY)
    assert [row[:2] for row in rows(stage, begins=NEXT)] == [("new", LATER)]


def test_an_order_is_corrected_in_the_later_version_as_well(stage: Stage) -> None:
    holder = take(stage, acting_number="7-к", acting_date=DAY)
    order = {"acting_number": "17-к", "acting_date": DAY}
    actions.correct_order(holder, **order, by=stage.secretary, now=MORNING)  # type: ignore[arg-type]
    assert [rows(stage)[-1], *rows(stage, begins=NEXT)] == [
        ("new", DAY, BEFORE, "17-к"),
        ("new", NEXT, None, "17-к"),
    ]


def test_in_a_seat_that_ends_everybody_leaves_the_day_before(stage: Stage) -> None:
    take(stage, order=6)
    assert rows(stage, order=6)[-1] == ("new", DAY, BEFORE, "")
    assert reason_of(take, stage, order=6, since=NEXT, email="other@person.example") == "seat_not_in_force"
    assert not Holder.objects.filter(seat__composition__in_force_from=NEXT, user__name="new").exists()


def test_a_term_goes_on_over_two_later_versions(stage: Stage) -> None:
    approve(stage, draft(stage, begins=THIRD))
    take(stage)
    assert [row[:3] for begins in (START, NEXT, THIRD) for row in rows(stage, begins=begins)] == [
        ("М. Сынақ5", START, EVE),
        ("new", DAY, BEFORE),
        ("new", NEXT, THIRD - timedelta(days=1)),
        ("new", THIRD, None),
    ]
    end(stage, Holder.objects.select_related("seat__composition__staff").get(since=DAY), DAY)
    assert [rows(stage, begins=begins) for begins in (NEXT, THIRD)] == [[], []]


def test_a_term_that_was_recorded_otherwise_meanwhile_is_told(stage: Stage) -> None:
    holder = first_of(stage)
    Holder.objects.filter(pk=holder.pk).delete()
    assert reason_of(end, stage, holder, DAY) == "term_is_gone"


def test_a_draft_changes_with_nobody_until_it_is_approved() -> None:
    stage = scene.set_stage()
    version = draft(stage)
    take(stage)
    assert not Holder.objects.filter(seat__composition=version).exists()
    assert rows(stage)[-1] == ("new", DAY, None, "")
    approve(stage, Composition.objects.get(pk=version.pk))
    assert rows(stage, begins=NEXT) == [("new", NEXT, None, "")]
