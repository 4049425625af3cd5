"""The Staff as its act sets it: all that `manage.py demo` loads outside the demo mode."""

import csv
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from members.facts import composition_on
from members.models import Composition, Organisation, Regulation, Seat, Staff, User
from regulation.procedure import Procedure
from regulation.voting import initiative, majority, quorum
from staff_portal.demo.composition import SEATS_FILE, load_composition

pytestmark = pytest.mark.django_db
COLUMNS = (
    "order",
    "role",
    "by_agreement",
    "votes",
    "organisation_kk",
    "organisation_ru",
    "position_kk",
    "position_ru",
)


def rows_of_the_act() -> list[tuple[str, ...]]:
    with SEATS_FILE.open(encoding="utf-8", newline="") as file:
        return [tuple(row[column] for column in COLUMNS) for row in csv.DictReader(file)]


def yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def test_the_seats_are_those_of_the_act() -> None:
    load_composition()
    told = [
        (
            str(seat.order),
            seat.role,
            yes_or_no(seat.by_agreement),
            yes_or_no(seat.votes),
            seat.organisation.name_kk,
            seat.organisation.name_ru,
            seat.office_kk,
            seat.office_ru,
        )
        for seat in Seat.objects.select_related("organisation")
    ]
    assert told == rows_of_the_act()


def test_fifteen_of_the_sixteen_count() -> None:
    load_composition()
    total = Seat.objects.filter(votes=True).count()
    procedure = Procedure()
    numbers = (total, quorum(total, procedure), majority(total, procedure), initiative(total, procedure))
    assert numbers == (15, 10, 8, 8)


def test_points_are_recommendations_only_for_bodies_by_agreement() -> None:
    load_composition()
    for seat in Seat.objects.select_related("organisation"):
        assert seat.organisation.by_agreement == seat.by_agreement


def test_the_act_has_neither_number_nor_day() -> None:
    staff = load_composition()
    composition = Composition.objects.get(staff=staff, in_force_until=None)
    for version in (Regulation.objects.get(staff=staff), composition):
        assert (version.act_number, version.act_date, version.in_force_until) == ("", None, None)
        assert version.in_force_from == date(2025, 12, 1)
    assert Regulation.objects.get(staff=staff).procedure == Procedure()


def test_the_repealed_act_stands_before_it_without_seats() -> None:
    staff = load_composition()
    former = Composition.objects.get(staff=staff, act_number="242")
    assert (former.act_date, former.in_force_from, former.in_force_until) == (
        date(2022, 3, 24),
        date(2022, 3, 24),
        date(2025, 11, 30),
    )
    assert former.approved_at is not None
    assert composition_on(staff, date(2024, 1, 1)).version == former
    assert composition_on(staff, date(2024, 1, 1)).rows == ()


def test_it_brings_no_people_and_needs_no_demo_mode(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO = False
    call_command("demo", "--composition-only")
    assert capsys.readouterr().out.startswith("Staff kostanay: Қостанай ауданы әкімдігінің жанындағы")
    assert not User.objects.exists()


def test_loading_again_keeps_what_was_corrected_since() -> None:
    staff = load_composition()
    Staff.objects.update(place_kk="Басқа жер")
    Seat.objects.filter(order=16).update(consent_number="7")
    Organisation.objects.filter(name_kk__contains="Ішкі саясат").update(name_kk="Ішкі саясат басқармасы")
    assert load_composition() == staff
    assert Staff.objects.get().place_kk == "Басқа жер"
    assert Seat.objects.count() == len(rows_of_the_act())
    assert Seat.objects.get(order=16).consent_number == "7"
    assert Organisation.objects.count() == len({row[4] for row in rows_of_the_act()})


@pytest.mark.parametrize("options", [(), ("--accounts",)], ids=["everything", "accounts"])
def test_people_are_refused_outside_the_demo(settings: Settings, options: tuple[str, ...]) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="needs DEMO=1"):
        call_command("demo", *options)
    assert not Staff.objects.exists()


def test_accounts_that_are_not_there_are_told() -> None:
    with pytest.raises(CommandError, match="no demo accounts yet"):
        call_command("demo", "--accounts")
