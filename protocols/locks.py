"""Row locks: the meeting first, then its protocol, so that two acts never wait for each other."""

from protocols.models import Edition, Protocol
from protocols.states import EditionState


def locked_protocol(protocol: Protocol) -> Protocol:
    """Return the protocol as it is now, locked until the end of the transaction."""
    return Protocol.objects.for_page().select_for_update(of=("self",)).get(pk=protocol.pk)


def current_edition(protocol: Protocol) -> Edition | None:
    """Return the edition that lies with the chair or is signed; None while the text is a draft."""
    return protocol.editions.current().first()


def leave_edition(protocol: Protocol, state: EditionState, *, remark: str = "") -> Edition:
    """Close the current edition of a locked protocol as `state` and return it.

    Raises Edition.DoesNotExist for a draft, which has none.
    """
    edition = protocol.editions.current().get()
    edition.state, edition.remark = state, remark
    edition.save(update_fields=["state", "remark"])
    return edition
