"""Why something about scheduling, cancelling and initiatives does not happen now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REASONS: dict[str, Promise] = {
    "meeting_is_cancelled": gettext_lazy("The meeting is cancelled, nothing in it changes any more."),
    "reason_of_moving_needed": gettext_lazy(
        "Write why the day, the time, the place, the mode, the kind or its ground changes: everybody is told."
    ),
    "day_is_over": gettext_lazy("This day is over. Choose today or a later day."),
    "call_ground_needed": gettext_lazy(
        "Write on whose initiative the extraordinary meeting is called: the head's, when and why. "
        "Members call it by an initiative that more than half of all have joined."
    ),
    "called_by_members": gettext_lazy(
        "The members called this meeting by their initiative: it stays extraordinary."
    ),
    "meeting_changed_meanwhile": gettext_lazy(
        "The meeting was changed in another window meanwhile. "
        "Open this page anew and write your change again."
    ),
    "breach_is_explained": gettext_lazy("The reason of this breach is recorded already."),
    "no_such_breach": gettext_lazy("In this quarter clause 12 was not breached."),
    "reason_of_cancelling_needed": gettext_lazy("Write why the meeting is cancelled: everybody is told."),
    "no_vote_in_staff": gettext_lazy(
        "An initiative is a matter of the members who count in the total number; your seat has no vote."
    ),
    "initiative_withdrawn": gettext_lazy("The initiative was withdrawn."),
    "initiative_reached": gettext_lazy(
        "The needed number has been reached, members who joined: %(joined)s. The initiative stands."
    ),
    "not_your_initiative": gettext_lazy("Only %(name)s, who started the initiative, may withdraw it."),
    "initiative_not_reached": gettext_lazy(
        "Not enough members have joined yet: the meeting is called when more than half of all have."
    ),
    "initiative_called": gettext_lazy("The meeting has been called already: %(day_word)s."),
}

# What the form warns of; none of it stops the secretary.
WARNINGS: dict[str, Promise] = {
    "day_off": gettext_lazy("Offices do not work on this day."),
    "nothing_between": gettext_lazy(
        "There is no working day between the term for materials and the term of the dispatch."
    ),
    "materials_over": gettext_lazy(
        "The term for materials is over already: they will be late, unless the meeting is urgent "
        "on the head's instruction."
    ),
    "announcement_over": gettext_lazy(
        "The term of the public announcement is over already: it is better announced today."
    ),
    "same_day": gettext_lazy("Another meeting is planned for this day."),
    "after_hold": gettext_lazy(
        "The members called this meeting: the target of ten working days is over before this day."
    ),
}

# The same in a row of the table of days; what the row shows in another way has no words here.
BRIEF_WARNINGS: dict[str, Promise] = {
    "nothing_between": gettext_lazy("no working day between the terms"),
    "materials_over": gettext_lazy("materials: the term is over"),
    "announcement_over": gettext_lazy("announcement: the term is over"),
    "after_hold": gettext_lazy("after the target of ten working days"),
}
