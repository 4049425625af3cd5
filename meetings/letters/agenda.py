from django.utils.translation import gettext as _

from meetings.labels import meeting_title
from meetings.models import AgendaVersion, Meeting


def agenda_submitted(meeting: Meeting, version: AgendaVersion) -> tuple[str, str]:
    facts = {"meeting": meeting_title(meeting), "version": version.number}
    return (
        _("Approve the agenda. %(meeting)s") % facts,
        _("Version %(version)s of the agenda waits for your decision (clause 22).") % facts,
    )


def agenda_decided(meeting: Meeting, version: AgendaVersion) -> tuple[str, str]:
    facts = {"meeting": meeting_title(meeting), "version": version.number}
    if version.state == "approved":
        return (
            _("The agenda is approved. %(meeting)s") % facts,
            _("Version %(version)s is approved. Send it with the materials to everybody (clause 26(4)).")
            % facts,
        )
    return (
        _("The agenda is returned. %(meeting)s") % facts,
        _("Version %(version)s is returned with a remark. Mend it and submit it again.") % facts,
    )
