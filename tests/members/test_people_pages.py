"""Pages of holders and absences: who opens them, what they do, and nothing of another Staff."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import Absence, Holder, Seat
from tests import stage as scene
from tests.stage import Stage

pytestmark = pytest.mark.django_db


def status(stage: Stage, who: str, path: str) -> int:
    client = scene.signed_in(getattr(stage, who))
    return client.get(path).status_code


def paths(stage: Stage) -> dict[str, str]:
    today = timezone.localdate()
    absence = Absence.objects.create(
        staff=stage.staff, since=today, until=today, ground="x", deputy=stage.deputy.person
    )
    seat = Seat.objects.get(composition__staff=stage.staff, order=5)
    holder = Holder.objects.get(seat=seat)
    rest = {
        "new": f"seats/{seat.pk}/holder/",
        "end": f"holders/{holder.pk}/end/",
        "order": f"holders/{holder.pk}/order/",
        "absence_end": f"absences/{absence.pk}/end/",
        "absences": "absences/",
        "absence_new": "absences/new/",
    }
    return {name: f"/{stage.staff.code}/{path}" for name, path in rest.items()}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        pytest.param("secretary", [200, 200, 200, 200, 200, 200], id="secretary"),
        pytest.param("head", [403, 403, 403, 200, 200, 200], id="head"),
        pytest.param("deputy", [403, 403, 403, 200, 200, 200], id="deputy"),
        pytest.param("member", [403, 403, 403, 403, 200, 403], id="member"),
    ],
)
def test_who_opens_what(who: str, expected: list[int]) -> None:
    stage = scene.set_stage()
    assert [status(stage, who, path) for path in paths(stage).values()] == expected


def test_what_is_of_another_staff_is_not_found() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    found = list(paths(stage).values())
    swapped = [path.replace("/test-staff/", "/other-staff/") for path in found[:4]]
    assert [status(other, "secretary", path) for path in [*found, *swapped]] == [404] * 10


def test_the_secretary_seats_a_person_and_mistakes_stay_in_the_form() -> None:
    stage = scene.set_stage()
    client, path, today = Client(), paths(stage)["new"], timezone.localdate()
    client.force_login(stage.secretary.person)
    fields = {"email": "new@person.example", "name": "Ж. Жаңа", "since": today.isoformat()}
    assert client.post(path, fields | {"acting_number": "7-к"}).context["form"].errors.keys() == {
        "acting_date"
    }
    assert client.post(path, fields | {"since": "2025-11-01"}).context["form"].non_field_errors()
    assert client.post(path, fields).headers["Location"] == "/test-staff/composition/"
    assert Holder.objects.get(user__email="new@person.example").since == today


def test_the_head_names_the_second_deputy_and_a_deputy_is_offered_the_first() -> None:
    stage = scene.set_stage()
    client, tomorrow = scene.signed_in(stage.head), timezone.localdate() + timedelta(days=1)
    second = stage.people[2].person
    fields = {"since": str(tomorrow), "until": str(tomorrow), "ground": "іссапар", "deputy": second.pk}
    path = "/test-staff/absences/new/"
    assert client.post(path, fields).headers["Location"] == "/test-staff/absences/"
    assert Absence.objects.get().deputy == second
    client = scene.signed_in(stage.people[2])
    choices = client.get(path).context["form"].fields["deputy"].choices
    assert [value for value, _label in choices] == [str(stage.deputy.person.pk)]


def test_the_frame_says_who_performs_the_duties_of_the_head() -> None:
    stage = scene.set_stage()
    path, client = paths(stage)["absences"], Client()
    for who, said in ((stage.deputy, True), (stage.head, False)):
        client.force_login(who.person)
        assert (client.get(path).context["stands_in_for_head"] is not None) is said


def test_an_absence_is_ended_by_its_page() -> None:
    stage = scene.set_stage()
    client, path, today = Client(), paths(stage)["absence_end"], timezone.localdate()
    client.force_login(stage.head.person)
    Absence.objects.update(until=today + timedelta(days=3))
    assert client.post(path, {"last_day": str(today)}).headers["Location"] == "/test-staff/absences/"
    assert Absence.objects.get().until == today


def queries(stage: Stage, path: str) -> int:
    """Return how many queries the page asks of the secretary of `stage`."""
    client = scene.signed_in(stage.secretary)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_absences_take_the_same_queries_for_any_number() -> None:
    stage, counts, today = scene.set_stage(), [], timezone.localdate()
    for days in (1, 2, 3):
        day = today + timedelta(days=days)
        row = {"staff": stage.staff, "ground": "x", "deputy": stage.people[1 + days % 2].person}
        Absence.objects.create(since=day, until=day, **row)
        counts.append(queries(stage, "/test-staff/absences/"))
    assert counts[0] == counts[2]


@pytest.mark.parametrize("path", ["people/", "composition.xlsx"])
def test_pages_of_people_take_the_same_queries_for_any_number(path: str) -> None:
    few, many = scene.set_stage("staff-few", total=4), scene.set_stage("staff-many", total=7)
    counts = [queries(stage, f"/{stage.staff.code}/{path}") for stage in (few, many)]
    assert counts[0] == counts[1]


@pytest.mark.parametrize("path", ["people/", "composition/", "regulation/"])
def test_journal_and_history_are_a_step_away(path: str) -> None:
    stage = scene.set_stage()
    client = scene.signed_in(stage.secretary)
    page = client.get(f"/test-staff/{path}").content.decode()
    assert ("/test-staff/journal/?type=" in page, "/test-staff/history/" in page) == (True, True)


def test_the_frame_names_the_own_seat_beside_the_seat_of_the_form() -> None:
    stage = scene.set_stage()
    client, seat = Client(), Seat.objects.get(composition__staff=stage.staff, order=5)
    client.force_login(stage.secretary.person)
    for name in ("holder", "consent"):
        context = client.get(f"/test-staff/seats/{seat.pk}/{name}/").context
        assert (context["seat"], context["edited"]) == (stage.secretary.seat, seat)
