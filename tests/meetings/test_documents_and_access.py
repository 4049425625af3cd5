"""Who is kept from a document, what the pack holds of it, and what a second sending changes (22, 26(4))."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from meetings import actions, binder, facts, sight
from meetings.announcement import announcement_of
from meetings.facts.questions import life_of, with_life
from meetings.models import AgendaItem, Material, Meeting, Pack, Question
from meetings.points import PointText
from members import uploads
from members.uploads import checking
from regulation.verdicts import Refused
from tests import stage as scene
from tests.documents import tiny_pdf
from tests.meetings import planning
from tests.meetings.test_agenda import reason_of
from tests.meetings.test_pack import made, sent
from tests.stage import WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db
LAW = "Заң, 1-бап"


def bring(stage: Stage, item: AgendaItem, mark: str = "", **more: Any) -> Material:
    fields: dict[str, Any] = {"language": "kk", "title": "Анықтама", "by": stage.secretary} | more
    upload = SimpleUploadedFile("anyqtama.pdf", tiny_pdf() + mark.encode())
    return actions.attach_material(item, upload=upload, now=WEEK_BEFORE, **fields)


def limit(stage: Stage, material: Material, ground: str = LAW, **more: Any) -> None:
    act: dict[str, Any] = {"readers": [], "by": stage.secretary, "now": WEEK_BEFORE} | more
    actions.set_access(material, ground=ground, **act)


# The same file again


def test_the_same_file_sent_again_with_a_ground_does_not_stay_open_unseen() -> None:
    stage = scene.set_stage()
    item = scene.planned(stage).items.get()
    kept = bring(stage, item)
    assert bring(stage, item) == kept
    assert reason_of(bring, stage, item, restricted_ground=LAW) == "file_kept_otherwise"
    assert reason_of(bring, stage, item, restricted_ground=LAW, title="Басқа") == "file_kept_otherwise"
    assert list(Material.objects.values_list("restricted_ground", flat=True)) == [""]
    limit(stage, kept)
    assert bring(stage, item, restricted_ground=LAW) == kept
    assert reason_of(bring, stage, item) == "file_kept_otherwise"


def test_the_same_file_in_another_language_is_another_document() -> None:
    stage = scene.set_stage()
    item = scene.planned(stage).items.get()
    first, second = bring(stage, item), bring(stage, item, language="both")
    assert (first.pk != second.pk, second.language) == (True, "both")


# Access


def test_a_restriction_holds_for_the_version_before_too() -> None:
    stage = scene.set_stage()
    item = scene.planned(stage).items.get()
    first = bring(stage, item)
    second = bring(stage, item, "2", replaces=first)
    limit(stage, second, readers=[stage.member.person])
    rows = Material.objects.order_by("version")
    assert [(row.restricted_ground, row.readers.count()) for row in rows] == [(LAW, 1)] * 2
    limit(stage, first, ground="")
    assert [(row.restricted_ground, row.readers.count()) for row in rows.all()] == [("", 0)] * 2


def test_access_to_what_is_withdrawn_or_cancelled_does_not_change() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    gone, kept = bring(stage, meeting.items.get()), bring(stage, meeting.items.get(), "2", title="Есеп")
    actions.withdraw_material(gone, by=stage.secretary, now=WEEK_BEFORE)
    stale = Material.objects.get(pk=kept.pk)
    assert reason_of(limit, stage, gone) == "document_withdrawn"
    client = scene.signed_in(stage.secretary)
    assert client.get(meeting.address("meetings:material_access", pk=gone.pk)).status_code == 409
    actions.cancel_meeting(meeting, reason="карантин", by=stage.secretary, now=WEEK_BEFORE)
    assert reason_of(limit, stage, stale) == "meeting_is_cancelled"
    assert list(Material.objects.values_list("restricted_ground", flat=True)) == ["", ""]


def test_a_question_stays_closed_to_the_public_when_its_restricted_correction_is_withdrawn() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    first = bring(stage, meeting.items.get(), restricted_ground=LAW)
    second = bring(stage, meeting.items.get(), "2", replaces=first)
    closed = [announcement_of(meeting)]
    actions.withdraw_material(second, by=stage.secretary, now=WEEK_BEFORE)
    closed.append(announcement_of(meeting))
    first.refresh_from_db()
    actions.withdraw_material(first, by=stage.secretary, now=WEEK_BEFORE)
    opened = announcement_of(meeting)
    assert [(row.has_closed, len(row.questions)) for row in (*closed, opened)] == [
        (True, 0),
        (True, 0),
        (False, 1),
    ]


def test_a_member_reads_nothing_of_a_row_that_is_still_a_draft() -> None:
    stage = scene.set_stage()
    planning.drafted(stage)
    life = life_of(with_life(Question.objects.all()).get())
    stranger, author = stage.people[9], stage.people[4]
    seen = [len(sight.life_for(life, who).rows) for who in (stage.secretary, author, stranger)]
    assert seen == [1, 1, 0]


# The pack


def reworded(stage: Stage, meeting: Meeting, title: str) -> None:
    item = meeting.items.get(order=1)
    actions.edit_item(
        item,
        title_kk=title,
        title_ru=title,
        points=[PointText("шара", "мера")],
        version=item.version,
        by=stage.secretary,
        now=WEEK_BEFORE,
    )


def approve_anew(stage: Stage, meeting: Meeting) -> None:
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)


def test_the_pack_holds_the_agenda_that_was_sent_until_the_next_one_is() -> None:
    stage = scene.set_stage()
    meeting = sent(stage, items=1)
    first = made(stage, meeting)
    reworded(stage, meeting, "Жаңа")
    approve_anew(stage, meeting)
    version, packed = actions.sources_of(Meeting.objects.get(), now=WEEK_BEFORE)
    assert (version and version.number, len(packed), made(stage, meeting).pk) == (1, 1, first.pk)
    actions.dispatch(Meeting.objects.get(), by=stage.secretary, now=WEEK_BEFORE + timedelta(hours=1))
    version, packed = actions.sources_of(Meeting.objects.get(), now=WEEK_BEFORE)
    second = made(stage, meeting)
    assert (version and version.number, len(packed), second.pk != first.pk) == (2, 1, True)
    assert list(Pack.objects.values_list("pk", flat=True)) == [second.pk]


def test_documents_stand_under_their_question_whatever_the_order_of_the_draft_is() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage, items=2)
    for item in meeting.items.order_by("order"):
        bring(stage, item, str(item.order), title=f"{item.order}-құжат", owed=item.owed.get())
    approve_anew(stage, meeting)
    actions.dispatch(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.place_item(meeting.items.get(order=1), to=2, by=stage.secretary, now=WEEK_BEFORE)
    version, packed = actions.sources_of(Meeting.objects.get(), now=WEEK_BEFORE)
    assert version is not None
    groups = binder._groups(version, [binder.Part(row) for row in packed])
    found = [(group.order, [part.document.material.title for part in group.parts]) for group in groups]
    assert found == [(1, ["1-құжат"]), (2, ["2-құжат"])]


def test_a_question_that_no_agenda_names_stands_behind_the_others() -> None:
    stage = scene.set_stage()
    meeting = sent(stage, items=1)
    version, packed = actions.sources_of(meeting, now=WEEK_BEFORE)
    assert version is not None
    later = scene.add_item(stage, meeting, 2)
    extra = facts.PackDocument(later, packed[0].material)
    groups = binder._groups(version, [binder.Part(row) for row in (*packed, extra)])
    assert [(group.order, len(group.parts)) for group in groups] == [(1, 1), (2, 1)]


# What is no document


@pytest.mark.parametrize("before", [1, 34, 67], ids=["one byte", "half of it", "all but one"])
def test_a_virus_is_found_across_the_edge_of_what_is_read_at_once(before: int) -> None:
    assert len(checking.EICAR) == 68
    head = tiny_pdf()
    edge = UploadedFile.DEFAULT_CHUNK_SIZE - before
    content = head + b" " * (edge - len(head)) + checking.EICAR
    upload = UploadedFile(BytesIO(content), "a.pdf", size=len(content))
    assert [checking.EICAR in chunk for chunk in upload.chunks()] == [False, False]
    with pytest.raises(Refused) as refused:
        uploads.check(upload)
    assert refused.value.verdict.reason == "file_infected"
