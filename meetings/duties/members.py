from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from meetings.facts import ItemMaterials, Terms
from meetings.labels import meeting_title
from meetings.models import Meeting
from meetings.sight import is_of_agency
from members.duties import Duty, state_by
from members.permissions import Actor


def owed_by(
    actor: Actor, meeting: Meeting, rows: list[ItemMaterials], terms: Terms, today: date
) -> Iterator[Duty]:
    if actor.is_secretary:
        return
    for row in rows:
        if row.is_missing and is_of_agency(row.item, actor):
            yield Duty(
                title=_("Material for question %(order)s. %(meeting)s")
                % {"order": row.item.order, "meeting": meeting_title(meeting)},
                why=_("Your agency prepares the question; send the document to the secretary"),
                clause="22",
                url=row.item.get_absolute_url(),
                act=_("See the question"),
                due=terms.materials_due,
                state=state_by(terms.materials_due, today),
            )


def unread(actor: Actor, meeting: Meeting, today: date) -> Iterator[Duty]:
    sent = [version.dispatch for version in meeting.agenda_versions.all() if hasattr(version, "dispatch")]
    letters = [row for dispatch in sent for row in dispatch.deliveries.all()]
    if any(row.user_id == actor.person.pk and row.opened_at is None for row in letters):
        yield Duty(
            title=_("Read the agenda and materials. %(meeting)s") % {"meeting": meeting_title(meeting)},
            why=_("They were sent to you for the meeting; you attend without substitution"),
            clause="20",
            url=meeting.get_absolute_url(),
            act=_("Read"),
            due=meeting.day,
            state=state_by(meeting.day, today),
        )
