"""Who was what when: the composition on a day, its numbers, what to look at (clauses 8, 12, 13, 20)."""

from datetime import date
from typing import Any

import pytest

from members import facts
from members.models import Holder, Regulation, Seat
from members.states import Rank, Role
from tests import stage as scene
from tests.stage import DAY

pytestmark = pytest.mark.django_db


def test_the_numbers_follow_from_the_seats_and_the_regulation_of_the_day() -> None:
    stage = scene.set_stage(quorum="3/4")
    found = facts.composition_on(stage.staff, DAY)
    assert (found.total, found.vacancies, found.quorum, found.majority, found.initiative) == (15, 0, 12, 8, 8)
    assert [row.holder.user for row in found.rows] == [actor.user for actor in stage.people]


def test_a_day_before_everything_has_no_composition_and_no_numbers() -> None:
    found = facts.composition_on(scene.set_stage().staff, date(2025, 10, 31))
    assert (found.version, found.rows, found.total) == (None, (), 0)
    assert (found.quorum, found.majority, found.initiative) == (None, None, None)


def test_without_a_regulation_the_numbers_are_not_made_up() -> None:
    stage = scene.set_stage()
    Regulation.objects.filter(staff=stage.staff).update(in_force_until=date(2026, 12, 1))
    found = facts.composition_on(stage.staff, DAY)
    assert (found.total, found.quorum, found.majority, found.initiative) == (15, None, None, None)


def test_a_majority_of_those_present_is_not_known_beforehand() -> None:
    found = facts.composition_on(scene.set_stage(adoption="present").staff, DAY)
    assert (found.quorum, found.majority) == (10, None)


WARNED = [
    pytest.param({}, True, (), id="all-well"),
    pytest.param({}, False, (facts.VACANT,), id="vacant"),
    pytest.param({"rank": Rank.BELOW}, True, (facts.RANK_BELOW,), id="rank"),
    pytest.param({"rank": Rank.BELOW, "role": Role.SECRETARY}, True, (), id="secretary-is-technical"),
    pytest.param({"rank": Rank.DEPUTY}, True, (), id="deputy-is-enough"),
    pytest.param({"by_agreement": True}, True, (facts.NO_CONSENT,), id="consent"),
    pytest.param({"by_agreement": True, "consent_number": "5"}, True, (), id="consent-came"),
]


@pytest.mark.parametrize(("seat", "is_held", "codes"), WARNED)
def test_warnings_of_a_seat(seat: dict[str, Any], is_held: bool, codes: tuple[str, ...]) -> None:
    holder = Holder() if is_held else None
    assert facts.warnings_of(Seat(**{"role": Role.MEMBER} | seat), holder) == codes


def test_who_acts_by_order_is_told_and_still_holds_the_seat() -> None:
    acting = Holder(acting_number="7", acting_date=DAY)
    assert facts.warnings_of(Seat(role=Role.MEMBER), acting) == (facts.ACTING,)


def test_a_vacant_seat_counts_in_the_total() -> None:
    stage = scene.set_stage()
    Holder.objects.filter(seat__order=6).update(until=date(2026, 12, 1))
    found = facts.composition_on(stage.staff, DAY)
    assert (found.total, found.vacancies, found.quorum) == (15, 1, 10)


def test_the_facts_of_a_day_take_the_same_queries_for_any_number_of_seats(
    django_assert_num_queries: Any,
) -> None:
    for code, total in (("staff-one", 4), ("staff-three", 15)):
        stage = scene.set_stage(code, total=total)
        with django_assert_num_queries(4):
            found = facts.composition_on(stage.staff, DAY)
            assert [row.seat.organisation.pk for row in found.rows]
            assert (found.quorum or 0) > 0
