"""What follows from moving and cancelling a meeting: answers, terms, the quarter, the initiative (12, 20)."""

from datetime import time, timedelta
from typing import Any

import pytest
import time_machine

from meetings import actions, facts, letters, policies
from meetings.forms.plans import free_questions
from meetings.models import Answer, Material, Meeting, Proposal, Question
from meetings.states import Stage as Step
from meetings.states import State
from members.models import JournalEntry
from staff_portal.objects import things
from staff_portal.steps import progress_of, steps_of
from tests import stage as scene
from tests.meetings import planning
from tests.meetings.test_agenda import reason_of
from tests.meetings.test_changes import note_of
from tests.meetings.test_initiative import reached
from tests.stage import DAY, MORNING, WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db


def moved(stage: Stage, meeting: Meeting, **changes: Any) -> Meeting:
    act: dict[str, Any] = {"reason": "зал жөндеуде", "by": stage.secretary, "now": WEEK_BEFORE}
    return actions.reschedule(meeting, **act | changes)


def said(stage: Stage, meeting: Meeting, replies: list[str]) -> None:
    for person, reply in zip(stage.voters, replies, strict=False):
        actions.answer(meeting, reply=reply, reason="іссапар", by=person, now=WEEK_BEFORE)


LEFT = [
    pytest.param({"mode": "room"}, ["will", "will_not"], id="no video any more"),
    pytest.param({"mode": "video"}, ["video", "will_not"], id="no room any more"),
    pytest.param({"place_kk": "мектеп"}, ["will", "video", "will_not"], id="another place"),
    pytest.param({"starts_at": time(11)}, [], id="another time of the same day"),
    pytest.param({"day": DAY + timedelta(days=1)}, [], id="another day"),
]


@pytest.mark.parametrize(("changes", "left"), LEFT)
def test_answers_stay_as_long_as_they_mean_something(changes: dict[str, Any], left: list[str]) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, mode="mixed")
    said(stage, meeting, ["will", "video", "will_not"])
    moved(stage, meeting, **changes)
    assert list(Answer.objects.order_by("pk").values_list("reply", flat=True)) == left


def test_a_field_meeting_alone_is_no_change_for_calendars() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    assert moved(stage, meeting, is_field=True).sequence == 0
    assert moved(stage, meeting, link="https://video.example/1").sequence == 1


def test_nothing_is_planned_for_a_day_that_is_over() -> None:
    stage = scene.set_stage()
    yesterday, today = WEEK_BEFORE.date() - timedelta(days=1), WEEK_BEFORE.date()
    act: dict[str, Any] = {
        "starts_at": time(10),
        "place_kk": "әкімдік",
        "place_ru": "акимат",
        "by": stage.secretary,
        "now": WEEK_BEFORE,
    }
    assert reason_of(actions.schedule, stage.staff, day=yesterday, **act) == "day_is_over"
    meeting = actions.schedule(stage.staff, day=today, **act)
    assert reason_of(moved, stage, meeting, day=yesterday) == "day_is_over"
    assert moved(stage, meeting, place_kk="мектеп", day=today).place_kk == "мектеп"


def test_a_planned_meeting_counts_for_the_quarter_until_its_day_is_over() -> None:
    stage = scene.set_stage()
    scene.planned(stage)
    counts = [
        facts.has_regular_in_quarter(stage.staff, (2026, 4), today=DAY + timedelta(days=after))
        for after in (-1, 0, 1)
    ]
    assert counts == [True, True, False]


CALLED = [
    pytest.param(State.PLANNED, "initiative_called", id="planned"),
    pytest.param(State.ENDED, "initiative_called", id="held"),
    pytest.param(State.NO_QUORUM, "", id="without a quorum"),
]


@pytest.mark.parametrize(("state", "refused"), CALLED)
def test_members_call_again_only_after_a_meeting_without_a_quorum(state: str, refused: str) -> None:
    initiative = reached(scene.set_stage())
    verdict = policies.may_call(initiative, Meeting(state=state, day=DAY))
    assert (bool(verdict), verdict.reason) == (not refused, refused)


def test_of_a_cancelled_meeting_the_timeline_shows_what_happened_and_no_terms() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    scene.attach(stage, meeting.items.get())
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.return_agenda(version, remark="толықтырыңыз", by=stage.head, now=WEEK_BEFORE)
    actions.cancel_meeting(meeting, reason="карантин", by=stage.secretary, now=WEEK_BEFORE)
    rows = facts.timeline(Meeting.objects.get(), today=DAY + timedelta(days=30))
    assert [(row.stage, row.state, row.days_late, row.note) for row in rows][1:] == [
        (Step.SUBMITTED, "done", 0, ""),
        (Step.RETURNED, "done", 0, ""),
        (Step.CANCELLED, "done", 0, "карантин"),
    ]
    assert rows[0].stage == Step.SCHEDULED


def test_a_meeting_that_goes_on_shows_the_term_of_its_protocol() -> None:
    meeting = scene.planned(scene.set_stage())
    rows = facts.timeline(Meeting.objects.get(pk=meeting.pk), today=WEEK_BEFORE.date())
    assert [row.planned for row in rows if row.stage == Step.PROTOCOL] == [DAY + timedelta(days=1)]


def test_a_cancelled_meeting_has_no_steps() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    assert len(steps_of(progress_of(meeting, today=DAY), stage.secretary)) == 9
    actions.cancel_meeting(meeting, reason="карантин", by=stage.secretary, now=WEEK_BEFORE)
    progress = progress_of(Meeting.objects.get(), today=DAY)
    assert steps_of(progress, stage.secretary) == []
    page = scene.signed_in(stage.secretary).get(Meeting.objects.get().get_absolute_url())
    assert page.status_code == 200


def test_who_begins_and_who_sends_is_warned_of_what_the_head_has_not_decided() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=2)
    scene.attach(stage, meeting.items.get(order=1))
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)
    with time_machine.travel(MORNING, tick=False):
        client = scene.signed_in(stage.secretary)
        orders = [
            [row.item.order for row in client.get(path).context["undecided"]]
            for path in (meeting.address("meetings:dispatch"), meeting.get_absolute_url())
        ]
    assert orders == [[2], [2]]


def test_a_question_of_a_cancelled_meeting_is_free_for_a_plan() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    plan = planning.made(stage)
    assert list(free_questions(plan)) == []
    actions.cancel_meeting(meeting, reason="карантин", by=stage.secretary, now=WEEK_BEFORE)
    assert list(free_questions(plan)) == [meeting.items.get().question]


def test_a_second_proposal_of_the_same_question_is_not_taken_in_unseen() -> None:
    stage = scene.set_stage()
    plan = planning.called(stage)
    first, second = planning.proposed(plan, stage.member), planning.proposed(plan, stage.people[5])
    item = actions.accept_proposal(first, by=stage.secretary, now=planning.NOW)
    act: dict[str, Any] = {"by": stage.secretary, "now": planning.NOW}
    assert reason_of(actions.accept_proposal, second, **act) == "question_in_draft"
    actions.remove_plan_row(item, **act)
    assert [(row.state, row.item) for row in Proposal.objects.order_by("pk")] == [("new", None)] * 2
    assert actions.accept_proposal(second, **act).question is not None


WORDS = ["әлеуметтік", "ӘЛЕУМЕТТІК", "ҚОРҒАУ", "ӨҢІРДЕ ҰҒЫНЫҚТЫ ҮЙ", "занятости", "О ЗАНЯТОСТИ ШАҺАР"]


@pytest.mark.parametrize("words", WORDS)
def test_questions_are_found_whatever_the_letters_are(words: str) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    Question.objects.update(title_kk="Әлеуметтік қорғау өңірде ұғынықты үй", title_ru="О Занятости (шаһар)")
    page = scene.signed_in(stage.secretary).get("/test-staff/questions/", {"words": words})
    assert [row[0] for row in page.context["page"]] == [meeting.items.get().question]


def test_an_agency_reads_the_true_time_of_its_question() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=3)
    agency = scene.placed(stage, "agency", organisation=stage.organisations[6])
    lines = {
        who: scene.signed_in(actor).get(meeting.address("meetings:agenda")).context["rows"]
        for who, actor in {"agency": agency, "secretary": stage.secretary}.items()
    }
    assert [line.row.item.order for line in lines["agency"]] == [3]
    assert lines["agency"][0].starts == lines["secretary"][2].starts
    assert lines["agency"][0].starts > time(10)


def test_the_journal_leads_to_the_note() -> None:
    stage = scene.set_stage()
    note = note_of(stage)
    entry = JournalEntry.objects.get(act="note.prepared")
    named = (entry.object_type, entry.object_id)
    assert things([named], stage.secretary)[named].url == note.get_absolute_url()


@pytest.mark.parametrize(("policy", "asks_head"), [("hold", True), ("mark", False)])
def test_the_letter_about_a_late_document_names_the_head_only_when_he_decides(
    policy: str, asks_head: bool
) -> None:
    stage = scene.set_stage(late_materials=policy)
    meeting = scene.planned(stage)
    scene.attach(stage, meeting.items.get())
    item = meeting.items.get()
    item.meeting = Meeting.objects.get()
    in_time, late = (letters.material_brought(Material.objects.get(), item, days)[1] for days in (0, 2))
    assert ("басшы" in in_time.lower(), "басшы" in late.lower()) == (False, asks_head)
