"""What the portal writes to people about meetings: (subject, text) in the current language.

No content of documents stands in a letter, only that something waits and where.
"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.facts import ItemMaterials, Terms
from meetings.labels import meeting_title
from meetings.models import AgendaItem, AgendaVersion, Meeting
from members.days import short_day
from members.labels import local


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


def material_owed(item: AgendaItem, terms: Terms) -> tuple[str, str]:
    facts = {
        "meeting": meeting_title(item.meeting),
        "order": item.order,
        "due": short_day(terms.materials_due, get_language()),
    }
    return (
        _("The material for question %(order)s is due by %(due)s. %(meeting)s") % facts,
        _("Question %(order)s has no material yet. It is due by %(due)s inclusive (clause 22).") % facts,
    )


def material_late(item: AgendaItem, terms: Terms) -> tuple[str, str]:
    facts = {
        "meeting": meeting_title(item.meeting),
        "order": item.order,
        "due": short_day(terms.materials_due, get_language()),
    }
    return (
        _("The material for question %(order)s is late. %(meeting)s") % facts,
        _(
            "It was due by %(due)s (clause 22). It can still be brought in: it will be marked late, "
            "and the head decides whether it is admitted."
        )
        % facts,
    )


def material_held(row: ItemMaterials) -> tuple[str, str]:
    facts = {
        "meeting": meeting_title(row.item.meeting),
        "order": row.item.order,
        "days": row.days_late,
    }
    return (
        _("A late material came for question %(order)s. %(meeting)s") % facts,
        _("Days late: %(days)s. It goes to nobody until the head decides whether it is admitted (clause 22).")
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
