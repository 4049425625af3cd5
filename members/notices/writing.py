"""How a letter is written: in the recipient's language, text and HTML, with one button."""

from collections.abc import Sequence
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext, ngettext

from members import links
from members.days import local_text
from members.models import Notice


def letter(notice: Notice) -> EmailMultiAlternatives:
    """Return the letter of one notice; its button leads to the page that the notice is about."""
    with translation.override(notice.language):
        staff, _language = local_text(notice.staff, "name", notice.language)
        subject = getattr(notice, f"subject_{notice.language}")
        context: dict[str, object] = {
            "staff": staff,
            "subject": subject,
            "text": getattr(notice, f"text_{notice.language}"),
            "url": _url(notice),
        }
        mail = _mail(notice, "notice", f"{gettext('Staff')}: {subject}", context)
        if notice.calendar:
            _enclose(mail, notice.calendar)
        return mail


def digest(notices: Sequence[Notice]) -> EmailMultiAlternatives:
    """Return one letter about several notices of a person, by Staff; its button leads to the portal."""
    newest = max(notices, key=lambda notice: notice.pk)
    with translation.override(newest.language):
        ordered = sorted(notices, key=lambda notice: (notice.staff_id, notice.pk))
        groups = [
            (local_text(rows[0].staff, "name", newest.language)[0], [_row(row, newest) for row in rows])
            for rows in (list(group) for _staff, group in groupby(ordered, lambda notice: notice.staff_id))
        ]
        count = len(notices)
        subject = ngettext("%(count)d notice for you", "%(count)d notices for you", count) % {"count": count}
        of_one = len(groups) == 1
        context: dict[str, object] = {
            "staff": groups[0][0] if of_one else "",
            "subject": subject,
            "groups": groups,
            "url": settings.PORTAL_URL + (f"/{newest.staff.code}/" if of_one else "/"),
        }
        return _mail(newest, "digest", f"{gettext('Staff')}: {subject}", context)


def _enclose(mail: EmailMultiAlternatives, calendar: str) -> None:
    """Add a calendar entry twice: as the part that calendars act on, and as a file for other clients."""
    method = "CANCEL" if "METHOD:CANCEL" in calendar.splitlines() else "REQUEST"
    mail.attach_alternative(calendar, f"text/calendar; method={method}")
    mail.attach("meeting.ics", calendar.encode(), "application/ics")


def _row(notice: Notice, newest: Notice) -> dict[str, str]:
    return {
        "subject": getattr(notice, f"subject_{newest.language}"),
        "text": getattr(notice, f"text_{newest.language}"),
        "url": _url(notice),
    }


def _url(notice: Notice) -> str:
    return settings.PORTAL_URL + links.in_letter(notice.path)


def _mail(notice: Notice, kind: str, subject: str, context: dict[str, object]) -> EmailMultiAlternatives:
    """Return the letter `kind` to who `notice` is for, in the language that is on now."""
    context |= {"name": notice.name, "has_account": notice.recipient_id, "language": notice.language}
    mail = EmailMultiAlternatives(
        # A subject is one line: nothing in it may begin another header.
        subject=" ".join(subject.split()),
        body=render_to_string(f"mail/{kind}.txt", context),
        to=[notice.email],
        headers={"Message-ID": f"<{kind}-{notice.pk}@staff-portal>"},
    )
    mail.attach_alternative(render_to_string(f"mail/{kind}.html", context), "text/html")
    return mail
