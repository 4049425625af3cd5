from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import facts, policies
from meetings.facts import ItemMaterials, Terms
from meetings.labels import meeting_title
from meetings.models import AgendaVersion, Dispatch, Meeting
from meetings.states import Reply
from members.duties import Duty, state_by
from members.permissions import Actor
from members.states import Role


def to_send(
    meeting: Meeting,
    terms: Terms,
    rows: list[ItemMaterials],
    approved: AgendaVersion | None,
    digest: str,
    today: date,
) -> Iterator[Duty]:
    """Return what the secretary has to send: the approved agenda, or documents that came after it."""
    parcel = facts.parcel_of(approved, rows)
    if not policies.may_dispatch(meeting, approved, is_new=parcel.is_new, digest=digest):
        return
    title = _("Send the agenda and materials. %(meeting)s")
    if not parcel.is_first:
        title = _("Send the further documents. %(meeting)s")
    yield Duty(
        title=title % {"meeting": meeting_title(meeting)},
        why=_("All documents go to the members at least three days before the meeting"),
        clause="26.4",
        url=meeting.address("meetings:dispatch"),
        act=_("Check and send"),
        due=terms.circulation_due,
        state=state_by(terms.circulation_due, today),
    )


def unopened(meeting: Meeting, today: date) -> Iterator[Duty]:
    """Return who has not opened the last dispatch, from the day after it (clause 26(4))."""
    sent = _latest(meeting)
    if sent is None or timezone.localdate(sent.sent_at) >= today:
        return
    count, total = facts.unopened_count(sent)
    if count:
        yield Duty(
            title=_("Not opened: %(count)s of %(all)s. %(meeting)s")
            % {"count": count, "all": total, "meeting": meeting_title(meeting)},
            why=_("The agenda and materials must reach every member before the meeting"),
            clause="26.4",
            url=meeting.address("meetings:dispatch"),
            act=_("See the proof"),
            due=meeting.day,
            state=state_by(meeting.day, today),
        )


def _latest(meeting: Meeting) -> Dispatch | None:
    sent = [row for version in meeting.agenda_versions.all() for row in version.dispatches.all()]
    return max(sent, key=lambda row: (row.sent_at, row.pk), default=None)


def to_answer(actor: Actor, meeting: Meeting, today: date) -> Iterator[Duty]:
    """Ask a member to whom the agenda was sent whether they will come (clause 20)."""
    sent = _latest(meeting)
    me = actor.person.pk
    is_written = sent is not None and any(row.user_id == me for row in sent.deliveries.all())
    if not is_written or any(row.user_id == me for row in meeting.replies.all()):
        return
    yield Duty(
        title=_("Say whether you will come. %(meeting)s") % {"meeting": meeting_title(meeting)},
        why=_("The secretary counts whether there will be a quorum; nobody comes instead of you"),
        clause="20",
        url=meeting.address("meetings:answer"),
        act=_("Answer"),
        due=meeting.day,
        state=state_by(meeting.day, today),
    )


def at_risk(actor: Actor, meetings: list[Meeting], today: date) -> Iterator[Duty]:
    """Warn secretary and head of the nearest meeting to which too many will not come (clause 20)."""
    if actor.role not in (Role.SECRETARY, Role.HEAD):
        return
    refused = [row for row in meetings if any(each.reply == Reply.WILL_NOT for each in row.replies.all())]
    if not refused:
        return
    meeting = refused[0]
    forecast = facts.forecast(meeting)
    if forecast.is_out_of_reach:
        yield Duty(
            title=_("There may be no quorum. %(meeting)s") % {"meeting": meeting_title(meeting)},
            why=_("Will not come: %(absent)s; the quorum needs %(needed)s of %(total)s")
            % {"absent": len(forecast.absent), "needed": forecast.needed, "total": forecast.total},
            clause="20",
            url=meeting.get_absolute_url(),
            act=_("See the answers"),
            due=meeting.day,
            state="late" if meeting.day <= today else "soon",
        )
