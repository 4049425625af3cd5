from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.models import ChangeRequest, JustificationNote
from meetings.words_of_changes import change_sentence, said_as
from members.labels import local


def note_submitted(note: JustificationNote) -> tuple[str, str]:
    facts = {"number": note.number, "change": change_sentence(note), "name": note.prepared_by.name}
    return (
        _("Justification note No. %(number)s waits for your decision") % facts,
        _("%(change)s. Prepared by %(name)s. You decide, with a reason (clause 18).") % facts,
    )


def note_decided(note: JustificationNote) -> tuple[str, str]:
    facts = {"number": note.number, "change": change_sentence(note), "reason": note.decision_reason}
    facts["decider"] = decider_of(note)
    if note.is_agreed:
        return (
            _("Justification note No. %(number)s is agreed") % facts,
            _("%(change)s. Decided by: %(decider)s. The reason: %(reason)s (clause 18).") % facts,
        )
    return (
        _("Justification note No. %(number)s is refused") % facts,
        _("%(change)s: not agreed. Decided by: %(decider)s. The reason: %(reason)s (clause 18).") % facts,
    )


def plan_changed(note: JustificationNote) -> tuple[str, str]:
    facts = {"number": note.number, "change": change_sentence(note), "decider": decider_of(note)}
    words = _("%(change)s. Justification note No. %(number)s is agreed by: %(decider)s (clause 18).") % facts
    if note.plan is None:
        return _("A decision about a question outside the plan"), words
    return _("The plan of the Staff is changed"), words


def decider_of(note: JustificationNote) -> str:
    """Return who decided, in the current language, with the ground on which it was done for the head."""
    decider = said_as(note.staff, note.decided_as, get_language())
    if not note.ground:
        return decider
    said = {"decider": decider, "ground": note.ground}
    return _("%(decider)s (ground of the head's absence: %(ground)s)") % said


def change_requested(request: ChangeRequest) -> tuple[str, str]:
    facts = {"name": request.author.name, "question": title_asked(request)}
    return (
        _("A member asks for a change of the plan"),
        _("%(name)s asks about «%(question)s». Prepare the note or answer why not (clause 18).") % facts,
    )


def change_declined(request: ChangeRequest) -> tuple[str, str]:
    facts = {"question": title_asked(request), "answer": request.answer}
    return (
        _("No justification note is prepared on your request"),
        _("«%(question)s». The answer of the working body: %(answer)s (clause 18).") % facts,
    )


def title_asked(request: ChangeRequest) -> str:
    """Return the title of the question that a request is about, in the current language."""
    row = request.plan_item
    return local(row.question if row else request, "title")
