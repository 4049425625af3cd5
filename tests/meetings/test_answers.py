"""Whether people will come: answers until the opening, and the forecast of the quorum (clause 20)."""

from collections.abc import Callable
from typing import Any

import pytest

from meetings import actions, facts
from meetings.duties import duties
from meetings.models import Answer, Meeting
from members.models import JournalEntry, Notice
from members.permissions import Actor
from regulation.verdicts import Refused
from tests import stage as scene
from tests.meetings.test_races import together
from tests.stage import MORNING, WEEK_BEFORE

pytestmark = pytest.mark.django_db

PAGE = "/test-staff/meetings/2026-12-17/answer/"


def reason_of(act: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.verdict.reason


def say(meeting: Meeting, person: Actor, reply: str, reason: str = "") -> Answer:
    return actions.answer(meeting, reply=reply, reason=reason, by=person, now=WEEK_BEFORE)


def numbers(meeting: Meeting) -> tuple[int, int, int, int]:
    forecast = facts.forecast(meeting)
    return forecast.confirmed, forecast.needed, len(forecast.silent), len(forecast.absent)


def test_the_forecast_counts_who_confirmed_who_is_silent_and_who_will_not_come() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, mode="mixed")
    for person in stage.voters[:8]:
        say(meeting, person, "will")
    say(meeting, stage.voters[8], "video")
    for person in stage.voters[9:11]:
        say(meeting, person, "will_not", "іссапар")
    assert numbers(meeting) == (9, 10, 4, 2)
    forecast = facts.forecast(meeting)
    assert (forecast.is_enough, forecast.is_out_of_reach) == (False, False)
    assert [answer.reason for answer in forecast.absent] == ["іссапар", "іссапар"]


def test_the_last_answer_counts_and_the_same_twice_is_one() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    say(meeting, stage.member, "will")
    say(meeting, stage.member, "will")
    assert JournalEntry.objects.filter(act="answer.given").count() == 1
    say(meeting, stage.member, "will_not", "іссапар")
    answer = say(meeting, stage.member, "will")
    assert (Answer.objects.count(), answer.reply, answer.reason) == (1, "will", "")


@pytest.mark.parametrize(
    ("mode", "reply", "reason", "expected"),
    [
        pytest.param("room", "video", "", "answer_against_mode", id="no-video-in-a-room"),
        pytest.param("video", "will", "", "answer_against_mode", id="nobody-comes-to-a-video-link"),
        pytest.param("room", "will_not", " ", "absence_reason_needed", id="who-will-not-come-says-why"),
    ],
)
def test_what_is_refused(mode: str, reply: str, reason: str, expected: str) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, mode=mode)
    assert reason_of(say, meeting, stage.member, reply, reason) == expected


def test_it_may_be_changed_until_the_meeting_is_opened() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    say(meeting, stage.member, "will_not", "іссапар")
    scene.arrive(stage, meeting, stage.voters[:10])
    actions.appoint_chair(
        meeting, elector=scene.elector(meeting, stage.head), by=stage.secretary, now=MORNING
    )
    meeting = actions.open_meeting(meeting, by=stage.secretary, now=MORNING)
    assert reason_of(say, meeting, stage.member, "will") == "answers_closed"


def test_who_may_answer() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    meeting = scene.planned(stage)
    assert reason_of(say, meeting, other.member, "will") == "other_staff"
    assert reason_of(say, meeting, stage.secretary, "will") == "not_your_role"
    assert reason_of(say, meeting, scene.placed(stage, "auditor"), "will") == "not_your_role"
    guest = scene.placed(stage, "invited")
    assert reason_of(say, meeting, guest, "will") == "not_on_the_list"
    actions.invite(
        meeting,
        name="Қ. Қонақ",
        office_kk="қонақ",
        email=guest.person.email.upper(),
        by=stage.secretary,
        now=WEEK_BEFORE,
    )
    assert reason_of(say, meeting, guest, "will") == "not_on_the_list"
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)
    say(meeting, guest, "will")
    forecast = facts.forecast(meeting)
    assert (forecast.confirmed, [row.user for row in forecast.guests]) == (0, [guest.person])


def test_secretary_and_head_are_warned_once_when_the_quorum_is_out_of_reach() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    for person in stage.voters[5:10]:
        say(meeting, person, "will_not", "іссапар")
    assert Notice.objects.filter(event="quorum.at_risk").count() == 0
    say(meeting, stage.voters[10], "will_not", "іссапар")
    say(meeting, stage.voters[10], "will_not", "демалыс")
    told = Notice.objects.filter(event="quorum.at_risk")
    assert {row.recipient_id for row in told} == {stage.secretary.person.pk, stage.head.person.pk}
    assert told.count() == 2
    assert facts.forecast(meeting).is_out_of_reach
    for reader, expected in ((stage.secretary, 1), (stage.head, 1), (stage.member, 0)):
        rows = [row for row in duties(reader, now=WEEK_BEFORE) if row.url == meeting.get_absolute_url()]
        assert len(rows) == expected


def test_a_seat_without_a_holder_cannot_come() -> None:
    stage = scene.set_stage(total=3)
    meeting = scene.planned(stage)
    holder = stage.voters[2].holder
    assert holder is not None
    assert not facts.forecast(meeting).is_out_of_reach
    holder.until = scene.DAY.replace(day=1)
    holder.save()
    say(meeting, stage.voters[1], "will_not", "іссапар")
    assert numbers(meeting) == (0, 2, 1, 1)
    assert facts.forecast(meeting).is_out_of_reach


def test_answers_to_the_former_date_are_dropped() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    say(meeting, stage.member, "will")
    actions.forget_answers(meeting)
    assert (numbers(meeting)[0], Answer.history.filter(history_type="-").count()) == (0, 1)


def test_a_link_asks_and_changes_nothing_and_the_button_answers() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    client = scene.signed_in(stage.member)
    assert client.get(f"{PAGE}?reply=will").status_code == 200
    assert Answer.objects.count() == 0
    assert client.post(PAGE, {"reply": "will_not", "reason": ""}).status_code == 422
    assert client.post(PAGE, {"reply": ""}).status_code == 422
    assert client.post(PAGE, {"reply": "will"}).status_code == 302
    assert Answer.objects.get().user == stage.member.person
    assert client.get(meeting.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"), [("secretary", 403), ("member", 200), ("deputy", 200), ("head", 200)]
)
def test_who_opens_the_page(who: str, status: int) -> None:
    stage = scene.set_stage()
    scene.planned(stage)
    assert scene.signed_in(getattr(stage, who)).get(PAGE).status_code == status


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_page_speaks_both_languages(language: str) -> None:
    stage = scene.set_stage()
    scene.planned(stage)
    stage.member.person.language = language
    stage.member.person.save()
    client = scene.signed_in(stage.member)
    client.cookies["django_language"] = language
    assert f'lang="{language}"' in client.get(PAGE).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_leave_one() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    together(
        *[
            lambda reply=reply: say(meeting, stage.member, reply, "іссапар")
            for reply in ("will", "will_not") * 2
        ]
    )
    assert Answer.objects.count() == 1
