"""The scheduling form: candidate days with their terms and warnings, which never refuse (clauses 12, 22)."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings import facts
from meetings.forms import MeetingForm
from meetings.forms.materials import OwedForm
from meetings.models import Meeting
from members.models import CalendarDay
from tests import stage as scene
from tests.stage import DAY, MORNING, WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db
TODAY = WEEK_BEFORE.date()


@pytest.fixture(autouse=True)
def the_week_before() -> Iterator[None]:
    with time_machine.travel(WEEK_BEFORE):
        yield


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
        "call_ground": scene.CALL_GROUND,
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
    shown = [each["row"].day for name in ("days", "days_off") for each in page.context[name]]
    assert (min(shown), len(shown)) == (day + timedelta(30), 14)
    assert page.context["form"]["place_ru"].value() == "школа"


def test_a_day_with_warnings_is_scheduled_all_the_same() -> None:
    stage = scene.set_stage(today=timezone.localdate())
    day = timezone.localdate() + timedelta(days=1)
    answer = scene.signed_in(stage.secretary).post("/test-staff/meetings/new/", typed(day, is_field="on"))
    meeting = Meeting.objects.get()
    assert (answer.status_code, meeting.day, meeting.is_field) == (302, day, True)


def test_days_off_are_folded_away_unless_one_is_chosen() -> None:
    stage = scene.set_stage(today=timezone.localdate())
    client = scene.signed_in(stage.secretary)
    page = client.get("/test-staff/meetings/new/")
    shown = [(name, each["row"].is_off) for name in ("days", "days_off") for each in page.context[name]]
    assert shown == [("days", False)] * 10 + [("days_off", True)] * 4
    saturday = page.context["days_off"][0]["row"].day
    page = client.post("/test-staff/meetings/new/", typed(saturday, choose=saturday.isoformat()))
    assert [each["row"].day for each in page.context["days"] if each["is_chosen"]] == [saturday]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "x"])
def test_no_day_is_too_far_to_turn_to(day: str) -> None:
    stage = scene.set_stage(today=timezone.localdate())
    client = scene.signed_in(stage.secretary)
    page = client.post("/test-staff/meetings/new/", typed(timezone.localdate()) | {"from": day})
    assert (page.status_code, page.context["later"] is None) == (200, day == "9999-12-31")


CALLS = [
    pytest.param("extraordinary", "", ["call_ground"], id="extraordinary without a ground"),
    pytest.param("regular", "негіз", ["kind"], id="regular with one"),
    pytest.param("regular", "", [], id="regular"),
]


@pytest.mark.parametrize(("kind", "ground", "errors"), CALLS)
def test_the_form_asks_on_whose_initiative(kind: str, ground: str, errors: list[str]) -> None:
    form = filled(WEEK_BEFORE, kind=kind, call_ground=ground)
    assert list(form.errors) == errors


def filled(now: datetime, **more: str) -> MeetingForm:
    stage = scene.set_stage()
    start = Meeting(staff=stage.staff)
    return MeetingForm(typed(DAY, **more), instance=start, staff=stage.staff, now=now)


# 11:30 in Qostanay is 6:30 UTC.
TIMES = [
    pytest.param(MORNING.replace(hour=6, minute=29), [], id="a minute before"),
    pytest.param(MORNING.replace(hour=6, minute=31), ["starts_at"], id="a minute after"),
    pytest.param(MORNING.replace(day=16, hour=12), [], id="the evening before"),
]


@pytest.mark.parametrize(("now", "errors"), TIMES)
def test_a_time_of_today_that_is_over_is_not_chosen(now: datetime, errors: list[str]) -> None:
    assert list(filled(now).errors) == errors


def test_what_another_answer_needs_is_not_called_optional() -> None:
    stage = scene.set_stage(today=timezone.localdate())
    client = scene.signed_in(stage.secretary)
    client.cookies["language"] = "ru"
    meeting = scene.planned(stage, day=timezone.localdate() + timedelta(days=20))
    page = client.get(meeting.address("meetings:edit")).content.decode()
    labels = re.findall(r'<label for="(\w+)">[^<]*<span class="field-optional">', page)
    assert (labels, "---------" in page) == (["id_link"], False)


def test_an_edit_over_a_meeting_that_was_moved_meanwhile_is_told() -> None:
    stage = scene.set_stage(today=timezone.localdate())
    meeting = scene.planned(stage, day=timezone.localdate() + timedelta(days=20), mode="room")
    client = scene.signed_in(stage.secretary)
    seen = client.get(meeting.address("meetings:edit")).context["form"]["seen"].value()
    fields = typed(meeting.day, seen=str(seen), reason="зал бос емес")
    assert client.post(meeting.address("meetings:edit"), fields).status_code == 302
    refused = client.post(meeting.address("meetings:edit"), fields | {"starts_at": "12:30"})
    assert (refused.status_code, str(Meeting.objects.get().starts_at)) == (422, "11:30:00")


@pytest.mark.parametrize(("mode", "warned"), [("video", True), ("mixed", True), ("room", False)])
def test_a_meeting_by_video_without_a_link_is_warned_of(mode: str, warned: bool) -> None:
    stage = scene.set_stage(today=timezone.localdate())
    day = timezone.localdate() + timedelta(days=20)
    client = scene.signed_in(stage.secretary)
    page = client.post("/test-staff/meetings/new/", typed(day, mode=mode), follow=True)
    levels = [message.level_tag for message in page.context["messages"]]
    assert ("warning" in levels) == warned


@pytest.mark.parametrize("missing", [["agency", "title"], ["title"]])
def test_an_awaited_document_without_a_title_is_told_in_plain_words(missing: list[str]) -> None:
    stage = scene.set_stage()
    data = {"language": "kk", "agency": str(stage.organisations[4].pk), "title_kk": "", "title_ru": ""}
    form = OwedForm({key: data[key] for key in data if key not in missing}, staff=stage.staff)
    said = " ".join(str(error) for errors in form.errors.values() for error in errors)
    assert ("title_kk" in form.errors, "owed_has_a_title" in said) == (True, False)


def test_a_new_time_without_a_reason_is_told_beside_the_field() -> None:
    stage = scene.set_stage(today=timezone.localdate())
    meeting = scene.planned(stage, day=timezone.localdate() + timedelta(days=20))
    client = scene.signed_in(stage.secretary)
    fields = typed(meeting.day, kind="regular", call_ground="", place_kk="әкімдік", place_ru="акимат")
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
