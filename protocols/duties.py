"""What waits for a person about protocols: computed from the records (never stored)."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.labels import meeting_title
from meetings.models import Meeting
from meetings.states import State as MeetingState
from members.days import long_day
from members.duties import Duty, state_by
from members.models.calendar import CalendarDay, WorkCalendar
from members.permissions import Actor
from protocols import labels, policies
from protocols.facts import protocol_due
from protocols.models import Edition, Protocol
from protocols.permissions import DRAW_UP, SIGN
from protocols.signers import signer_today, signs_instead
from protocols.states import EditionState, State


def duties(actor: Actor, *, now: datetime) -> list[Duty]:
    """Return what `actor` has to do about the protocols of the Staff at `now` (an aware moment)."""
    today = timezone.localdate(now)
    if actor.role in DRAW_UP.roles:
        calendar = CalendarDay.objects.work_calendar()
        return [
            *_to_draw_up(actor, calendar, today),
            *_to_finish(actor, calendar, today),
            *_to_send_again(actor),
        ]
    if actor.role in SIGN.roles:
        return list(_to_sign(actor))
    return []


def _to_draw_up(actor: Actor, calendar: WorkCalendar, today: date) -> Iterator[Duty]:
    meetings = Meeting.objects.filter(staff=actor.staff, state=MeetingState.ENDED, protocol=None)
    for meeting in meetings.select_related("staff", "regulation").order_by("day"):
        due = protocol_due(meeting, calendar)
        yield Duty(
            title=_("Draw up the protocol. %(meeting)s") % {"meeting": meeting_title(meeting)},
            why=_("The protocol is drawn up within one day from the end of the meeting"),
            clause="23",
            due=due,
            state=_urgency(due, today),
            url=meeting.address("protocols:detail"),
            act=_("Draw up the protocol"),
        )


def _to_finish(actor: Actor, calendar: WorkCalendar, today: date) -> Iterator[Duty]:
    drafts = Protocol.objects.for_page().filter(meeting__staff=actor.staff, state=State.DRAFT)
    # Ordered by number, so that the latest edition of each protocol stays in the dictionary.
    editions = Edition.objects.filter(protocol__in=drafts).order_by("number")
    latest = {row.protocol_id: row for row in editions.only("protocol_id", "state", "remark")}
    returned = {pk: row.remark for pk, row in latest.items() if row.state == EditionState.RETURNED}
    for protocol in drafts.order_by("meeting__day"):
        due = protocol_due(protocol.meeting, calendar) if protocol.first_sent_at is None else None
        facts = {"meeting": meeting_title(protocol.meeting)}
        is_returned = protocol.pk in returned
        yield Duty(
            title=(
                _("Mend the returned protocol. %(meeting)s")
                if is_returned
                else _("Finish the protocol. %(meeting)s")
            )
            % facts,
            why=_("It is complete when it has been sent for signature"),
            clause="23",
            due=due,
            state=_urgency(due, today) if due else "soon",
            url=protocol.get_absolute_url(),
            act=_("Finish the protocol"),
            note=returned.get(protocol.pk, ""),
        )


def _to_send_again(actor: Actor) -> Iterator[Duty]:
    """What was sent for the signature of who may not sign today: an absence began or ended meanwhile."""
    sent = Edition.objects.filter(state=EditionState.CURRENT, protocol__meeting__staff=actor.staff)
    related = ("signer", "protocol__meeting__staff", "protocol__meeting__chair__user")
    for edition in sent.select_related(*related).order_by("protocol__meeting__day"):
        verdict = policies.is_still_signer(edition.protocol, edition, actor.absence)
        if not verdict:
            meeting = edition.protocol.meeting
            yield Duty(
                title=_("Take the protocol back and send it again. %(meeting)s")
                % {"meeting": meeting_title(meeting)},
                why=labels.refusal(verdict),
                clause="25.3",
                state="soon",
                url=edition.protocol.get_absolute_url(),
                act=_("Open the protocol"),
            )


def _to_sign(actor: Actor) -> Iterator[Duty]:
    waiting = Protocol.objects.for_page().filter(
        meeting__staff=actor.staff,
        state=State.AWAITING,
        editions__state=EditionState.CURRENT,
        editions__signer=actor.user,
    )
    for protocol in waiting.select_related("meeting__chair__user").order_by("meeting__day"):
        if signer_today(protocol.meeting, actor.absence) != actor.user:
            continue
        yield Duty(
            title=_("Sign the protocol. %(meeting)s") % {"meeting": meeting_title(protocol.meeting)},
            why=_why_sign(actor, protocol),
            clause="15",
            state="soon",
            url=protocol.meeting.address("protocols:sign"),
            act=_("Read and sign"),
        )


def _why_sign(actor: Actor, protocol: Protocol) -> str:
    absence = signs_instead(protocol.meeting, actor.absence)
    if absence is None:
        return _("The protocol is signed by who chaired; then it goes to the members")
    facts = {"ground": absence.ground, "until": long_day(absence.until, get_language())}
    return _("You perform the duties of the head: %(ground)s, the last day is %(until)s") % facts


def _urgency(due: date, today: date) -> str:
    """The term is one day, so on its last day the protocol is what goes on now."""
    return "now" if due == today else state_by(due, today)
