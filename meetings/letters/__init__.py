"""What the portal writes to people about meetings: (subject, text) in the current language.

No content of documents stands in a letter, only that something waits and where."""

from meetings.letters.agenda import agenda_decided, agenda_submitted
from meetings.letters.dispatch import circulation_late, circulation_near, invitation, pack_sent
from meetings.letters.materials import material_held, material_late, material_owed

__all__ = [
    "agenda_decided",
    "agenda_submitted",
    "circulation_late",
    "circulation_near",
    "invitation",
    "material_held",
    "material_late",
    "material_owed",
    "pack_sent",
]
