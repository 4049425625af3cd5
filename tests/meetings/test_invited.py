"""The invited: for which questions, instead of whom, without a vote, approved with the agenda (20, 21)."""

from datetime import timedelta
from typing import Any

import pytest

from meetings import actions, facts
from meetings.models import AgendaVersion, Elector, Invitee, Meeting
from members.models import JournalEntry
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import MORNING, WEEK_BEFORE, Stage, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/test-staff/meetings/2026-12-17/invited/"
GUEST: dict[str, Any] = {"name": "Қ. Қонақ", "office_kk": "мектеп директоры", "office_ru": "директор школы"}


@pytest.fixture
def stage() -> Stage:
    return scene.set_stage()


def invite(stage: Stage, meeting: Meeting, **fields: Any) -> Invitee:
    return actions.invite(meeting, by=stage.secretary, now=WEEK_BEFORE, **GUEST | fields)


def reason_of(call: Any, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    return refusal.value.verdict.reason


def test_a_person_is_invited_for_questions_through_the_page(stage: Stage) -> None:
    meeting = scene.planned(stage, items=3)
    items = list(meeting.items.order_by("order"))
    data = GUEST | {"items": [items[0].pk, items[2].pk]}
    browser = signed_in(stage.secretary)
    for _time in range(2):
        browser.post(PAGE, data)
    content = facts.agenda_content(meeting, meeting.items.for_agenda())
    assert [(person["name"], person["items"]) for person in content["invited"]] == [("Қ. Қонақ", [1, 3])]
    assert JournalEntry.objects.filter(act="meeting.invited").count() == 1


def test_a_stand_in_of_a_member_has_no_vote_and_no_place_in_the_quorum(stage: Stage) -> None:
    meeting = scene.planned(stage)
    invite(stage, meeting, stands_in_for=stage.member.seat)
    page = signed_in(stage.secretary).get(PAGE).content.decode()
    assert "5-бөлім басшысы" in page
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    assert version.content["invited"][0]["stands_in_kk"] == "5-бөлім басшысы"
    scene.attach(stage, meeting.items.get())
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)
    meeting = actions.start_registration(Meeting.objects.get(), by=stage.secretary, now=MORNING)
    assert (meeting.total, Elector.objects.filter(name="Қ. Қонақ").exists()) == (15, False)


def test_nobody_stands_in_for_who_has_no_vote(stage: Stage) -> None:
    meeting = scene.planned(stage)
    seats = {
        "nobody_to_stand_in_for": stage.secretary.seat,
        "other_staff": scene.set_stage("other-staff").member.seat,
    }
    found = [reason_of(invite, stage, meeting, stands_in_for=seat) for seat in seats.values()]
    assert found == list(seats)


def test_a_question_of_another_meeting_is_not_taken(stage: Stage) -> None:
    meeting = scene.planned(stage)
    other = scene.planned(stage, day=meeting.day + timedelta(days=40))
    person = invite(stage, meeting, items=other.items.all())
    assert person.items.count() == 0


def test_an_invitation_is_changed_and_makes_a_new_version(stage: Stage) -> None:
    meeting = scene.planned(stage)
    person = invite(stage, meeting)
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    data = GUEST | {"office_ru": "завуч", "items": [meeting.items.get().pk]}
    browser = signed_in(stage.secretary)
    assert browser.post(f"{PAGE}{person.pk}/", data).status_code == 422 or not Invitee.objects.filter(
        office_ru="завуч"
    )
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)
    assert browser.post(f"{PAGE}{person.pk}/", data).status_code == 302
    person.refresh_from_db()
    assert (person.office_ru, person.items.count()) == ("завуч", 1)
    assert actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE).number == 2


def test_two_persons_of_one_name_are_not_made_by_a_change(stage: Stage) -> None:
    meeting = scene.planned(stage)
    invite(stage, meeting)
    other = invite(stage, meeting, name="А. Басқа")
    act = {**GUEST, "items": (), "by": stage.secretary, "now": WEEK_BEFORE}
    assert reason_of(actions.edit_invitee, other, **act) == "invited_already"


def test_removing_twice_removes_once(stage: Stage) -> None:
    person = invite(stage, scene.planned(stage))
    for _time in range(2):
        actions.uninvite(Invitee(pk=person.pk, meeting=person.meeting), by=stage.secretary, now=WEEK_BEFORE)
    assert JournalEntry.objects.filter(act="meeting.uninvited").count() == 1


def test_who_was_invited_for_one_question_leaves_with_it(stage: Stage) -> None:
    meeting = scene.planned(stage, items=2)
    first, second = meeting.items.order_by("order")
    invite(stage, meeting, name="А. Бірінші", items=[first])
    invite(stage, meeting, name="Б. Екеуі", items=[first, second])
    invite(stage, meeting, name="В. Бүкіл")
    address = "/test-staff/meetings/2026-12-17/items/1/remove/"
    assert [person.name for person in signed_in(stage.secretary).get(address).context["people"]] == [
        "А. Бірінші"
    ]
    actions.remove_item(first, by=stage.secretary, now=WEEK_BEFORE)
    left = Invitee.objects.order_by("name")
    assert [(person.name, person.items.count()) for person in left] == [("Б. Екеуі", 1), ("В. Бүкіл", 0)]


WRONG = [
    pytest.param("head", "not_your_role", id="head"),
    pytest.param("member", "not_your_role", id="member"),
    pytest.param("stranger", "other_staff", id="secretary-of-another-staff"),
]


@pytest.mark.parametrize(("who", "reason"), WRONG)
def test_who_does_not_keep_the_list(stage: Stage, who: str, reason: str) -> None:
    person = invite(stage, scene.planned(stage))
    by = scene.set_stage("other-staff").secretary if who == "stranger" else getattr(stage, who)
    act: dict[str, Any] = {"by": by, "now": WEEK_BEFORE}
    assert [
        reason_of(actions.invite, person.meeting, **GUEST, **act),
        reason_of(actions.edit_invitee, person, items=(), **GUEST, **act),
        reason_of(actions.uninvite, person, **act),
    ] == [reason] * 3


def test_the_list_with_the_head_is_not_changed(stage: Stage) -> None:
    meeting = scene.planned(stage)
    person = invite(stage, meeting)
    actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE}
    assert reason_of(actions.uninvite, person, **act) == "agenda_is_with_head"
    assert reason_of(actions.edit_invitee, person, items=(), **GUEST, **act) == "agenda_is_with_head"
    assert AgendaVersion.objects.get().content["invited"][0]["name"] == "Қ. Қонақ"
