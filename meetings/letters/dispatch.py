from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.facts import Terms
from meetings.labels import meeting_title
from meetings.models import Meeting
from members.days import short_day
from members.labels import local


def pack_sent(meeting: Meeting) -> tuple[str, str]:
    facts = {
        "meeting": meeting_title(meeting),
        "day": short_day(meeting.day, get_language()),
        "time": f"{meeting.starts_at:%H:%M}",
        "place": local(meeting, "place"),
    }
    return (
        _("The agenda and materials are here. %(meeting)s") % facts,
        _(
            "The meeting is on %(day)s at %(time)s, %(place)s. "
            "Members attend without substitution (clause 20)."
        )
        % facts,
    )


def circulation_late(meeting: Meeting, terms: Terms) -> tuple[str, str]:
    facts = {"meeting": meeting_title(meeting), "due": short_day(terms.circulation_due, get_language())}
    return (
        _("The agenda and materials are not sent. %(meeting)s") % facts,
        _(
            "The term is over: %(due)s. Send them now; "
            "the page shows by how many days it is late (clause 26(4))."
        )
        % facts,
    )


def invitation(meeting: Meeting) -> tuple[str, str]:
    facts = {
        "meeting": meeting_title(meeting),
        "day": short_day(meeting.day, get_language()),
        "time": f"{meeting.starts_at:%H:%M}",
        "place": local(meeting, "place"),
    }
    return (
        _("You are invited. %(meeting)s") % facts,
        _(
            "The meeting is on %(day)s at %(time)s, %(place)s. You take part without a vote (clause 21); "
            "the secretary hands the documents over. The link leads to the regulation."
        )
        % facts,
    )


def circulation_near(meeting: Meeting, terms: Terms) -> tuple[str, str]:
    facts = {"meeting": meeting_title(meeting), "due": short_day(terms.circulation_due, get_language())}
    return (
        _("Send the agenda and materials by %(due)s. %(meeting)s") % facts,
        _("All documents go to the members at least three days before the meeting (clause 26(4)).") % facts,
    )
