from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now

from members import journal
from members.permissions import Actor
from protocols import labels, permissions, policies, signing
from protocols.locks import current_edition, locked_protocol
from protocols.models import Edition, Protocol, ProtocolDocument, Signature
from protocols.signing import Credentials, Evidence
from protocols.states import EditionState, Method, State
from protocols.telling import in_roles, tell
from protocols.wording import KK


def sign(
    protocol: Protocol,
    *,
    seen: Mapping[str, str],
    credentials: Credentials,
    by: Actor,
    method: str = Method.PASSWORD,
) -> Protocol:
    """Sign both documents whose SHA-256 was read, by language in `seen`, and send them to the members.

    The moment is the database's. Under one lock the bytes are compared with those that were read, so
    that nothing else is ever signed (clauses 15, 23). Raises Refused in words: signed by whom and when,
    changed after reading, not the signer, wrong credentials.
    """
    permissions.SIGN.require(by, protocol.meeting.staff_id)
    edition = current_edition(protocol)
    documents = _documents(edition)
    _require(protocol, edition, by, documents, seen)
    # Checked before the lock: a password takes a tenth of a second, and the bytes never change.
    evidence = _evidence(documents, by, method, credentials)
    with transaction.atomic():
        protocol = locked_protocol(protocol)
        edition = current_edition(protocol)
        documents = _documents(edition)
        _require(protocol, edition, by, documents, seen)
        return _signed(protocol, documents, evidence, method, by)


def _documents(edition: Edition | None) -> list[ProtocolDocument]:
    return list(edition.documents.all()) if edition else []


def _require(
    protocol: Protocol,
    edition: Edition | None,
    by: Actor,
    documents: Iterable[ProtocolDocument],
    seen: Mapping[str, str],
) -> None:
    hashes = {document.language: document.sha256 for document in documents}
    policies.may_sign(protocol, edition, by).or_raise()
    policies.is_what_was_seen(hashes, seen).or_raise()


def _evidence(
    documents: Iterable[ProtocolDocument], by: Actor, method: str, credentials: Credentials
) -> dict[str, Evidence]:
    signer, user = signing.SIGNERS[method], permissions.person(by)
    return {document.sha256: signer(bytes(document.content), user, credentials) for document in documents}


def _signed(
    protocol: Protocol,
    documents: list[ProtocolDocument],
    evidence: dict[str, Evidence],
    method: str,
    by: Actor,
) -> Protocol:
    now = database_moment(protocol)
    who = _signer_text(protocol, by)
    for document in documents:
        Signature.objects.create(
            document=document,
            role=by.role,
            signer=permissions.person(by),
            signer_text=who,
            method=method,
            signed_at=now,
            sha256=document.sha256,
            evidence=evidence[document.sha256],
        )
    protocol.editions.current().update(state=EditionState.SIGNED)
    protocol.state, protocol.signed_at, protocol.signed_by = State.SIGNED, now, permissions.person(by)
    protocol.save()
    hashes = {document.language: document.sha256 for document in documents}
    journal.record("protocol.signed", protocol, by=by, now=now, clause="15", method=method, **hashes)
    # Clause 23: the signed protocol goes to the members at once, the secretary included.
    people = in_roles(protocol.meeting.staff, now=now)
    tell(protocol.meeting, "protocol.signed", protocol.pk, labels.signed, people, now=now)
    return protocol


def _signer_text(protocol: Protocol, by: Actor) -> str:
    """Who signs with the office held at the meeting, or, for the absent head, with that of today."""
    chair = protocol.meeting.chair
    if chair is not None and chair.user_id == permissions.person(by).pk:
        return f"{chair.name}, {chair.office_kk}"
    return f"{by} ({KK['sign_instead']})"


def database_moment(protocol: Protocol) -> datetime:
    """Return the database's clock; asked after the lock was taken, so moments follow the order of acts."""
    moment: datetime = (
        Protocol.objects.annotate(moment=Now()).values_list("moment", flat=True).get(pk=protocol.pk)
    )
    return moment
