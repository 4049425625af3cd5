"""Why something about sending, answers, the pack and calendars does not happen now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REASONS: dict[str, Promise] = {
    "late_reason_needed": gettext_lazy("The term is over, days late: %(days)s. Write the reason."),
    "meeting_begun": gettext_lazy(
        "The meeting is in another state now: %(state_word)s. Nothing is sent again."
    ),
    "answers_closed": gettext_lazy("The meeting is in another state now: %(state_word)s. Nothing to answer."),
    "answer_against_mode": gettext_lazy(
        "The meeting is held in another way. Choose one of the answers offered."
    ),
    "absence_reason_needed": gettext_lazy("Write why you will not come: nobody may come instead of you."),
    "not_on_the_list": gettext_lazy("You are not on the list of those who come to this meeting."),
}
