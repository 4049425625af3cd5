"""Acts about changes of the plan."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from members.acts import Act

KINDS: dict[str, Promise] = {
    "note": gettext_lazy("justification notes"),
    "change": gettext_lazy("requests to change the plan"),
}

ACTS: dict[str, Act] = {
    "note.prepared": Act(gettext_lazy("justification note No. %(number)s was prepared")),
    "note.made_for_late": Act(
        gettext_lazy("note No. %(number)s of the working body was made for the late question %(order)s")
    ),
    "note.withdrawn": Act(gettext_lazy("justification note No. %(number)s was taken back")),
    "note.agreed": Act(gettext_lazy("justification note No. %(number)s was agreed"), to_all=True),
    "note.refused": Act(gettext_lazy("justification note No. %(number)s was refused")),
    "change.requested": Act(gettext_lazy("a member asked for a change of the plan")),
    "change.declined": Act(gettext_lazy("the request to change the plan was declined")),
    "agenda.item_taken_off": Act(
        gettext_lazy("question %(order)s was taken off at the meeting by note No. %(note)s")
    ),
    "agenda.draft_written": Act(
        gettext_lazy("the draft decision of question %(order)s, added at the meeting, was written")
    ),
}
