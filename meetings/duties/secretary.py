from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from meetings import facts
from meetings.duties.announcement import to_announce
from meetings.duties.dispatch import to_send, unopened
from meetings.facts import ItemMaterials, Terms
from meetings.labels import meeting_title
from meetings.locks import approved_version
from meetings.models import AgendaVersion, Meeting
from meetings.states import AgendaState
from members.duties import Duty, state_by


def of_secretary(
    meeting: Meeting, terms: Terms, rows: list[ItemMaterials], submitted: AgendaVersion | None, today: date
) -> Iterator[Duty]:
    if meeting.day < today:
        yield _not_held(meeting)
        return
    title = meeting_title(meeting)
    approved = approved_version(meeting)
    digest = facts.content_hash(facts.agenda_content(meeting, [row.item for row in rows]))
    if meeting.day == today and approved is not None:
        yield _is_today(meeting)
    if submitted is None and (approved is None or approved.sha256 != digest):
        yield Duty(
            title=_("Prepare the agenda. %(meeting)s") % {"meeting": title},
            why=_("The secretary drafts it, the head approves it"),
            clause="22",
            url=meeting.address("meetings:agenda"),
            act=_("Prepare the agenda"),
            due=terms.circulation_due,
            state=state_by(terms.circulation_due, today),
            note=_remark(meeting),
        )
    yield from to_send(meeting, terms, rows, approved, digest, today)
    yield from unopened(meeting, today)
    yield from _missing_materials(meeting, terms, rows, today)
    yield from to_announce(meeting, terms, today)


def _not_held(meeting: Meeting) -> Duty:
    return Duty(
        title=_("%(meeting)s was not held on its day") % {"meeting": meeting_title(meeting)},
        why=_("Choose a new date; its terms follow by themselves"),
        clause="12",
        url=meeting.address("meetings:edit"),
        act=_("Choose a new date"),
        due=meeting.day,
        state="late",
    )


def _is_today(meeting: Meeting) -> Duty:
    return Duty(
        title=_("%(meeting)s is today") % {"meeting": meeting_title(meeting)},
        why=_("Begin the registration of members"),
        clause="20",
        url=meeting.get_absolute_url(),
        act=_("Begin registration"),
        due=meeting.day,
        state="now",
    )


def _remark(meeting: Meeting) -> str:
    """Return the remark with which the head returned the latest version, or nothing."""
    latest = next(iter(meeting.agenda_versions.all()), None)
    if latest is None or latest.state != AgendaState.RETURNED:
        return ""
    return _("Returned with a remark: «%(remark)s»") % {"remark": latest.remark}


def _missing_materials(
    meeting: Meeting, terms: Terms, rows: list[ItemMaterials], today: date
) -> Iterator[Duty]:
    missing = [str(row.item.order) for row in rows if row.is_missing]
    if missing:
        yield Duty(
            title=_("Materials are missing for questions %(orders)s") % {"orders": ", ".join(missing)},
            why=_("%(meeting)s. Agencies bring them five calendar days before")
            % {"meeting": meeting_title(meeting)},
            clause="22",
            url=meeting.address("meetings:agenda"),
            act=_("See the materials"),
            due=terms.materials_due,
            state=state_by(terms.materials_due, today),
        )
