"""Before power is handed to somebody the portal asks once more who is here, and loses nothing of the form."""

import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Absence, Composition, Regulation, Seat
from tests import stage as scene
from tests.stage import PASSWORD, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return scene.set_stage()


def stale(stage: Stage, who: str) -> Client:
    """Return a browser whose person signed in ten minutes ago."""
    client = scene.signed_in(getattr(stage, who))
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 600}]
    session.save()
    return client


def seat_path(stage: Stage, role: str) -> str:
    seat = Seat.objects.filter(composition__staff=stage.staff, role=role).order_by("order").first()
    assert seat is not None
    return reverse("members:holder_new", kwargs={"staff": "test-staff", "pk": seat.pk})


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("who", "page"),
    [
        pytest.param("deputy", "/test-staff/absences/new/", id="absence"),
        pytest.param("secretary", "/test-staff/people/place/", id="place"),
        pytest.param("secretary", "/test-staff/composition/draft/approve/", id="composition"),
        pytest.param("secretary", "/test-staff/regulation/draft/approve/", id="regulation"),
        pytest.param("secretary", "head", id="seat-of-the-head"),
        pytest.param("secretary", "deputy_head", id="seat-of-a-deputy"),
        pytest.param("secretary", "secretary", id="seat-of-the-secretary"),
    ],
)
def test_what_hands_over_power_asks_who_is_here(stage: Stage, method: str, who: str, page: str) -> None:
    day = timezone.localdate()
    Composition.objects.create(staff=stage.staff, in_force_from=day)
    Regulation.objects.create(staff=stage.staff, in_force_from=day)
    path = page if page.startswith("/") else seat_path(stage, page)
    answer: Any = getattr(stale(stage, who), method)(path)
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/accounts/reauthenticate/")
    assert scene.signed_in(getattr(stage, who)).get(path).status_code == 200


def test_a_seat_of_a_member_needs_no_such_question(stage: Stage) -> None:
    assert stale(stage, "secretary").get(seat_path(stage, "member")).status_code == 200


def test_what_was_posted_is_done_after_the_answer(stage: Stage) -> None:
    client, today = stale(stage, "head"), timezone.localdate()
    form = {"since": today, "until": today, "ground": "іссапар", "deputy": stage.deputy.person.pk}
    question = client.post("/test-staff/absences/new/", form)
    assert Absence.objects.count() == 0
    asked = {"password": PASSWORD, "next": "/test-staff/absences/new/"}
    client.post(question["Location"].partition("?")[0], asked | {"password": "wrong"})
    assert Absence.objects.count() == 0
    answer = client.post(question["Location"].partition("?")[0], asked)
    assert answer["Location"] == "/test-staff/absences/"
    assert Absence.objects.get().ground == "іссапар"
