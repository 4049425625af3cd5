"""Acts about meetings: agenda, materials, session, votes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from members.acts import Act

KINDS: dict[str, Promise] = {
    "meeting": gettext_lazy("meeting"),
    "agenda": gettext_lazy("agenda"),
    "material": gettext_lazy("materials"),
    "pack": gettext_lazy("sending of the pack"),
    "attendance": gettext_lazy("attendance"),
    "ballot": gettext_lazy("votes on questions"),
    "vote": gettext_lazy("votes of members"),
}

ACTS: dict[str, Act] = {
    "meeting.scheduled": Act(gettext_lazy("the meeting was scheduled"), to_all=True),
    "meeting.rescheduled": Act(gettext_lazy("date, time or place were changed"), to_all=True),
    "meeting.regulation_followed": Act(
        gettext_lazy("the meeting went over to the version of the regulation in force on its day"),
        to_all=True,
    ),
    "meeting.registration_started": Act(
        gettext_lazy("registration was opened, members in all: %(total)s"), to_all=True
    ),
    "meeting.chair_appointed": Act(gettext_lazy("the chair was recorded"), to_all=True),
    "meeting.opened": Act(
        gettext_lazy("the meeting was opened, present %(present)s of %(total)s"), to_all=True
    ),
    "meeting.no_quorum": Act(gettext_lazy("no quorum: present %(present)s of %(total)s"), to_all=True),
    "meeting.ended": Act(gettext_lazy("the meeting was ended"), to_all=True),
    "meeting.invited": Act(gettext_lazy("a person was invited")),
    "meeting.uninvited": Act(gettext_lazy("an invitation was withdrawn")),
    "agenda.item_added": Act(gettext_lazy("question %(order)s was added")),
    "agenda.item_changed": Act(gettext_lazy("question %(order)s was changed")),
    "agenda.item_moved": Act(gettext_lazy("question %(order)s was moved to place %(to)s")),
    "agenda.item_removed": Act(gettext_lazy("question %(order)s was taken off")),
    "agenda.submitted": Act(gettext_lazy("version %(version)s of the agenda was submitted")),
    "agenda.approved": Act(gettext_lazy("version %(version)s of the agenda was approved"), to_all=True),
    "agenda.returned": Act(gettext_lazy("version %(version)s of the agenda was returned")),
    "agenda.withdrawn": Act(gettext_lazy("version %(version)s of the agenda was taken back")),
    "material.received": Act(gettext_lazy("a material for question %(order)s was received")),
    "material.withdrawn": Act(gettext_lazy("a material of question %(order)s was withdrawn")),
    "material.late": Act(gettext_lazy("the material of question %(order)s became late")),
    "material.admitted": Act(
        gettext_lazy("the late material of question %(order)s was admitted"), to_all=True
    ),
    "pack.dispatched": Act(gettext_lazy("agenda and materials were sent, version %(version)s"), to_all=True),
    "attendance.claimed": Act(gettext_lazy("%(name)s says: I am here")),
    "attendance.marked": Act(gettext_lazy("%(name)s: %(presence_word)s")),
    "ballot.opened": Act(gettext_lazy("the vote on question %(order)s was opened"), to_all=True),
    "vote.cast": Act(gettext_lazy("a vote was received, receipt %(receipt)s")),
    "ballot.closed": Act(gettext_lazy("the vote was closed, present %(present)s of %(total)s"), to_all=True),
}
