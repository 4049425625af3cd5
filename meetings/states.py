"""What follows what in the life of a meeting, its agenda, its attendance and its votes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Kinds of meetings (clause 12); only a regular one counts for the quarter."""

    REGULAR = "regular", _("regular")
    EXTRAORDINARY = "extraordinary", _("extraordinary")


class Mode(models.TextChoices):
    """How people take part; a video link counts as presence."""

    ROOM = "room", _("in person")
    VIDEO = "video", _("by video")
    MIXED = "mixed", _("in person and by video")


class State(models.TextChoices):
    """Life of a meeting. One that never had a quorum is not lawful (clause 20)."""

    PLANNED = "planned", _("being prepared")
    REGISTRATION = "registration", _("registration is open")
    OPEN = "open", _("in session")
    ENDED = "ended", _("ended")
    NO_QUORUM = "no_quorum", _("not held for want of a quorum")


TRANSITIONS: dict[str, frozenset[str]] = {
    State.PLANNED: frozenset({State.REGISTRATION}),
    State.REGISTRATION: frozenset({State.OPEN, State.NO_QUORUM}),
    State.OPEN: frozenset({State.ENDED}),
    State.ENDED: frozenset(),
    State.NO_QUORUM: frozenset(),
}


class AgendaState(models.TextChoices):
    """Life of one version of the agenda (clause 22)."""

    SUBMITTED = "submitted", _("with the head")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")
    WITHDRAWN = "withdrawn", _("taken back")


class Presence(models.TextChoices):
    """Attendance of a member: unknown until somebody marks it."""

    UNKNOWN = "unknown", _("not marked")
    ROOM = "room", _("present in the room")
    VIDEO = "video", _("present by video")
    ABSENT = "absent", _("absent")
    LEFT = "left", _("left")


PRESENT = (Presence.ROOM, Presence.VIDEO)


class Choice(models.TextChoices):
    """The three votes of an open vote (clause 13)."""

    FOR = "for", _("For")
    AGAINST = "against", _("Against")
    ABSTAINED = "abstained", _("Abstained")


class MaterialLanguage(models.TextChoices):
    """Language of a material: the state language and/or Russian (clause 22)."""

    KAZAKH = "kk", _("in Kazakh")
    RUSSIAN = "ru", _("in Russian")
    BOTH = "both", _("in Kazakh and Russian")
