from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.facts import Terms
from meetings.labels import meeting_title
from meetings.models import Initiative, Meeting
from members.days import long_day, short_day
from members.labels import local

# What of a meeting is told when it changes, in the order of the letter.
TOLD = ("day", "starts_at", "place_kk", "mode", "link")


def meeting_scheduled(meeting: Meeting) -> tuple[str, str]:
    facts = _facts(meeting)
    text = _(
        "The %(kind)s meeting of the Staff takes place on %(day)s. Beginning: %(time)s. Place: %(place)s "
        "(%(mode)s). You take part as a member, without substitution (clause 20). The agenda and the "
        "materials follow."
    )
    link = _("Video link: %(link)s") if meeting.link else ""
    return _("Notice of a meeting. %(meeting)s") % facts, f"{text} {link}".strip() % facts


def meeting_moved(before: Meeting, meeting: Meeting, terms: Terms, reason: str) -> tuple[str, str]:
    changed = [words for name in TOLD if (words := _change(name, before, meeting))]
    parts = [_("Changed: %(what)s.") % {"what": "; ".join(changed)}]
    if reason:
        parts.append(_("Reason: %(reason)s.") % {"reason": reason.rstrip(".")})
    if before.day != meeting.day:
        parts.append(
            _("The terms moved too: materials by %(materials)s, documents to the members by %(circulation)s.")
            % {
                "materials": short_day(terms.materials_due, get_language()),
                "circulation": short_day(terms.circulation_due, get_language()),
            }
        )
    return _("The meeting is changed. %(meeting)s") % _facts(meeting), " ".join(parts)


def term_moved(meeting: Meeting, before: Terms, terms: Terms) -> tuple[str, str]:
    facts = {
        "meeting": meeting_title(meeting),
        "old": short_day(before.materials_due, get_language()),
        "new": short_day(terms.materials_due, get_language()),
    }
    return (
        _("The new term for materials is %(new)s. %(meeting)s") % facts,
        _(
            "The meeting was moved. Your agency still owes materials: they were due by %(old)s, "
            "now by %(new)s inclusive (clause 22)."
        )
        % facts,
    )


def meeting_cancelled(meeting: Meeting) -> tuple[str, str]:
    facts = _facts(meeting) | {"reason": meeting.cancel_reason.rstrip(".")}
    return (
        _("The meeting is cancelled. %(meeting)s") % facts,
        _(
            "The meeting planned for %(day)s, %(time)s, is cancelled. Reason: %(reason)s. Nothing is awaited "
            "for it any more; its questions may be put on another agenda."
        )
        % facts,
    )


def _facts(meeting: Meeting) -> dict[str, str]:
    return {
        "meeting": meeting_title(meeting),
        "kind": str(meeting.get_kind_display()),
        "day": long_day(meeting.day, get_language()),
        "time": f"{meeting.starts_at:%H:%M}",
        "place": local(meeting, "place"),
        "mode": str(meeting.get_mode_display()),
        "link": meeting.link,
    }


def _change(name: str, before: Meeting, meeting: Meeting) -> str:
    """Return «time: 10:00 → 11:00», or nothing where it stayed."""
    said = {"day": "day", "starts_at": "time", "place_kk": "place", "mode": "mode", "link": "link"}[name]
    words = {"day": _("date"), "time": _("time"), "place": _("place"), "mode": _("mode"), "link": _("link")}
    old, new = _facts(before)[said], _facts(meeting)[said]
    return "" if old == new else f"{words[said]}: {old or '–'} → {new or '–'}"


def quarter_alarm(number: int, year: int) -> tuple[str, str]:
    facts = {"quarter": number, "year": year}
    return (
        _("Schedule the regular meeting of quarter %(quarter)s of %(year)s") % facts,
        _("No regular meeting is scheduled for this quarter; at least one must be held (clause 12).") % facts,
    )


def quarter_breached(number: int, year: int) -> tuple[str, str]:
    facts = {"quarter": number, "year": year}
    return (
        _("No regular meeting was held in quarter %(quarter)s of %(year)s") % facts,
        _(
            "Clause 12 asks for at least one regular meeting a quarter. The breach stays visible on the page "
            "of meetings."
        )
        % facts,
    )


def initiative_started(initiative: Initiative) -> tuple[str, str]:
    facts = {"name": initiative.started_by.name, "question": local(initiative.question, "title")}
    return (
        _("An initiative to call a meeting: %(question)s") % facts,
        _(
            "%(name)s asks the members to call an extraordinary meeting. Read the ground and join, if you "
            "agree (clause 12)."
        )
        % facts,
    )


def initiative_reached(initiative: Initiative) -> tuple[str, str]:
    facts = {
        "question": local(initiative.question, "title"),
        "joined": initiative.reached_joined,
        "total": initiative.reached_total,
    }
    return (
        _("The members call an extraordinary meeting: %(question)s") % facts,
        _(
            "Joined: %(joined)s of %(total)s, more than half of all members. The secretary calls the meeting "
            "(clause 12)."
        )
        % facts,
    )


def initiative_withdrawn(initiative: Initiative) -> tuple[str, str]:
    facts = {"name": initiative.started_by.name, "question": local(initiative.question, "title")}
    return (
        _("The initiative is withdrawn: %(question)s") % facts,
        _("%(name)s took the initiative back before the needed number was reached.") % facts,
    )
