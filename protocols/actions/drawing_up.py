from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from meetings.facts import ballot_of
from meetings.facts.basis import note_taking_off
from meetings.locks import locked_meeting
from meetings.models import AgendaItem, DraftPoint, Meeting
from meetings.points import PointText, numbered_lines
from members import journal
from members.permissions import Actor
from protocols import permissions, policies
from protocols.actions.sending import take_back_for_editing
from protocols.locks import locked_protocol
from protocols.models import Point, Protocol, ProtocolItem
from protocols.states import PointKind
from regulation.verdicts import Refused, refused


def kind_of(text: PointText) -> PointKind:
    """An instruction to who is subordinate to the akimat, a recommendation to bodies by consent."""
    by_agreement = text.executor is not None and text.executor.by_agreement
    return PointKind.RECOMMENDATION if by_agreement else PointKind.INSTRUCTION


@transaction.atomic
def draw_up(meeting: Meeting, *, by: Actor, now: datetime) -> Protocol:
    """Assemble the draft protocol of an ended meeting from its facts and return it (clause 23).

    Each item is prefilled with its speaker, each adopted item with one point per line of the text that
    was voted; what the head took off at the meeting is no part of it (clause 18).

    Raises Refused before the end of the meeting and when there is a protocol already.
    """
    permissions.DRAW_UP.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    policies.may_draw_up(meeting, Protocol.objects.filter(meeting=meeting).first()).or_raise()
    protocol = Protocol.objects.create(meeting=meeting, created_at=now, created_by=permissions.person(by))
    for item in (
        meeting.items.select_related("agency")
        .prefetch_related("ballots", "points__executor", "question__notes")
        .order_by("order")
    ):
        if note_taking_off(item) is not None:
            continue
        row = ProtocolItem.objects.create(
            protocol=protocol, item=item, heard_kk=item.speaker_kk, heard_ru=item.speaker_ru
        )
        for number, text in enumerate(points_of(item), 1):
            Point.objects.create(protocol_item=row, number=number, **_fields(text))
    journal.record("protocol.drawn_up", protocol, by=by, now=now, clause="23", number=meeting.number)
    return protocol


def points_of(item: AgendaItem) -> Iterator[PointText]:
    """Yield the points of an adopted decision: the numbered lines of the voted text.

    Executor and term are those of the draft; where it names none, the agency of the item is the executor.
    """
    ballot = ballot_of(item)
    if ballot is None or not ballot.adopted:
        return
    drafted = {point.number: point for point in item.points.all()}
    kk, ru = numbered_lines(ballot.text_kk), numbered_lines(ballot.text_ru)
    for number in sorted(kk.keys() | ru.keys()):
        draft = drafted.get(number, DraftPoint())
        yield PointText(
            text_kk=kk.get(number, ""),
            text_ru=ru.get(number, ""),
            executor=draft.executor or item.agency,
            due_on=draft.due_on,
            is_standing=draft.is_standing,
        )


def _fields(text: PointText) -> dict[str, object]:
    return text.as_fields() | {"kind": kind_of(text)}


@transaction.atomic
def save_item(
    item: ProtocolItem,
    *,
    heard_kk: str,
    heard_ru: str,
    spoke_kk: str,
    spoke_ru: str,
    points: Sequence[PointText],
    version: int,
    by: Actor,
    now: datetime,
) -> ProtocolItem:
    """Save what is typed about one item and return it; `version` is the one that was opened for editing.

    What is with the chair is taken back. Raises Refused when signed, saved by another window meanwhile
    ("edited_meanwhile"), or given points without an adopted decision.
    """
    permissions.DRAW_UP.require(by, item.protocol.meeting.staff_id)
    protocol = locked_protocol(item.protocol)
    policies.may_edit(protocol).or_raise()
    item = protocol.items.select_related("item").get(pk=item.pk)
    policies.is_same_text(item, version).or_raise()
    policies.may_have_points(ballot_of(item.item), len(points)).or_raise()
    take_back_for_editing(protocol, by=by, now=now)
    item.heard_kk, item.heard_ru, item.spoke_kk, item.spoke_ru = heard_kk, heard_ru, spoke_kk, spoke_ru
    item.version += 1
    item.save()
    _save_points(item, points, by)
    protocol.version += 1
    protocol.save()
    journal.record(
        "protocol.edited",
        protocol,
        by=by,
        now=now,
        clause="23",
        order=item.item.order,
        version=protocol.version,
    )
    return item


def _save_points(item: ProtocolItem, points: Sequence[PointText], by: Actor) -> None:
    kept = list(item.points.order_by("number"))
    for number, text in enumerate(points, 1):
        if text.executor is not None and text.executor.staff_id != by.staff.pk:
            raise Refused(refused("other_staff"))
        point = kept[number - 1] if number <= len(kept) else Point(protocol_item=item, number=number)
        _save_if_changed(point, _fields(text))
    for point in kept[len(points) :]:
        point.delete()


def _save_if_changed(point: Point, values: dict[str, object]) -> None:
    changed = point.pk is None
    for name, value in values.items():
        changed = changed or getattr(point, name) != value
        setattr(point, name, value)
    if changed:
        point.save()
