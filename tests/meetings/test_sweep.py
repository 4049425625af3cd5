"""The sweep: reminders before M−5, lateness after it, each once, after an outage what is still true."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from meetings import actions
from meetings.models import AgendaItem, Meeting, OwedMaterial
from meetings.states import State
from members.models import CalendarDay, JournalEntry, Notice, Regulation
from tests import absence
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


def test_an_urgent_meeting_has_neither_reminders_nor_lateness() -> None:
    scene.planned(scene.set_stage(), urgent_ground="Басшының тапсырмасы")
    for day in range(5, 18):
        actions.sweep(now=at(date(2026, 12, day)))
    assert events() == []
    assert Notice.objects.filter(event="pack.due").count() == 0


def test_a_new_date_brings_new_terms() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    actions.sweep(now=at(date(2026, 12, 13)))
    fields: dict[str, Any] = {
        "kind": "regular",
        "day": date(2026, 12, 24),
        "starts_at": meeting.starts_at,
        "place_kk": "а",
        "place_ru": "б",
    }
    actions.reschedule(meeting, by=stage.secretary, now=at(date(2026, 12, 13)), reason="себебі", **fields)
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


def about_meetings() -> QuerySet[Notice]:
    """Return what was told of meetings; the state of the quarter is told besides."""
    return Notice.objects.exclude(event__startswith="quarter.")


def test_two_staffs_are_told_apart() -> None:
    first, second = scene.set_stage(), scene.set_stage("other-staff")
    scene.planned(first)
    actions.sweep(now=at(date(2026, 12, 13)))
    told = about_meetings()
    assert set(told.values_list("staff", flat=True)) == {first.staff.pk}
    assert not told.filter(recipient__in=[person.user for person in second.people]).exists()


def test_a_meeting_that_fails_does_not_stop_the_others() -> None:
    broken = scene.planned(scene.set_stage("broken-staff"))
    scene.planned(scene.set_stage())
    draft = Regulation.objects.create(
        staff=broken.staff, in_force_from=date(2027, 1, 1), parameters={"no such parameter": 1}
    )
    Meeting.objects.filter(pk=broken.pk).update(regulation=draft)
    assert actions.sweep(now=at(date(2026, 12, 7))) == 1


# Who owes besides the holder of the seat: an officer of the agency with a place.
HOLIDAYS = (
    date(2026, 12, 16),
    date(2027, 1, 1),
    date(2027, 1, 4),
    date(2027, 1, 7),
    date(2027, 3, 8),
    date(2027, 3, 15),
    date(2027, 3, 22),
    date(2027, 3, 23),
    date(2027, 3, 24),
)
AGENCY = {("material.owed", "agency"), ("material.owed", "officer")}
LATE = {("material.late", who) for who in ("agency", "officer", "head", "secretary")}
SEND = {("pack.due", "secretary")}
# Days before the meeting: what is told on that day while nothing is brought and nothing is sent.
BY_DAY = {10: AGENCY, 7: AGENCY, 6: AGENCY, 5: AGENCY, 4: LATE | SEND, 3: SEND}
# The meeting, and on which of its last days the secretary is told that the agenda is not sent: the first
# day after the term whatever it is, later ones only when offices work.
WEEKS = [
    pytest.param(date(2027, 4, 9), [2, 1, 0], id="an-ordinary-friday"),
    pytest.param(date(2026, 12, 17), [2, 0], id="independence-day-before-it"),
    pytest.param(date(2026, 12, 21), [2, 0], id="a-monday-after-the-weekend"),
    pytest.param(date(2026, 12, 30), [2, 1, 0], id="the-last-days-of-the-year"),
    pytest.param(date(2027, 1, 5), [2, 0], id="after-the-new-year"),
    pytest.param(date(2027, 1, 8), [2, 0], id="after-christmas"),
    pytest.param(date(2027, 3, 15), [2], id="on-the-day-of-the-constitution"),
    pytest.param(date(2027, 3, 16), [2, 0], id="after-the-day-of-the-constitution"),
    pytest.param(date(2027, 3, 17), [2, 1, 0], id="its-term-of-sending-before-a-day-off"),
    pytest.param(date(2027, 3, 25), [2, 0], id="after-nauryz"),
    pytest.param(date(2027, 3, 26), [2, 1, 0], id="the-second-day-after-nauryz"),
]


def people_by_post(stage: scene.Stage) -> dict[int | None, str]:
    """Return how the tables call the people whom the sweep tells."""
    officer = scene.placed(stage, "agency", organisation=stage.organisations[4])
    posts = {"agency": stage.member, "officer": officer, "secretary": stage.secretary, "head": stage.head}
    return {actor.person.pk: post for post, actor in posts.items()}


def told_since(known: set[int], posts: dict[int | None, str]) -> set[tuple[str, str]]:
    """Return what was told to whom besides the notices `known`, which then holds these too."""
    events = ("material.owed", "material.late", "material.held", "pack.due")
    fresh = Notice.objects.filter(event__in=events).exclude(pk__in=known)
    rows = [(notice.event, posts[notice.recipient_id]) for notice in fresh]
    known |= {notice.pk for notice in fresh}
    assert len(rows) == len(set(rows))
    return set(rows)


@pytest.mark.parametrize(("day", "late"), WEEKS)
def test_every_stage_of_every_term_day_by_day(day: date, late: list[int]) -> None:
    for holiday in HOLIDAYS:
        CalendarDay.objects.create(day=holiday, kind="holiday", name_kk="мереке", name_ru="праздник")
    stage = scene.set_stage()
    posts, known = people_by_post(stage), set(Notice.objects.values_list("pk", flat=True))
    scene.planned(stage, day=day)
    for before in range(12, -3, -1):
        for hour in (0, 9, 23):
            actions.sweep(now=at(day - timedelta(days=before), hour))
        expected = BY_DAY.get(before, set()) | (SEND if before in late else set())
        assert told_since(known, posts) == expected, f"{before} days before"


# Days before the meeting at which a worker that had slept wakes for the first time, and what it then tells.
AWAKENINGS = [
    pytest.param(11, set(), id="before-the-first-reminder"),
    pytest.param(9, AGENCY, id="after-the-first-reminder"),
    pytest.param(6, AGENCY, id="one-letter-for-three-missed"),
    pytest.param(5, AGENCY, id="the-last-day"),
    pytest.param(4, LATE | SEND, id="only-that-it-is-late"),
    pytest.param(3, LATE | SEND, id="late-and-the-day-of-sending"),
    pytest.param(2, LATE | SEND, id="both-terms-are-over"),
    pytest.param(0, LATE | SEND, id="the-day-of-the-meeting"),
    pytest.param(-1, set(), id="the-day-after-nothing-helps"),
]


@pytest.mark.parametrize(("before", "expected"), AWAKENINGS)
def test_after_an_outage_what_is_still_true_is_told_once(before: int, expected: set[tuple[str, str]]) -> None:
    stage = scene.set_stage()
    posts, known = people_by_post(stage), set(Notice.objects.values_list("pk", flat=True))
    scene.planned(stage)
    for _again in range(2):
        actions.sweep(now=at(scene.DAY - timedelta(days=before)))
    assert told_since(known, posts) == expected


def test_a_clock_set_back_tells_nothing_earlier() -> None:
    stage = scene.set_stage()
    posts, known = people_by_post(stage), set(Notice.objects.values_list("pk", flat=True))
    scene.planned(stage)
    actions.sweep(now=at(scene.DAY - timedelta(days=3)))
    assert told_since(known, posts) == LATE | SEND
    for before in (10, 7, 6, 5, 4, 3):
        actions.sweep(now=at(scene.DAY - timedelta(days=before)))
    assert told_since(known, posts) == set()


def test_a_clock_set_back_between_reminders_tells_nothing_twice() -> None:
    stage = scene.set_stage()
    posts, known = people_by_post(stage), set(Notice.objects.values_list("pk", flat=True))
    scene.planned(stage)
    for before, expected in ((6, AGENCY), (9, set()), (7, set()), (6, set()), (5, AGENCY)):
        actions.sweep(now=at(scene.DAY - timedelta(days=before)))
        assert told_since(known, posts) == expected


@pytest.mark.parametrize("state", [State.CANCELLED, State.NO_QUORUM, State.ENDED])
def test_a_meeting_that_is_not_to_come_is_left_alone(state: str) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    if state == State.CANCELLED:
        actions.cancel_meeting(meeting, reason="көшірілді", by=stage.secretary, now=scene.WEEK_BEFORE)
    elif state == State.NO_QUORUM:
        meeting = scene.registered(stage, kind="extraordinary")
        Meeting.objects.exclude(pk=meeting.pk).delete()
        actions.record_no_quorum(meeting, by=stage.secretary, now=scene.MORNING)
    else:
        Meeting.objects.all().delete()
        scene.ended(stage)
    known = set(about_meetings())
    for before in (10, 5, 4, 2, 0):
        actions.sweep(now=at(scene.DAY - timedelta(days=before)))
    assert set(about_meetings()) == known


def test_each_agency_that_owes_is_told_of_its_own_documents_in_one_letter() -> None:
    stage = scene.set_stage()
    item = scene.planned(stage).items.get()
    OwedMaterial.objects.all().delete()
    for place, title in ((4, "Анықтама"), (4, "Слайдтар"), (5, "Смета")):
        OwedMaterial.objects.create(item=item, agency=stage.organisations[place], title_kk=title)
    actions.sweep(now=at(scene.DAY - timedelta(days=10)))
    told = Notice.objects.filter(event="material.owed")
    named = {row.recipient_id: re.findall("«(.+?)»", row.text_kk) for row in told}
    assert named == {
        stage.people[4].person.pk: ["Анықтама", "Слайдтар"],
        stage.people[5].person.pk: ["Смета"],
    }


def test_a_late_upload_is_told_to_the_secretary_and_to_who_decides() -> None:
    stage = scene.set_stage()
    item = scene.planned(stage).items.get()
    scene.attach(stage, item, now=at(scene.DAY - timedelta(days=4)))
    for _again in range(2):
        actions.sweep(now=at(scene.DAY - timedelta(days=4)))
    held = Notice.objects.filter(event="material.held")
    assert {row.recipient_id for row in held} == {stage.secretary.person.pk, stage.head.person.pk}
    assert Notice.objects.filter(event="material.late").count() == 0


def test_in_an_absence_the_deputy_decides_about_a_late_upload() -> None:
    stage = scene.set_stage()
    item = scene.planned(stage).items.get()
    day = scene.DAY - timedelta(days=4)
    absence.record(stage, since=day, now=at(day))
    scene.attach(stage, item, now=at(day))
    actions.sweep(now=at(day))
    held = Notice.objects.filter(event="material.held")
    assert {row.recipient_id for row in held} == {stage.secretary.person.pk, stage.deputy.person.pk}


def test_the_breach_of_the_term_of_sending_is_recorded_once() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    for before in (3, 2, 1, 0):
        actions.sweep(now=at(scene.DAY - timedelta(days=before)))
    assert JournalEntry.objects.filter(act="pack.late").count() == 1
    sent = actions.dispatch(
        meeting, by=stage.secretary, now=at(scene.DAY - timedelta(days=1)), late_reason="байланыс болмады"
    )
    assert (sent.days_late, sent.late_reason) == (2, "байланыс болмады")


def test_a_second_sweep_asks_as_much_for_one_question_as_for_three() -> None:
    counts = []
    stage = scene.set_stage()
    for items in (1, 3):
        Meeting.objects.all().delete()
        scene.planned(stage, items=items)
        actions.sweep(now=at(date(2026, 12, 13)))
        with CaptureQueriesContext(connection) as queries:
            assert actions.sweep(now=at(date(2026, 12, 13))) == 0
        counts.append(len(queries))
    assert counts[0] == counts[1]
