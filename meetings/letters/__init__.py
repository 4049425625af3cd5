"""What the portal writes to people about meetings: (subject, text) in the current language.

No content of documents stands in a letter, only that something waits and where."""

from meetings.letters.agenda import agenda_decided, agenda_submitted
from meetings.letters.changes import (
    change_declined,
    change_requested,
    note_decided,
    note_submitted,
    plan_changed,
)
from meetings.letters.dispatch import (
    circulation_late,
    circulation_near,
    invitation,
    pack_sent,
    quorum_at_risk,
)
from meetings.letters.invited import uninvited
from meetings.letters.materials import material_brought, material_held, material_late, material_owed
from meetings.letters.plans import (
    plan_called,
    plan_decided,
    plan_proposed,
    plan_remarked,
    plan_sent,
    plan_submitted,
    plan_to_agree,
    proposal_answered,
)
from meetings.letters.scheduling import (
    initiative_reached,
    initiative_started,
    initiative_withdrawn,
    meeting_cancelled,
    meeting_moved,
    meeting_scheduled,
    quarter_alarm,
    quarter_breached,
    term_moved,
)

__all__ = [
    "agenda_decided",
    "agenda_submitted",
    "change_declined",
    "change_requested",
    "circulation_late",
    "circulation_near",
    "initiative_reached",
    "initiative_started",
    "initiative_withdrawn",
    "invitation",
    "material_brought",
    "material_held",
    "material_late",
    "material_owed",
    "meeting_cancelled",
    "meeting_moved",
    "meeting_scheduled",
    "note_decided",
    "note_submitted",
    "pack_sent",
    "plan_called",
    "plan_changed",
    "plan_decided",
    "plan_proposed",
    "plan_remarked",
    "plan_sent",
    "plan_submitted",
    "plan_to_agree",
    "proposal_answered",
    "quarter_alarm",
    "quarter_breached",
    "quorum_at_risk",
    "term_moved",
    "uninvited",
]
