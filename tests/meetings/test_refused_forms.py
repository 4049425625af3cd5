"""A form that is refused answers 422 and keeps what was typed; one that is only opened answers 200."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from meetings import actions
from meetings.models import Material, Meeting
from tests import stage as scene
from tests.stage import WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_week_before() -> Iterator[None]:
    with time_machine.travel(WEEK_BEFORE, tick=True):
        yield


@pytest.fixture
def stage() -> Stage:
    made = scene.set_stage()
    meeting = scene.planned(made)
    scene.attach(made, meeting.items.get())
    actions.invite(meeting, name="Қ. Қонақ", office_kk="қонақ", by=made.secretary, now=WEEK_BEFORE)
    return made


def addresses() -> dict[str, str]:
    meeting, material = Meeting.objects.get(), Material.objects.get()
    staff = meeting.staff.get_absolute_url()
    return {
        "new": f"{staff}meetings/new/",
        "edit": meeting.address("meetings:edit"),
        "cancel": meeting.address("meetings:cancel"),
        "invited": meeting.address("meetings:invited"),
        "invitee": meeting.address("meetings:invitee", pk=meeting.invitees.get().pk),
        "awaited": meeting.address("meetings:awaited", pk=material.owed_id),
        "access": meeting.address("meetings:material_access", pk=material.pk),
        "bring": f"{staff}materials/awaited/{material.owed_id}/",
        "correct": f"{staff}materials/{material.pk}/correct/",
    }


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("new", {"day": "2026-12-17"}),
    ("edit", {"day": "2026-12-18"}),
    ("cancel", {"reason": ""}),
    ("invited", {"name": ""}),
    ("invitee", {"name": ""}),
    ("awaited", {"title_kk": "", "title_ru": ""}),
    ("access", {"ground": "", "readers": ["x"]}),
    ("bring", {"language": "kk"}),
    ("correct", {"language": "kk"}),
]


@pytest.mark.parametrize(("page", "typed"), WRONG, ids=[page for page, _typed in WRONG])
def test_a_refused_form_is_no_success(stage: Stage, page: str, typed: dict[str, Any]) -> None:
    client, address = scene.signed_in(stage.secretary), addresses()[page]
    said = client.get(address).status_code, client.post(address, typed).status_code
    assert said == (200, 422)


def test_turning_the_table_of_days_is_no_refusal(stage: Stage) -> None:
    client = scene.signed_in(stage.secretary)
    assert client.post(addresses()["new"], {"choose": "2026-12-18"}).status_code == 200
