from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from members import journal, waking
from members.models import User
from members.permissions import Actor, absence_on
from members.states import Language, Role
from protocols import documents, labels, permissions, policies
from protocols.facts import protocol_due, protocol_facts
from protocols.locks import current_edition, leave_edition, locked_protocol
from protocols.models import Edition, Protocol, ProtocolDocument
from protocols.signers import signer_today
from protocols.states import WITH_HEAD, EditionState, State
from protocols.telling import in_roles, signer_of, tell
from regulation.terms import days_late

SIGN = "protocols:sign"


@transaction.atomic
def send_for_signature(protocol: Protocol, *, by: Actor, now: datetime) -> Edition:
    """Freeze the complete draft as an edition for whoever chaired to sign, and return it (clause 23).

    The first sending meets the term of one day or records by how many days it was missed. The two
    documents are made after the commit. Raises Refused while anything is missing.
    """
    permissions.SEND.require(by, protocol.meeting.staff_id)
    protocol = locked_protocol(protocol)
    policies.may_send(protocol, policies.problems_before_sending(protocol)).or_raise()
    if protocol.first_sent_at is None:
        protocol.first_sent_at = now
        protocol.days_late = days_late(protocol_due(protocol.meeting), timezone.localdate(now))
    edition = new_edition(protocol, sent_by=permissions.person(by), now=now)
    data = {"edition": edition.number, "days_late": protocol.days_late}
    journal.record("protocol.sent", protocol, by=by, now=now, clause="23", **data)
    return edition


def new_edition(protocol: Protocol, *, sent_by: User, now: datetime) -> Edition:
    """Freeze the text of a locked protocol as its current edition; documents follow after the commit.

    Who signs is decided now: who chaired, or who performs the duties of the head today (clause 25(3)).
    """
    last = protocol.editions.aggregate(last=Max("number"))["last"] or 0
    absence = absence_on(protocol.meeting.staff, timezone.localdate(now))
    edition = Edition.objects.create(
        protocol=protocol,
        number=last + 1,
        facts=protocol_facts(protocol, absence),
        sent_at=now,
        sent_by=sent_by,
        signer=signer_today(protocol.meeting, absence),
    )
    protocol.state = State.PREPARING
    protocol.save()
    transaction.on_commit(lambda: waking.wake("protocols.tasks.render", edition.pk))
    return edition


def render_documents(edition_id: int, *, now: datetime) -> list[ProtocolDocument]:
    """Make the two documents of a current edition once and tell the signer; return those that are new.

    Safe to run twice and at once: laying out takes seconds and holds no lock, keeping them does.
    """
    edition = Edition.objects.without_documents().filter(pk=edition_id).first()
    if edition is None:
        return []
    made = {language: documents.make(edition.facts, language, now=now) for language in Language.values}
    with transaction.atomic():
        protocol = locked_protocol(edition.protocol)
        if not Edition.objects.without_documents().filter(pk=edition_id).exists():
            return []
        kept = [_keep(edition, language, document, now) for language, document in made.items()]
        protocol.state = State.AWAITING
        protocol.save()
        portal = Actor(protocol.meeting.staff)
        data = {document.language: document.sha256 for document in kept} | {"edition": edition.number}
        journal.record("protocol.documents_made", protocol, by=portal, now=now, clause="15", **data)
        people = signer_of(protocol)
        tell(protocol.meeting, "protocol.to_sign", edition.pk, labels.to_sign, people, page=SIGN, now=now)
    return kept


def _keep(edition: Edition, language: str, made: documents.Made, now: datetime) -> ProtocolDocument:
    return ProtocolDocument.objects.create(
        edition=edition,
        language=language,
        content=made.content,
        sha256=made.sha256,
        pages=made.pages,
        made_at=now,
    )


@transaction.atomic
def take_back(protocol: Protocol, *, by: Actor, now: datetime) -> Protocol:
    """Take a protocol back from signature for editing (clause 23). Raises Refused when it is signed."""
    permissions.SEND.require(by, protocol.meeting.staff_id)
    protocol = locked_protocol(protocol)
    policies.may_take_back(protocol).or_raise()
    take_back_for_editing(protocol, by=by, now=now)
    return protocol


def take_back_for_editing(protocol: Protocol, *, by: Actor, now: datetime) -> None:
    """Make a locked protocol a draft again; whoever was to sign it learns so. A draft stays as it is."""
    if protocol.state not in WITH_HEAD:
        return
    people = signer_of(protocol) if _signer_knows(protocol) else []
    edition = _leave(protocol, EditionState.TAKEN_BACK)
    journal.record("protocol.taken_back", protocol, by=by, now=now, clause="23", edition=edition.number)
    tell(protocol.meeting, "protocol.taken_back", edition.pk, labels.taken_back, people, now=now)


def _signer_knows(protocol: Protocol) -> bool:
    """Whether who signs was told of the current edition: as it waits, or as it replaced what waited."""
    if protocol.state == State.AWAITING:
        return True
    latest = protocol.editions.order_by("-number").values_list("state", flat=True)
    return EditionState.REPLACED in latest[1:2]


@transaction.atomic
def return_protocol(protocol: Protocol, *, remark: str, by: Actor, now: datetime) -> Protocol:
    """Send the protocol back to the secretary with a remark, unsigned (clause 15). Raises Refused."""
    permissions.SIGN.require(by, protocol.meeting.staff_id)
    protocol = locked_protocol(protocol)
    policies.may_return(protocol, current_edition(protocol), by).or_raise()
    edition = _leave(protocol, EditionState.RETURNED, remark=remark)
    journal.record("protocol.returned", protocol, by=by, now=now, clause="15", edition=edition.number)
    people = in_roles(protocol.meeting.staff, Role.SECRETARY, now=now)
    tell(protocol.meeting, "protocol.returned", edition.pk, labels.returned, people, now=now)
    return protocol


def _leave(protocol: Protocol, state: EditionState, *, remark: str = "") -> Edition:
    edition = leave_edition(protocol, state, remark=remark)
    protocol.state = State.DRAFT
    protocol.save()
    return edition
