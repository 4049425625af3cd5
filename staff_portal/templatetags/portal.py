"""Tags and filters of every template: presentation only, nothing is decided here."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from members import days
from members.requests import current_request_id
from regulation import clauses
from staff_portal import drawing

register = template.Library()

# How a step of a progress line is filled: a state not named here is an empty segment.
SEGMENT_OF_STATE = {"done": "is-filled", "working": "is-faint", "late": "is-faint", "soon": "is-faint"}
MEGABYTE = 1024 * 1024


def local_day(value: date | datetime) -> date:
    """Return the calendar day of a date or of a moment, the moment in the portal's time zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def day(value: date | datetime | None) -> str:
    """Return «17 желтоқсан, бейсенбі» / «17 декабря, четверг»; nothing for no date."""
    return days.short_day(local_day(value), get_language()) if value else ""


@register.filter
def long_day(value: date | datetime | None) -> str:
    """Return «2026 жылғы 17 желтоқсан» / «17 декабря 2026 года»; nothing for no date."""
    return days.long_day(local_day(value), get_language()) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """Return the local time of a moment as «10:42»; nothing for no moment."""
    return f"{timezone.localtime(value):%H:%M}" if value else ""


@register.filter
def day_from_now(value: date | datetime | None, today: date | datetime) -> str:
    """Return how far a day is from `today` in words: "today", "in 3 days", "2 days ago"."""
    if not value:
        return ""
    distance = (local_day(value) - local_day(today)).days
    named = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get(distance)
    if named:
        return named
    if distance > 0:
        return ngettext("in %(count)d day", "in %(count)d days", distance) % {"count": distance}
    return ngettext("%(count)d day ago", "%(count)d days ago", -distance) % {"count": -distance}


@register.filter
def days_late(due: date | datetime, today: date | datetime) -> int:
    """Return by how many days `today` is past the term, 0 when it is not."""
    return max((local_day(today) - local_day(due)).days, 0)


@register.filter(name="bytes")
def size(value: int | None) -> str:
    """Return a file's size as «340 KB» or «2.4 MB» in the page's language."""
    if value is None:
        return ""
    if value < MEGABYTE:
        return _("%(size)s KB") % {"size": max(1, round(value / 1024))}
    return _("%(size)s MB") % {"size": formats.number_format(round(value / MEGABYTE, 1), decimal_pos=1)}


@register.filter
def tel(phone: str) -> str:
    """Return a phone number as a `tel:` address wants it: digits and a leading plus."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


@register.filter
def breakable(email: str) -> SafeString:
    """Return an e-mail address that, where the line is short, breaks after the @."""
    name, sign, domain = email.partition("@")
    return format_html("{}{}<wbr>{}", name, sign, domain)


@register.filter
def hash_groups(digest: str) -> str:
    """Return a digest in groups of four characters."""
    return days.hash_groups(digest)


@register.filter(name="local")
def local_filter(item: object, field: str) -> str:
    """Return `field` of `item` in the page's language, or in the other where that is all there is."""
    return days.local_text(item, field, get_language())[0]


@register.simple_tag(name="local")
def local_tag(item: object, field: str) -> SafeString:
    """Return `field` in the page's language; in the other one marked with its `lang` and a small note."""
    language = days.known(get_language())
    text, code = days.local_text(item, field, language)
    if not text or code == language:
        return format_html("{}", text)
    note = _("in Russian only") if code == "ru" else _("in Kazakh only")
    return format_html('<span lang="{}">{}</span> <small class="only">{}</small>', code, text, note)


@register.simple_tag
def clause(number: str) -> SafeString:
    """Return the link to a clause of the regulation: «13-тармақ» / «пункт 13»."""
    address = f"{reverse('rules')}#{clauses.anchor(number)}"
    title = re.sub(r" (?=\d)", days.NBSP, clauses.title(number, days.known(get_language())))
    return format_html('<a class="clause" href="{}">{}</a>', address, title)


@register.inclusion_tag("parts/_seats.html")
def seats(*, total: int, needed: int, room: int, video: int = 0, heading: str = "quorum") -> dict[str, Any]:
    """Draw the quorum meter: the words, N seats with the needed line, the keys (clauses 13 and 20)."""
    present = room + video
    return {
        "total": total,
        "needed": needed,
        "room": room,
        "video": video,
        "present": present,
        "absent": max(total - present, 0),
        "missing": max(needed - present, 0),
        "boxes": drawing.seats(total, room, video),
        "line": drawing.needed_line(total, needed),
        "heading": heading,
    }


@register.inclusion_tag("parts/_segments.html")
def segments(done: int, total: int) -> dict[str, Any]:
    """Draw `done` of `total` as filled segments; the words stand beside it, the drawing is decoration."""
    return {"boxes": drawing.segments(["is-filled"] * done + [""] * (total - done))}


@register.inclusion_tag("parts/_segments.html")
def segments_of(steps: Iterable[Any]) -> dict[str, Any]:
    """Draw one segment per step by its `state`, in order: done filled, under way faint, the rest empty."""
    return {"boxes": drawing.segments(SEGMENT_OF_STATE.get(step.state, "") for step in steps)}


class Problem(NamedTuple):
    """A sentence about what is wrong, the id of its control (or "") and the label of its field (or "")."""

    text: str
    target: str = ""
    label: str = ""


def problems_of(source: Any) -> list[Problem]:
    """Return what is wrong in a form, a formset, or a list of forms or of sentences."""
    if hasattr(source, "non_form_errors"):
        own = [Problem(str(text)) for text in source.non_form_errors()]
        return own + [problem for form in source.forms for problem in problems_of(form)]
    if not hasattr(source, "non_field_errors"):
        forms = (problems_of(item) if hasattr(item, "errors") else [Problem(str(item))] for item in source)
        return [problem for found in forms for problem in found]
    found = [Problem(str(text)) for text in source.non_field_errors()]
    for field in source:
        many = field.widget_type in {"radioselect", "checkboxselectmultiple"}
        target = "" if field.is_hidden else f"{field.auto_id}_0" if many else field.auto_id
        found += [Problem(str(text), target, str(field.label)) for text in field.errors]
    return found


def summary(sources: Iterable[Any]) -> list[Problem]:
    """Return all problems; a sentence that several fields share is told apart by the field's label."""
    found = [problem for source in sources for problem in problems_of(source)]
    times = Counter(problem.text for problem in found)
    return [
        problem._replace(text=f"{problem.label}: {problem.text}")
        if problem.label and times[problem.text] > 1
        else problem
        for problem in found
    ]


@register.inclusion_tag("parts/_problems.html")
def problems(*sources: Any) -> dict[str, Any]:
    """List what is wrong above h1, in the same words as beside the fields; nothing when all is well."""
    return {"problems": summary(sources)}


@register.simple_tag(takes_context=True)
def problems_of_page(context: Context) -> list[Problem]:
    """Return what is wrong in the page's `form`, `formset`, `forms` or `problems`, for summary and title."""
    named = (context.get(name) for name in ("problems", "form", "formset", "forms"))
    return summary(source for source in named if source is not None)


@register.simple_tag
def request_number() -> str:
    """Return the number a person can name to the secretary when something failed; empty outside a request."""
    return current_request_id()[:8]
