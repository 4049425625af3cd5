"""Who calls an extraordinary meeting, what a change of a meeting tells, and over what it is written (12)."""

from datetime import date, time
from typing import Any

import pytest
from django.utils import translation

from meetings import actions, acts, facts
from members.models import JournalEntry, Notice
from tests import stage as scene
from tests.meetings.test_scheduling import CALLED, FIELDS, moved, outcome_of, told
from tests.stage import WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db


def letter_about(stage: Stage, **changes: Any) -> str:
    """Return the Russian letter to a member about these changes of a planned meeting."""
    moved(stage, scene.planned(stage, **FIELDS), **changes)
    notice = Notice.objects.get(event="meeting.rescheduled", recipient=stage.member.person)
    return notice.text_ru.replace("\u00a0", " ")


TOLD = [
    pytest.param(CALLED, ["очередное → внеочередное", scene.CALL_GROUND], id="kind"),
    pytest.param({"urgent_ground": "тапсырма"}, ["– → тапсырма", "17 декабря"], id="urgency"),
    pytest.param({"place_ru": "школа"}, ["акимат → школа"], id="place in Russian"),
    pytest.param({"place_kk": "мектеп"}, ["әкімдік → мектеп"], id="place in Kazakh alone"),
]


@pytest.mark.parametrize(("changes", "words"), TOLD)
def test_the_letter_names_what_changed(changes: dict[str, Any], words: list[str]) -> None:
    text = letter_about(scene.set_stage(), **changes)
    assert [word for word in words if word not in text] == []


def test_the_kazakh_letter_names_a_place_that_changed_in_russian_alone() -> None:
    stage = scene.set_stage()
    letter_about(stage, place_ru="школа")
    notice = Notice.objects.get(event="meeting.rescheduled", recipient=stage.member.person)
    assert "акимат → школа" in notice.text_kk


def test_the_journal_keeps_what_stood_before() -> None:
    stage = scene.set_stage()
    moved(stage, scene.planned(stage, **FIELDS), **CALLED)
    data = JournalEntry.objects.get(act="meeting.rescheduled").data
    assert (data["was"], data["kind"]) == ({"call_ground": "", "kind": "regular"}, "extraordinary")


UNCALLED = [
    pytest.param({"kind": "extraordinary"}, "call_ground_needed", id="without a ground"),
    pytest.param({"kind": "extraordinary", "call_ground": ""}, "call_ground_needed", id="an empty one"),
    pytest.param(CALLED, "", id="the head's initiative"),
    pytest.param({"kind": "regular"}, "", id="a regular one needs none"),
]


@pytest.mark.parametrize(("fields", "refused"), UNCALLED)
def test_who_calls_an_extraordinary_meeting(fields: dict[str, Any], refused: str) -> None:
    stage = scene.set_stage()
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE}
    assert outcome_of(actions.schedule, stage.staff, **act | FIELDS | fields) == refused


@pytest.mark.parametrize(("fields", "refused"), UNCALLED)
def test_by_whom_a_planned_meeting_becomes_extraordinary(fields: dict[str, Any], refused: str) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, **FIELDS)
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE, "reason": "су тасқыны"}
    assert outcome_of(actions.reschedule, meeting, **act | FIELDS | fields) == refused


def test_the_ground_stands_in_the_agenda_and_in_the_letter() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, **FIELDS | CALLED)
    assert facts.agenda_content(meeting, [])["call_ground"] == scene.CALL_GROUND
    notice = Notice.objects.filter(event="meeting.scheduled").order_by("pk").first()
    assert notice is not None
    assert scene.CALL_GROUND in notice.text_kk


@pytest.mark.parametrize(("seen", "refused"), [(0, "meeting_changed_meanwhile"), (1, ""), (None, "")])
def test_what_another_window_changed_is_not_undone_unseen(seen: int | None, refused: str) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, **FIELDS)
    moved(stage, meeting, day=date(2026, 12, 24))
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE, "reason": "зал бос емес", "seen": seen}
    assert outcome_of(actions.reschedule, meeting, **act | FIELDS | {"starts_at": time(11)}) == refused


def test_the_same_form_sent_twice_is_no_conflict() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, **FIELDS)
    for _each in range(2):
        meeting = moved(stage, meeting, seen=0, starts_at=time(11))
    assert (meeting.sequence, meeting.starts_at) == (1, time(11))


def test_an_urgent_meeting_moves_the_terms_of_who_owes_and_begins_them_anew() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, **FIELDS)
    meeting.items.update(late_marked_at=WEEK_BEFORE)
    moved(stage, meeting, urgent_ground="тапсырма")
    assert told("meeting.terms_moved") == [stage.people[4].person.email]
    assert meeting.items.get().late_marked_at is None


def test_the_journal_says_in_words_what_stood_before() -> None:
    stage = scene.set_stage()
    moved(stage, scene.planned(stage, **FIELDS), **CALLED, day=date(2026, 12, 24), is_field=True)
    entry = JournalEntry.objects.get(act="meeting.rescheduled")
    with translation.override("ru"):
        said = {str(fact.name): fact.said for fact in acts.FACTS.values()}["было"](entry.data["was"])
    words = said.replace("\u00a0", " ")
    assert words == (
        "вид: очередное; по чьей инициативе: –; дата: 17 декабря 2026 года; выездное заседание: нет"
    )
