from django.utils.translation import gettext as _

from meetings.comparison import compare, version_before
from meetings.labels import meeting_title
from meetings.models import AgendaVersion, Meeting


def agenda_submitted(meeting: Meeting, version: AgendaVersion) -> tuple[str, str]:
    facts = {"meeting": meeting_title(meeting), "version": version.number}
    text = _("Version %(version)s of the agenda waits for your decision (clause 22).") % facts
    before = version_before(version)
    if before is not None:
        count = len(compare(before.content, version.content))
        since = _("Changes since version %(before)s: %(count)s.")
        text = f"{text} {since % {'before': before.number, 'count': count}}"
    return _("Approve the agenda. %(meeting)s") % facts, text


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
