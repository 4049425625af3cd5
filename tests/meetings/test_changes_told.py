"""Who is told of justification notes, and how the decision is named (clauses 18, 25(3))."""

from datetime import date
from typing import Any

import pytest

from meetings import actions
from meetings.duties.changes import of_changes
from meetings.note_paper import paper
from members.models import Absence, Holder, JournalEntry, Notice
from members.permissions import Actor
from tests import stage as scene
from tests.meetings.test_changes import added, decide, note_of, plan_of
from tests.stage import WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db
GROUND = "04.12.2026 № 15 бұйрық"
TODAY = date(2026, 12, 10)


def test_everybody_learns_of_what_concerns_them() -> None:
    stage = scene.set_stage()
    note = decide(stage, note_of(stage, stage.deputy))
    told = {
        event: set(Notice.objects.filter(event=event).values_list("recipient", flat=True))
        for event in ("note.submitted", "note.agreed", "plan.changed")
    }
    voters = {person.person.pk for person in stage.voters}
    assert told["note.submitted"] >= {stage.head.person.pk}
    assert told["note.agreed"] == {stage.deputy.person.pk}
    assert told["plan.changed"] == voters - {stage.head.person.pk, stage.deputy.person.pk}
    acts = JournalEntry.objects.filter(object_type="meetings.justificationnote", object_id=note.pk)
    assert list(acts.order_by("sequence").values_list("act", flat=True)) == ["note.prepared", "note.agreed"]


def told(event: str) -> set[int | None]:
    return set(Notice.objects.filter(event=event).values_list("recipient", flat=True))


def absent(stage: Stage, deputy: Actor) -> Stage:
    """Record that the head is away and return the Staff's people as they act then."""
    Absence.objects.create(
        staff=stage.staff,
        since=date(2026, 12, 1),
        until=date(2026, 12, 31),
        deputy=deputy.person,
        ground=GROUND,
    )
    stage.people = [scene.actor_of(stage.staff, person.person) for person in stage.people]
    return stage


def duties(person: Actor) -> list[str]:
    return [each.url for each in of_changes(person, today=TODAY)]


def test_a_note_waits_for_the_head_alone_while_no_absence_is_recorded() -> None:
    stage = scene.set_stage()
    note = note_of(stage)
    assert told("note.submitted") == {stage.head.person.pk}
    asked = {
        order for order, person in enumerate(stage.people[:3]) if note.get_absolute_url() in duties(person)
    }
    assert asked == {0}


def test_in_a_recorded_absence_a_note_waits_for_who_performs_the_duties() -> None:
    stage = scene.set_stage()
    stage = absent(stage, stage.deputy)
    note = note_of(stage)
    assert told("note.submitted") == {stage.deputy.person.pk}
    assert [note.get_absolute_url() in duties(person) for person in stage.people[:3]] == [False, True, False]


def test_while_nobody_is_head_the_deputies_are_asked() -> None:
    stage = scene.set_stage()
    Holder.objects.filter(user=stage.head.person).update(until=date(2026, 11, 30))
    note = note_of(stage)
    assert told("note.submitted") == {person.person.pk for person in stage.people[1:3]}
    assert [note.get_absolute_url() in duties(person) for person in stage.people[1:3]] == [True, True]


def test_nobody_is_asked_about_a_note_of_the_own() -> None:
    stage = scene.set_stage()
    stage = absent(stage, stage.deputy)
    note_of(stage, stage.deputy)
    assert told("note.submitted") == {stage.head.person.pk}


@pytest.mark.parametrize("agree", [True, False], ids=["agreed", "refused"])
def test_the_head_learns_of_what_a_deputy_decided_in_his_stead(agree: bool) -> None:
    stage = scene.set_stage()
    note = note_of(stage)
    act: dict[str, Any] = {"reason": "x", "ground": GROUND, "by": stage.deputy, "now": WEEK_BEFORE}
    note = actions.decide_note(note, agree=agree, **act)
    letter = Notice.objects.get(event=f"note.{note.state}", recipient=stage.head.person)
    assert (str(stage.deputy) in letter.text_kk, GROUND in letter.text_kk) == (True, True)
    assert told(f"note.{note.state}") == {stage.head.person.pk, stage.secretary.person.pk}


def test_the_agency_learns_that_its_question_was_moved_and_nobody_twice() -> None:
    stage = scene.set_stage()
    plan_of(stage)
    officer = scene.placed(stage, "agency", organisation=stage.organisations[5])
    decide(stage, note_of(stage))
    rows = Notice.objects.filter(event="plan.changed").values_list("recipient", flat=True)
    assert (officer.person.pk in rows, len(rows)) == (True, len(set(rows)))


def test_a_question_outside_the_plan_changes_no_plan() -> None:
    stage = scene.set_stage()
    for number, month in enumerate((12, 1), 1):
        year = 2026 if month == 12 else 2027
        decide(stage, added(stage, title_kk=f"{number}-сұрақ", title_ru="", to_year=year, to_month=month))
    letters = Notice.objects.filter(event="plan.changed", recipient=stage.member.person)
    inside, outside = letters.order_by("pk").values_list("subject_kk", flat=True)
    assert inside != outside


@pytest.mark.parametrize(
    ("language", "office"), [("kk", "{}-бөлім басшысы"), ("ru", "Руководитель отдела {}")]
)
def test_offices_stand_in_the_language_of_the_paper(language: str, office: str) -> None:
    stage = scene.set_stage()
    said = paper(decide(stage, note_of(stage)), language)
    assert (said["prepared_as"], said["decision"]["by"]) == (
        f"{stage.secretary.person.name}, {office.format(4)}",
        f"{stage.head.person.name}, {office.format(1)}",
    )
