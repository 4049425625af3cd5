"""What follows what in the life of a meeting, its agenda, its attendance and its votes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    CANCELLED = "cancelled", _("cancelled")


TRANSITIONS: dict[str, frozenset[str]] = {
    State.PLANNED: frozenset({State.REGISTRATION, State.CANCELLED}),
    State.REGISTRATION: frozenset({State.OPEN, State.NO_QUORUM}),
    State.OPEN: frozenset({State.ENDED}),
    State.ENDED: frozenset(),
    State.NO_QUORUM: frozenset(),
    State.CANCELLED: frozenset(),
}


class QuestionKind(models.TextChoices):
    """What the Staff does with a question; an official is heard under clause 27(3)."""

    DECISION = "decision", _("for a decision")
    INFORMATION = "information", _("for information")
    HEARING = "hearing", _("hearing of an official")
    EXECUTION = "execution", _("execution of earlier decisions")


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


class Reply(models.TextChoices):
    """What a person answers to the invitation."""

    WILL = "will", _("I will come")
    VIDEO = "video", _("I will take part by video")
    WILL_NOT = "will_not", _("I will not come")


class PackState(models.TextChoices):
    """Life of one bookmarked file of the agenda and materials."""

    WAITING = "waiting", _("waits")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")


class PlanState(models.TextChoices):
    """Life of a half-year plan (clauses 16, 17, 26(5))."""

    COLLECTING = "collecting", _("proposals are collected")
    DRAFT = "draft", _("being drafted")
    AGREEING = "agreeing", _("with the members for agreement")
    SUBMITTED = "submitted", _("with the head")
    APPROVED = "approved", pgettext_lazy("work plan", "approved")


class PlanVersionState(models.TextChoices):
    """Life of one version of the plan, from the agreement sheet to the head's decision."""

    AGREEING = "agreeing", _("with the members for agreement")
    SUBMITTED = "submitted", _("with the head")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")
    WITHDRAWN = "withdrawn", _("taken back")


class ProposalState(models.TextChoices):
    """What became of a member's proposal for the plan (clause 16)."""

    NEW = "new", _("new")
    ACCEPTED = "accepted", _("in the draft plan")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "withdrawn")
    NOTED = "noted", _("a note is prepared")


class Section(models.IntegerChoices):
    """Sections of the plan that hold rows; the third, control of decisions, is a text."""

    QUESTIONS = 1, _("Questions for meetings of the Staff")
    MEASURES = 2, _("Measures between meetings")


class PlanItemState(models.TextChoices):
    """Whether a planned row still stands after the changes of clause 18."""

    PLANNED = "planned", _("planned")
    MOVED = "moved", _("moved")
    REMOVED = "removed", _("removed")


class Change(models.TextChoices):
    """The three changes of the plan that the head decides on (clause 18)."""

    REMOVE = "remove", _("remove the question")
    MOVE = "move", _("move the question to another time")
    ADD = "add", _("add a question")


class NoteState(models.TextChoices):
    """Life of a justification note (clause 18)."""

    SUBMITTED = "submitted", _("with the head")
    AGREED = "agreed", _("agreed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("taken back")


class Execution(models.TextChoices):
    """What became of a planned question (clauses 17, 18)."""

    CONSIDERED = "considered", _("considered")
    MOVED = "moved", _("moved")
    REMOVED = "removed", _("removed")
    COMING = "coming", _("to come")
    OVERDUE = "overdue", _("not considered in time")


class Treatment(models.TextChoices):
    """Where a question stands in its life, over all plans and meetings."""

    ON_AGENDA = "on_agenda", _("on an agenda")
    CONSIDERED = "considered", _("considered")
    PLANNED = "planned", _("in the plan")
    DRAFTED = "drafted", pgettext_lazy("question", "in a draft plan")
    PROPOSED = "proposed", _("proposed to the head")
    REMOVED = "removed", _("removed")
    FREE = "free", _("in no plan")


class LateDecision(models.TextChoices):
    """What the head does with a late question (clause 22); the last two make a note of clause 18."""

    ADMIT = "admit", _("keep it on the agenda")
    MOVE = "move", _("move it to another month")
    REMOVE = "remove", _("remove it")


class RequestState(models.TextChoices):
    """What became of a member's request to change the plan; only the working body writes the note."""

    OPEN = "open", _("waits for the working body")
    TAKEN = "taken", _("a note is prepared")
    DECLINED = "declined", _("declined")


class Stage(models.TextChoices):
    """What stands on the timeline of a meeting, from its scheduling to the term of its protocol."""

    SCHEDULED = "scheduled", _("The meeting was scheduled")
    REMINDER = "reminder", _("Reminder about materials")
    MATERIALS = "materials", _("Term for materials")
    SUBMITTED = "submitted", _("The agenda was submitted")
    APPROVED = "approved", _("Approval of the agenda")
    RETURNED = "returned", _("The agenda was returned")
    ADMITTED = "admitted", _("Decision about a late material")
    CIRCULATION = "circulation", _("Term for sending")
    DISPATCHED = "dispatched", _("The agenda and materials were sent")
    SUPPLEMENTED = "supplemented", _("Further documents were sent")
    ANNOUNCED = "announced", _("Public announcement")
    CANCELLED = "cancelled", _("The meeting was cancelled")
    MEETING = "meeting", _("Meeting")
    PROTOCOL = "protocol", _("Term for the protocol")
