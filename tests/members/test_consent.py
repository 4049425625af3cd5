"""The consent letter and the level of an office, recorded after the composition was approved (clause 8)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from members import actions
from members.facts import composition_on, seat_hash
from members.models import JournalEntry, Seat
from members.permissions import Actor
from staff_portal import acts
from tests import stage as scene
from tests.members.composing import NEXT, approve, draft, fields
from tests.members.test_holders import reason_of
from tests.stage import DAY, MORNING, Stage

pytestmark = pytest.mark.django_db
SINCE = date(2025, 11, 2)
LETTER: dict[str, Any] = {"consent_number": "7-1/12", "consent_date": date(2026, 12, 1), "rank": "below"}
NOTHING: dict[str, Any] = {"consent_number": "", "consent_date": None, "rank": ""}


@pytest.fixture
def stage() -> Stage:
    return scene.set_stage()


def seats(stage: Stage, *, later: bool = False) -> tuple[Seat, Seat]:
    """Approve a composition with seat 5 by agreement, and return seats 5 and 6."""
    version = draft(stage, begins=SINCE)
    version.seats.filter(order=5).update(by_agreement=True)
    approve(stage, version)
    if later:
        approve(stage, draft(stage))
    rows = Seat.objects.select_related("composition").filter(composition=version)
    return rows.get(order=5), rows.get(order=6)


def record(stage: Stage, seat: Seat, by: Actor | None = None, **changes: Any) -> Seat:
    return actions.record_consent(seat, **(LETTER | changes), by=by or stage.secretary, now=MORNING)


def test_the_letter_and_the_level_are_recorded_and_told(stage: Stage) -> None:
    seat, _plain = seats(stage)
    assert composition_on(stage.staff, DAY).rows[4].warnings == ("consent_missing",)
    record(stage, seat)
    assert composition_on(stage.staff, DAY).rows[4].warnings == ("rank_below_floor",)
    entry = JournalEntry.objects.get(act="seat.consent_recorded")
    assert (entry.clause, entry.data) == (
        "8",
        {"order": 5, "consent": "№ 7-1/12, 01.12.2026", "level": "below"},
    )
    with translation.override("en"):
        assert acts.sentence(entry) == "The consent letter or the level of the office was recorded: seat 5"
        assert [said.value for said in acts.facts_said(entry, stage.secretary)] == [
            "№ 7-1/12, 01.12.2026",
            "Below a deputy of the first head",
        ]


def test_a_slip_is_corrected(stage: Stage) -> None:
    seat, _plain = seats(stage)
    record(stage, seat)
    assert record(stage, seat, consent_number="8").consent_number == "8"
    assert record(stage, seat, **NOTHING).consent_number == ""


def test_a_later_version_takes_over_what_it_said_alike(stage: Stage) -> None:
    seat, plain = seats(stage, later=True)
    Seat.objects.filter(order=6, composition__in_force_from=NEXT).update(rank="first")
    record(stage, seat)
    record(stage, plain, **NOTHING | {"rank": "deputy"})
    of_next = Seat.objects.filter(composition__in_force_from=NEXT, order__in=(5, 6)).order_by("order")
    assert list(of_next.values_list("consent_number", "consent_date", "rank")) == [
        ("7-1/12", date(2026, 12, 1), "below"),
        ("", None, "first"),
    ]


REFUSED = [
    pytest.param(0, {"consent_date": None}, "consent_needs_both", id="a number alone"),
    pytest.param(0, {"consent_number": ""}, "consent_needs_both", id="a date alone"),
    pytest.param(1, {}, "consent_without_agreement", id="not by agreement"),
]


@pytest.mark.parametrize(("which", "changes", "reason"), REFUSED)
def test_what_is_no_consent_letter_is_refused(
    stage: Stage, which: int, changes: dict[str, Any], reason: str
) -> None:
    assert reason_of(record, stage, seats(stage)[which], **changes) == reason


def test_a_draft_is_changed_in_its_own_place(stage: Stage) -> None:
    seats(stage)
    version = draft(stage)
    of_draft = Seat.objects.select_related("composition").get(composition=version, order=5)
    assert reason_of(record, stage, of_draft) == "edit_in_draft"


WHO: list[tuple[Callable[[Stage], Actor], str]] = [
    (lambda stage: stage.head, "not_your_role"),
    (lambda stage: stage.member, "not_your_role"),
    (lambda _stage: scene.set_stage("other-staff").secretary, "other_staff"),
]


@pytest.mark.parametrize(("who", "reason"), WHO, ids=["head", "member", "another Staff"])
def test_only_the_secretary_records(stage: Stage, who: Callable[[Stage], Actor], reason: str) -> None:
    seat, _plain = seats(stage)
    assert reason_of(record, stage, seat, by=who(stage)) == reason


# Pages


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.person)
    return client


def test_the_page_records_and_a_mistake_stays_in_the_form(stage: Stage) -> None:
    seat, plain = seats(stage)
    client = client_of(stage.secretary)
    home = "/test-staff/composition/"
    address = f"/test-staff/seats/{seat.pk}/consent/"
    assert address in client.get(home).content.decode()
    answer = client.post(address, {"consent_number": "7", "rank": "first"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["consent_date"])
    assert answer.context["form"]["consent_number"].value() == "7"
    typed = {"consent_number": "7", "consent_date": "2026-12-01", "rank": "first"}
    assert client.post(address, typed).headers["Location"] == home
    seat.refresh_from_db()
    assert (seat.consent_number, seat.consent_date, seat.rank) == ("7", date(2026, 12, 1), "first")
    other = f"/test-staff/seats/{plain.pk}/consent/"
    assert list(client.get(other).context["form"].fields) == ["rank"]
    assert client.post(other, {"rank": "deputy"}).status_code == 302
    assert Seat.objects.get(pk=plain.pk).rank == "deputy"


def test_the_page_is_of_the_own_staff_and_of_approved_seats(stage: Stage) -> None:
    seat, _plain = seats(stage)
    of_draft = draft(stage).seats.get(order=5)
    other = client_of(scene.set_stage("other-staff").secretary)
    assert client_of(stage.secretary).get(f"/test-staff/seats/{of_draft.pk}/consent/").status_code == 404
    assert other.get(f"/other-staff/seats/{seat.pk}/consent/").status_code == 404
    assert client_of(stage.head).get(f"/test-staff/seats/{seat.pk}/consent/").status_code == 403


# Two tabs with one seat of a draft


def test_a_seat_changed_in_another_tab_is_not_written_over() -> None:
    stage = scene.set_stage()
    version = draft(stage, begins=timezone.localdate())
    seat = version.seats.get(order=5)
    client, address = client_of(stage.secretary), f"/test-staff/composition/draft/seats/{seat.pk}/"
    data = fields(stage) | {"organisation": stage.organisations[0].pk, "votes": "on"}
    typed = {name: value for name, value in data.items() if value} | {"seen": seat_hash(seat)}
    assert client.get(address).context["seen"] == typed["seen"]
    assert client.post(address, typed | {"office_kk": "бірінші"}).status_code == 302
    answer = client.post(address, typed | {"office_kk": "екінші"})
    assert (answer.status_code, answer.context["form"]["office_kk"].value()) == (422, "екінші")
    assert [(each.before, each.after) for each in answer.context["changes"]] == [("бірінші", "екінші")]
    assert Seat.objects.get(pk=seat.pk).office_kk == "бірінші"
    again = typed | {"office_kk": "екінші", "seen": answer.context["seen"]}
    assert client.post(address, again).status_code == 302
    assert Seat.objects.get(pk=seat.pk).office_kk == "екінші"


def test_a_new_organisation_typed_meanwhile_is_kept_too() -> None:
    stage = scene.set_stage()
    seat = draft(stage, begins=timezone.localdate()).seats.get(order=5)
    typed = {"role": "member", "office_kk": "а", "office_ru": "б", "organisation": "", "rank": ""}
    typed |= {"organisation_kk": "Жаңа бөлім", "organisation_ru": "Новый отдел", "seen": "x" * 5000}
    answer = client_of(stage.secretary).post(f"/test-staff/composition/draft/seats/{seat.pk}/", typed)
    assert (answer.status_code, answer.context["form"]["organisation_kk"].value()) == (422, "Жаңа бөлім")
