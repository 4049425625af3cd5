"""The scheduling form: candidate days with their terms and warnings, which never refuse (clauses 12, 22)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings import facts
from meetings.models import Meeting
from members.models import CalendarDay
from tests import stage as scene
from tests.stage import DAY, WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db
TODAY = WEEK_BEFORE.date()


def holiday(day: date) -> None:
    CalendarDay.objects.create(
        day=day, kind="holiday", name_kk="Тәуелсіздік күні", name_ru="День Независимости"
    )


def candidate(stage: Stage, day: date, **more: Any) -> facts.Candidate:
    (row,) = facts.candidates(stage.staff, day, day, today=TODAY, **more)
    return row


# The week of 4 to 8 January 2027 without its holidays: how much is left between materials and dispatch.
BETWEEN = [
    pytest.param(date(2027, 1, 18), 2, id="Monday"),
    pytest.param(date(2027, 1, 19), 1, id="Tuesday"),
    pytest.param(date(2027, 1, 20), 0, id="Wednesday"),
    pytest.param(date(2027, 1, 21), 1, id="Thursday"),
    pytest.param(date(2027, 1, 22), 2, id="Friday"),
]


@pytest.mark.parametrize(("day", "between"), BETWEEN)
def test_working_days_between_the_terms(day: date, between: int) -> None:
    row = candidate(scene.set_stage(), day)
    assert (row.between, "nothing_between" in row.warnings) == (between, between == 0)


def test_a_holiday_between_the_terms_is_no_working_day() -> None:
    holiday(date(2027, 1, 18))
    assert candidate(scene.set_stage(), date(2027, 1, 21)).between == 0


WARNINGS = [
    pytest.param(date(2026, 12, 18), [], id="a good day"),
    pytest.param(date(2026, 12, 16), ["day_off", "nothing_between"], id="a holiday"),
    pytest.param(date(2026, 12, 19), ["day_off"], id="a Saturday"),
    pytest.param(date(2026, 12, 11), ["materials_over"], id="materials should have come"),
    pytest.param(
        date(2026, 12, 9), ["nothing_between", "materials_over", "announcement_over"], id="tomorrow"
    ),
]


@pytest.mark.parametrize(("day", "codes"), WARNINGS)
def test_what_the_day_warns_of(day: date, codes: list[str]) -> None:
    holiday(date(2026, 12, 16))
    assert candidate(scene.set_stage(), day).warnings == codes


def test_an_urgent_meeting_has_no_terms_before_it() -> None:
    assert candidate(scene.set_stage(), date(2026, 12, 9), urgent=True).warnings == ["announcement_over"]


def test_the_quarter_and_other_meetings_of_the_day() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    row = candidate(stage, DAY)
    assert (row.quarter, row.has_regular, row.others) == ((2026, 4), True, (meeting,))
    moving = candidate(stage, DAY, moving=meeting)
    assert (moving.has_regular, moving.others) == (False, ())


def test_days_without_a_regulation_are_left_out() -> None:
    stage = scene.set_stage()
    days = facts.candidates(stage.staff, date(2025, 10, 30), date(2025, 11, 2), today=TODAY)
    assert [row.day for row in days] == [date(2025, 11, 1), date(2025, 11, 2)]


def typed(day: date, **more: str) -> dict[str, str]:
    return {
        "kind": "extraordinary",
        "day": day.isoformat(),
        "starts_at": "11:30",
        "place_kk": "мектеп",
        "place_ru": "школа",
        "mode": "room",
        **more,
    }


def test_choosing_a_day_fills_the_form_and_schedules_nothing() -> None:
    stage = scene.set_stage(today=timezone.localdate())
    day = timezone.localdate() + timedelta(days=20)
    client = scene.signed_in(stage.secretary)
    page = client.post("/test-staff/meetings/new/", typed(day, choose=(day + timedelta(1)).isoformat()))
    form = page.context["form"]
    kept = [form[name].value() for name in ("day", "kind", "starts_at", "place_kk")]
    assert kept == [(day + timedelta(1)).isoformat(), "extraordinary", "11:30", "мектеп"]
    assert (form.is_bound, Meeting.objects.count()) == (False, 0)


def test_later_and_earlier_days_keep_what_was_typed() -> None:
    stage = scene.set_stage(today=timezone.localdate())
    day = timezone.localdate() + timedelta(days=20)
    client = scene.signed_in(stage.secretary)
    page = client.post("/test-staff/meetings/new/", typed(day, **{"from": (day + timedelta(30)).isoformat()}))
    shown = [each["row"].day for each in page.context["days"]]
    assert (shown[0], len(shown)) == (day + timedelta(30), 28)
    assert page.context["form"]["place_ru"].value() == "школа"


def test_a_day_with_warnings_is_scheduled_all_the_same() -> None:
    stage = scene.set_stage(today=timezone.localdate())
    day = timezone.localdate() + timedelta(days=1)
    answer = scene.signed_in(stage.secretary).post("/test-staff/meetings/new/", typed(day, is_field="on"))
    meeting = Meeting.objects.get()
    assert (answer.status_code, meeting.day, meeting.is_field) == (302, day, True)


def test_a_new_time_without_a_reason_is_told_beside_the_field() -> None:
    stage = scene.set_stage(today=timezone.localdate())
    meeting = scene.planned(stage, day=timezone.localdate() + timedelta(days=20))
    client = scene.signed_in(stage.secretary)
    fields = typed(meeting.day, kind="regular", place_kk="әкімдік", place_ru="акимат")
    refused = client.post(meeting.address("meetings:edit"), fields)
    assert list(refused.context["form"].errors) == ["reason"]
    done = client.post(meeting.address("meetings:edit"), fields | {"reason": "зал бос емес"})
    assert (done.status_code, str(Meeting.objects.get().starts_at)) == (302, "11:30:00")


def test_cancelling_in_the_browser_asks_for_the_reason() -> None:
    stage = scene.set_stage(today=timezone.localdate())
    meeting = scene.planned(stage, day=timezone.localdate() + timedelta(days=20))
    client = scene.signed_in(stage.secretary)
    assert client.post(meeting.address("meetings:cancel"), {}).status_code == 200
    assert client.post(meeting.address("meetings:cancel"), {"reason": "карантин"}).status_code == 302
    assert Meeting.objects.get().state == "cancelled"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_form_speaks_both_languages(language: str) -> None:
    stage = scene.set_stage(today=timezone.localdate())
    client = scene.signed_in(stage.secretary)
    client.cookies["language"] = language
    page = client.get("/test-staff/meetings/new/")
    assert page.status_code == 200


def test_the_number_of_queries_of_the_form_does_not_grow_with_the_meetings() -> None:
    stage = scene.set_stage(today=timezone.localdate())
    client = scene.signed_in(stage.secretary)
    counts = []
    for number in (1, 3):
        for each in range(number):
            scene.planned(stage, day=timezone.localdate() + timedelta(days=number + each))
        client.get("/test-staff/meetings/new/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/test-staff/meetings/new/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
