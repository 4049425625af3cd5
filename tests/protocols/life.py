"""A protocol brought to the point where a test begins."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from meetings.models import Meeting
from members.permissions import Actor
from protocols import actions
from protocols.models import Edition, Protocol, ProtocolDocument, ProtocolItem
from protocols.states import State
from tests import stage as scene
from tests.stage import PASSWORD, Stage

# The meeting of tests.stage ends on Thursday 17 December at 11:00 in Qostanay.
ENDED = datetime(2026, 12, 17, 6, 0, tzinfo=UTC)
AFTERNOON = datetime(2026, 12, 17, 10, 0, tzinfo=UTC)
NEXT_DAY = datetime(2026, 12, 18, 5, 0, tzinfo=UTC)
DUE_ON = date(2027, 1, 15)


def drawn_up(stage: Stage, meeting: Meeting | None = None, **fields: Any) -> Protocol:
    """Return the draft protocol of an ended meeting, as the portal assembled it."""
    meeting = meeting or scene.ended(stage, **fields)
    return actions.draw_up(meeting, by=stage.secretary, now=AFTERNOON)


def save(item: ProtocolItem, stage: Stage, **changes: Any) -> ProtocolItem:
    """Save an item as it stands, all its points with a term, but for `changes`."""
    item = ProtocolItem.objects.select_related("protocol__meeting").get(pk=item.pk)
    points = [
        actions.PointText(point.text_kk, point.text_ru, point.executor, DUE_ON)
        for point in item.points.select_related("executor")
    ]
    texts = {name: getattr(item, name) for name in ("heard_kk", "heard_ru", "spoke_kk", "spoke_ru")}
    fields = texts | {"points": points, "version": item.version, "by": stage.secretary} | changes
    return actions.save_item(item, **fields, now=AFTERNOON)


def complete(stage: Stage, **fields: Any) -> Protocol:
    """Return a draft protocol in which nothing is missing."""
    protocol = drawn_up(stage, **fields)
    for item in protocol.items.all():
        save(item, stage)
    return fresh(protocol)


def sent(stage: Stage, *, now: datetime = AFTERNOON, **fields: Any) -> Protocol:
    """Return a protocol sent for signature whose documents are not made yet."""
    protocol = complete(stage, **fields)
    actions.send_for_signature(protocol, by=stage.secretary, now=now)
    return fresh(protocol)


def awaiting(stage: Stage, **fields: Any) -> Protocol:
    """Return a protocol that waits for the signature, with documents that are quick to make."""
    protocol = sent(stage, **fields)
    put_documents(protocol)
    return fresh(protocol)


def put_documents(protocol: Protocol) -> None:
    """Keep two small documents for the current edition, as the worker would keep the real ones."""
    edition = protocol.editions.current().get()
    for language in ("kk", "ru"):
        content = f"%PDF {language} {edition.pk}".encode()
        ProtocolDocument.objects.create(
            edition=edition,
            language=language,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            pages=1,
            made_at=AFTERNOON,
        )
    Protocol.objects.filter(pk=protocol.pk).update(state=State.AWAITING)


def seen(protocol: Protocol) -> dict[str, str]:
    """Return what who signs has before the eyes: the SHA-256 by language."""
    documents = ProtocolDocument.objects.filter(edition__in=protocol.editions.current())
    return dict(documents.values_list("language", "sha256"))


def sign(protocol: Protocol, by: Actor, **changes: Any) -> Protocol:
    """Sign what is seen with the right password, but for `changes`."""
    fields = {"seen": seen(protocol), "credentials": {"password": PASSWORD}} | changes
    return actions.sign(protocol, **fields, by=by)


def signed(stage: Stage, **fields: Any) -> Protocol:
    """Return a signed protocol."""
    return fresh(sign(awaiting(stage, **fields), stage.head))


def fresh(protocol: Protocol) -> Protocol:
    """Return the protocol as the database has it."""
    return Protocol.objects.for_page().get(pk=protocol.pk)


def states_of(protocol: Protocol) -> list[str]:
    """Return what became of its editions, the first one first."""
    return list(Edition.objects.filter(protocol=protocol).order_by("number").values_list("state", flat=True))


def sent_from(stage: Stage, meeting: Meeting) -> Protocol:
    """Return the protocol of `meeting` sent for signature."""
    protocol = drawn_up(stage, meeting)
    for item in protocol.items.all():
        save(item, stage)
    actions.send_for_signature(fresh(protocol), by=stage.secretary, now=AFTERNOON)
    return fresh(protocol)
