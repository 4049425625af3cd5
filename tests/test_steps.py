"""The nine steps of a meeting: exactly five statuses, each with its reason, and what is missing (ux A6)."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from meetings import actions
from meetings.models import Meeting
from staff_portal.missing import missing_of
from staff_portal.steps import WORDS, progress_of, steps_of
from tests import stage as scene
from tests.stage import DAY, MORNING, WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db
EARLY = WEEK_BEFORE.date()


def states(stage: Stage, meeting: Meeting, today: date = EARLY) -> str:
    """Return the nine statuses by their first letters: o(pen) w(orking) d(one) b(locked) l(ate)."""
    meeting = Meeting.objects.select_related("staff", "regulation").get(pk=meeting.pk)
    steps = steps_of(progress_of(meeting, today=today), stage.secretary)
    assert {step.state for step in steps} <= WORDS.keys()
    return "".join(step.state[0] for step in steps)


def empty(stage: Stage) -> Meeting:
    return scene.planned(stage, items=0)


def drafted(stage: Stage) -> Meeting:
    return scene.planned(stage)


def without_speaker(stage: Stage) -> Meeting:
    meeting = scene.planned(stage)
    meeting.items.update(speaker_kk="", speaker_ru="")
    return meeting


def submitted(stage: Stage) -> Meeting:
    meeting = scene.planned(stage)
    scene.attach(stage, meeting.items.get())
    actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    return meeting


def dispatched(stage: Stage) -> Meeting:
    meeting = scene.approved(stage)
    actions.dispatch(meeting, by=stage.secretary, now=WEEK_BEFORE)
    return meeting


def changed_after_approval(stage: Stage) -> Meeting:
    meeting = scene.approved(stage)
    scene.add_item(stage, meeting, 2)
    return meeting


def unheld(stage: Stage) -> Meeting:
    return actions.record_no_quorum(scene.registered(stage), by=stage.secretary, now=MORNING)


# 1 date, 2 draft, 3 materials, 4 approval, 5 invited, 6 dispatch, 7 meeting, 8 protocol, 9 its dispatch.
STEPS = [
    pytest.param(empty, EARLY, "dobbbbbbb", id="a date alone"),
    pytest.param(drafted, EARLY, "ddwoobbbb", id="a complete draft, materials owed"),
    pytest.param(without_speaker, EARLY, "dwwoobbbb", id="a draft with gaps"),
    pytest.param(drafted, date(2026, 12, 13), "ddloobbbb", id="materials late"),
    pytest.param(drafted, date(2026, 12, 15), "ddloolbbb", id="nothing sent in time"),
    pytest.param(submitted, EARLY, "dddwobbbb", id="with the head"),
    pytest.param(scene.approved, EARLY, "dddddobbb", id="approved"),
    pytest.param(changed_after_approval, EARLY, "ddwwobbbb", id="changed after the approval"),
    pytest.param(dispatched, EARLY, "ddddddbbb", id="sent"),
    pytest.param(dispatched, DAY, "ddddddobb", id="on the day"),
    pytest.param(dispatched, date(2026, 12, 18), "ldddddlbb", id="not held on its day"),
    pytest.param(scene.registered, DAY, "ddddddwbb", id="registration"),
    pytest.param(scene.opened, DAY, "ddddddwbb", id="in session"),
    pytest.param(scene.ended, DAY, "dddddddob", id="ended"),
    pytest.param(scene.ended, date(2026, 12, 19), "dddddddlb", id="the protocol is late"),
    pytest.param(unheld, DAY, "ddddddddd", id="without a quorum"),
]


@pytest.mark.parametrize(("make", "today", "expected"), STEPS)
def test_the_nine_statuses(make: Callable[[Stage], Meeting], today: date, expected: str) -> None:
    stage = scene.set_stage()
    assert states(stage, make(stage), today) == expected


def note(stage: Stage, meeting: Meeting, number: int, today: date) -> str:
    steps = steps_of(progress_of(meeting, today=today), stage.secretary)
    return steps[number - 1].note.replace("\u00a0", " ")


def bring(stage: Stage, meeting: Meeting, now: datetime) -> None:
    item = meeting.items.get(order=1)
    upload = SimpleUploadedFile("anyqtama.pdf", scene.PDF)
    actions.attach_material(
        item,
        upload=upload,
        owed=item.owed.get(),
        title="Анықтама",
        language="kk",
        by=stage.secretary,
        now=now,
    )


def test_materials_say_how_many_came_and_who_is_late_by_how_much() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=2)
    bring(stage, meeting, WEEK_BEFORE)
    said = note(stage, meeting, 3, date(2026, 12, 14))
    assert ("1" in said, "6-бөлім" in said, "2" in said) == (True, True, True)


LATE = [
    pytest.param("kk", "кешігу: 6-бөлім (2 күн)", id="Kazakh"),
    pytest.param("ru", "опоздание: Отдел 6 (2 дня)", id="Russian"),
]


@pytest.mark.parametrize(("language", "words"), LATE)
def test_how_late_is_said_in_the_language_of_the_page(language: str, words: str) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=2)
    bring(stage, meeting, WEEK_BEFORE)
    with translation.override(language):
        assert words in note(stage, meeting, 3, date(2026, 12, 14))


@pytest.mark.parametrize(("day", "runs"), [(DAY, True), (date(2026, 12, 18), False)])
def test_the_protocol_of_a_missed_meeting_has_no_term(day: date, runs: bool) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    assert (";" in note(stage, meeting, 8, day)) == runs
    row = Meeting.objects.select_related("staff", "regulation").get(pk=meeting.pk)
    with time_machine.travel(datetime(day.year, day.month, day.day, 6, tzinfo=UTC)):
        page = scene.signed_in(stage.secretary).get(row.get_absolute_url())
    assert ([term.clause for term in page.context["terms"]][-1] == "23") == runs


LINKS = [
    pytest.param("video", "", True, id="by video without a link"),
    pytest.param("mixed", "", True, id="partly by video without one"),
    pytest.param("video", "https://video.example/1", False, id="with a link"),
    pytest.param("room", "", False, id="in the room"),
]


@pytest.mark.parametrize(("mode", "link", "missed"), LINKS)
def test_the_video_link_is_named_among_what_is_missing(mode: str, link: str, missed: bool) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, mode=mode, link=link)
    rows = missing_of(progress_of(meeting, today=EARLY))
    assert (meeting.address("meetings:edit") in [row.url for row in rows]) == missed


def test_only_the_secretary_gets_addresses() -> None:
    stage = scene.set_stage()
    progress = progress_of(scene.planned(stage), today=EARLY)
    assert [step.url for step in steps_of(progress, stage.member)] == [""] * 9
    assert steps_of(progress, stage.secretary)[0].url.endswith("/edit/")


def test_what_is_missing_is_a_list_with_the_page_of_each() -> None:
    stage = scene.set_stage()
    meeting = without_speaker(stage)
    rows = missing_of(progress_of(meeting, today=EARLY))
    key = "/test-staff/meetings/2026-12-17"
    assert [row.url for row in rows] == [
        f"{key}/items/1/edit/",
        f"{key}/items/1/",
        f"{key}/announcement/",
    ]


def test_a_meeting_that_is_over_lacks_nothing() -> None:
    assert missing_of(progress_of(scene.ended(scene.set_stage()), today=DAY)) == []


@pytest.mark.parametrize("make", [dispatched, scene.opened, scene.ended, unheld])
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_page_opens_for_everybody(make: Callable[[Stage], Meeting], language: str) -> None:
    stage = scene.set_stage()
    meeting = make(stage)
    agency = scene.placed(stage, "agency", organisation=stage.organisations[4])
    for person in (stage.secretary, stage.head, stage.member, agency, scene.placed(stage, "auditor")):
        client = scene.signed_in(person)
        client.cookies["language"] = language
        assert client.get(meeting.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("who", ["secretary", "member"])
def test_the_number_of_queries_does_not_grow_with_the_questions(who: str) -> None:
    counts = []
    for items in (1, 3):
        stage = scene.set_stage(f"staff-{items}")
        meeting = scene.approved(stage, items=items)
        actions.dispatch(meeting, by=stage.secretary, now=WEEK_BEFORE)
        client = scene.signed_in(getattr(stage, who))
        client.get(meeting.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(meeting.get_absolute_url()).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
