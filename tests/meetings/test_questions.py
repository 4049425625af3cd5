"""The list of questions, the life of one, and who sees what of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings import sight
from meetings.facts.questions import state_of, with_life
from meetings.models import Question
from tests import stage as scene
from tests.meetings.test_changes import added, decide, note_of, plan_of
from tests.stage import Stage

pytestmark = pytest.mark.django_db


def address(stage: Stage, name: str, **more: object) -> str:
    return reverse(f"meetings:{name}", kwargs={"staff": stage.staff.code, **more})


def states(stage: Stage) -> set[str]:
    return {state_of(each) for each in with_life(Question.objects.filter(staff=stage.staff))}


def test_where_a_question_stands_follows_from_plans_notes_and_meetings() -> None:
    stage = scene.set_stage()
    scene.ended(stage)
    assert states(stage) == {"considered"}
    plan_of(stage)
    assert states(stage) == {"considered", "planned"}
    decide(stage, note_of(stage, kind="remove", to_year=None, to_month=None))
    assert states(stage) == {"considered", "removed"}
    added(stage, to_year=2027, to_month=2)
    assert states(stage) == {"considered", "removed", "proposed"}


def test_members_see_what_was_approved_or_agreed_and_agencies_their_own() -> None:
    stage = scene.set_stage()
    agency = scene.placed(stage, "agency", organisation=stage.organisations[4])
    auditor = scene.placed(stage, "auditor")
    scene.planned(stage, items=1)
    seen = [
        sight.questions_for(person).count() for person in (stage.secretary, auditor, agency, stage.people[9])
    ]
    assert seen == [1, 1, 1, 0]
    note = added(stage)
    assert (sight.notes_for(stage.secretary).count(), sight.notes_for(stage.member).count()) == (1, 0)
    decide(stage, note)
    assert (sight.notes_for(stage.member).count(), sight.questions_for(stage.people[9]).count()) == (1, 2)


@pytest.mark.parametrize("words", ["' OR 1=1 --", "%_\\", "<script>", "\x00", "я" * 5000])
def test_a_hostile_search_finds_nothing_and_breaks_nothing(words: str) -> None:
    stage = scene.set_stage()
    plan_of(stage)
    answer = scene.signed_in(stage.secretary).get(address(stage, "questions"), {"words": words})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


@pytest.mark.parametrize(
    ("name", "language"), [(name, code) for name in ("questions", "notes") for code in ("kk", "ru")]
)
def test_pages_open_in_both_languages(name: str, language: str) -> None:
    stage = scene.set_stage()
    note_of(stage)
    client = scene.signed_in(stage.secretary)
    client.cookies["django_language"] = language
    assert client.get(address(stage, name)).status_code == 200


@pytest.mark.parametrize("name", ["questions", "notes"])
def test_the_number_of_queries_does_not_grow(name: str) -> None:
    stage = scene.set_stage()
    client = scene.signed_in(stage.secretary)
    counts = []
    for size in (1, 3):
        while Question.objects.count() < size:
            added(stage, title_kk=f"{Question.objects.count()}-сұрақ", title_ru="")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(stage, name)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_question_of_another_staff_is_not_found() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    plan_of(stage)
    pk = Question.objects.get().pk
    assert scene.signed_in(other.secretary).get(address(other, "question", pk=pk)).status_code == 404
    assert scene.signed_in(stage.secretary).get(address(stage, "question", pk=pk)).status_code == 200


@pytest.mark.parametrize(
    ("who", "begins"), [(0, "request_new"), (1, "note_new"), (3, "note_new"), (4, "request_new")]
)
def test_questions_notes_and_changes_are_reached_from_the_plans(who: int, begins: str) -> None:
    stage = scene.set_stage()
    plan = plan_of(stage)
    client = scene.signed_in(stage.people[who])
    index = client.get(address(stage, "plans")).content.decode()
    assert (address(stage, "questions") in index, address(stage, "notes") in index) == (True, True)
    page = client.get(plan.get_absolute_url()).content.decode()
    link = f"{address(stage, begins)}?kind=move&amp;row={plan.items.get().pk}"
    assert link in page
    assert client.get(link.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("state", ["draft", "approved"])
def test_an_officer_of_an_agency_or_a_draft_has_no_way_to_changes(state: str) -> None:
    stage = scene.set_stage()
    plan = plan_of(stage, state=state)
    officer = scene.placed(stage, "agency", organisation=stage.organisations[5])
    person = officer if state == "approved" else stage.secretary
    assert "kind=move" not in scene.signed_in(person).get(plan.get_absolute_url()).content.decode()
