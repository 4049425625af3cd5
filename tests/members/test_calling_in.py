"""Who is given a seat or a place: invited, or told; administrators and closed accounts are given nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from members import actions
from members.models import Holder, Invitation, Notice, Place, Seat, User
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import Stage

pytestmark = pytest.mark.django_db

Give = Callable[..., Any]


def give_place(stage: Stage, email: str) -> Place:
    return actions.grant_place(
        stage.staff,
        email=email,
        name="Ж. Жаңа",
        role="analyst",
        since=timezone.localdate(),
        by=stage.secretary,
        now=timezone.now(),
    )


def give_seat(stage: Stage, email: str) -> Holder:
    return actions.seat_person(
        Seat.objects.get(order=6),
        email=email,
        name="Ж. Жаңа",
        since=timezone.localdate(),
        by=stage.secretary,
        now=timezone.now(),
    )


EACH = pytest.mark.parametrize("give", [give_place, give_seat])


@EACH
def test_who_has_a_password_is_told_and_not_invited(give: Give) -> None:
    stage = scene.set_stage()
    User.objects.create(email="known@example.test", name="Б. Белгілі", password=scene.password())
    give(stage, "known@example.test")
    letter = Notice.objects.get()
    assert (letter.event, letter.email, letter.path) == ("post.given", "known@example.test", "/test-staff/")
    assert ("Талдаушы" in letter.text_kk or "6-бөлім басшысы" in letter.text_kk) is True
    assert Invitation.objects.count() == 0


@EACH
def test_who_has_none_is_invited(give: Give) -> None:
    give(scene.set_stage(), "new@example.test")
    assert [row.event for row in Notice.objects.all()] == ["invitation"]


@EACH
@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param({"is_superuser": True}, "administrator_holds_nothing", id="administrator"),
        pytest.param({"is_active": False}, "holder_account_closed", id="closed"),
    ],
)
def test_some_accounts_are_given_nothing(give: Give, fields: dict[str, bool], reason: str) -> None:
    stage = scene.set_stage()
    User.objects.create(email="known@example.test", name="Б. Белгілі", **fields)
    holders = Holder.objects.count()
    with pytest.raises(Refused) as refusal:
        give(stage, "known@example.test")
    assert refusal.value.verdict.reason == reason
    assert (Holder.objects.count(), Place.objects.count(), Notice.objects.count()) == (holders, 0, 0)


def test_one_press_more_within_a_minute_sends_nothing() -> None:
    stage, now = scene.set_stage(), timezone.now()
    moments = [now, now + timedelta(seconds=1), now + timedelta(seconds=59), now + timedelta(seconds=60)]
    sent = [actions.invite(stage.member.person, stage.staff, by=stage.secretary, now=at).pk for at in moments]
    assert [pk == sent[0] for pk in sent] == [True, True, True, False]
    assert Notice.objects.filter(event="invitation").count() == 2


FORM = {"email": "zhana@example.test", "name": "Ж. Жаңа", "role": "auditor", "since": "2026-01-12"}


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param({"since": "0001-01-01"}, id="first-year"),
        pytest.param({"until": "9999-12-31"}, id="last-year"),
        pytest.param({"name": "<b>Ж. Жаңа</b>"}, id="markup-in-the-name"),
    ],
)
def test_a_place_is_typed_sensibly(typed: dict[str, str]) -> None:
    client = scene.signed_in(scene.set_stage().secretary)
    page = client.post("/test-staff/people/place/", FORM | typed)
    assert (page.status_code, Place.objects.count()) == (200, 0)


@pytest.mark.parametrize(
    ("phone", "is_kept"),
    [
        pytest.param("8 (714) 254-00-00", True, id="city"),
        pytest.param("+7 705 123 45 67", True, id="mobile"),
        pytest.param("2-12", True, id="inner"),
        pytest.param("javascript:alert(1)", False, id="a-script"),
        pytest.param("8 (714) 254-00-00, 8 (705) 123-45-67", False, id="two-numbers"),
        pytest.param("8 714 254 00 00 8 705 123 45 67", False, id="two-numbers-in-one"),
        pytest.param("----", False, id="no-digits"),
        pytest.param("12+34", False, id="a-plus-inside"),
    ],
)
def test_a_work_phone_is_one_number(phone: str, is_kept: bool) -> None:
    user, client = scene.set_stage().member.person, Client()
    client.force_login(user)
    client.post("/me/", {"phone": phone})
    user.refresh_from_db()
    assert (user.phone == phone) is is_kept
