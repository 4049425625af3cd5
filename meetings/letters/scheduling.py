from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.facts import Terms
from meetings.labels import meeting_title
from meetings.models import Initiative, Meeting
from members.days import long_day, short_day
from members.labels import local

# What of a meeting is told when it changes, in the order of the letter.
TOLD = ("day", "time", "place", "mode", "link", "kind", "urgent", "call")


def meeting_scheduled(meeting: Meeting) -> tuple[str, str]:
    facts = _facts(meeting)
    text = _(
        "The %(kind)s meeting of the Staff takes place on %(day)s. Beginning: %(time)s. Place: %(place)s "
        "(%(mode)s). You take part as a member, without substitution (clause 20). The agenda and the "
        "materials follow."
    )
    parts = [
        text,
        _("On whose initiative: %(call)s.") if meeting.call_ground else "",
        _("Video link: %(link)s") if meeting.link else "",
    ]
    return _("Notice of a meeting. %(meeting)s") % facts, " ".join(filter(None, parts)) % facts


def meeting_moved(
    before: Meeting, meeting: Meeting, terms: tuple[Terms, Terms], reason: str
) -> tuple[str, str]:
    """Return the letter about what changed; `terms` are the old ones and the new ones."""
    old, new = terms
    changed = [words for name in TOLD if (words := _change(name, before, meeting))]
    parts = [_("Changed: %(what)s.") % {"what": "; ".join(changed)}]
    if reason:
        parts.append(_("Reason: %(reason)s.") % {"reason": reason.rstrip(".")})
    if (old.materials_due, old.circulation_due) != (new.materials_due, new.circulation_due):
        parts.append(
            _("The terms moved too: materials by %(materials)s, documents to the members by %(circulation)s.")
            % {
                "materials": short_day(new.materials_due, get_language()),
                "circulation": short_day(new.circulation_due, get_language()),
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
            "The meeting was changed, its terms with it. Your agency still owes materials: they were due by "
            "%(old)s, now by %(new)s inclusive (clause 22)."
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
        "urgent": meeting.urgent_ground,
        "call": meeting.call_ground.rstrip("."),
    }


def _change(name: str, before: Meeting, meeting: Meeting) -> str:
    """Return «time: 10:00 → 11:00», or nothing where it stayed."""
    words = {
        "day": _("date"),
        "time": _("time"),
        "place": _("place"),
        "mode": _("mode"),
        "link": _("link"),
        "kind": _("kind"),
        "urgent": _("head's instruction and ground of an urgent meeting"),
        "call": _("on whose initiative"),
    }
    old, new = _facts(before)[name], _facts(meeting)[name]
    if name == "place" and old == new:
        old, new = _other_place(before), _other_place(meeting)
    return "" if old == new else f"{words[name]}: {old or '–'} → {new or '–'}"


def _other_place(meeting: Meeting) -> str:
    """Return the place in the language that is not the reader's: it may change alone."""
    return meeting.place_ru if get_language() == "kk" else meeting.place_kk


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
