"""What the database itself refuses about protocols."""

from members.guards import Guard, append_only, differs

_ITEM_SIGNED = (
    "EXISTS (SELECT 1 FROM protocols_protocol p WHERE p.id = {row}.protocol_id AND p.signed_at IS NOT NULL)"
)
_POINT_SIGNED = (
    "EXISTS (SELECT 1 FROM protocols_protocolitem i JOIN protocols_protocol p ON p.id = i.protocol_id "
    "WHERE i.id = {row}.protocol_item_id AND p.signed_at IS NOT NULL)"
)
_MEETING_SIGNED = (
    "EXISTS (SELECT 1 FROM protocols_protocol p WHERE p.meeting_id = {meeting} AND p.signed_at IS NOT NULL)"
)
_ATTENDANCE_SIGNED = (
    "EXISTS (SELECT 1 FROM meetings_elector e JOIN protocols_protocol p ON p.meeting_id = e.meeting_id "
    "WHERE e.id = {row}.elector_id AND p.signed_at IS NOT NULL)"
)
# What the signed protocol says of the meeting itself.
_OF_MEETING = ("total", "number", "year", "chair_id", "chair_ground", "day", "opened_at", "ended_at", "state")
_SIGNED = "the text of a signed protocol cannot change"
_EDITION_NOT_CURRENT = (
    "NOT EXISTS (SELECT 1 FROM protocols_edition e WHERE e.id = NEW.edition_id AND e.state = 'current')"
)
_OTHER_BYTES = (
    "NOT EXISTS (SELECT 1 FROM protocols_protocoldocument d JOIN protocols_edition e ON e.id = d.edition_id "
    "WHERE d.id = NEW.document_id AND d.sha256 = NEW.sha256 AND e.state = 'current')"
)
_SIGNED_BEFORE_OPINION = (
    "NOT NEW.after_signing AND EXISTS (SELECT 1 FROM protocols_protocol p "
    "JOIN meetings_agendaitem i ON i.meeting_id = p.meeting_id "
    "WHERE i.id = NEW.item_id AND p.signed_at IS NOT NULL)"
)


def _frozen(table: str, condition: str) -> tuple[Guard, ...]:
    """Refuse every change of rows of what is signed; a row moves neither out of it nor into it."""
    old, new = condition.format(row="OLD"), condition.format(row="NEW")
    conditions = {"INSERT": new, "UPDATE": f"{old} OR {new}", "DELETE": old}
    return tuple(Guard(table, event, wanted, _SIGNED) for event, wanted in conditions.items())


GUARDS = (
    *append_only("protocols_protocoldocument"),
    Guard(
        "protocols_protocoldocument",
        "INSERT",
        _EDITION_NOT_CURRENT,
        "a document is made of the current edition only",
    ),
    *append_only("protocols_signature"),
    Guard(
        "protocols_signature",
        "INSERT",
        _OTHER_BYTES,
        "only the bytes of the current edition are signed",
    ),
    *append_only("protocols_dissentingopinion"),
    Guard(
        "protocols_dissentingopinion",
        "INSERT",
        _SIGNED_BEFORE_OPINION,
        "an opinion filed after the signing says so",
    ),
    *_frozen("protocols_protocolitem", _ITEM_SIGNED),
    *_frozen("protocols_point", _POINT_SIGNED),
    *_frozen("meetings_attendance", _ATTENDANCE_SIGNED),
    Guard(
        "meetings_meeting",
        "UPDATE",
        f"({differs(*_OF_MEETING)}) AND {_MEETING_SIGNED.format(meeting='OLD.id')}",
        _SIGNED,
    ),
    Guard("meetings_ballot", "INSERT", _MEETING_SIGNED.format(meeting="NEW.meeting_id"), _SIGNED),
    Guard("protocols_protocol", "UPDATE", "OLD.signed_at IS NOT NULL", _SIGNED),
    Guard("protocols_protocol", "DELETE", "OLD.signed_at IS NOT NULL", _SIGNED),
    Guard(
        "protocols_edition",
        "UPDATE",
        differs("protocol_id", "number", "facts", "sent_at", "sent_by_id", "signer_id")
        + " OR OLD.state = 'signed'",
        "what was sent for signature cannot change",
    ),
    Guard("protocols_edition", "DELETE", "1 = 1", "what was sent for signature is kept"),
)
