"""What is signed cannot change in the database itself (clause 15); both databases refuse alike."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from meetings.models import Attendance, Ballot, Meeting
from protocols.models import (
    DissentingOpinion,
    Edition,
    Point,
    Protocol,
    ProtocolDocument,
    ProtocolItem,
    Signature,
)
from tests import stage as scene
from tests.protocols import life
from tests.stage import Stage

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def again(row: object) -> Callable[[], object]:
    """Return an insert of a copy of `row`."""
    model = type(row)
    fields = {
        field.attname: getattr(row, field.attname) for field in model._meta.fields if field.name != "id"
    }
    return lambda: model.objects.bulk_create([model(**fields)])


ACTS: dict[str, Callable[[], object]] = {
    "protocol changed": lambda: Protocol.objects.update(version=9),
    "unsigned": lambda: Protocol.objects.update(state="draft", signed_at=None, signed_by=None),
    "protocol deleted": lambda: Protocol.objects.all()._raw_delete("default"),
    "item changed": lambda: ProtocolItem.objects.update(heard_kk="басқа"),
    "item deleted": lambda: ProtocolItem.objects.all()._raw_delete("default"),
    "point changed": lambda: Point.objects.update(text_kk="басқа"),
    "point deleted": lambda: Point.objects.all()._raw_delete("default"),
    "point added": lambda: Point.objects.bulk_create(
        [Point(protocol_item=ProtocolItem.objects.get(), number=9, kind="instruction", text_kk="жаңа")]
    ),
    "attendance changed": lambda: Attendance.objects.filter(presence="room").update(presence="left"),
    "reason of absence changed": lambda: Attendance.objects.update(reason="басқа"),
    "attendance deleted": lambda: Attendance.objects.all()._raw_delete("default"),
    "total changed": lambda: Meeting.objects.update(total=9),
    "number changed": lambda: Meeting.objects.update(number=9),
    "nobody chaired": lambda: Meeting.objects.update(chair=None),
    "ground changed": lambda: Meeting.objects.update(chair_ground="басқа"),
    "day changed": lambda: Meeting.objects.update(day=life.NEXT_DAY.date()),
    "opening changed": lambda: Meeting.objects.update(opened_at=life.ENDED),
    "end changed": lambda: Meeting.objects.update(ended_at=life.NEXT_DAY),
    "ballot changed": lambda: Ballot.objects.update(votes_for=1),
    "facts changed": lambda: Edition.objects.update(facts={}),
    "edition reopened": lambda: Edition.objects.update(state="current"),
    "edition deleted": lambda: Edition.objects.all()._raw_delete("default"),
    "bytes changed": lambda: ProtocolDocument.objects.update(content=b"other"),
    "bytes deleted": lambda: ProtocolDocument.objects.all()._raw_delete("default"),
    "signature changed": lambda: Signature.objects.update(signer_text="басқа"),
    "signature deleted": lambda: Signature.objects.all()._raw_delete("default"),
    "opinion changed": lambda: DissentingOpinion.objects.update(text="басқа"),
}


def test_a_signed_protocol_is_refused_any_change() -> None:
    stage = scene.set_stage()
    protocol = life.signed(stage)
    opinion_of(protocol, stage, after_signing=True)
    assert [name for name, act in ACTS.items() if not refused(act)] == []


def test_nothing_moves_into_a_signed_protocol_or_out_of_it() -> None:
    signed, draft = life.signed(scene.set_stage()), life.drawn_up(scene.set_stage("other-staff"))
    moves = {
        "item in": lambda: draft.items.update(protocol=signed),
        "item out": lambda: signed.items.update(protocol=draft),
        "point in": lambda: points_of(draft).update(protocol_item=signed.items.get(), number=9),
        "point out": lambda: points_of(signed).update(protocol_item=draft.items.get(), number=9),
    }
    assert [name for name, act in moves.items() if not refused(act)] == []


def points_of(protocol: Protocol) -> QuerySet[Point]:
    return Point.objects.filter(protocol_item__protocol=protocol, number=1)


def test_a_vote_is_not_added_to_a_signed_protocol() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, items=2)
    meeting = scene.actions.end_meeting(meeting, by=stage.secretary, now=life.ENDED)
    protocol = life.sent_from(stage, meeting)
    life.put_documents(protocol)
    life.sign(life.fresh(protocol), stage.head)
    ballot = Ballot(
        meeting=meeting,
        item=meeting.items.get(order=2),
        text_kk="жаңа",
        opened_at=life.NEXT_DAY,
        opened_by=protocol.created_by,
        total=15,
    )
    assert refused(lambda: Ballot.objects.bulk_create([ballot]))


def test_until_the_signature_the_meeting_may_be_mended() -> None:
    life.awaiting(scene.set_stage())
    Attendance.objects.update(reason="іссапар")
    Meeting.objects.update(total=14)


def test_the_place_of_a_meeting_is_no_part_of_what_is_frozen() -> None:
    life.signed(scene.set_stage())
    Meeting.objects.update(link="https://video.example/4")


def opinion_of(protocol: Protocol, stage: Stage, *, after_signing: bool) -> DissentingOpinion:
    return DissentingOpinion.objects.create(
        item=protocol.meeting.items.get(),
        elector=scene.elector(protocol.meeting, stage.member),
        text="Келіспеймін",
        filed_at=life.NEXT_DAY,
        after_signing=after_signing,
    )


def test_an_opinion_after_the_signing_must_say_so() -> None:
    stage = scene.set_stage()
    protocol = life.signed(stage)
    assert refused(lambda: opinion_of(protocol, stage, after_signing=False))
    assert not refused(lambda: opinion_of(protocol, stage, after_signing=True))


def test_only_the_bytes_of_the_current_edition_are_signed() -> None:
    stage = scene.set_stage()
    protocol = life.awaiting(stage)
    document = ProtocolDocument.objects.filter(edition__protocol=protocol)[0]
    row = Signature(
        document=document,
        role="head",
        signer=stage.head.user,
        signer_text="М. Сынақ1",
        method="password",
        signed_at=life.NEXT_DAY,
        sha256="0" * 64,
    )
    assert refused(lambda: Signature.objects.bulk_create([row]))
    row.sha256 = document.sha256
    Edition.objects.filter(protocol=protocol).update(state="taken_back")
    assert refused(lambda: Signature.objects.bulk_create([row]))


def test_no_document_is_made_of_an_edition_that_was_taken_back() -> None:
    protocol = life.sent(scene.set_stage())
    Edition.objects.filter(protocol=protocol).update(state="taken_back")
    row = ProtocolDocument(
        edition=Edition.objects.get(),
        language="kk",
        content=b"x",
        sha256="0" * 64,
        pages=1,
        made_at=life.NEXT_DAY,
    )
    assert refused(again(row))


def test_one_current_edition_and_one_document_a_language() -> None:
    protocol = life.awaiting(scene.set_stage())
    edition = protocol.editions.get()
    edition.number = 2
    assert refused(again(edition))
    assert refused(again(ProtocolDocument.objects.filter(edition__protocol=protocol)[0]))
