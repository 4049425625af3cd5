"""The nine steps of a meeting, from its date to the dispatch of its protocol, with five statuses."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from meetings import facts
from meetings.facts import ItemMaterials, Terms
from meetings.locks import approved_version, submitted_version
from meetings.models import AgendaVersion, Dispatch, Meeting
from meetings.states import State
from members.days import short_day
from members.permissions import Actor
from protocols.models import Protocol
from protocols.states import State as ProtocolState

WORDS = {
    "open": gettext_lazy("Not started"),
    "working": gettext_lazy("In progress"),
    "done": gettext_lazy("Done"),
    "blocked": gettext_lazy("Not yet"),
    "late": gettext_lazy("Overdue"),
}


@dataclass(frozen=True)
class Step:
    """One step: its name, where it is done, what it says of itself, and one of the five statuses."""

    name: str
    state: str
    note: str = ""
    url: str = ""

    @property
    def state_word(self) -> str:
        return str(WORDS[self.state])


@dataclass(frozen=True)
class Progress:
    """What the steps are computed from; one set of queries for all nine."""

    meeting: Meeting
    terms: Terms
    rows: list[ItemMaterials]
    submitted: AgendaVersion | None
    approved: AgendaVersion | None
    is_approved_text: bool
    sent: Dispatch | None
    protocol: Protocol | None
    today: date


def progress_of(meeting: Meeting, *, today: date) -> Progress:
    """Return where the meeting stands on the local date `today`."""
    rows = facts.items_with_materials(meeting, today=today)
    approved = approved_version(meeting)
    digest = facts.content_hash(facts.agenda_content(meeting, [row.item for row in rows]))
    sent = Dispatch.objects.filter(version=approved).first() if approved else None
    protocol = Protocol.objects.filter(meeting=meeting).first()
    return Progress(
        meeting=meeting,
        terms=facts.terms_of(meeting),
        rows=rows,
        submitted=submitted_version(meeting),
        approved=approved,
        is_approved_text=approved is not None and approved.sha256 == digest,
        sent=sent,
        protocol=protocol,
        today=today,
    )


def steps_of(progress: Progress, by: Actor) -> list[Step]:
    """Return the nine steps in order; only the secretary's carry addresses of acts."""
    steps = [
        _date(progress),
        _agenda(progress),
        _materials(progress),
        _approval(progress),
        _invited(progress),
        _dispatch(progress),
        _session(progress),
        _protocol(progress),
        _after(progress),
    ]
    return steps if by.is_secretary else [Step(step.name, step.state, step.note) for step in steps]


def _date(progress: Progress) -> Step:
    meeting = progress.meeting
    note = f"{short_day(meeting.day, get_language())}, {meeting.starts_at:%H:%M}"
    editable = meeting.state == State.PLANNED and progress.submitted is None
    return Step(_("Date and place"), "done", note, meeting.address("meetings:edit") if editable else "")


def _agenda(progress: Progress) -> Step:
    count = len(progress.rows)
    note = ngettext("%(count)s question", "%(count)s questions", count) % {"count": count}
    url = progress.meeting.address("meetings:agenda")
    if not count:
        return Step(_("Draft agenda"), "open", _("no questions yet"), url)
    complete = progress.submitted is not None or progress.approved is not None
    return Step(_("Draft agenda"), "done" if complete else "working", note, url)


def _materials(progress: Progress) -> Step:
    name, url = _("Materials"), progress.meeting.address("meetings:agenda")
    if not progress.rows:
        return Step(name, "blocked", _("First put questions on the agenda"))
    received = sum(not row.is_missing for row in progress.rows)
    note = _("%(received)s of %(all)s received, due %(due)s") % {
        "received": received,
        "all": len(progress.rows),
        "due": short_day(progress.terms.materials_due, get_language()),
    }
    if progress.meeting.state != State.PLANNED:
        return Step(name, "done", note, url)
    if any(row.held for row in progress.rows):
        return Step(name, "late", note + "; " + _("the head decides about the late ones"), url)
    if received == len(progress.rows):
        return Step(name, "done", note, url)
    return Step(name, "late" if progress.today > progress.terms.materials_due else "working", note, url)


def _approval(progress: Progress) -> Step:
    name, url = _("Approval of the agenda"), progress.meeting.address("meetings:agenda")
    if not progress.rows:
        return Step(name, "blocked", _("First put questions on the agenda"))
    if progress.submitted is not None:
        return Step(
            name,
            "working",
            _("version %(version)s is with the head") % {"version": progress.submitted.number},
            url,
        )
    if progress.approved is None:
        return Step(name, "open", _("submit the agenda to the head"), url)
    version = _("version %(version)s, %(who)s") % {
        "version": progress.approved.number,
        "who": progress.approved.decided_as.split(",")[0],
    }
    if not progress.is_approved_text and progress.meeting.state == State.PLANNED:
        return Step(name, "working", _("changed after approval, submit it again"), url)
    return Step(name, "done", version, url)


def _invited(progress: Progress) -> Step:
    count = progress.meeting.invitees.count()
    note = (
        ngettext("%(count)s person", "%(count)s persons", count) % {"count": count}
        if count
        else _("nobody is invited")
    )
    state = "done" if progress.approved is not None else "working" if count else "open"
    return Step(_("List of the invited"), state, note, progress.meeting.address("meetings:invited"))


def _dispatch(progress: Progress) -> Step:
    name, url = _("Dispatch"), progress.meeting.address("meetings:dispatch")
    due = _("due %(due)s") % {"due": short_day(progress.terms.circulation_due, get_language())}
    if progress.sent is not None:
        return Step(name, "done", _("sent to members and invited"), url)
    if progress.approved is None:
        return Step(name, "blocked", _("First the agenda is approved") + ", " + due)
    if progress.meeting.state != State.PLANNED:
        return Step(name, "done", _("not sent before the meeting"), url)
    return Step(name, "late" if progress.today > progress.terms.circulation_due else "open", due, url)


def _session(progress: Progress) -> Step:
    meeting, name = progress.meeting, _("Meeting")
    if meeting.state == State.ENDED:
        return Step(
            name, "done", _("quorum, votes and outcomes are recorded"), meeting.address("meetings:live")
        )
    if meeting.state == State.NO_QUORUM:
        return Step(name, "done", _("not held for want of a quorum"), meeting.address("meetings:live"))
    if meeting.state != State.PLANNED:
        return Step(name, "working", _("it is going on"), meeting.address("meetings:live"))
    if progress.approved is None:
        return Step(name, "blocked", _("First the agenda is approved"))
    if meeting.day != progress.today:
        return Step(name, "blocked", _("registration begins on the day of the meeting"))
    return Step(name, "open", _("begin the registration of members"))


def _protocol(progress: Progress) -> Step:
    name, meeting = _("Protocol"), progress.meeting
    due = _("due %(due)s") % {"due": short_day(progress.terms.protocol_due, get_language())}
    if meeting.state == State.NO_QUORUM:
        return Step(name, "done", _("a meeting without a quorum has no protocol"))
    if meeting.state != State.ENDED:
        return Step(name, "blocked", _("First hold the meeting") + ", " + due)
    url, protocol = meeting.address("protocols:detail"), progress.protocol
    if protocol is not None and protocol.first_sent_at is not None:
        done = protocol.state == ProtocolState.SIGNED
        return Step(
            name,
            "done" if done else "working",
            _("signed") if done else _("with the chair for signature"),
            url,
        )
    late = progress.today > progress.terms.protocol_due
    return Step(name, "late" if late else "open" if protocol is None else "working", due, url)


def _after(progress: Progress) -> Step:
    name = _("Dispatch of the protocol")
    if progress.meeting.state == State.NO_QUORUM:
        return Step(name, "done", _("a meeting without a quorum has no protocol"))
    if progress.protocol is not None and progress.protocol.state == ProtocolState.SIGNED:
        return Step(
            name, "done", _("sent to all members for execution"), progress.meeting.address("protocols:detail")
        )
    return Step(name, "blocked", _("First the protocol is signed"))
