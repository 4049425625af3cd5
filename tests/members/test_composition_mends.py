"""A new version and a change of people never leave the Staff without whom it needs (clauses 11, 22, 25)."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from members import actions, facts
from members.actions import composition, versions
from members.models import Composition, Holder, Invitation, JournalEntry, Place, Regulation, Seat, User
from members.permissions import holders_on
from members.states import Role
from tests import absence as head
from tests import stage as scene
from tests.members.composing import BEFORE, NEXT, add_seat, approve, draft
from tests.members.test_composition_act import refused_by_the_database
from tests.members.test_holders import EVE, holder_of, is_in, reason_of, seat, seat_of, signed_in, terms
from tests.stage import DAY, MORNING, Stage

pytestmark = pytest.mark.django_db
TOMORROW = DAY + timedelta(days=1)


def with_new_seat(stage: Stage, order: int, role: str, **more: Any) -> Composition:
    """Return a draft whose seat `order` gave way to a new one with `role`."""
    version = draft(stage, **more)
    composition.remove_seat(version.seats.get(order=order), by=stage.secretary, now=MORNING)
    add_seat(stage, version, role=role, votes=role != Role.SECRETARY)
    return version


def secretary_on(stage: Stage, day: date) -> list[User]:
    return [row.user for row in holders_on(stage.staff, day).filter(seat__role=Role.SECRETARY)]


# The secretary


def test_the_secretary_takes_a_new_seat_of_the_secretary() -> None:
    stage = scene.set_stage()
    approve(stage, with_new_seat(stage, 4, Role.SECRETARY))
    assert secretary_on(stage, NEXT) == [stage.secretary.user]


def test_the_secretary_stays_one_when_the_own_seat_becomes_another() -> None:
    stage = scene.set_stage()
    version = draft(stage)
    version.seats.filter(order=4).update(role=Role.MEMBER)
    add_seat(stage, version, role=Role.SECRETARY, votes=False)
    approve(stage, version)
    assert secretary_on(stage, NEXT) == [stage.secretary.user]
    assert holders_on(stage.staff, NEXT).filter(user=stage.secretary.user).count() == 1


def test_who_holds_the_seat_that_becomes_the_secretary_s_is_the_secretary() -> None:
    stage = scene.set_stage()
    version = draft(stage)
    version.seats.filter(order=4).update(role=Role.MEMBER)
    version.seats.filter(order=5).update(role=Role.SECRETARY)
    approve(stage, version)
    assert secretary_on(stage, NEXT) == [stage.member.user]


def test_the_secretary_takes_no_other_seat() -> None:
    stage = scene.set_stage()
    own = stage.secretary.person.email
    assert reason_of(seat, stage, email=own.upper()) == "own_other_seat"


# Entered by mistake


@pytest.mark.parametrize("since", [DAY, TOMORROW], ids=["today", "tomorrow"])
def test_who_was_entered_by_mistake_is_taken_off(since: date) -> None:
    stage = scene.set_stage()
    wrong = seat(stage, since=since)
    client = signed_in(wrong.user)
    act: dict[str, Any] = {"by": stage.secretary, "now": MORNING}
    actions.end_term(wrong, until=since - timedelta(days=1), **act)
    assert (terms(stage)[1:], is_in(client)) == ([], False)
    assert not Invitation.objects.open(now=MORNING).exists()
    entry = JournalEntry.objects.latest("sequence")
    assert (entry.act, entry.data["holder"]) == ("seat.cancelled", wrong.pk)
    assert Holder.history.filter(id=wrong.pk, history_type="-").exists()


def test_a_term_that_has_begun_is_not_taken_off() -> None:
    stage = scene.set_stage()
    began = holder_of(stage)
    act: dict[str, Any] = {"by": stage.secretary, "now": MORNING}
    until = began.since - timedelta(days=1)
    assert reason_of(actions.end_term, began, until=until, **act) == "term_ends_before_it_starts"


def test_the_page_of_a_term_takes_off_what_was_a_mistake() -> None:
    stage = scene.set_stage()
    wrong = seat(stage, since=timezone.localdate(), now=timezone.now())
    client = signed_in(stage.secretary.person)
    address = f"/test-staff/holders/{wrong.pk}/end/"
    assert client.get(address).context["may_cancel"]
    assert client.post(address, {"mistake": "1"}).status_code == 302
    assert not Holder.objects.filter(pk=wrong.pk).exists()


# Who performs the duties of the head


def test_the_deputy_of_an_absence_is_not_replaced() -> None:
    stage = scene.set_stage()
    head.record(stage, until=TOMORROW)
    act: dict[str, Any] = {"email": "a@b.example", "name": "А. Бөтен", "by": stage.secretary, "now": MORNING}
    deputies = seat_of(stage, 2)
    assert reason_of(actions.seat_person, deputies, since=TOMORROW, **act) == "performs_duties_of_head"
    later = TOMORROW + timedelta(days=1)
    assert actions.seat_person(deputies, since=later, **act).since == later


@pytest.mark.parametrize("role", [Role.MEMBER, ""], ids=["made a member", "dropped"])
def test_the_deputy_of_an_absence_is_not_dropped(role: str) -> None:
    stage = scene.set_stage()
    head.record(stage, until=NEXT)
    version = draft(stage)
    deputies = version.seats.filter(order=2)
    assert deputies.update(role=role) if role else deputies.delete()
    assert reason_of(approve, stage, version) == "performs_duties_of_head"


def test_a_new_head_is_not_absent_because_the_former_one_is() -> None:
    stage = scene.set_stage()
    head.record(stage, until=TOMORROW)
    act: dict[str, Any] = {"email": "a@b.example", "name": "А. Бөтен", "by": stage.secretary, "now": MORNING}
    of_head = seat_of(stage, 1)
    assert reason_of(actions.seat_person, of_head, since=TOMORROW, **act) == "absence_of_former_head"
    later = TOMORROW + timedelta(days=1)
    assert actions.seat_person(of_head, since=later, **act).since == later


# What is approved


def test_a_version_that_changes_nothing_is_not_approved() -> None:
    stage = scene.set_stage()
    version = draft(stage)
    act: dict[str, Any] = {"seen": facts.content_hash(version), "by": stage.secretary, "now": MORNING}
    assert reason_of(composition.approve_composition, version, **act) == "nothing_changes"


def test_an_act_is_not_dated_ahead() -> None:
    stage = scene.set_stage()
    version = draft(stage)
    by: dict[str, Any] = {"by": stage.secretary, "now": MORNING}
    act = {"act_number": "1", "act_date": TOMORROW, "in_force_from": NEXT}
    assert reason_of(versions.edit_act, version, **act, **by) == "act_date_ahead"
    approved = Composition.objects.get(approved_at__isnull=False)
    assert reason_of(versions.complete_act, approved, act_date=TOMORROW, **by) == "act_date_ahead"


def test_a_form_sent_twice_adds_one_seat() -> None:
    stage = scene.set_stage()
    version = draft(stage)
    seen = facts.body_hash(version)
    add_seat(stage, version)
    again = {"role": Role.MEMBER, "seen": seen, "by": stage.secretary, "now": MORNING}
    assert reason_of(composition.add_seat, version, **again) == "draft_other_meanwhile"


def test_starting_a_draft_twice_opens_the_one_that_is_there() -> None:
    stage = scene.set_stage()
    client = signed_in(stage.secretary.person)
    for kind in ("composition", "regulation"):
        address = f"/test-staff/{kind}/draft/start/"
        assert {client.post(address).headers["Location"] for _each in range(2)} == {
            f"/test-staff/{kind}/draft/"
        }


# Who leaves


def test_who_leaves_with_the_seat_is_signed_out() -> None:
    stage = scene.set_stage()
    leaving, client = stage.member, signed_in(stage.member.person)
    version = draft(stage, begins=DAY)
    composition.remove_seat(version.seats.get(order=5), by=stage.secretary, now=MORNING)
    approve(stage, version)
    assert (holders_on(stage.staff, DAY).filter(user=leaving.user).exists(), is_in(client)) == (False, False)


def kept_session(user: User, client: Client) -> UserSession:
    key = client.session.session_key
    return UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="", data={})


@pytest.mark.parametrize("has_place", [False, True], ids=["nothing left", "another place"])
def test_who_is_out_by_date_is_signed_out_by_the_sweep(has_place: bool) -> None:
    stage = scene.set_stage()
    leaving = stage.member.person
    Holder.objects.filter(user=leaving).update(until=EVE)
    if has_place:
        Place.objects.create(staff=stage.staff, user=leaving, role="auditor", since=DAY)
    client = signed_in(leaving)
    kept_session(leaving, client)
    for _each in range(2):
        assert actions.sweep(now=MORNING) == 0
    assert is_in(client) == has_place


def test_a_term_does_not_outlast_its_seat() -> None:
    stage = scene.set_stage()
    term, version = holder_of(stage), draft(stage)
    composition.remove_seat(version.seats.get(order=5), by=stage.secretary, now=MORNING)
    approve(stage, version)
    act: dict[str, Any] = {"by": stage.secretary, "now": MORNING}
    assert reason_of(actions.end_term, term, until=NEXT, **act) == "seat_ends_before"
    assert actions.end_term(term, until=BEFORE, **act).until == BEFORE
    person = {"email": "a@b.example", "name": "А. Бөтен", "since": DAY}
    assert reason_of(actions.seat_person, term.seat, **person, until=NEXT, **act) == "seat_ends_before"


# Places


def place(stage: Stage, since: date, until: date | None) -> Place:
    return actions.grant_place(
        stage.staff,
        email="a@b.example",
        name="А. Бөтен",
        role="auditor",
        since=since,
        until=until,
        by=stage.secretary,
        now=MORNING,
    )


def test_a_later_place_is_no_obstacle_to_a_bounded_one() -> None:
    stage = scene.set_stage()
    place(stage, NEXT, None)
    place(stage, DAY, TOMORROW)
    assert reason_of(place, stage, DAY, NEXT) == "place_held"


def test_the_database_refuses_the_same_place_twice_on_one_day() -> None:
    stage = scene.set_stage()
    first = place(stage, DAY, TOMORROW)
    row = {"staff": stage.staff, "user": first.user, "since": TOMORROW, "until": NEXT}
    with pytest.raises(DatabaseError), transaction.atomic():
        Place.objects.create(**row, role="auditor")
    assert Place.objects.create(**row, role="analyst").until == NEXT


# What to look at


def test_who_holds_two_seats_is_told() -> None:
    stage = scene.set_stage()
    Holder.objects.filter(seat=seat_of(stage, 6)).update(user=stage.member.user)
    rows = facts.composition_on(stage.staff, DAY).rows
    assert [row.seat.order for row in rows if facts.TWO_SEATS in row.warnings] == [5, 6]


# The database itself


def test_the_database_keeps_the_seats_of_an_approved_version() -> None:
    stage = scene.set_stage()
    vacant = seat_of(stage)
    Holder.objects.filter(seat=vacant).delete()
    assert refused_by_the_database(lambda: Seat.objects.filter(pk=vacant.pk)._raw_delete("default"))


SET_ONCE: list[dict[str, Any]] = [
    {"act_number": "9"},
    {"act_date": date(2025, 10, 2)},
    {"act_file": "acts/other.pdf"},
    {"in_force_until": date(2030, 1, 1)},
]


@pytest.mark.parametrize("model", [Composition, Regulation])
@pytest.mark.parametrize("again", SET_ONCE, ids=lambda change: next(iter(change)))
def test_the_database_keeps_what_was_filled_in_once(model: Any, again: dict[str, Any]) -> None:
    scene.set_stage()
    rows = model.objects.filter(approved_at__isnull=False)
    first = {"act_number": "8", "act_date": date(2025, 10, 1), "act_file": "acts/a.pdf"}
    assert rows.update(**first, in_force_until=date(2029, 1, 1)) == 1
    assert refused_by_the_database(lambda: rows.update(**again))
