"""Who holds a seat changes without an act, and the journal keeps it (clause 11)."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from members.models import Holder, JournalEntry, User
from members.permissions import holders_on
from tests import stage as scene
from tests.stage import DAY

pytestmark = pytest.mark.django_db


def test_a_successor_takes_the_seat_the_day_the_former_leaves() -> None:
    stage = scene.set_stage()
    call_command("seat_person", "test-staff", "5", "new@person.example", "Ж. Жаңа", since=DAY)
    assert list(Holder.objects.filter(seat__order=5).order_by("since").values_list("since", "until")) == [
        (date(2025, 11, 1), date(2026, 12, 16)),
        (DAY, None),
    ]
    assert holders_on(stage.staff, DAY).get(seat__order=5).user.name == "Ж. Жаңа"
    assert JournalEntry.objects.get(act="seat.taken").clause == "11"


def test_a_new_person_has_no_password_and_a_known_one_stays_the_same() -> None:
    stage = scene.set_stage()
    call_command("seat_person", "test-staff", "5", "new@person.example", "Ж. Жаңа", since=DAY)
    assert not User.objects.get(email="new@person.example").has_usable_password()
    known = stage.voters[7].person
    order = {"acting_number": "7-к", "acting_date": date(2026, 12, 1)}
    call_command("seat_person", "test-staff", "6", known.email.upper(), "x", since=DAY, **order)
    acting = Holder.objects.get(seat__order=6, until=None)
    assert (acting.user, acting.acting_order) == (known, "№ 7-к, 01.12.2026")


WRONG = [
    pytest.param(("nobody", "5"), "no Staff", id="staff"),
    pytest.param(("test-staff", "99"), "no seat 99", id="seat"),
]


@pytest.mark.parametrize(("place", "sentence"), WRONG)
def test_a_place_that_is_not_there_is_told(place: tuple[str, str], sentence: str) -> None:
    scene.set_stage()
    with pytest.raises(CommandError, match=sentence):
        call_command("seat_person", *place, "new@person.example", "Ж. Жаңа", since=DAY)
