"""The pages on which notes are written and decided (clause 18)."""

import pytest

from meetings.forms import NoteForm
from tests import stage as scene
from tests.meetings.test_changes import note_of
from tests.stage import WEEK_BEFORE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("pressed", "status", "state"),
    [
        ({}, 422, "submitted"),
        ({"agree": "1", "refuse": "1"}, 422, "submitted"),
        ({"refuse": "1"}, 302, "refused"),
    ],
    ids=["none", "both", "refuse"],
)
def test_the_head_decides_by_one_of_two_buttons(pressed: dict[str, str], status: int, state: str) -> None:
    stage = scene.set_stage()
    note = note_of(stage)
    address = note.address("meetings:note_decide")
    answer = scene.signed_in(stage.head).post(address, {"reason": "Негізделген", **pressed})
    note.refresh_from_db()
    assert (answer.status_code, note.state) == (status, state)


@pytest.mark.parametrize(
    ("ground", "status"), [(".", 422), ("іссапар", 422), ("04.12.2026 № 15 бұйрық", 302)]
)
def test_the_ground_of_the_absence_is_an_order_and_no_dot(ground: str, status: int) -> None:
    stage = scene.set_stage()
    address = note_of(stage).address("meetings:note_decide")
    form = {"reason": "Негізделген", "agree": "1", "ground": ground}
    assert scene.signed_in(stage.deputy).post(address, form).status_code == status


def test_a_field_that_is_wrong_is_not_called_empty_besides() -> None:
    stage = scene.set_stage()
    form = NoteForm(
        {"kind": "add", "title_kk": "x" * 501, "reason_kk": "ИИН 900101300007"},
        staff=stage.staff,
        today=WEEK_BEFORE.date(),
    )
    assert not form.is_valid()
    assert {name: len(form.errors[name]) for name in ("title_kk", "reason_kk")} == {
        "title_kk": 1,
        "reason_kk": 1,
    }
