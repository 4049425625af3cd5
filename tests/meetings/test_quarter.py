"""At least one regular meeting a quarter: amber, red, breach, told once each (clause 12)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from meetings import actions, duties, facts
from meetings.models import Meeting
from members import journal
from members.models import JournalEntry, Notice
from tests import stage as scene
from tests.meetings.test_agenda import reason_of
from tests.stage import MORNING, Stage

pytestmark = pytest.mark.django_db


def in_force_since(day: date) -> Stage:
    """Return a Staff whose regulation is in force since `day`, its journal kept since October 2025."""
    stage = scene.set_stage(since=day)
    begun = datetime(2025, 10, 31, 5, tzinfo=UTC)
    journal.record("regulation.approved", stage.staff, by=stage.secretary, now=begun)
    return stage


def sweep(stage: Stage, day: date) -> list[str]:
    """Return what the sweep of that day tells anew."""
    before = set(Notice.objects.values_list("pk", flat=True))
    now = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    actions.remind_of_quarter(stage.staff, today=day, now=now)
    fresh = Notice.objects.exclude(pk__in=before).filter(event__startswith="quarter")
    return sorted(fresh.values_list("event", flat=True))


AMBER, RED, BREACH = ["quarter.amber"] * 2, ["quarter.red"] * 2, ["quarter.breach"] * 2
# Nothing is ever scheduled: what the first sweep of the day tells, from the New Year to the next.
YEAR = [
    (date(2026, 1, 1), []),
    (date(2026, 2, 14), []),
    (date(2026, 2, 15), AMBER),
    (date(2026, 2, 28), []),
    (date(2026, 3, 1), RED),
    (date(2026, 3, 31), []),
    (date(2026, 4, 1), BREACH),
    (date(2026, 5, 14), []),
    (date(2026, 5, 15), AMBER),
    (date(2026, 6, 1), RED),
    (date(2026, 6, 30), []),
    (date(2026, 7, 1), BREACH),
    (date(2026, 8, 14), []),
    (date(2026, 8, 15), AMBER),
    (date(2026, 9, 1), RED),
    (date(2026, 10, 1), BREACH),
    (date(2026, 11, 15), AMBER),
    (date(2026, 12, 1), RED),
    (date(2026, 12, 31), []),
    (date(2027, 1, 1), BREACH),
    (date(2027, 2, 14), []),
    (date(2027, 2, 15), AMBER),
]


def test_each_stage_of_each_quarter_is_told_once() -> None:
    stage = in_force_since(date(2026, 1, 1))
    said = [(day, sweep(stage, day)) for day, _expected in YEAR]
    assert said == YEAR
    assert JournalEntry.objects.filter(act="quarter.breached").count() == 4


def test_after_an_outage_only_what_is_still_true_is_told() -> None:
    stage = in_force_since(date(2026, 1, 1))
    assert sweep(stage, date(2026, 8, 20)) == AMBER + BREACH
    assert sweep(stage, date(2026, 8, 20)) == []


def test_the_secretary_and_the_head_are_told() -> None:
    stage = in_force_since(date(2026, 1, 1))
    sweep(stage, date(2026, 12, 1))
    told = Notice.objects.filter(event="quarter.red").order_by("recipient__email")
    assert [row.recipient for row in told] == [stage.head.user, stage.secretary.user]


def held(stage: Stage) -> Meeting:
    return scene.ended(stage)


def unheld(stage: Stage) -> Meeting:
    return actions.record_no_quorum(scene.registered(stage), by=stage.secretary, now=MORNING)


def cancelled(stage: Stage) -> Meeting:
    return actions.cancel_meeting(scene.planned(stage), reason="карантин", by=stage.secretary, now=MORNING)


def extraordinary(stage: Stage) -> Meeting:
    return scene.ended(stage, kind="extraordinary")


# Before the day of the meeting, on its last day of the quarter, and after the quarter.
COUNTS = [
    pytest.param(scene.planned, True, False, id="scheduled, then not held"),
    pytest.param(held, True, True, id="held"),
    pytest.param(unheld, False, False, id="without a quorum"),
    pytest.param(cancelled, False, False, id="cancelled"),
    pytest.param(extraordinary, False, False, id="extraordinary"),
]


@pytest.mark.parametrize(("make", "scheduled", "lawful"), COUNTS)
def test_what_counts_for_the_quarter(make: Any, scheduled: bool, lawful: bool) -> None:
    stage = in_force_since(date(2026, 10, 1))
    make(stage)
    before = facts.quarter_state(stage.staff, today=date(2026, 12, 17))
    after = facts.quarter_state(stage.staff, today=date(2027, 1, 1))
    assert (before.has_regular, before.alarm) == (scheduled, "" if scheduled else "red")
    assert after.breached == (() if lawful else ((2026, 4),))


SINCE = [
    pytest.param(date(2026, 1, 1), ((2026, 3), (2026, 2), (2026, 1)), id="from the first day of a quarter"),
    pytest.param(date(2026, 1, 2), ((2026, 3), (2026, 2)), id="in the middle of a quarter"),
    pytest.param(date(2025, 11, 1), ((2026, 3), (2026, 2), (2026, 1)), id="over the New Year"),
    pytest.param(date(2026, 10, 1), (), id="only this quarter"),
]


@pytest.mark.parametrize(("since", "breached"), SINCE)
def test_past_quarters_count_since_the_regulation_is_in_force(
    since: date, breached: tuple[tuple[int, int], ...]
) -> None:
    stage = in_force_since(since)
    assert facts.breached_quarters(stage.staff, today=date(2026, 11, 22)) == breached


KEPT = [
    pytest.param(datetime(2026, 10, 1, 5, tzinfo=UTC), ((2026, 4),), id="from the first day of a quarter"),
    pytest.param(datetime(2026, 10, 2, 5, tzinfo=UTC), (), id="since its second day"),
    pytest.param(datetime(2026, 9, 30, 20, tzinfo=UTC), ((2026, 4),), id="since its first local day"),
]


@pytest.mark.parametrize(("begun", "breached"), KEPT)
def test_of_a_quarter_before_its_journal_or_partly_in_it_the_portal_says_nothing(
    begun: datetime, breached: tuple[tuple[int, int], ...]
) -> None:
    stage = scene.set_stage(since=date(2026, 1, 1))
    journal.record("regulation.approved", stage.staff, by=stage.secretary, now=begun)
    assert facts.breached_quarters(stage.staff, today=date(2027, 2, 1)) == breached


NOW = datetime(2026, 12, 1, 5, tzinfo=UTC)
REASON = "төтенше жағдай жарияланды"


def explain(stage: Stage, who: str = "secretary", **more: Any) -> Any:
    act: dict[str, Any] = {"quarter": (2026, 3), "reason": REASON, "by": getattr(stage, who), "now": NOW}
    return actions.explain_breach(stage.staff, **act | more)


def test_with_its_reason_the_breach_leaves_the_home_and_stays_on_the_list() -> None:
    stage = in_force_since(date(2026, 1, 1))
    explain(stage)
    for person in (stage.secretary, stage.head):
        titles = [row.due for row in duties.duties(person, now=NOW) if row.clause == "12"]
        assert titles == [date(2026, 12, 31)]
    state = facts.quarter_state(stage.staff, today=NOW.date())
    assert state.breaches == [(2026, 3, REASON), (2026, 2, ""), (2026, 1, "")]
    assert sweep(stage, date(2026, 12, 1)) == RED
    assert JournalEntry.objects.get(act="quarter.explained").data["reason"] == REASON


NOT_EXPLAINED = [
    pytest.param("head", {}, "not_your_role", id="the head"),
    pytest.param("secretary", {"quarter": (2026, 4)}, "no_such_breach", id="a quarter that goes on"),
    pytest.param("secretary", {"quarter": (2025, 4)}, "no_such_breach", id="before the regulation"),
]


@pytest.mark.parametrize(("who", "more", "refused"), NOT_EXPLAINED)
def test_what_reason_is_not_recorded(who: str, more: dict[str, Any], refused: str) -> None:
    stage = in_force_since(date(2026, 1, 1))
    assert reason_of(explain, stage, who=who, **more) == refused


def test_a_reason_is_recorded_once() -> None:
    stage = in_force_since(date(2026, 1, 1))
    explain(stage)
    assert reason_of(explain, stage, reason="басқа себеп жазылды") == "breach_is_explained"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_secretary_records_the_reason_in_the_browser(language: str) -> None:
    stage = in_force_since(date(2026, 1, 1))
    client = scene.signed_in(stage.secretary)
    client.cookies["language"] = language
    address = "/test-staff/meetings/breach/"
    assert client.post(address, {"quarter": "2026-1", "reason": "."}).status_code == 422
    assert client.post(address, {"quarter": "2026-1", "reason": REASON}).status_code == 302
    page = client.get("/test-staff/meetings/")
    assert (page.context["quarter"].reasons, REASON in page.content.decode()) == ({(2026, 1): REASON}, True)


def test_without_a_breach_there_is_nothing_to_explain() -> None:
    stage = scene.set_stage(since=timezone.localdate())
    answer = scene.signed_in(stage.secretary).get("/test-staff/meetings/breach/")
    assert answer["Location"] == "/test-staff/meetings/"


@pytest.mark.parametrize(("who", "titles"), [("secretary", 2), ("head", 2), ("deputy", 0), ("member", 0)])
def test_the_breach_and_the_alarm_stand_on_the_home_pages(who: str, titles: int) -> None:
    stage = in_force_since(date(2026, 1, 1))
    now = datetime(2026, 12, 1, 5, tzinfo=UTC)
    rows = [row for row in duties.duties(getattr(stage, who), now=now) if row.clause == "12"]
    assert ([row.state for row in rows], len(rows)) == (["late"] * titles, titles)


def test_the_page_of_meetings_shows_the_breaches() -> None:
    stage = in_force_since(date(2026, 1, 1))
    page = scene.signed_in(stage.member).get("/test-staff/meetings/")
    assert page.status_code == 200
    assert page.context["quarter"].breached[-1] == (2026, 1)
