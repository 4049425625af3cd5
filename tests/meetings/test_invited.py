"""The invited: for which questions, instead of whom, without a vote, approved with the agenda (20, 21)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from meetings import actions, facts, policies
from meetings.models import AgendaVersion, Elector, Invitee, Meeting
from members.models import JournalEntry, Notice
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
    data = GUEST | {"office_ru": "завуч", "items": [meeting.items.get().pk], "version": 1}
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
    act = {**GUEST, "items": (), "version": 1, "by": stage.secretary, "now": WEEK_BEFORE}
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
        reason_of(actions.edit_invitee, person, items=(), version=1, **GUEST, **act),
        reason_of(actions.uninvite, person, **act),
    ] == [reason] * 3


def test_the_list_with_the_head_is_not_changed(stage: Stage) -> None:
    meeting = scene.planned(stage)
    person = invite(stage, meeting)
    actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE}
    assert reason_of(actions.uninvite, person, **act) == "agenda_is_with_head"
    changed = GUEST | act | {"items": (), "version": 1}
    assert reason_of(actions.edit_invitee, person, **changed) == "agenda_is_with_head"
    assert AgendaVersion.objects.get().content["invited"][0]["name"] == "Қ. Қонақ"


# Who may stand on the list at all: what is sent after the first guest, and why it is refused.
AGAIN = [
    pytest.param({}, None, id="the same form"),
    pytest.param({"office_ru": "завуч"}, "invited_already", id="another office under the same name"),
    pytest.param({"email": "other@x.example"}, "invited_already", id="another e-mail"),
    pytest.param({"name": "А. Басқа", "email": "GUEST@x.example"}, "email_invited_already", id="one e-mail"),
    pytest.param(
        {"name": "А. Басқа", "email": "Member5@test-staff.example"}, "member_is_not_invited", id="a member"
    ),
    pytest.param({"name": "А. Басқа", "email": "secretary4@test-staff.example"}, None, id="the secretary"),
]


@pytest.mark.parametrize(("fields", "reason"), AGAIN)
def test_a_person_stands_once_on_the_list_and_a_voting_member_never(
    stage: Stage, fields: dict[str, Any], reason: str | None
) -> None:
    meeting = scene.planned(stage)
    first = invite(stage, meeting, email="guest@x.example")
    second = {"email": "guest@x.example"} | fields
    if reason is None:
        invite(stage, meeting, **second)
    else:
        assert reason_of(invite, stage, meeting, **second) == reason
        other = invite(stage, meeting, name="Ж. Жаңа", email="new@x.example")
        act = {**GUEST, **second, "items": (), "version": 1, "by": stage.secretary, "now": WEEK_BEFORE}
        assert reason_of(actions.edit_invitee, other, **act) == reason
    assert Invitee.objects.filter(name=first.name).count() == 1


def test_a_change_from_another_window_is_said_and_not_written_over_unseen(stage: Stage) -> None:
    person = invite(stage, scene.planned(stage))
    browser, address = signed_in(stage.secretary), f"{PAGE}{person.pk}/"
    browser.post(address, GUEST | {"office_ru": "завуч", "office_kk": "", "version": 1})
    page = browser.post(address, GUEST | {"office_ru": "учитель", "version": 1})
    assert (page.status_code, "завуч" in page.content.decode()) == (422, True)
    assert page.context["form"]["version"].value() == "2"
    browser.post(address, GUEST | {"office_ru": "учитель", "version": 2})
    person.refresh_from_db()
    assert (person.office_ru, person.version) == ("учитель", 3)


def approve(stage: Stage, meeting: Meeting) -> AgendaVersion:
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)
    return version


def test_a_guest_sees_the_meeting_from_the_approval_of_the_list_until_the_next_one(stage: Stage) -> None:
    guest, meeting = scene.placed(stage, "invited"), scene.planned(stage)
    approve(stage, meeting)
    person = invite(stage, meeting, email=guest.person.email.upper())

    def sees() -> tuple[int, bool]:
        page = signed_in(guest).get(meeting.get_absolute_url()).status_code
        return page, bool(policies.is_expected(Meeting.objects.get(), guest))

    seen = [sees()]
    approve(stage, meeting)
    seen.append(sees())
    actions.uninvite(person, by=stage.secretary, now=WEEK_BEFORE)
    seen.append(sees())
    approve(stage, meeting)
    assert [*seen, sees()] == [(404, False), (200, True), (200, True), (404, False)]


def test_another_email_of_an_approved_guest_is_another_agenda(stage: Stage) -> None:
    meeting = scene.planned(stage)
    person = invite(stage, meeting, email="guest@x.example")
    approve(stage, meeting)
    data = GUEST | {"email": "swapped@x.example", "items": (), "version": 1}
    actions.edit_invitee(person, by=stage.secretary, now=WEEK_BEFORE, **data)
    act = {"by": stage.secretary, "now": WEEK_BEFORE}
    assert reason_of(actions.dispatch, meeting, **act) == "agenda_changed_after_approval"


def test_members_read_the_approved_list_while_the_draft_is_changed(stage: Stage) -> None:
    meeting = scene.planned(stage)
    gone = invite(stage, meeting)
    approve(stage, meeting)
    invite(stage, meeting, name="Ж. Жаңа")
    actions.uninvite(gone, by=stage.secretary, now=WEEK_BEFORE)
    seen = {}
    for who in ("secretary", "member"):
        page = signed_in(getattr(stage, who)).get(PAGE).content.decode()
        seen[who] = [name for name in ("Қ. Қонақ", "Ж. Жаңа") if name in page]
    assert seen == {"secretary": ["Ж. Жаңа"], "member": ["Қ. Қонақ"]}


def test_a_line_of_the_list_never_begins_with_a_separator(stage: Stage) -> None:
    invite(stage, scene.planned(stage), office_ru="", email="guest@x.example")
    browser = signed_in(stage.secretary)
    browser.cookies["django_language"] = "ru"
    page = browser.get(PAGE).content.decode()
    assert ("guest@" in page, "<small> ·" in page or "<small>·" in page) == (True, False)


def test_a_guest_with_an_account_is_told_of_another_day_like_everybody(stage: Stage) -> None:
    guest, meeting = scene.placed(stage, "invited"), scene.planned(stage)
    guest.person.language = "ru"
    guest.person.save()
    invite(stage, meeting, email=guest.person.email)
    invite(stage, meeting, name="Б. Басқа", email="other@x.example")
    approve(stage, meeting)
    actions.dispatch(meeting, by=stage.secretary, now=WEEK_BEFORE)
    day = meeting.day + timedelta(days=1)
    actions.reschedule(meeting, day=day, reason="х", by=stage.secretary, now=WEEK_BEFORE)
    told = Notice.objects.filter(
        event="meeting.rescheduled", email__in=(guest.person.email, "other@x.example")
    )
    meeting.refresh_from_db()
    assert {(row.recipient_id, row.language, row.path) for row in told} == {
        (guest.person.pk, "ru", meeting.get_absolute_url()),
        (None, "kk", reverse("rules")),
    }


def test_a_guest_is_shown_the_own_questions_and_how_to_come_and_no_terms(stage: Stage) -> None:
    guest, meeting = scene.placed(stage, "invited"), scene.planned(stage, items=3, link="https://v.example/1")
    invite(stage, meeting, email=guest.person.email, items=[meeting.items.get(order=2)])
    approve(stage, meeting)
    pages = {
        who: signed_in(person).get(meeting.get_absolute_url())
        for who, person in (("guest", guest), ("member", stage.member))
    }
    assert [row["is_own"] for row in pages["guest"].context["questions"]] == [False, True, False]
    shown = {
        who: [part in page.content.decode() for part in ('id="guest"', 'id="terms"', 'id="quorum"')]
        for who, page in pages.items()
    }
    assert shown == {"guest": [True, False, False], "member": [False, True, True]}
