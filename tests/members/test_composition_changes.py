"""What changed between two versions of a composition, seat by seat, in words (clause 11)."""

from datetime import date

import pytest
from django.utils import translation

from members.comparison import compare
from members.models import Organisation, Seat
from members.states import Rank, Role

BODY = Organisation(pk=1, name_kk="Бөлім", name_ru="Отдел")
OTHER = Organisation(pk=2, name_kk="Басқарма", name_ru="Управление")


def seat(pk: int, order: int, **fields: object) -> Seat:
    start: dict[str, object] = {
        "role": Role.MEMBER,
        "organisation": BODY,
        "office_kk": f"л{pk}",
        "office_ru": f"д{pk}",
    }
    return Seat(pk=pk, order=order, **start | fields)


BEFORE = [seat(number, number) for number in range(1, 6)]


def copy(number: int, order: int, **fields: object) -> Seat:
    """Return the successor of the seat `number`."""
    named = {"office_kk": f"л{number}", "office_ru": f"д{number}"}
    return seat(number + 100, order, continues_id=number, **named | fields)


SAME = [copy(number, number) for number in range(1, 6)]


def moved(after: list[Seat]) -> list[tuple[int | None, list[tuple[str, str]]]]:
    change = compare(BEFORE, after)
    return [
        (row.seat.continues_id, [(each.before, each.after) for each in row.changes]) for row in change.changed
    ]


def test_a_copy_changes_nothing() -> None:
    assert not compare(BEFORE, SAME)


def test_seats_are_matched_by_what_they_continue_not_by_their_names() -> None:
    new = seat(200, 6)
    change = compare(BEFORE, [*SAME[1:], new])
    assert (change.added, change.removed, change.changed) == ((new,), (BEFORE[0],), ())


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        pytest.param([5, 1, 2, 3, 4], [(5, [("5", "1")])], id="to-the-top"),
        pytest.param([1, 2, 4, 3, 5], [(4, [("4", "3")])], id="one-up"),
        pytest.param([2, 3, 4, 5], [], id="only-the-first-left"),
    ],
)
def test_only_who_changed_places_has_moved(order: list[int], expected: list[object]) -> None:
    after = [copy(number, place) for place, number in enumerate(order, start=1)]
    assert moved(after) == expected


def test_facts_are_told_in_words() -> None:
    changed = copy(
        1,
        1,
        role=Role.DEPUTY_HEAD,
        organisation=OTHER,
        office_ru="новая",
        by_agreement=True,
        votes=False,
        rank=Rank.BELOW,
        consent_number="5-7",
        consent_date=date(2026, 2, 1),
    )
    with translation.override("ru"):
        change = compare(BEFORE, [changed, *SAME[1:]])
        told = [(each.before, each.after) for each in change.changed[0].changes]
    assert told == [
        ("Член Штаба", "Заместитель руководителя Штаба"),
        ("Отдел", "Управление"),
        ("д1", "новая"),
        ("нет", "да"),
        ("да", "нет"),
        ("–", "Ниже заместителя первого руководителя"),
        ("–", "5-7"),
        ("–", "1\u00a0февраля 2026\u00a0года"),
    ]
