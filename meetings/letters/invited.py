from django.utils.translation import gettext as _

from meetings.labels import meeting_title
from meetings.models import Meeting


def uninvited(meeting: Meeting) -> tuple[str, str]:
    """Say to one person that the invitation is withdrawn; the meeting itself takes place."""
    facts = {"meeting": meeting_title(meeting)}
    return (
        _("Your invitation is withdrawn. %(meeting)s") % facts,
        _(
            "The meeting takes place, but you need not come to it. The enclosed entry takes it out of your "
            "calendar. If this surprises you, call the secretary of the Staff."
        ),
    )
