"""What the database itself refuses about meetings."""

from members.guards import Guard, append_only, differs

_BALLOT_CLOSED = (
    "EXISTS (SELECT 1 FROM meetings_ballot b WHERE b.id = {row}.ballot_id AND b.closed_at IS NOT NULL)"
)
_OTHER_MEETING = (
    "NOT EXISTS (SELECT 1 FROM meetings_ballot b JOIN meetings_elector e ON e.meeting_id = b.meeting_id "
    "WHERE b.id = NEW.ballot_id AND e.id = NEW.elector_id AND e.votes)"
)

GUARDS = (
    *append_only("meetings_elector"),
    *append_only("meetings_votechange"),
    Guard(
        "meetings_agendaversion",
        "UPDATE",
        differs("meeting_id", "number", "content", "sha256", "submitted_at", "submitted_by_id")
        + " OR OLD.state <> 'submitted'",
        "a decided version of the agenda cannot change",
    ),
    Guard("meetings_agendaversion", "DELETE", "1 = 1", "a version of the agenda is kept"),
    Guard(
        "meetings_planversion",
        "UPDATE",
        differs("plan_id", "number", "content", "sha256", "made_at", "made_by_id")
        + " OR OLD.state NOT IN ('agreeing', 'submitted')",
        "a decided version of the plan cannot change",
    ),
    Guard("meetings_planversion", "DELETE", "1 = 1", "a version of the plan is kept"),
    Guard(
        "meetings_justificationnote",
        "UPDATE",
        differs("staff_id", "year", "number", "kind", "question_id", "prepared_at", "prepared_by_id")
        + " OR OLD.state <> 'submitted'",
        "a decided justification note cannot change",
    ),
    Guard("meetings_justificationnote", "DELETE", "1 = 1", "a justification note is kept"),
    Guard(
        "meetings_agreement",
        "UPDATE",
        "EXISTS (SELECT 1 FROM meetings_planversion v "
        "WHERE v.id = OLD.version_id AND v.decided_at IS NOT NULL)",
        "the agreement sheet of a decided plan cannot change",
    ),
    Guard(
        "meetings_elector",
        "INSERT",
        "EXISTS (SELECT 1 FROM meetings_meeting m WHERE m.id = NEW.meeting_id AND m.state <> 'planned')",
        "the composition of a meeting is frozen when registration begins",
    ),
    Guard(
        "meetings_ballot",
        "UPDATE",
        "OLD.closed_at IS NOT NULL OR "
        + differs("meeting_id", "item_id", "text_kk", "text_ru", "total", "opened_at", "opened_by_id"),
        "what was put to the vote and what was decided cannot change",
    ),
    Guard("meetings_ballot", "DELETE", "1 = 1", "a vote is kept"),
    Guard(
        "meetings_vote",
        "INSERT",
        f"{_BALLOT_CLOSED.format(row='NEW')} OR {_OTHER_MEETING}",
        "a vote counts only while the ballot is open and from a member of the frozen composition",
    ),
    Guard(
        "meetings_vote",
        "UPDATE",
        f"{_BALLOT_CLOSED.format(row='OLD')} OR {differs('ballot_id', 'elector_id', 'code')}",
        "a vote changes only while the ballot is open",
    ),
    Guard("meetings_vote", "DELETE", "1 = 1", "a vote is kept"),
)
