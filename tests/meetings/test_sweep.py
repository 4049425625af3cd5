"""The sweep: reminders before M−5, lateness after it, each once, after an outage what is still true."""

from datetime import UTC, date, datetime, timedelta

import pytest

from meetings import actions
from meetings.models import AgendaItem, Meeting
from members.models import JournalEntry, Notice, Regulation
from tests import stage as scene

pytestmark = pytest.mark.django_db

MIDNIGHT = timedelta(hours=-5)  # of Qostanay, as UTC


def at(day: date, hour: int = 9) -> datetime:
    """Return `hour` o'clock in Qostanay on `day`."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + MIDNIGHT + timedelta(hours=hour)


def events() -> list[str]:
    return sorted(Notice.objects.filter(event__startswith="material").values_list("event", flat=True))


# M is Thursday the 17th, the term is Saturday the 12th. The agency has one holder; late also tells two more.
STAGES = [
    pytest.param(date(2026, 12, 6), [], id="six-days-before-silence"),
    pytest.param(date(2026, 12, 7), ["material.owed"], id="five-days-before"),
    pytest.param(date(2026, 12, 12), ["material.owed"], id="last-day-at-nine"),
    pytest.param(date(2026, 12, 13), ["material.late"] * 3, id="day-after-is-late"),
    pytest.param(date(2026, 12, 16), ["material.late"] * 3, id="worker-slept-only-lateness-is-told"),
]


@pytest.mark.parametrize(("day", "expected"), STAGES)
def test_what_a_first_sweep_tells(day: date, expected: list[str]) -> None:
    scene.planned(scene.set_stage())
    actions.sweep(now=at(day))
    assert events() == expected


def test_each_stage_is_told_once_however_often_it_sweeps() -> None:
    scene.planned(scene.set_stage())
    for day in range(5, 17):
        for hour in (0, 9, 23):
            actions.sweep(now=at(date(2026, 12, day), hour))
    # At 5, 2, 1 and 0 days before the term one letter each, then one to agency, secretary and head.
    assert events() == ["material.late"] * 3 + ["material.owed"] * 4
    assert JournalEntry.objects.filter(act="material.late").count() == 1


def test_the_last_minute_of_the_term_is_in_time() -> None:
    scene.planned(scene.set_stage())
    actions.sweep(now=at(date(2026, 12, 12), 23))
    assert AgendaItem.objects.get().late_marked_at is None
    actions.sweep(now=at(date(2026, 12, 13), 0))
    assert AgendaItem.objects.get().late_marked_at == at(date(2026, 12, 13), 0)


def test_who_has_brought_the_material_is_left_alone() -> None:
    stage = scene.set_stage()
    scene.attach(stage, scene.planned(stage).items.get())
    actions.sweep(now=at(date(2026, 12, 12)))
    actions.sweep(now=at(date(2026, 12, 15)))
    assert events() == []


def test_an_urgent_meeting_is_late_only_after_its_day() -> None:
    scene.planned(scene.set_stage(), urgent_ground="Басшының тапсырмасы")
    actions.sweep(now=at(date(2026, 12, 16)))
    assert events() == ["material.owed"]


def test_a_new_date_brings_new_terms() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    actions.sweep(now=at(date(2026, 12, 13)))
    fields = {
        "kind": "regular",
        "day": date(2026, 12, 24),
        "starts_at": meeting.starts_at,
        "place_kk": "а",
        "place_ru": "б",
    }
    actions.reschedule(meeting, by=stage.secretary, now=at(date(2026, 12, 13)), **fields)
    assert AgendaItem.objects.get().late_marked_at is None
    actions.sweep(now=at(date(2026, 12, 18)))
    assert events() == ["material.late"] * 3 + ["material.owed"]


def test_the_secretary_is_reminded_of_the_dispatch_until_it_is_sent() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    actions.sweep(now=at(date(2026, 12, 13)))
    assert Notice.objects.get(event="pack.due").recipient == stage.secretary.user
    actions.dispatch(meeting, by=stage.secretary, now=at(date(2026, 12, 13)))
    actions.sweep(now=at(date(2026, 12, 14)))
    assert Notice.objects.filter(event="pack.due").count() == 1


def test_two_staffs_are_told_apart() -> None:
    first, second = scene.set_stage(), scene.set_stage("other-staff")
    scene.planned(first)
    actions.sweep(now=at(date(2026, 12, 13)))
    assert set(Notice.objects.values_list("staff", flat=True)) == {first.staff.pk}
    assert not Notice.objects.filter(recipient__in=[person.user for person in second.people]).exists()


def test_a_meeting_that_fails_does_not_stop_the_others() -> None:
    broken = scene.planned(scene.set_stage("broken-staff"))
    scene.planned(scene.set_stage())
    draft = Regulation.objects.create(
        staff=broken.staff, in_force_from=date(2027, 1, 1), parameters={"no such parameter": 1}
    )
    Meeting.objects.filter(pk=broken.pk).update(regulation=draft)
    assert actions.sweep(now=at(date(2026, 12, 7))) == 1
