"""Who sits in a seat: taken, left, corrected; one person at a time (clauses 11, 20)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from members import actions
from members.models import Composition, Holder, Invitation, JournalEntry, Place, Seat, User
from members.permissions import holders_on, seats_on
from members.sessions import end_sessions
from regulation.verdicts import Refused
from tests import absence as head
from tests import stage as scene
from tests.stage import DAY, MORNING, Stage

pytestmark = pytest.mark.django_db
EVE, NEXT = DAY - timedelta(days=1), DAY + timedelta(days=1)
BEGAN = date(2025, 11, 1)


def reason_of(call: Callable[..., object], *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    return str(refusal.value.verdict.reason)


def seat_of(stage: Stage, order: int = 5) -> Seat:
    return Seat.objects.select_related("composition").get(composition__staff=stage.staff, order=order)


def holder_of(stage: Stage, order: int = 5) -> Holder:
    rows = Holder.objects.select_related("seat__composition", "user").order_by("since")
    return rows.filter(seat=seat_of(stage, order)).first() or rows.get(pk=0)


def seat(stage: Stage, **changes: Any) -> Holder:
    fields: dict[str, Any] = {
        "email": "new@person.example",
        "name": "Ж. Жаңа",
        "since": DAY,
        "by": stage.secretary,
        "now": MORNING,
    } | changes
    return actions.seat_person(seat_of(stage), **fields)


def end(stage: Stage, **changes: Any) -> Holder:
    fields: dict[str, Any] = {"until": EVE, "by": stage.secretary, "now": MORNING} | changes
    return actions.end_term(holder_of(stage), **fields)


def terms(stage: Stage, order: int = 5) -> list[tuple[date, date | None]]:
    return list(
        Holder.objects.filter(seat=seat_of(stage, order)).order_by("since").values_list("since", "until")
    )


def test_a_successor_is_seated_invited_and_written_down() -> None:
    stage = scene.set_stage()
    holder = seat(stage, phone="8 (00000) 1-11-11")
    assert terms(stage) == [(BEGAN, EVE), (DAY, None)]
    assert (holder.user.phone, holder.user.has_usable_password()) == ("8 (00000) 1-11-11", False)
    assert Invitation.objects.get().user == holder.user
    entry = JournalEntry.objects.get(act="seat.taken")
    assert (entry.clause, entry.data) == (
        "11",
        {"holder": holder.pk, "name": "Ж. Жаңа", "since": "2026-12-17"},
    )


def test_a_known_person_keeps_name_and_password_and_is_not_invited() -> None:
    stage = scene.set_stage()
    known = stage.voters[7].person
    assert seat(stage, email=known.email.upper(), name="Басқа").user == known
    assert (User.objects.get(pk=known.pk).name, Invitation.objects.count()) == (known.name, 0)


def test_who_acts_by_an_order_is_the_holder() -> None:
    stage = scene.set_stage()
    holder = seat(stage, acting_number="7-к", acting_date=date(2026, 12, 1), until=DAY)
    assert (holder.acting_order, terms(stage)[-1]) == ("№ 7-к, 01.12.2026", (DAY, DAY))
    assert JournalEntry.objects.get(act="seat.taken").clause == "20"


NOT_SEATED = [
    pytest.param({"since": BEGAN}, "seat_is_held_from", id="on the first day of the present holder"),
    pytest.param(
        {"since": BEGAN - timedelta(days=9)}, "seat_not_in_force_before", id="before the composition"
    ),
    pytest.param({"until": EVE}, "term_ends_before_it_starts", id="ends before it begins"),
    pytest.param({"acting_number": "7-к"}, "order_needs_both", id="an order without a date"),
    pytest.param({"acting_date": DAY}, "order_needs_both", id="an order without a number"),
]


@pytest.mark.parametrize(("changes", "reason"), NOT_SEATED)
def test_who_may_not_be_seated_is_told_why(changes: dict[str, Any], reason: str) -> None:
    stage = scene.set_stage()
    assert reason_of(seat, stage, **changes) == reason
    assert terms(stage) == [(BEGAN, None)]


def test_a_term_does_not_run_into_that_of_a_later_holder() -> None:
    stage = scene.set_stage()
    seat(stage, since=NEXT)
    assert reason_of(seat, stage, email="other@person.example") == "seat_is_held_from"
    seat(stage, email="other@person.example", until=DAY)
    assert terms(stage) == [(BEGAN, EVE), (DAY, DAY), (NEXT, None)]


def test_the_seat_of_a_draft_and_of_a_former_version_is_not_taken() -> None:
    stage = scene.set_stage()
    draft = Composition.objects.create(staff=stage.staff, in_force_from=NEXT)
    of_draft = Seat.objects.create(
        composition=draft,
        order=1,
        role="member",
        organisation=stage.organisations[0],
        office_kk="а",
        office_ru="б",
    )
    act = {
        "email": "new@person.example",
        "name": "Ж. Жаңа",
        "since": NEXT,
        "by": stage.secretary,
        "now": MORNING,
    }
    assert reason_of(actions.seat_person, of_draft, **act) == "seat_of_draft"
    Composition.objects.filter(seats=seat_of(stage)).update(in_force_until=DAY)
    assert reason_of(seat, stage, since=NEXT) == "seat_not_in_force"


def test_the_database_refuses_two_holders_on_one_day() -> None:
    stage = scene.set_stage()
    with pytest.raises(DatabaseError), transaction.atomic():
        Holder.objects.create(seat=seat_of(stage), user=stage.head.person, since=DAY, until=DAY)


def test_a_seat_that_was_left_is_vacant_and_counts() -> None:
    stage = scene.set_stage()
    end(stage)
    assert terms(stage) == [(BEGAN, EVE)]
    assert not holders_on(stage.staff, DAY).filter(seat__order=5).exists()
    assert seats_on(stage.staff, DAY).filter(votes=True).count() == 15
    entry = JournalEntry.objects.get(act="seat.left")
    assert (entry.clause, entry.data["until"]) == ("11", "2026-12-16")


def test_a_term_ends_once() -> None:
    stage = scene.set_stage()
    end(stage)
    assert reason_of(end, stage) == "term_is_over"


def test_a_term_does_not_end_before_it_began() -> None:
    stage = scene.set_stage()
    assert reason_of(end, stage, until=BEGAN - timedelta(days=1)) == "term_ends_before_it_starts"


def test_a_term_is_not_prolonged_over_the_next_holder() -> None:
    stage = scene.set_stage()
    seat(stage, since=NEXT)
    assert reason_of(end, stage, until=NEXT) == "seat_is_held_from"


def test_nobody_ends_the_own_term_but_a_successor_does() -> None:
    stage = scene.set_stage()
    own = holder_of(stage, 4)
    assert reason_of(actions.end_term, own, until=EVE, by=stage.secretary, now=MORNING) == "own_term"


def test_who_performs_the_duties_of_the_head_stays() -> None:
    stage = scene.set_stage()
    head.record(stage, until=NEXT)
    deputy = holder_of(stage, 2)
    act: dict[str, Any] = {"by": stage.secretary, "now": MORNING}
    assert reason_of(actions.end_term, deputy, until=DAY, **act) == "performs_duties_of_head"
    assert actions.end_term(deputy, until=NEXT, **act).until == NEXT


def test_a_slip_in_the_order_is_corrected_and_what_stood_is_kept() -> None:
    stage = scene.set_stage()
    holder = seat(stage, acting_number="7-к", acting_date=date(2026, 12, 1))
    actions.correct_order(
        holder, acting_number="17-к", acting_date=date(2026, 12, 1), by=stage.secretary, now=MORNING
    )
    data = JournalEntry.objects.get(act="seat.order_corrected").data
    assert (data["was"], data["order"]) == ("№ 7-к, 01.12.2026", "№ 17-к, 01.12.2026")


ACTS: dict[str, Callable[..., object]] = {
    "seat": seat,
    "end": end,
    "correct": lambda stage, by: actions.correct_order(
        holder_of(stage), acting_number="1", acting_date=DAY, by=by, now=MORNING
    ),
}


@pytest.mark.parametrize("act", list(ACTS))
@pytest.mark.parametrize("who", ["head", "deputy", "member"])
def test_only_the_secretary_changes_holders(act: str, who: str) -> None:
    stage = scene.set_stage()
    assert reason_of(ACTS[act], stage, by=getattr(stage, who)) == "not_your_role"


@pytest.mark.parametrize("act", list(ACTS))
def test_no_other_staff_changes_holders(act: str) -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    assert reason_of(ACTS[act], stage, by=other.secretary) == "other_staff"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def is_in(client: Client) -> bool:
    return client.get("/").headers.get("Location", "") != "/accounts/login/?next=/"


ENDS = [
    pytest.param(EVE, False, id="was over yesterday"),
    pytest.param(DAY, False, id="ends today"),
    pytest.param(NEXT, True, id="ends tomorrow"),
]


@pytest.mark.parametrize(("until", "stays"), ENDS)
def test_the_sessions_of_who_left_end_with_the_term(until: date, stays: bool) -> None:
    stage = scene.set_stage()
    first, second, secretary = (
        signed_in(stage.member.person),
        signed_in(stage.member.person),
        signed_in(stage.secretary.person),
    )
    end(stage, until=until)
    assert [is_in(client) for client in (first, second, secretary)] == [stays, stays, True]


def test_a_predecessor_is_signed_out_when_the_successor_comes() -> None:
    stage = scene.set_stage()
    client = signed_in(stage.member.person)
    seat(stage)
    assert not is_in(client)


def test_who_has_another_place_somewhere_stays_signed_in() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    user = stage.member.person
    Holder.objects.filter(seat=seat_of(other)).update(user=user)
    client = signed_in(user)
    end(stage)
    assert is_in(client)


def test_ending_sessions_says_how_many() -> None:
    stage = scene.set_stage()
    signed_in(stage.member.person)
    assert (end_sessions(stage.member.person), end_sessions(stage.member.person)) == (1, 0)


def waiting(stage: Stage) -> list[str]:
    rows = Invitation.objects.filter(staff=stage.staff, withdrawn_at__isnull=True)
    return list(rows.values_list("user__name", flat=True))


LEAVES = [
    pytest.param(DAY, [], id="ends today"),
    pytest.param(NEXT, ["Ж. Жаңа"], id="still has tomorrow"),
]


@pytest.mark.parametrize(("until", "left"), LEAVES)
def test_the_open_invitation_of_who_left_works_no_more(until: date, left: list[str]) -> None:
    stage = scene.set_stage()
    holder = seat(stage)
    actions.end_term(holder, until=until, by=stage.secretary, now=MORNING)
    assert waiting(stage) == left


def test_the_open_invitation_of_who_is_replaced_works_no_more() -> None:
    stage = scene.set_stage()
    seat(stage, since=EVE)
    seat(stage, email="other@person.example", name="Б. Басқа")
    assert waiting(stage) == ["Б. Басқа"]


def test_who_keeps_another_place_in_the_staff_keeps_the_invitation() -> None:
    stage = scene.set_stage()
    holder = seat(stage)
    Place.objects.create(staff=stage.staff, user=holder.user, role="analyst", since=DAY)
    actions.end_term(holder, until=DAY, by=stage.secretary, now=MORNING)
    assert waiting(stage) == ["Ж. Жаңа"]
