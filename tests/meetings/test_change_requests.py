"""Members ask the working body for a change of the plan, which alone writes the note (clause 18)."""

from typing import Any

import pytest
from django.urls import reverse

from meetings import actions
from meetings.forms import TakenNoteForm
from meetings.models import ChangeRequest, JustificationNote
from tests import stage as scene
from tests.meetings.test_changes import decide, note_of, plan_of, reason_of
from tests.stage import WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db
TEXTS = {"reason_kk": "Деректер жоқ"}
MARCH = {"to_year": 2027, "to_month": 3}


def asked(stage: Stage, **fields: Any) -> ChangeRequest:
    """Return a request of a member to move the first question of the plan."""
    plan = stage.staff.plans.first() or plan_of(stage)
    start = {"kind": "move", "plan_item": plan.items.order_by("order").first(), "reason": "Деректер жоқ"}
    return actions.request_change(plan, by=stage.member, now=WEEK_BEFORE, **start | fields)


def take(stage: Stage, request: ChangeRequest, **fields: Any) -> JustificationNote:
    return actions.take_request(request, by=stage.secretary, now=WEEK_BEFORE, **TEXTS | fields)


def address(stage: Stage, request: ChangeRequest) -> str:
    return reverse("meetings:request_take", args=[stage.staff.code, request.pk])


@pytest.mark.parametrize(
    ("kind", "typed", "status"),
    [
        ("move", {"to": "2027-03"}, 302),
        ("move", {"kind": "remove", "to": "2027-03"}, 302),
        ("move", {"kind": "remove"}, 422),
        ("remove", {}, 302),
        ("remove", {"kind": "move", "to": "2027-03"}, 302),
    ],
)
def test_the_note_says_what_was_asked_whatever_else_is_sent(
    kind: str, typed: dict[str, str], status: int
) -> None:
    stage = scene.set_stage()
    request = asked(stage, kind=kind)
    answer = scene.signed_in(stage.secretary).post(address(stage, request), TEXTS | typed)
    assert answer.status_code == status
    kinds = list(JustificationNote.objects.values_list("kind", flat=True))
    assert kinds == ([kind] if status == 302 else [])


def test_an_added_question_needs_its_agency_and_month() -> None:
    stage = scene.set_stage()
    plan_of(stage)
    request = asked(stage, kind="add", plan_item=None, title_kk="Жаңа мәселе")
    client = scene.signed_in(stage.secretary)
    assert client.post(address(stage, request), TEXTS).status_code == 422
    typed = {"to": "2027-03", "agency": stage.organisations[5].pk, "question_kind": "decision"}
    assert client.post(address(stage, request), TEXTS | typed).status_code == 302
    assert JustificationNote.objects.get().question.title_kk == "Жаңа мәселе"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"kind": "remove"}, "request_is_other"), ({"title_kk": "x"}, "request_is_other"), ({}, "month_needed")],
    ids=["kind", "title", "no month"],
)
def test_what_the_action_refuses(fields: dict[str, Any], reason: str) -> None:
    stage = scene.set_stage()
    assert reason_of(take, stage, asked(stage), **fields) == reason


def test_a_request_with_another_reason_is_another_request() -> None:
    stage = scene.set_stage()
    first = asked(stage)
    assert asked(stage) == first
    assert asked(stage, reason="Басқа себеп") != first


def test_while_another_note_waits_a_request_stays_open() -> None:
    stage = scene.set_stage()
    request = asked(stage)
    note = note_of(stage, stage.deputy)
    assert reason_of(take, stage, request, **MARCH) == "note_waits"
    request.refresh_from_db()
    assert request.state == "open"
    assert decide(stage, note).request is None


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_reasons_begin_in_the_language_of_who_asked(language: str) -> None:
    stage = scene.set_stage()
    request = asked(stage)
    request.author.language = language
    form = TakenNoteForm(request=request, staff=stage.staff, today=WEEK_BEFORE.date())
    assert form.initial == {f"reason_{language}": "Деректер жоқ"}
