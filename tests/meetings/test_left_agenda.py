"""A question that left the agenda meanwhile, or belongs elsewhere: a refusal, and nothing is changed."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from meetings import actions
from meetings.models import AgendaItem, Material, Meeting, OwedMaterial
from members.models import JournalEntry
from tests import stage as scene
from tests.meetings.test_changes import reason_of
from tests.stage import WEEK_BEFORE, PointText, Stage

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 12, 13, 6, 0, tzinfo=UTC)
TITLES = {"title_kk": "Анықтама-2", "title_ru": "Справка-2", "language": "kk"}
Act = Callable[[Stage, AgendaItem], Any]


def act_of(action: Any, **fields: Any) -> Act:
    start = {"now": WEEK_BEFORE} | fields
    return lambda stage, item: action(item, **{"by": stage.secretary} | start)


def late(decision: str, **to: Any) -> Act:
    return lambda stage, item: actions.decide_late(
        item, decision=decision, reason="x", by=stage.head, now=LATE, **to
    )


def awaited(stage: Stage, item: AgendaItem, agency: int = 0) -> OwedMaterial:
    organisation = stage.organisations[agency]
    return actions.await_material(item, agency=organisation, by=stage.secretary, now=WEEK_BEFORE, **TITLES)


ACTS = {
    "remove": act_of(actions.remove_item),
    "place": act_of(actions.place_item, to=1),
    "edit": act_of(actions.edit_item, title_kk="a", title_ru="b", points=[], version=1),
    "admit": late("admit"),
    "move": late("move", to_year=2027, to_month=2),
    "await": awaited,
    "attach": scene.attach,
}


@pytest.mark.parametrize("name", ACTS)
def test_what_left_the_agenda_meanwhile_is_refused(name: str) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=2)
    gone = meeting.items.get(order=1)
    gone.owed.get()
    actions.remove_item(meeting.items.get(order=1), by=stage.secretary, now=WEEK_BEFORE)
    assert reason_of(ACTS[name], stage, gone) == "item_left_agenda"
    assert [row.order for row in meeting.items.order_by("order")] == [1]


def test_no_file_is_kept_for_a_question_that_left_the_agenda() -> None:
    stage = scene.set_stage()
    gone = scene.planned(stage).items.get()
    actions.remove_item(AgendaItem.objects.get(), by=stage.secretary, now=WEEK_BEFORE)
    folder = Path(Material._meta.get_field("file").storage.location)
    before = sorted(folder.rglob("*.pdf"))
    assert reason_of(scene.attach, stage, gone) == "item_left_agenda"
    assert sorted(folder.rglob("*.pdf")) == before


def test_a_document_taken_off_the_list_meanwhile_comes_as_another_document() -> None:
    stage = scene.set_stage()
    item = scene.planned(stage).items.get()
    owed = item.owed.get()
    actions.await_no_more(owed, by=stage.secretary, now=WEEK_BEFORE)
    upload = scene.SimpleUploadedFile("a.pdf", scene.PDF)
    actions.attach_material(
        item, upload=upload, owed=owed, language="kk", by=stage.secretary, now=WEEK_BEFORE
    )
    material = Material.objects.get()
    assert (material.owed, material.title) == (None, "Анықтама")


def test_an_awaited_document_is_changed_and_taken_off_the_list() -> None:
    stage = scene.set_stage()
    item = scene.planned(stage).items.get()
    owed = awaited(stage, item)
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE}
    changed: dict[str, Any] = TITLES | {"title_ru": "Таблица", "agency": stage.organisations[1]}
    actions.change_awaited(owed, version=1, **changed, **act)
    owed.refresh_from_db()
    assert (owed.title_ru, owed.agency) == ("Таблица", stage.organisations[1])
    actions.await_no_more(owed, **act)
    actions.await_no_more(owed, **act)
    assert not OwedMaterial.objects.filter(pk=owed.pk).exists()
    assert reason_of(actions.change_awaited, owed, version=2, **changed, **act) == "no_longer_awaited"
    acts = JournalEntry.objects.filter(act__startswith="material.awaited").order_by("sequence")
    assert list(acts.values_list("act", flat=True)) == [
        "material.awaited",
        "material.awaited_changed",
        "material.awaited_no_more",
    ]


def test_what_the_agency_before_has_not_brought_is_awaited_from_the_new_one() -> None:
    stage = scene.set_stage()
    item = scene.planned(stage).items.get()
    scene.attach(stage, item)
    brought = item.owed.get()
    waiting, other = awaited(stage, item, agency=4), awaited(stage, item, agency=0)
    before, after = item.agency, stage.organisations[9]
    titles: dict[str, Any] = {"title_kk": "a", "title_ru": "b"}
    act: dict[str, Any] = {"points": [], "by": stage.secretary, "now": WEEK_BEFORE}
    actions.edit_item(item, version=item.version, agency=after, **titles, **act)
    agencies = {row.pk: row.agency for row in OwedMaterial.objects.filter(item=item)}
    assert agencies == {brought.pk: before, waiting.pk: after, other.pk: stage.organisations[0]}


def second(stage: Stage, meeting: Meeting, **fields: Any) -> AgendaItem:
    item = meeting.items.get()
    other = scene.planned(stage, items=0, day=date(2026, 12, 24))
    start: dict[str, Any] = {
        "question": item.question,
        "agency": item.agency,
        "by": stage.secretary,
        "now": WEEK_BEFORE,
    }
    return actions.add_item(other, **start | fields)


def test_a_question_stands_on_one_agenda_that_is_being_prepared() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    question = meeting.items.get().question
    assert reason_of(second, stage, meeting) == "question_on_other_agenda"
    actions.cancel_meeting(meeting, reason="карантин", by=stage.secretary, now=WEEK_BEFORE)
    assert second(stage, meeting).question == question


def test_a_forgotten_meeting_of_a_past_day_does_not_hold_its_question() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    assert second(stage, meeting, now=datetime(2026, 12, 18, 5, 0, tzinfo=UTC)).order == 1


def test_what_belongs_to_another_staff_is_named_in_no_act() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    item, foreign = scene.planned(stage).items.get(), scene.planned(other).items.get()
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE}
    own = {"agency": item.agency}
    titles = {"title_kk": "a", "title_ru": "b"}
    month = {"kind": "add", "to_year": 2027, "to_month": 1, "reason_kk": "x"}
    said = [
        reason_of(actions.add_item, item.meeting, question=foreign.question, **own, **act),
        reason_of(actions.add_item, item.meeting, agency=foreign.agency, **titles, **act),
        reason_of(actions.edit_item, item, version=1, points=[], agency=foreign.agency, **titles, **act),
        reason_of(actions.await_material, item, agency=foreign.agency, **TITLES, **act),
        reason_of(actions.change_awaited, item.owed.get(), version=1, agency=foreign.agency, **TITLES, **act),
        reason_of(actions.prepare_note, agency=foreign.agency, **month, **titles, **act),
    ]
    assert said == ["other_staff"] * 6
    assert list(item.meeting.items.all()) == [item]


BLANK = " "
REASONED: dict[str, Act] = {
    "admit": lambda stage, item: actions.decide_late(
        item, decision="admit", reason=BLANK, by=stage.head, now=LATE
    ),
    "remove": lambda stage, item: actions.decide_late(
        item, decision="remove", reason=BLANK, by=stage.head, now=LATE
    ),
    "return": lambda stage, item: actions.return_agenda(
        actions.submit_agenda(item.meeting, by=stage.secretary, now=WEEK_BEFORE),
        remark=BLANK,
        by=stage.head,
        now=WEEK_BEFORE,
    ),
}


@pytest.mark.parametrize("name", REASONED)
def test_the_head_decides_with_a_reason_whatever_page_asked(name: str) -> None:
    stage = scene.set_stage()
    item = scene.planned(stage).items.get()
    assert reason_of(REASONED[name], stage, item) == "reason_needed"


def test_points_of_an_edited_question_stay_when_another_window_was_faster() -> None:
    stage = scene.set_stage()
    item = scene.planned(stage).items.get()
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE, "title_kk": "a", "title_ru": "b"}
    actions.edit_item(item, points=[PointText("бір", "один")], version=1, **act)
    assert reason_of(actions.edit_item, item, points=[], version=1, **act) == "item_edited_meanwhile"
    assert [point.text_ru for point in item.points.all()] == ["один"]
