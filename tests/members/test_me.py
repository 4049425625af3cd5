"""/me/: what I see and change of myself, and everything the portal keeps about me."""

import json
from datetime import date
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings import actions
from members.models import User
from members.permissions import Actor
from members.states import PlaceRole
from staff_portal.personal_data import KINDS, collect
from tests.stage import MORNING, PASSWORD, WEEK_BEFORE, Stage, approved, ended, placed, set_stage

pytestmark = pytest.mark.django_db

PAGES = ("me", "my_data", "usersessions_list", "mfa_index")


@pytest.fixture
def stage() -> Stage:
    return set_stage(today=timezone.localdate())


def client_of(person: Actor) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": person.person.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize("name", [*PAGES, "my_data_download"])
def test_nobody_sees_it_without_signing_in(name: str) -> None:
    assert Client().get(reverse(name)).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", PAGES)
def test_a_person_without_any_place_sees_it(name: str) -> None:
    client = Client()
    client.force_login(User.objects.create_user("nobody@example.test", PASSWORD, name="Ә. Жеке"))
    assert client.get(reverse(name)).status_code == 200


def test_my_seat_and_places_are_listed_and_no_one_else_s(stage: Stage) -> None:
    page = client_of(stage.member).get(reverse("me"))
    assert [row.seat_id for row in page.context["holders"]] == [stage.member.holder.seat_id]
    assert list(page.context["places"]) == []
    auditor = placed(stage, PlaceRole.AUDITOR)
    page = client_of(auditor).get(reverse("me"))
    assert [row.role for row in page.context["places"]] == ["auditor"]


def test_only_the_work_phone_is_changed(stage: Stage) -> None:
    person = stage.member.person
    client = client_of(stage.member)
    posted = {
        "phone": "8 (71455) 2-11-11",
        "name": "Б. Басқа",
        "email": "x@example.test",
        "is_superuser": "on",
    }
    assert client.post(reverse("me"), posted).status_code == 302
    changed = User.objects.get(pk=person.pk)
    assert changed.phone == "8 (71455) 2-11-11"
    assert (changed.name, changed.email, changed.is_superuser) == (person.name, person.email, False)


def test_a_phone_that_is_too_long_is_refused_in_words(stage: Stage) -> None:
    page = client_of(stage.member).post(reverse("me"), {"phone": "8" * 41})
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["phone"]


@pytest.mark.parametrize("name", PAGES)
def test_the_number_of_queries_does_not_grow(stage: Stage, name: str) -> None:
    client = client_of(stage.member)
    client.get(reverse(name))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(name))
        return len(captured)

    before = queries()
    for number in range(3):
        placed_also(stage.member, number)
    assert queries() == before


def placed_also(person: Actor, number: int) -> None:
    role = (PlaceRole.CONTROLLER, PlaceRole.ANALYST, PlaceRole.AUDITOR)[number]
    person.staff.places.create(user=person.person, role=role, since=date(2025, 11, 1))


# My data


@pytest.fixture
def after_a_meeting() -> Stage:
    stage = set_stage()
    ended(stage, items=2)
    return stage


def test_everything_of_mine_and_nothing_of_others(after_a_meeting: Stage) -> None:
    person = after_a_meeting.head.person
    kept = collect(person, now=MORNING)
    assert set(kept) == {"made_at", "account", *(kind.key for kind in KINDS)}
    assert {key: len(kept[key]) for key in ("seats", "attendance", "votes")} == {
        "seats": 1,
        "attendance": 1,
        "votes": 2,
    }
    assert {row["choice"] for row in kept["votes"]} == {"for"}
    text = json.dumps(kept, default=str, ensure_ascii=False)
    strangers = User.objects.exclude(pk=person.pk).values_list("email", flat=True)
    assert [email for email in strangers if email in text] == []


def test_answers_invitations_and_calendar_addresses_stand_in_it() -> None:
    stage = set_stage()
    guest, meeting = placed(stage, "invited"), approved(stage)
    said: dict[str, Any] = {"by": stage.member, "now": WEEK_BEFORE}
    actions.answer(meeting, reply="will_not", reason="іссапар", **said)
    actions.renew_feed(**said)
    invited: dict[str, Any] = {"name": "А. Қонақ", "email": guest.person.email.upper(), "office_kk": "қонақ"}
    actions.invite(meeting, by=stage.secretary, now=WEEK_BEFORE, **invited)
    own, theirs = (collect(who.person, now=MORNING) for who in (stage.member, guest))
    assert [row["reason"] for row in own["answers"]] == ["іссапар"]
    assert [set(row) for row in own["feeds"]] == [{"staff__code", "created_at", "revoked_at", "read_at"}]
    assert [[row["name"] for row in kept["invited"]] for kept in (own, theirs)] == [[], ["А. Қонақ"]]


def test_who_was_not_there_has_no_vote(after_a_meeting: Stage) -> None:
    kept = collect(after_a_meeting.people[-1].person, now=MORNING)
    assert kept["votes"] == []


def test_my_acts_stand_in_it(after_a_meeting: Stage) -> None:
    acts = {row["act"] for row in collect(after_a_meeting.secretary.person, now=MORNING)["journal"]}
    assert "meeting.opened" in acts


def test_no_secret_stands_in_it(stage: Stage) -> None:
    client = client_of(stage.member)
    TOTP.activate(stage.member.person, "JBSWY3DPEHPK3PXP")
    client.get(reverse("usersessions_list"))
    file = client.get(reverse("my_data_download"))
    assert file.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    text = file.content.decode()
    kept: dict[str, Any] = json.loads(text)
    assert [row["type"] for row in kept["factors"]] == ["totp"]
    assert len(kept["sessions"]) == 1
    assert "JBSWY3DPEHPK3PXP" not in text
    assert (client.session.session_key or "") not in text
    assert stage.member.person.password not in text


def test_the_file_is_given_only_after_the_password(stage: Stage) -> None:
    client = Client()
    client.force_login(stage.member.person)
    address = reverse("my_data_download")
    asked = client.get(address).headers["Location"]
    assert asked.startswith(reverse("account_reauthenticate"))
    assert client.post(asked, {"password": PASSWORD}).headers["Location"] == address
    assert client.get(address).status_code == 200


def test_the_page_counts_what_the_file_holds(stage: Stage) -> None:
    client = client_of(stage.member)
    counted = {kind.key: count for kind, count in client.get(reverse("my_data")).context["kinds"]}
    kept = json.loads(client.get(reverse("my_data_download")).content)
    assert counted == {kind.key: len(kept[kind.key]) for kind in KINDS}
