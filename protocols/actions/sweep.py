from datetime import date, datetime, time

from django.utils import timezone

from meetings.models import Meeting
from meetings.states import State as MeetingState
from members.models.calendar import CalendarDay, WorkCalendar
from members.states import Role
from members.sweeping import total_over
from protocols import labels
from protocols.actions.sending import render_documents
from protocols.facts import protocol_due, signature_target
from protocols.models import Edition, Protocol
from protocols.states import EditionState, State
from protocols.telling import in_roles, signer_of, tell
from regulation.terms import days_late

# On the due date, local time: the stage from which hour on. Before the due date there is only "ended".
DUE_DAY = ((time(22), "last_hours"), (time(12), "due_day"))
DAILY_UP_TO = 7
ESCALATED_TO = (Role.SECRETARY, Role.HEAD, Role.DEPUTY_HEAD)


def sweep(*, now: datetime) -> int:
    """Compare the terms of protocols with the clock, make waiting documents, tell once who must act.

    Returns the number of new notices. Safe to run twice, at once, or after days of silence: only the
    stage that is true at `now` (an aware moment) is told, never those it slept through (clause 23).
    """
    calendar = CalendarDay.objects.work_calendar()
    told = _remind_of_drawing_up(calendar, now) + _remind_of_signing(calendar, now)
    _make_waiting_documents(now)
    return told


def _make_waiting_documents(now: datetime) -> None:
    def make(pk: int) -> int:
        render_documents(pk, now=now)
        return 1

    total_over(list(Edition.objects.without_documents().values_list("pk", flat=True)), make)


def stage_of(due: date, now: datetime) -> str:
    """Return the stage of the one-day term at `now`: ended, due_day, last_hours, late-1 … late-7, late-14 …

    Late stages follow local days: each day for a week, then each week (clause 23).
    """
    local = now.astimezone(timezone.get_default_timezone())
    late = days_late(due, local.date())
    if late:
        return f"late-{late if late <= DAILY_UP_TO else late // DAILY_UP_TO * DAILY_UP_TO}"
    if local.date() == due:
        return next((stage for hour, stage in DUE_DAY if local.time() >= hour), "ended")
    return "ended"


def _remind_of_drawing_up(calendar: WorkCalendar, now: datetime) -> int:
    meetings = Meeting.objects.filter(state=MeetingState.ENDED, protocol__first_sent_at=None)

    def remind(meeting: Meeting) -> int:
        due = protocol_due(meeting, calendar)
        stage = stage_of(due, now)
        late = days_late(due, timezone.localdate(now))
        people = in_roles(meeting.staff, *(ESCALATED_TO if late else (Role.SECRETARY,)), now=now)
        words = labels.drawing_up(stage, due, late)
        return len(tell(meeting, "protocol.term", f"{meeting.pk}:{stage}", words, people, now=now))

    return total_over(meetings.select_related("staff", "regulation"), remind)


def _remind_of_signing(calendar: WorkCalendar, now: datetime) -> int:
    """A signature has no term in the text: after the target the signer is reminded daily, never a breach."""
    today = timezone.localdate(now)
    editions = Edition.objects.filter(state=EditionState.CURRENT, protocol__state=State.AWAITING)

    def remind(edition: Edition) -> int:
        if today <= signature_target(timezone.localdate(edition.sent_at), calendar):
            return 0
        protocol = Protocol.objects.for_page().get(pk=edition.protocol_id)
        key = f"{protocol.pk}:{today.isoformat()}"
        people, page = signer_of(protocol), "protocols:sign"
        return len(
            tell(protocol.meeting, "protocol.unsigned", key, labels.unsigned, people, page=page, now=now)
        )

    return total_over(editions, remind)
