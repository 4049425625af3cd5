"""The timeline of a meeting: what the terms say, what happened, and who was told (clauses 22, 26(4))."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings import actions, facts
from meetings.facts import Entry
from meetings.models import Meeting
from meetings.states import Stage
from tests import stage as scene
from tests.stage import DAY, WEEK_BEFORE

pytestmark = pytest.mark.django_db


def at(before: int) -> datetime:
    """Return nine in the morning of Qostanay, so many days before the meeting."""
    return datetime(DAY.year, DAY.month, DAY.day, 4, tzinfo=UTC) - timedelta(days=before)


def on(before: int) -> date:
    return DAY - timedelta(days=before)


def rows_of(meeting: Meeting, before: int) -> list[Entry]:
    return facts.timeline(Meeting.objects.get(pk=meeting.pk), today=on(before))


def said(entries: list[Entry], *stages: Stage) -> list[tuple[date | None, str, int | None, int]]:
    """Return date by the terms, state, subject and number of recipients of those stages."""
    return [
        (row.planned, row.state, row.subject, len(row.recipients)) for row in entries if row.stage in stages
    ]


def test_before_anything_happens_it_shows_what_will() -> None:
    meeting = scene.planned(scene.set_stage())
    entries = rows_of(meeting, 12)
    assert said(entries, Stage.REMINDER) == [
        (on(10), "ahead", 5, 0),
        (on(7), "ahead", 2, 0),
        (on(6), "ahead", 1, 0),
        (on(5), "ahead", 0, 0),
    ]
    terms = (Stage.MATERIALS, Stage.APPROVED, Stage.CIRCULATION, Stage.MEETING, Stage.PROTOCOL)
    assert said(entries, *terms) == [
        (on(5), "ahead", None, 0),
        (on(3), "ahead", None, 0),
        (on(3), "ahead", None, 0),
        (DAY, "ahead", None, 0),
        (DAY + timedelta(days=1), "ahead", None, 0),
    ]


def test_what_was_told_stands_with_its_time_and_recipients() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    for before in (10, 7, 4, 2):
        actions.sweep(now=at(before))
    entries = rows_of(meeting, 2)
    first = next(row for row in entries if row.stage == Stage.REMINDER)
    assert (first.happened, first.recipients) == (at(10), (stage.member.person.name,))
    assert said(entries, Stage.REMINDER) == [
        (on(10), "done", 5, 1),
        (on(7), "done", 2, 1),
        (on(6), "silent", 1, 0),
        (on(5), "silent", 0, 0),
    ]
    assert said(entries, Stage.MATERIALS, Stage.CIRCULATION) == [
        (on(5), "late", None, 3),
        (on(3), "late", None, 1),
    ]
    materials = next(row for row in entries if row.stage == Stage.MATERIALS)
    assert (materials.days_late, materials.note) == (3, "1")


def test_the_way_of_the_agenda_and_its_dispatches_stands_in_order() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    actions.dispatch(meeting, by=stage.secretary, now=at(2), late_reason="байланыс болмады")
    upload = scene.SimpleUploadedFile("a.pdf", scene.PDF)
    item = meeting.items.get()
    actions.attach_material(
        item, upload=upload, title="Қосымша", language="kk", by=stage.secretary, now=WEEK_BEFORE
    )
    actions.dispatch(meeting, by=stage.secretary, now=at(1), late_reason="кеш келді")
    shown = [row for row in rows_of(meeting, 1) if row.happened and row.stage != Stage.SCHEDULED]
    assert [(row.stage, row.state, row.days_late, row.note, len(row.recipients)) for row in shown] == [
        (Stage.SUBMITTED, "done", 0, "", 0),
        (Stage.APPROVED, "done", 0, "", 0),
        (Stage.DISPATCHED, "late", 1, "байланыс болмады", 15),
        (Stage.SUPPLEMENTED, "late", 2, "кеш келді", 15),
    ]


def test_a_meeting_moved_shows_the_terms_of_its_new_date() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    actions.sweep(now=at(10))
    Meeting.objects.filter(pk=meeting.pk).update(day=DAY + timedelta(days=7))
    assert said(rows_of(meeting, 10), Stage.REMINDER)[0] == (on(3), "ahead", 5, 0)


def test_an_urgent_meeting_has_no_reminders() -> None:
    meeting = scene.planned(scene.set_stage(), urgent_ground="Басшының тапсырмасы")
    assert said(rows_of(meeting, 3), Stage.REMINDER, Stage.MATERIALS) == [(DAY, "ahead", None, 0)]


@pytest.mark.parametrize(
    ("who", "sees"),
    [("secretary", True), ("head", True), ("auditor", True), ("deputy", False), ("member", False)],
)
def test_who_was_told_is_shown_to_who_answers_for_the_terms(who: str, sees: bool) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    actions.sweep(now=at(10))
    person = scene.placed(stage, "auditor") if who == "auditor" else getattr(stage, who)
    page = scene.signed_in(person).get(meeting.get_absolute_url()).content.decode()
    shown = page.split('id="timeline"')[1].split("</section>")[0]
    assert (stage.member.person.name in shown) == sees


def test_it_asks_as_much_for_one_question_as_for_three() -> None:
    counts = []
    for code, items in (("staff-one", 1), ("staff-three", 3)):
        stage = scene.set_stage(code)
        meeting = scene.planned(stage, items=items)
        actions.sweep(now=at(4))
        meeting = Meeting.objects.select_related("staff", "regulation").get(pk=meeting.pk)
        with CaptureQueriesContext(connection) as queries:
            facts.timeline(meeting, today=on(4))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_who_was_reminded_of_a_question_stays_when_it_is_taken_off() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=2)
    actions.sweep(now=at(10))
    actions.remove_item(meeting.items.get(order=1), by=stage.secretary, now=at(9))
    first = next(row for row in rows_of(meeting, 9) if row.stage == Stage.REMINDER)
    assert (first.happened, len(first.recipients)) == (at(10), 2)


def test_what_happened_on_one_day_stands_in_the_order_of_its_moments_and_terms_after_it() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    due = at(3)
    actions.dispatch(meeting, by=stage.secretary, now=due)
    scene.add_item(stage, meeting, 2)
    version = actions.submit_agenda(meeting, by=stage.secretary, now=due + timedelta(hours=1))
    actions.return_agenda(version, remark="х", by=stage.head, now=due + timedelta(hours=2))
    shown = [row.stage for row in rows_of(meeting, 2) if row.on == on(3)]
    terms = [Stage.CIRCULATION, Stage.ANNOUNCED]
    assert shown == [Stage.DISPATCHED, Stage.SUBMITTED, Stage.RETURNED, *terms]
