"""Materials: lateness, holding back, admission, what may be uploaded (clause 22)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from meetings import actions, facts, sight
from meetings.models import Meeting
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import DAY, WEEK_BEFORE

pytestmark = pytest.mark.django_db


def reason_of(call: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    return str(refusal.value.verdict.reason)


# Materials are due on Saturday the 12th inclusive; moments are local, UTC+5.
LATENESS = [
    pytest.param(datetime(2026, 12, 12, 18, 59, tzinfo=UTC), 0, id="last-minute-of-the-due-day"),
    pytest.param(datetime(2026, 12, 12, 19, 0, tzinfo=UTC), 1, id="midnight-after-it"),
    pytest.param(datetime(2026, 12, 15, 6, 0, tzinfo=UTC), 3, id="three-days"),
]


@pytest.mark.parametrize(("received", "days"), LATENESS)
def test_lateness_of_a_material_in_local_days(received: datetime, days: int) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    scene.attach(stage, meeting.items.get(), now=received)
    row = facts.items_with_materials(meeting, today=date(2026, 12, 16))[0]
    assert (row.days_late, bool(row.held)) == (days, bool(days))


def test_late_material_goes_to_nobody_until_the_head_admits_it() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    item = meeting.items.get()
    late = datetime(2026, 12, 14, 6, 0, tzinfo=UTC)
    scene.attach(stage, item, now=late)
    row = facts.items_with_materials(meeting, today=date(2026, 12, 14))[0]
    people = (stage.head, stage.secretary, stage.voters[8])
    assert [len(sight.materials_for(row, person)) for person in people] == [1, 1, 0]
    assert reason_of(actions.admit_late, item, reason="x", by=stage.member, now=late) == "not_your_role"
    actions.admit_late(item, reason="Маңызды мәлімет", by=stage.head, now=late)
    scene.sent(stage, item, now=late)
    row = facts.items_with_materials(meeting, today=date(2026, 12, 14))[0]
    assert len(sight.materials_for(row, stage.voters[8])) == 1
    assert reason_of(actions.admit_late, item, reason="x", by=stage.head, now=late) == "late_already_admitted"


def test_a_second_file_that_comes_late_is_held_alone_and_needs_its_own_admission() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    item = meeting.items.get()
    scene.attach(stage, item)
    scene.sent(stage, item)
    for number, day in enumerate((14, 15)):
        late = datetime(2026, 12, day, 6, 0, tzinfo=UTC)
        upload = SimpleUploadedFile("x.pdf", scene.PDF + str(number).encode())
        actions.attach_material(
            item, upload=upload, title="Қосымша", language="kk", by=stage.secretary, now=late
        )
        row = facts.items_with_materials(meeting, today=date(2026, 12, 15))[0]
        assert len(sight.materials_for(row, stage.voters[8])) == 1 + number
        actions.admit_late(item, reason="керек", by=stage.head, now=late)
        scene.sent(stage, item, now=late)


def test_what_was_sent_stays_with_the_members_when_the_meeting_moves_to_an_earlier_day() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    item = meeting.items.get()
    scene.attach(stage, item)
    scene.sent(stage, item)
    Meeting.objects.filter(pk=meeting.pk).update(day=timezone.localdate(WEEK_BEFORE) + timedelta(days=1))
    moved = Meeting.objects.get(pk=meeting.pk)
    row = facts.items_with_materials(moved, today=timezone.localdate(WEEK_BEFORE))[0]
    assert (row.days_late > 0, row.held, row.is_undecided) == (True, (), False)
    assert len(sight.materials_for(row, stage.voters[8])) == 1


EASING = [
    pytest.param("await_no_more", id="awaited-no-more"),
    pytest.param("change_awaited", id="handed-over"),
    pytest.param("withdraw_material", id="withdrawn"),
]


@pytest.mark.parametrize("act", EASING)
def test_a_late_question_does_not_become_one_in_time_without_the_head(act: str) -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    item, late = meeting.items.get(), datetime(2026, 12, 14, 6, 0, tzinfo=UTC)
    owed = item.owed.get()
    said = {"title_kk": "Анықтама", "title_ru": "", "language": "kk", "version": owed.version}
    if act == "withdraw_material":
        scene.attach(stage, item, now=late)
    what = item.materials.get() if act == "withdraw_material" else owed
    other = {"agency": stage.organisations[9], **said} if act == "change_awaited" else {}
    more: dict[str, Any] = {"by": stage.secretary, "now": late, **other}
    assert reason_of(getattr(actions, act), what, **more) == "late_needs_head"
    assert facts.items_with_materials(meeting, today=date(2026, 12, 14))[0].is_undecided
    actions.admit_late(item, reason="керек", by=stage.head, now=late)
    getattr(actions, act)(what, **more)


def test_the_name_of_a_late_document_is_mended_and_what_is_in_time_is_dropped_freely() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    item, late = meeting.items.get(), datetime(2026, 12, 14, 6, 0, tzinfo=UTC)
    owed = item.owed.get()
    said: dict[str, Any] = {"title_ru": "", "language": "kk", "by": stage.secretary}
    mended = actions.change_awaited(owed, version=1, agency=owed.agency, title_kk="Есеп", now=late, **said)
    assert (mended.title_kk, mended.version) == ("Есеп", 2)
    again = {"version": 1, "agency": owed.agency, "title_kk": "Басқа", "now": late}
    assert reason_of(actions.change_awaited, owed, **again, **said) == "awaited_edited_meanwhile"
    actions.await_no_more(owed, by=stage.secretary, now=WEEK_BEFORE)
    assert not item.owed.exists()


def test_nothing_is_admitted_before_it_is_late_and_a_deputy_names_the_ground() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    item, late = meeting.items.get(), datetime(2026, 12, 14, 6, 0, tzinfo=UTC)
    act: dict[str, Any] = {"reason": "керек", "now": late}
    early = act | {"now": WEEK_BEFORE}
    assert reason_of(actions.admit_late, item, by=stage.head, **early) == "material_in_time"
    scene.attach(stage, item, now=late)
    assert reason_of(actions.admit_late, item, by=stage.deputy, **act) == "ground_needed"
    admitted = actions.admit_late(item, by=stage.deputy, ground="демалыс, № 5 бұйрық", **act)
    assert admitted.admitted_ground == "демалыс, № 5 бұйрық"


def test_drafts_are_read_by_who_works_on_them_and_packs_after_the_dispatch() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    item = meeting.items.get()
    scene.attach(stage, item)
    row = facts.items_with_materials(meeting, today=DAY)[0]
    agency, other = stage.people[4], stage.people[9]
    assert item.agency == stage.organisations[4]
    assert [sight.may_read(item, person, approved=False) for person in (stage.head, agency, other)] == [
        True,
        True,
        False,
    ]
    assert [len(sight.materials_for(row, person)) for person in (agency, other)] == [1, 0]


def test_what_is_sent_twice_stands_once() -> None:
    stage = scene.set_stage()
    meeting, again = scene.planned(stage), scene.planned(stage, items=0)
    item = meeting.items.get()
    scene.attach(stage, item)
    scene.attach(stage, item)
    scene.add_item(stage, meeting, 1)
    assert (again.pk, meeting.items.count(), item.materials.count()) == (meeting.pk, 1, 1)


def test_a_question_taken_off_keeps_its_documents() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    item = meeting.items.get()
    scene.attach(stage, item)
    question = item.question
    actions.remove_item(item, by=stage.secretary, now=WEEK_BEFORE)
    assert question.materials.get().item is None


def test_a_letter_sent_before_the_rescheduling_leads_to_the_meeting() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    moved: dict[str, Any] = {
        "kind": "regular",
        "day": date(2026, 12, 24),
        "starts_at": meeting.starts_at,
        "place_kk": "a",
        "place_ru": "b",
    }
    actions.reschedule(meeting, by=stage.secretary, now=WEEK_BEFORE, reason="себебі", **moved)
    assert Meeting.objects.at(stage.staff, "2026-12-17").key == "2026-12-24"


def test_by_parameter_late_material_is_only_marked() -> None:
    stage = scene.set_stage(late_materials="mark")
    meeting = scene.planned(stage)
    scene.attach(stage, meeting.items.get(), now=datetime(2026, 12, 14, 6, 0, tzinfo=UTC))
    row = facts.items_with_materials(meeting, today=date(2026, 12, 14))[0]
    assert (row.days_late, row.held) == (2, ())


def test_a_bad_file_is_refused_and_nothing_is_kept() -> None:
    """The corpus of bad files is that of tests/members/test_uploads_corpus.py."""
    stage = scene.set_stage()
    item = scene.planned(stage).items.get()
    upload = SimpleUploadedFile("page.html", b"<script>alert(1)</script>")
    act: dict[str, Any] = {"title": "t", "language": "kk", "by": stage.secretary, "now": WEEK_BEFORE}
    assert reason_of(actions.attach_material, item, upload=upload, **act) == "file_type"
    assert not item.materials.exists()


def test_a_hostile_name_is_only_a_fact() -> None:
    stage = scene.set_stage()
    item = scene.planned(stage).items.get()
    upload = SimpleUploadedFile("x.pdf", scene.PDF)
    # Past the setter that cleans the name, as a hostile client would send it.
    vars(upload)["_name"] = "..\\..\\etc/pass\nwd.pdf"
    material = actions.attach_material(
        item, upload=upload, title="t", language="kk", by=stage.secretary, now=WEEK_BEFORE
    )
    assert str(material.file.name).startswith("materials/")
    assert ".." not in str(material.file.name)
