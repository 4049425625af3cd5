"""Why something about changes of the plan and justification notes does not happen now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REASONS: dict[str, Promise] = {
    "late_undecided": gettext_lazy(
        "Question %(order)s is late. The head decides first: it stays, is moved or is removed."
    ),
    "item_without_basis": gettext_lazy(
        "Question %(order)s is neither in the plan nor added by a justification note. Prepare the note."
    ),
    "question_of_other_time": gettext_lazy(
        "Question %(order)s is planned for another half-year. Move it by a justification note."
    ),
    "row_not_approved": gettext_lazy(
        "Only a question of an approved plan is changed by a note. A draft plan is changed in the draft."
    ),
    "row_is_removed": gettext_lazy("This question was removed from the plan already."),
    "row_already_considered": gettext_lazy(
        "The Staff considered this question on %(day_word)s. It is neither removed nor moved any more."
    ),
    "item_taken_off": gettext_lazy(
        "Question %(order)s was taken off at the meeting by note No. %(number)s. It is not put to the vote."
    ),
    "on_agenda_already": gettext_lazy(
        "This question stands on the agenda of the meeting already, number %(order)s."
    ),
    "agency_needed": gettext_lazy("Choose the agency that prepares the question."),
    "request_is_other": gettext_lazy(
        "The member asked for another change. Decline the request, or prepare what was asked."
    ),
    "note_waits": gettext_lazy(
        "Note No. %(number)s on this question is with the head already. Wait for the decision, or take it "
        "back."
    ),
    "month_is_over": gettext_lazy("This month is over. Choose the present month or a later one."),
    "month_not_later": gettext_lazy("Choose a month after that of the meeting."),
    "month_needed": gettext_lazy("Choose the month to which the question is moved."),
    "same_month": gettext_lazy("The question stands in this month already. Choose another one."),
    "already_planned": gettext_lazy(
        "This question is in the plan already, item %(order)s. Move it instead of adding it."
    ),
    "note_of_other": gettext_lazy("This note was prepared by %(name)s, who alone takes it back."),
    "note_already_decided": gettext_lazy("Note No. %(number)s has been decided or taken back already."),
    "own_note": gettext_lazy(
        "You prepared note No. %(number)s yourself. Another person decides on it: the head, or who performs "
        "his duties."
    ),
    "request_answered": gettext_lazy("This request has been answered already."),
    "reason_needed": gettext_lazy("Write the reason: it is kept with the decision."),
    "item_left_agenda": gettext_lazy("This question is no longer on the agenda: it was moved or removed."),
    "no_secretary": gettext_lazy(
        "The note is prepared by the working body, and the seat of the secretary is vacant. Record who "
        "holds it."
    ),
    "not_added_at_meeting": gettext_lazy(
        "The draft decision was approved with the agenda. Only that of a question added at the meeting is "
        "written here."
    ),
}
