"""A draft of the composition, seat by seat (clauses 8, 11, 22)."""

from typing import Any

import pytest

from members import facts
from members.actions import composition as actions
from members.actions import versions
from members.models import Composition, JournalEntry, Organisation
from members.permissions import Actor
from members.states import Role
from regulation.verdicts import Refused
from tests import stage as scene
from tests.members.composing import NEXT, add_seat, approve, draft, fields, reason
from tests.stage import DAY, MORNING

pytestmark = pytest.mark.django_db


def test_a_draft_is_a_copy_that_nobody_meets() -> None:
    stage = scene.set_stage()
    version = draft(stage)
    copied = ("order", *facts.SEAT_FACTS)
    former = Composition.objects.get(approved_at__isnull=False)
    assert list(version.seats.values_list(*copied)) == list(former.seats.values_list(*copied))
    assert [seat.continues for seat in version.seats.all()] == list(former.seats.all())
    assert facts.composition_on(stage.staff, NEXT).version == former
    assert list(JournalEntry.objects.values_list("act", "clause").order_by("sequence")) == [
        ("composition.drafted", "11"),
        ("composition.act_written", "11"),
    ]


def test_the_first_draft_of_a_staff_is_empty() -> None:
    stage = scene.set_stage()
    other = scene.set_stage("other-staff")
    bare = other.staff
    bare.pk, bare.code = None, "bare-staff"
    bare._state.adding = True
    bare.save()
    actor = Actor(bare, stage.secretary.user, stage.secretary.holder)
    version = actions.start_composition(bare, by=actor, now=MORNING, today=DAY)
    assert (version.seats.count(), version.in_force_from) == (0, DAY)
    with pytest.raises(Refused) as refusal:
        approve(stage, version, by=actor)
    assert reason(refusal) == "composition_is_empty"


def test_a_second_draft_is_refused() -> None:
    stage = scene.set_stage()
    draft(stage)
    with pytest.raises(Refused) as refusal:
        actions.start_composition(stage.staff, by=stage.secretary, now=MORNING, today=DAY)
    assert reason(refusal) == "draft_exists"


def test_seats_are_added_changed_moved_and_removed() -> None:
    stage = scene.set_stage(total=4)
    version = draft(stage)
    by: dict[str, Any] = {"by": stage.secretary, "now": MORNING}
    added = add_seat(stage, version)
    actions.move_seat(added, up=True, **by)
    first = version.seats.get(order=1)
    actions.edit_seat(
        first, seen=facts.seat_hash(first), **fields(stage, role=Role.HEAD, office_kk="әкім"), **by
    )
    actions.move_seat(first, up=True, **by)
    actions.remove_seat(version.seats.get(order=2), **by)
    assert list(version.seats.order_by("order").values_list("order", "role", "office_kk")) == [
        (1, "head", "әкім"),
        (2, "deputy_head", "3-бөлім басшысы"),
        (3, "secretary", "4-бөлім басшысы"),
        (4, "member", "жаңа"),
        (5, "member", "5-бөлім басшысы"),
    ]


def test_a_new_organisation_is_written_down_with_the_seat() -> None:
    stage = scene.set_stage()
    named = {"organisation": None, "organisation_kk": "Жаңа бөлім", "organisation_ru": "Новый отдел"}
    seat = add_seat(stage, draft(stage), by_agreement=True, **named)
    organisation = Organisation.objects.get(name_kk="Жаңа бөлім")
    assert (seat.organisation, organisation.staff, organisation.by_agreement) == (
        organisation,
        stage.staff,
        True,
    )


@pytest.mark.parametrize(("role", "code"), [(Role.HEAD, "second_head"), (Role.SECRETARY, "second_secretary")])
def test_there_is_one_head_and_one_secretary(role: str, code: str) -> None:
    stage = scene.set_stage()
    version = draft(stage)
    with pytest.raises(Refused) as added:
        add_seat(stage, version, role=role)
    seat = version.seats.get(order=7)
    with pytest.raises(Refused) as edited:
        actions.edit_seat(
            seat, seen=facts.seat_hash(seat), **fields(stage, role=role), by=stage.secretary, now=MORNING
        )
    assert (reason(added), reason(edited)) == (code, code)


def test_a_discarded_draft_is_gone_and_the_journal_keeps_it() -> None:
    stage = scene.set_stage()
    version = draft(stage)
    seat = version.seats.get(order=1)
    versions.discard(version, by=stage.secretary, now=MORNING)
    assert list(Composition.objects.filter(approved_at__isnull=True)) == []
    assert JournalEntry.objects.get(act="composition.discarded").data == {"in_force_from": "2027-01-01"}
    for late in (
        lambda: versions.discard(version, by=stage.secretary, now=MORNING),
        lambda: actions.remove_seat(seat, by=stage.secretary, now=MORNING),
        lambda: approve(stage, version),
    ):
        with pytest.raises(Refused) as refusal:
            late()
        assert reason(refusal) == "draft_gone"


def test_a_seat_removed_in_another_tab_is_told() -> None:
    stage = scene.set_stage()
    seat = draft(stage).seats.get(order=9)
    actions.remove_seat(seat, by=stage.secretary, now=MORNING)
    seat.pk = 999_999
    with pytest.raises(Refused) as refusal:
        actions.edit_seat(seat, seen="", **fields(stage), by=stage.secretary, now=MORNING)
    assert reason(refusal) == "seat_gone"


@pytest.mark.parametrize("who", ["head", "deputy", "member"])
def test_only_the_secretary_prepares_and_records(who: str) -> None:
    stage = scene.set_stage()
    by = getattr(stage, who)
    version = draft(stage)
    stranger = scene.set_stage("other-staff").secretary
    for actor, code in ((by, "not_your_role"), (stranger, "other_staff")):
        for act in (
            lambda actor=actor: actions.start_composition(stage.staff, by=actor, now=MORNING, today=DAY),
            lambda actor=actor: approve(stage, version, by=actor),
            lambda actor=actor: versions.discard(version, by=actor, now=MORNING),
        ):
            with pytest.raises(Refused) as refusal:
                act()
            assert reason(refusal) == code
