from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.facts import ItemMaterials, Terms
from meetings.labels import meeting_title
from meetings.models import Meeting
from members.duties import Duty, state_by
from members.permissions import Actor


def owed_by(
    actor: Actor, meeting: Meeting, rows: list[ItemMaterials], terms: Terms, today: date
) -> Iterator[Duty]:
    if actor.is_secretary:
        return
    for row in rows:
        if any(owed.agency_id in actor.organisation_ids for owed in row.owed):
            yield Duty(
                title=_("Material for question %(order)s. %(meeting)s")
                % {"order": row.item.order, "meeting": meeting_title(meeting)},
                why=_("Your agency brings it; send the file here"),
                clause="22",
                url=reverse("meetings:materials", args=[actor.staff.code]),
                act=_("Bring the document"),
                due=terms.materials_due,
                state=state_by(terms.materials_due, today),
            )


def unread(actor: Actor, meeting: Meeting, today: date) -> Iterator[Duty]:
    sent = [row for version in meeting.agenda_versions.all() for row in version.dispatches.all()]
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
