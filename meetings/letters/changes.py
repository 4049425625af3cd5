from django.utils.translation import gettext as _

from meetings.models import ChangeRequest, JustificationNote
from meetings.words_of_changes import change_sentence
from members.labels import local


def note_submitted(note: JustificationNote) -> tuple[str, str]:
    facts = {"number": note.number, "change": change_sentence(note), "name": note.prepared_by.name}
    return (
        _("Justification note No. %(number)s waits for your decision") % facts,
        _("%(change)s. Prepared by %(name)s. You decide, with a reason (clause 18).") % facts,
    )


def note_decided(note: JustificationNote) -> tuple[str, str]:
    facts = {"number": note.number, "change": change_sentence(note), "reason": note.decision_reason}
    if note.is_agreed:
        return (
            _("Justification note No. %(number)s is agreed") % facts,
            _("%(change)s. The reason: %(reason)s (clause 18).") % facts,
        )
    return (
        _("Justification note No. %(number)s is refused") % facts,
        _("%(change)s: the head does not agree. The reason: %(reason)s (clause 18).") % facts,
    )


def plan_changed(note: JustificationNote) -> tuple[str, str]:
    facts = {"number": note.number, "change": change_sentence(note)}
    return (
        _("The plan of the Staff is changed"),
        _("%(change)s. The head agreed to justification note No. %(number)s (clause 18).") % facts,
    )


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
