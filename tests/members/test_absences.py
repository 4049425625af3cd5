"""The head is away, and a deputy performs his duties (clause 25(3))."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from members import actions, policies
from members.models import Absence, JournalEntry, Notice
from members.permissions import absence_on, with_powers_of_head
from tests import absence as head
from tests import stage as scene
from tests.members.test_holders import reason_of
from tests.stage import DAY, MORNING, Stage

pytestmark = pytest.mark.django_db
EVE, NEXT, LATER = DAY - timedelta(days=1), DAY + timedelta(days=1), DAY + timedelta(days=5)


def periods(stage: Stage) -> list[tuple[date, date]]:
    return list(Absence.objects.filter(staff=stage.staff).order_by("since").values_list("since", "until"))


def test_an_absence_is_written_down_and_those_concerned_are_told() -> None:
    stage = scene.set_stage()
    absence = head.record(stage, until=LATER)
    entry = JournalEntry.objects.get(act="absence.recorded")
    assert (entry.clause, entry.data) == (
        "25.3",
        {"since": "2026-12-17", "until": "2026-12-22", "ground": head.GROUND, "name": "М. Сынақ2"},
    )
    told = Notice.objects.filter(event="absence.recorded")
    assert {row.recipient for row in told} == {stage.head.user, stage.deputy.user, stage.secretary.user}
    assert {row.path for row in told} == {"/test-staff/absences/"}
    assert (absence_on(stage.staff, LATER), absence_on(stage.staff, LATER + timedelta(days=1))) == (
        absence,
        None,
    )


MAY_RECORD = [
    pytest.param("secretary", "", id="secretary"),
    pytest.param("head", "", id="head"),
    pytest.param("deputy", "", id="the first deputy"),
    pytest.param("member", "not_your_role", id="member"),
]


@pytest.mark.parametrize(("who", "reason"), MAY_RECORD)
def test_who_records_an_absence(who: str, reason: str) -> None:
    stage = scene.set_stage()
    by = getattr(stage, who)
    if reason:
        assert reason_of(head.record, stage, by=by) == reason
    else:
        head.record(stage, by=by)
    assert len(periods(stage)) == (0 if reason else 1)


@pytest.mark.parametrize(
    ("by", "deputy", "reason"),
    [
        pytest.param(0, 2, "", id="the head names the second deputy"),
        pytest.param(3, 2, "", id="the secretary, for the head, too"),
        pytest.param(2, 1, "", id="the second deputy records the first"),
        pytest.param(2, 2, "only_head_names_another", id="the second deputy names himself"),
        pytest.param(1, 2, "only_head_names_another", id="the first deputy names the second"),
        pytest.param(0, 4, "not_a_deputy", id="a member is no deputy"),
        pytest.param(0, 0, "not_a_deputy", id="the head himself"),
    ],
)
def test_who_is_named(by: int, deputy: int, reason: str) -> None:
    stage = scene.set_stage()
    act: dict[str, Any] = {"by": stage.people[by], "deputy": stage.people[deputy]}
    if reason:
        assert reason_of(head.record, stage, **act) == reason
    else:
        assert head.record(stage, **act).deputy == stage.people[deputy].user


@pytest.mark.parametrize(
    ("since", "until", "reason"),
    [
        pytest.param(NEXT, DAY, "absence_ends_before_it_starts", id="ends before it begins"),
        pytest.param(EVE, EVE, "absence_is_past", id="is over"),
        pytest.param(LATER, LATER, "absence_overlaps", id="begins on the last day of another"),
        pytest.param(EVE, NEXT, "absence_overlaps", id="ends on the first day of another"),
        pytest.param(EVE, LATER + timedelta(days=1), "absence_overlaps", id="holds another within"),
        pytest.param(EVE, DAY, "", id="the day before another"),
    ],
)
def test_the_days_of_an_absence(since: date, until: date, reason: str) -> None:
    stage = scene.set_stage()
    head.record(stage, since=NEXT, until=LATER)
    if reason:
        assert reason_of(head.record, stage, since=since, until=until) == reason
    else:
        head.record(stage, since=since, until=until)
    assert len(periods(stage)) == (1 if reason else 2)


def test_the_database_refuses_absences_that_overlap() -> None:
    stage = scene.set_stage()
    absence = head.record(stage, until=LATER)
    row = {"staff": stage.staff, "ground": "x", "deputy": stage.deputy.person}
    with pytest.raises(DatabaseError), transaction.atomic():
        Absence.objects.create(**row, since=NEXT, until=NEXT)
    second = Absence.objects.create(**row, since=LATER + timedelta(days=1), until=LATER + timedelta(days=2))
    with pytest.raises(DatabaseError), transaction.atomic():
        Absence.objects.filter(pk=second.pk).update(since=absence.until)


def test_an_absence_of_another_staff_is_no_obstacle() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    head.record(stage)
    head.record(other)
    assert len(periods(stage)) == len(periods(other)) == 1


@pytest.mark.parametrize(
    ("last_day", "reason", "left"),
    [
        pytest.param(EVE, "", [(EVE, EVE)], id="back today"),
        pytest.param(NEXT, "", [(EVE, NEXT)], id="back the day after tomorrow"),
        pytest.param(LATER, "absence_not_shorter", [(EVE, LATER)], id="as it is"),
        pytest.param(EVE - timedelta(days=1), "absence_was_yesterday", [(EVE, LATER)], id="what was, was"),
    ],
)
def test_an_absence_ends_early(last_day: date, reason: str, left: list[tuple[date, date]]) -> None:
    stage = scene.set_stage()
    absence = head.record(stage, since=EVE, until=LATER)
    act: dict[str, Any] = {"last_day": last_day, "by": stage.head, "now": MORNING}
    if reason:
        assert reason_of(actions.end_absence, absence, **act) == reason
    else:
        actions.end_absence(absence, **act)
        entry = JournalEntry.objects.get(act="absence.ended")
        assert (entry.clause, entry.data["until"]) == ("25.3", last_day.isoformat())
        assert Notice.objects.filter(event="absence.ended").count() == 3
    assert periods(stage) == left


def test_an_absence_that_has_not_begun_is_taken_off() -> None:
    stage = scene.set_stage()
    absence = head.record(stage, since=NEXT, until=LATER)
    actions.end_absence(absence, last_day=EVE, by=stage.secretary, now=MORNING)
    assert (periods(stage), with_powers_of_head(stage.staff, NEXT)[0]) == ([], stage.head.user)
    entry = JournalEntry.objects.latest("sequence")
    assert (entry.act, entry.object_id, entry.data["since"]) == (
        "absence.cancelled",
        absence.pk,
        NEXT.isoformat(),
    )
    assert Notice.objects.filter(event="absence.cancelled").count() == 3
    assert reason_of(actions.end_absence, absence, last_day=EVE, by=stage.secretary, now=MORNING) == (
        "absence_cancelled"
    )


def test_an_absence_that_began_today_lasts_the_day() -> None:
    stage = scene.set_stage()
    absence = head.record(stage, until=LATER)
    act: dict[str, Any] = {"last_day": EVE, "by": stage.head, "now": MORNING}
    actions.end_absence(absence, **act)
    assert periods(stage) == [(DAY, DAY)]
    assert JournalEntry.objects.get(act="absence.ended").data["until"] == DAY.isoformat()
    assert reason_of(actions.end_absence, absence, **act) == "absence_lasts_its_day"


def test_a_cancelled_absence_is_told_to_be_gone_by_its_page() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    today = timezone.localdate()
    absence = Absence.objects.create(
        staff=stage.staff,
        since=today + timedelta(days=2),
        until=today + timedelta(days=3),
        ground="x",
        deputy=stage.deputy.person,
    )
    pages = []
    for who in (stage.secretary, other.secretary):
        client = Client()
        client.force_login(who.person)
        pages.append((client, f"/{who.staff.code}/absences/{absence.pk}/end/"))
    first, address = pages[0]
    assert first.post(address, {"last_day": today.isoformat()}).status_code == 302
    assert [client.get(path).status_code for client, path in pages] == [409, 404]


def test_a_named_deputy_who_is_no_deputy_any_more_replaces_nobody() -> None:
    stage = scene.set_stage()
    head.record(stage, deputy=stage.people[1])
    as_member = replace(head.look_again(stage).member, user=stage.deputy.user)
    assert (stage.deputy.replaces_head, as_member.replaces_head) == (True, False)


def test_an_absence_ends_once() -> None:
    stage = scene.set_stage()
    absence = head.record(stage, since=EVE, until=LATER)
    act: dict[str, Any] = {"last_day": EVE, "by": stage.head, "now": MORNING}
    actions.end_absence(absence, **act)
    assert reason_of(actions.end_absence, absence, **act) == "absence_is_over"


def test_a_member_and_another_staff_do_not_end_it() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    absence = head.record(stage, until=LATER)
    act: dict[str, Any] = {"last_day": EVE, "now": MORNING}
    assert reason_of(actions.end_absence, absence, by=stage.member, **act) == "not_your_role"
    assert reason_of(actions.end_absence, absence, by=other.head, **act) == "other_staff"


# Who may act for the head: with nothing recorded, and while the first deputy performs his duties.
POWERS = [
    pytest.param(0, False, "", "", id="head, nothing recorded"),
    pytest.param(1, False, "", "ground_needed", id="deputy, nothing recorded, no ground"),
    pytest.param(1, False, "іссапар", "", id="deputy, nothing recorded, a ground typed"),
    pytest.param(0, True, "", "head_is_absent", id="head, absence recorded"),
    pytest.param(1, True, "", "", id="the named deputy types no ground"),
    pytest.param(2, True, "іссапар", "another_performs", id="another deputy, whatever is typed"),
]


@pytest.mark.parametrize(("who", "recorded", "ground", "reason"), POWERS)
def test_who_acts_for_the_head(who: int, recorded: bool, ground: str, reason: str) -> None:
    stage = scene.set_stage()
    if recorded:
        head.record(stage)
    by = head.look_again(stage).people[who]
    assert policies.may_act_for_head(by, ground).reason == reason


def test_the_ground_is_that_of_the_recorded_absence() -> None:
    stage = scene.set_stage()
    head.record(stage)
    head.look_again(stage)
    assert policies.ground_for_head(stage.deputy, "басқа") == head.GROUND
    assert policies.ground_for_head(stage.head, "басқа") == ""
