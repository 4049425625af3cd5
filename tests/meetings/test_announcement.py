"""The public announcement (clause 19): what everybody reads, in both languages, and what nobody does."""

import re
from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings import actions
from meetings.duties.announcement import to_announce
from meetings.facts import terms_of
from meetings.models import Material, Meeting, Question
from members.models import JournalEntry, Staff
from members.models.composition import CODE
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db

LIST, PAGE = "/{}/open/test-staff/", "/{}/open/test-staff/meetings/2026-12-17/"


def announced(stage: Stage, meeting: Meeting) -> Meeting:
    return actions.announce(meeting, by=stage.secretary, now=WEEK_BEFORE)


def text_of(client: Client, path: str) -> str:
    html = client.get(path).content.decode()
    main = html[html.index("<main") : html.index("</main")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\u00a0", " ").split())


def test_nothing_is_public_before_the_announcement(client: Client) -> None:
    scene.approved(scene.set_stage())
    assert client.get(PAGE.format("kk")).status_code == 404
    assert "2026" not in text_of(client, LIST.format("kk"))


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("kk", ["2026 жылғы 17 желтоқсан", "10:00", "әкімдік", "1-мәселе туралы", "Қалай қатысуға болады"]),
        ("ru", ["17 декабря 2026 года", "10:00", "акимат", "О вопросе 1", "Как принять участие"]),
    ],
)
def test_the_page_says_when_where_what_and_how_to_attend(
    language: str, parts: list[str], client: Client
) -> None:
    stage = scene.set_stage()
    announced(stage, scene.approved(stage))
    text = text_of(client, PAGE.format(language))
    assert [part for part in parts if part not in text] == []
    answer = client.get(PAGE.format(language))
    assert (answer["Content-Language"], f'<html lang="{language}"' in answer.content.decode()) == (
        language,
        True,
    )


def test_no_person_is_named_and_no_draft_decision_is_shown(client: Client) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    actions.invite(meeting, name="Қ. Қонақ", office_kk="қонақ", by=stage.secretary, now=WEEK_BEFORE)
    announced(stage, meeting)
    html = client.get(PAGE.format("ru")).content.decode()
    names = [stage.secretary.person.name, "Қ. Қонақ", "Докладчик 1", "провести мероприятие"]
    assert [name for name in names if name in html] == []


def test_a_question_with_a_restricted_document_is_left_out(client: Client) -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage, items=2)
    Material.objects.filter(item__order=1).update(restricted_ground="Заң, 1-бап")
    announced(stage, meeting)
    text = text_of(client, PAGE.format("kk"))
    assert ("1-мәселе туралы" in text, "2-мәселе туралы" in text) == (False, True)
    assert "Қолжетімділігі шектелген мәселелер жарияланбайды." in text


def test_a_restricted_question_stays_left_out_after_its_title_was_changed(client: Client) -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage, items=2)
    Material.objects.filter(item__order=1).update(restricted_ground="Заң, 1-бап")
    announced(stage, meeting)
    Question.objects.filter(items__order=1).update(title_kk="басқаша", title_ru="иначе")
    text = text_of(client, PAGE.format("kk"))
    assert ("1-мәселе туралы" in text, "2-мәселе туралы" in text) == (False, True)


def test_planned_questions_say_that_they_are_not_approved(client: Client) -> None:
    stage = scene.set_stage()
    announced(stage, scene.planned(stage))
    assert "повестка дня ещё не утверждена" in text_of(client, PAGE.format("ru"))


def test_a_rescheduled_meeting_shows_the_new_date_at_the_old_address_too(client: Client) -> None:
    stage = scene.set_stage()
    meeting = announced(stage, scene.planned(stage))
    fields = {name: getattr(meeting, name) for name in ("kind", "place_kk", "place_ru", "mode", "link")}
    actions.reschedule(
        meeting,
        by=stage.secretary,
        now=WEEK_BEFORE,
        reason="ауысты",
        day=date(2026, 12, 22),
        starts_at=time(11),
        **fields,
    )
    answer = client.get(PAGE.format("ru"), follow=True)
    assert answer.redirect_chain == [("/ru/open/test-staff/meetings/2026-12-22/", 302)]
    text = text_of(client, "/ru/open/test-staff/meetings/2026-12-22/")
    assert ("22 декабря 2026 года" in text, "изменились дата, время или место" in text) == (True, True)


def test_a_cancelled_meeting_is_shown_as_cancelled_without_the_reason(client: Client) -> None:
    stage = scene.set_stage()
    meeting = announced(stage, scene.planned(stage))
    actions.cancel_meeting(meeting, reason="ішкі себеп", by=stage.secretary, now=WEEK_BEFORE)
    text = text_of(client, PAGE.format("ru"))
    assert ("Заседание отменено." in text, "ішкі себеп" in text) == (True, False)
    assert ("не состоится" in text, "О вопросе 1" in text) == (True, False)


@pytest.mark.parametrize("path", [LIST, PAGE])
def test_a_public_page_may_be_kept_by_caches_and_sets_no_cookie(path: str, client: Client) -> None:
    stage = scene.set_stage()
    announced(stage, scene.planned(stage))
    answer = client.get(path.format("kk"))
    assert (answer["Cache-Control"], answer.cookies.output()) == ("public, max-age=300", "")
    signed_in = scene.signed_in(stage.member).get(path.format("kk"))
    assert "no-store" in signed_in["Cache-Control"]


def test_the_language_of_the_address_stands_above_that_of_the_person() -> None:
    stage = scene.set_stage()
    announced(stage, scene.planned(stage))
    client = Client()
    client.cookies["django_language"] = "ru"
    assert 'lang="kk"' in client.get(LIST.format("kk")).content.decode()


@pytest.mark.parametrize(
    "path",
    ["/en/open/test-staff/", "/kk/open/no-staff/", "/kk/open/test-staff/meetings/2026-02-31/"],
)
def test_what_is_not_there_is_not_found(path: str, client: Client) -> None:
    scene.set_stage()
    assert client.get(path).status_code == 404


def test_a_meeting_of_another_staff_is_not_found_under_this_one(client: Client) -> None:
    stage, _other = scene.set_stage(), scene.set_stage("other-staff")
    announced(stage, scene.planned(stage))
    assert client.get("/kk/open/other-staff/meetings/2026-12-17/").status_code == 404


@pytest.mark.parametrize("code", ["open", "kk", "ru", "calendar"])
def test_no_staff_takes_the_beginning_of_a_public_address(code: str) -> None:
    with pytest.raises(ValidationError):
        CODE(code)
    assert Staff._meta.get_field("code").validators.count(CODE) == 1


def test_the_only_staff_is_opened_at_once_and_several_are_listed(client: Client) -> None:
    scene.set_stage()
    assert client.get("/kk/open/").headers["Location"] == "/kk/open/test-staff/"
    scene.set_stage("other-staff")
    assert "Межведомственный штаб other-staff" in text_of(client, "/ru/open/")


# The act.


def test_the_announcement_is_an_act_of_the_journal_once() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    first = announced(stage, meeting)
    again = actions.announce(meeting, by=stage.secretary, now=WEEK_BEFORE.replace(day=9))
    assert (first.announced_at, again.announced_at) == (WEEK_BEFORE, WEEK_BEFORE)
    assert JournalEntry.objects.filter(act="meeting.announced").count() == 1


@pytest.mark.parametrize("who", ["head", "deputy", "member"])
def test_only_the_secretary_announces(who: str) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    with pytest.raises(Refused) as refusal:
        actions.announce(meeting, by=getattr(stage, who), now=WEEK_BEFORE)
    assert refusal.value.verdict.reason == "not_your_role"


def test_the_secretary_of_another_staff_does_not() -> None:
    meeting = scene.planned(scene.set_stage())
    with pytest.raises(Refused) as refusal:
        actions.announce(meeting, by=scene.set_stage("other-staff").secretary, now=WEEK_BEFORE)
    assert refusal.value.verdict.reason == "other_staff"


@pytest.mark.parametrize("state", ["ended", "cancelled"])
def test_a_meeting_that_is_over_is_not_announced(state: str) -> None:
    stage = scene.set_stage()
    if state == "ended":
        meeting = scene.ended(stage)
    else:
        meeting = scene.planned(stage)
        actions.cancel_meeting(meeting, reason="х", by=stage.secretary, now=WEEK_BEFORE)
    with pytest.raises(Refused) as refusal:
        actions.announce(meeting, by=stage.secretary, now=WEEK_BEFORE)
    assert refusal.value.verdict.reason == "nothing_to_announce"


def test_the_page_warns_when_it_is_late_and_announces_all_the_same() -> None:
    today = timezone.localdate()
    stage = scene.set_stage(today=today)
    meeting = scene.planned(stage, day=today)
    client = scene.signed_in(stage.secretary)
    page = meeting.address("meetings:announcement")
    assert "is-warning" in client.get(page).content.decode()
    assert client.post(page).status_code == 302
    assert Meeting.objects.get().announced_at is not None
    assert "/ru/open/test-staff/" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("day", "state"),
    [
        pytest.param(date(2026, 12, 8), "open", id="in time"),
        pytest.param(date(2026, 12, 14), "soon", id="the last day"),
        pytest.param(date(2026, 12, 15), "late", id="after the term"),
    ],
)
def test_the_duty_of_the_secretary_follows_the_term(day: date, state: str) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    terms = terms_of(meeting)
    assert [row.state for row in to_announce(meeting, terms, day)] == [state]
    assert list(to_announce(announced(stage, meeting), terms, day)) == []


@pytest.mark.parametrize("path", [LIST, PAGE])
def test_a_public_page_asks_the_database_the_same_for_any_number(path: str, client: Client) -> None:
    counts = []
    for code, number in (("one-staff", 1), ("three-staff", 3)):
        stage = scene.set_stage(code)
        for place in range(number):
            fields: dict[str, Any] = {"day": date(2026, 12, 17 + place), "items": number}
            announced(stage, scene.planned(stage, **fields))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path.format("kk").replace("test-staff", code)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
