from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.facts import Forecast, Sending, Terms
from meetings.labels import meeting_title
from meetings.models import Meeting
from members.days import short_day
from members.labels import local


def _when_and_where(meeting: Meeting) -> dict[str, object]:
    return {
        "meeting": meeting_title(meeting),
        "day": short_day(meeting.day, get_language()),
        "time": f"{meeting.starts_at:%H:%M}",
        "place": local(meeting, "place"),
    }


def pack_sent(meeting: Meeting, sending: Sending) -> tuple[str, str]:
    """Say what was sent: the agenda, a new version of it, or documents that came later (clause 26(4))."""
    facts = _when_and_where(meeting) | {"version": sending.version}
    text = (
        _(
            "The meeting is on %(day)s at %(time)s, %(place)s. "
            "Members attend without substitution (clause 20). On the page say whether you will come."
        )
        % facts
    )
    if sending.days_late:
        late = {"days": sending.days_late, "reason": sending.late_reason or "…"}
        text += " " + _("Sent after the term, days late: %(days)s. Reason: %(reason)s.") % late
    if sending.is_supplement:
        orders = {"orders": ", ".join(map(str, sending.orders))}
        more = _("There are new documents for questions %(orders)s.") % orders
        return _("Further documents came. %(meeting)s") % facts, f"{more} {text}"
    if sending.is_renewal:
        return _("The agenda has changed, version %(version)s. %(meeting)s") % facts, text
    return _("The agenda and materials are here. %(meeting)s") % facts, text


def invitation(meeting: Meeting, *, has_account: bool) -> tuple[str, str]:
    facts = _when_and_where(meeting)
    text = (
        _("The meeting is on %(day)s at %(time)s, %(place)s. You take part without a vote (clause 21).")
        % facts
    )
    more = (
        _("On the page say whether you will come.")
        if has_account
        else _("The secretary hands the documents over. The link leads to the regulation.")
    )
    return _("You are invited. %(meeting)s") % facts, f"{text} {more}"


def circulation_near(meeting: Meeting, terms: Terms) -> tuple[str, str]:
    facts = {"meeting": meeting_title(meeting), "due": short_day(terms.circulation_due, get_language())}
    return (
        _("Send the agenda and materials by %(due)s. %(meeting)s") % facts,
        _("All documents go to the members at least three days before the meeting (clause 26(4)).") % facts,
    )


def circulation_late(meeting: Meeting, terms: Terms) -> tuple[str, str]:
    facts = {"meeting": meeting_title(meeting), "due": short_day(terms.circulation_due, get_language())}
    return (
        _("The agenda and materials are not sent. %(meeting)s") % facts,
        _(
            "The term is over: %(due)s. Send them now and write the reason; "
            "the page shows by how many days it is late (clause 26(4))."
        )
        % facts,
    )


def quorum_at_risk(meeting: Meeting, forecast: Forecast) -> tuple[str, str]:
    facts = {
        "meeting": meeting_title(meeting),
        "needed": forecast.needed,
        "total": forecast.total,
        "absent": len(forecast.absent),
    }
    return (
        _("There may be no quorum. %(meeting)s") % facts,
        _(
            "The quorum needs %(needed)s of %(total)s. Will not come: %(absent)s. Even if everybody else "
            "comes, there are too few (clause 20)."
        )
        % facts,
    )
