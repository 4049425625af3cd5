"""Scheduling, moving and cancelling a meeting: reasons, letters, calendars, what becomes free (clause 12)."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from meetings import actions, duties
from meetings.forms import ItemForm
from meetings.models import AgendaVersion, Meeting
from members.models import JournalEntry, Notice, Place
from regulation.verdicts import Refused
from tests import stage as scene
from tests.meetings.test_agenda import reason_of
from tests.stage import DAY, MORNING, WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db

FIELDS: dict[str, Any] = {
    "kind": "regular",
    "day": DAY,
    "starts_at": time(10),
    "place_kk": "әкімдік",
    "place_ru": "акимат",
    "mode": "room",
    "link": "",
}


CALLED = {"kind": "extraordinary", "call_ground": scene.CALL_GROUND}


def outcome_of(call: Callable[..., object], *args: object, **kwargs: object) -> str:
    """Return why the act is refused, empty where it is not."""
    try:
        call(*args, **kwargs)
    except Refused as refusal:
        return refusal.verdict.reason
    return ""


def told(event: str) -> list[str]:
    rows = Notice.objects.filter(event=event).order_by("email")
    return list(rows.values_list("email", flat=True))


def moved(stage: Stage, meeting: Meeting, **changes: Any) -> Meeting:
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE, "reason": "зал бос емес"}
    return actions.reschedule(meeting, **act | FIELDS | changes)


def test_every_member_is_told_with_day_time_and_place() -> None:
    stage = scene.set_stage()
    scene.planned(stage, mode="video", link="https://video.example/1")
    notice = Notice.objects.filter(event="meeting.scheduled", recipient=stage.member.person).get()
    assert told("meeting.scheduled") == sorted(person.person.email for person in stage.voters)
    said = ["17 декабря 2026", "10:00", "акимат", "https://video.example/1", "20"]
    text = notice.text_ru.replace("\u00a0", " ")
    assert [word for word in said if word not in text] == []
    assert "METHOD:REQUEST" in notice.calendar


def test_the_form_sent_twice_is_one_meeting_and_one_letter() -> None:
    stage = scene.set_stage()
    first, second = scene.planned(stage), scene.planned(stage)
    assert first == second
    assert len(told("meeting.scheduled")) == 15


@pytest.mark.parametrize(
    ("changes", "reason", "refused"),
    [
        pytest.param({"day": date(2026, 12, 24)}, "", True, id="another day without a reason"),
        pytest.param({"starts_at": time(15)}, "", True, id="another time"),
        pytest.param({"place_ru": "школа"}, "", True, id="another place in Russian alone"),
        pytest.param({"mode": "video"}, "", True, id="another mode"),
        pytest.param({"link": "https://video.example/1"}, "", False, id="a link alone needs none"),
        pytest.param(CALLED, "", True, id="another kind"),
        pytest.param({"urgent_ground": "тапсырма"}, "", True, id="becoming urgent"),
        pytest.param({"is_field": True}, "", False, id="a field meeting needs none"),
        pytest.param({"day": date(2026, 12, 24)}, "зал бос емес", False, id="with a reason"),
    ],
)
def test_what_needs_a_reason(changes: dict[str, Any], reason: str, refused: bool) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, **FIELDS)
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE, "reason": reason} | FIELDS | changes
    if refused:
        assert reason_of(actions.reschedule, meeting, **act) == "reason_of_moving_needed"
    else:
        changed = actions.reschedule(meeting, **act)
        assert {name: getattr(changed, name) for name in changes} == changes


def test_members_are_told_what_changed_and_calendars_count_on() -> None:
    stage = scene.set_stage()
    meeting = moved(stage, scene.planned(stage, **FIELDS), day=date(2026, 12, 24), starts_at=time(15))
    notice = Notice.objects.get(event="meeting.rescheduled", recipient=stage.member.person)
    text = notice.text_ru.replace("\u00a0", " ")
    said = ["17 декабря 2026 года → 24 декабря 2026 года", "10:00 → 15:00", "зал бос емес", "19 декабря"]
    assert [word for word in said if word not in text] == []
    assert (meeting.sequence, "SEQUENCE:1" in notice.calendar) == (1, True)


def test_nothing_changed_is_nothing_told() -> None:
    stage = scene.set_stage()
    meeting = moved(stage, scene.planned(stage, **FIELDS))
    assert (meeting.sequence, told("meeting.rescheduled")) == (0, [])
    assert not JournalEntry.objects.filter(act="meeting.rescheduled").exists()


def test_agencies_that_owe_learn_the_new_term_and_others_do_not() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=2, **FIELDS)
    officer = scene.placed(stage, "agency", organisation=stage.organisations[4])
    scene.attach(stage, meeting.items.get(order=2))
    moved(stage, meeting, day=date(2026, 12, 24))
    assert told("meeting.terms_moved") == sorted([stage.people[4].person.email, officer.person.email])
    notice = Notice.objects.get(event="meeting.terms_moved", recipient=officer.person)
    assert "19 декабря" in notice.text_ru.replace("\u00a0", " ")


def test_cancelling_tells_everybody_who_was_told_and_frees_what_stood_there() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, **FIELDS)
    officer = scene.placed(stage, "agency", organisation=stage.organisations[4])
    question = meeting.items.get().question
    cancelled = actions.cancel_meeting(meeting, reason="карантин", by=stage.secretary, now=WEEK_BEFORE)
    people = [*stage.voters, officer]
    assert told("meeting.cancelled") == sorted(person.person.email for person in people)
    notice = Notice.objects.get(event="meeting.cancelled", recipient=stage.member.person)
    assert ("карантин" in notice.text_kk, "METHOD:CANCEL" in notice.calendar) == (True, True)
    assert (cancelled.state, cancelled.number, cancelled.sequence) == ("cancelled", None, 1)
    form = ItemForm(staff=stage.staff)
    assert question in form.fields["question"].queryset


def test_the_invited_learn_of_the_cancelling_only_when_they_were_told_of_the_meeting() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    guest: dict[str, Any] = {
        "office_kk": "қонақ",
        "office_ru": "гость",
        "by": stage.secretary,
        "now": WEEK_BEFORE,
    }
    actions.invite(meeting, name="Қ. Қонақ", email="guest@example.example", **guest)
    scene.attach(stage, meeting.items.get())
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)
    actions.dispatch(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.cancel_meeting(meeting, reason="карантин", by=stage.secretary, now=WEEK_BEFORE)
    assert "guest@example.example" in told("meeting.cancelled")


def test_an_agenda_with_the_head_is_taken_back_by_the_cancelling() -> None:
    stage = scene.set_stage()
    version = actions.submit_agenda(scene.planned(stage), by=stage.secretary, now=WEEK_BEFORE)
    actions.cancel_meeting(version.meeting, reason="карантин", by=stage.secretary, now=WEEK_BEFORE)
    kept = AgendaVersion.objects.get()
    assert (kept.state, kept.decided_by) == ("withdrawn", stage.secretary.user)
    act = {"seen": version.sha256, "by": stage.head, "now": WEEK_BEFORE}
    assert reason_of(actions.approve_agenda, version, **act) == "agenda_already_decided"


REFUSED = [
    pytest.param("head", "карантин", "not_your_role", id="the head"),
    pytest.param("member", "карантин", "not_your_role", id="a member"),
    pytest.param("secretary", "", "reason_of_cancelling_needed", id="without a reason"),
]


@pytest.mark.parametrize(("who", "reason", "refused"), REFUSED)
def test_who_may_not_cancel(who: str, reason: str, refused: str) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    act = {"reason": reason, "by": getattr(stage, who), "now": WEEK_BEFORE}
    assert reason_of(actions.cancel_meeting, meeting, **act) == refused


def test_another_staff_cancels_nothing() -> None:
    meeting = scene.planned(scene.set_stage())
    other = scene.set_stage("other-staff")
    act = {"reason": "карантин", "by": other.secretary, "now": WEEK_BEFORE}
    assert reason_of(actions.cancel_meeting, meeting, **act) == "other_staff"


@pytest.mark.parametrize("state", ["registered", "ended"])
def test_what_has_begun_is_not_cancelled(state: str) -> None:
    stage = scene.set_stage()
    meeting = getattr(scene, state)(stage)
    act = {"reason": "карантин", "by": stage.secretary, "now": MORNING}
    assert reason_of(actions.cancel_meeting, meeting, **act) == "wrong_meeting_state"


def cancelled(stage: Stage) -> Meeting:
    meeting = scene.planned(stage)
    return actions.cancel_meeting(meeting, reason="карантин", by=stage.secretary, now=WEEK_BEFORE)


def test_nothing_in_a_cancelled_meeting_changes_any_more() -> None:
    stage = scene.set_stage()
    meeting = cancelled(stage)
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE}
    again = reason_of(actions.cancel_meeting, meeting, reason="тағы", **act)
    move = reason_of(actions.reschedule, meeting, reason="зал", **act | FIELDS)
    submit = reason_of(actions.submit_agenda, meeting, **act)
    start = reason_of(actions.start_registration, meeting, **act)
    assert [again, move, start] == ["wrong_meeting_state", "meeting_is_cancelled", "wrong_meeting_state"]
    assert submit == "meeting_is_cancelled"


def test_a_cancelled_meeting_asks_nothing_of_anybody() -> None:
    stage = scene.set_stage()
    meeting = cancelled(stage)
    people = [stage.secretary, stage.head, stage.member]
    rows = [row.url for person in people for row in duties.duties(person, now=MORNING)]
    assert [url for url in rows if meeting.date_key in url] == []
    Notice.objects.all().delete()
    actions.sweep(now=MORNING.replace(day=13))
    assert not Notice.objects.filter(event__startswith="material").exists()


def test_another_meeting_of_that_day_has_an_address_of_its_own() -> None:
    stage = scene.set_stage()
    first = cancelled(stage)
    second = scene.planned(stage)
    assert [first.key, second.key] == ["2026-12-17", "2026-12-17-2"]
    assert Meeting.objects.at(stage.staff, "2026-12-17") == first


def test_the_pages_of_a_cancelled_meeting_say_so_to_everybody() -> None:
    stage = scene.set_stage()
    meeting = cancelled(stage)
    for person in (stage.secretary, stage.head, stage.member):
        answer = scene.signed_in(person).get(meeting.get_absolute_url())
        assert (answer.status_code, "карантин" in answer.content.decode()) == (200, True)
    page = scene.signed_in(stage.secretary).get("/test-staff/meetings/")
    assert [row.pk for row in page.context["cancelled"]] == [meeting.pk]


def open_on(stage: Stage, day: date) -> Meeting:
    now = MORNING.replace(year=day.year, month=day.month, day=day.day)
    meeting = actions.start_registration(scene.approved(stage, day=day), by=stage.secretary, now=now)
    scene.arrive(stage, meeting, stage.voters[:3])
    chair = scene.elector(meeting, stage.head)
    actions.appoint_chair(meeting, elector=chair, by=stage.secretary, now=now)
    return actions.open_meeting(meeting, by=stage.secretary, now=now)


def test_numbers_go_on_within_a_year_without_the_cancelled_and_begin_anew_with_the_next() -> None:
    stage = scene.set_stage(total=4)
    first = open_on(stage, date(2026, 12, 29))
    cancelled(stage)
    second = open_on(stage, date(2026, 12, 31))
    third = open_on(stage, date(2027, 1, 5))
    keys = [meeting.key for meeting in (first, second, third)]
    assert keys == ["1-2026", "2-2026", "1-2027"]


def test_places_of_other_agencies_are_not_told() -> None:
    stage = scene.set_stage()
    scene.placed(stage, "agency", organisation=stage.organisations[9])
    cancelled(stage)
    place = Place.objects.get()
    assert not Notice.objects.filter(event="meeting.cancelled", recipient=place.user).exists()
