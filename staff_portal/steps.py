"""The nine steps of a meeting, from its date to the dispatch of its protocol, with five statuses."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from meetings import facts, policies
from meetings.facts import ItemMaterials, Parcel, Roll, Terms
from meetings.locks import approved_version, submitted_version
from meetings.models import AgendaVersion, Dispatch, Meeting
from meetings.states import State
from members.days import short_day
from members.labels import local
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
    parcel: Parcel
    invited: int
    roll: Roll
    protocol: Protocol | None
    today: date

    @property
    def is_over(self) -> bool:
        """Whether nothing is prepared any more."""
        return self.meeting.state != State.PLANNED

    @property
    def is_missed(self) -> bool:
        """Whether the meeting should have been held and was not: nothing runs from its day."""
        return not self.is_over and self.meeting.day < self.today


def progress_of(meeting: Meeting, *, today: date) -> Progress:
    """Return where the meeting stands on the local date `today`."""
    rows = facts.items_with_materials(meeting, today=today)
    approved = approved_version(meeting)
    digest = facts.content_hash(facts.agenda_content(meeting, [row.item for row in rows]))
    return Progress(
        meeting=meeting,
        terms=facts.terms_of(meeting),
        rows=rows,
        submitted=submitted_version(meeting),
        approved=approved,
        is_approved_text=approved is not None and approved.sha256 == digest,
        sent=Dispatch.objects.filter(version=approved).first() if approved else None,
        parcel=facts.parcel_of(approved, rows),
        invited=meeting.invitees.count(),
        roll=facts.roll(meeting),
        protocol=Protocol.objects.filter(meeting=meeting).first(),
        today=today,
    )


def steps_of(progress: Progress, by: Actor) -> list[Step]:
    """Return the nine steps in order, none of a cancelled meeting; only the secretary's carry addresses."""
    if progress.meeting.state == State.CANCELLED:
        return []
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


def near_term(progress: Progress) -> str:
    """Return «dispatch: 14 December, Monday», the next term that is still ahead; empty without one."""
    if progress.is_over or progress.today > progress.meeting.day:
        return ""
    terms = progress.terms
    ahead = [
        (_("Materials"), terms.materials_due, not any(row.owed for row in progress.rows)),
        (_("Dispatch"), terms.circulation_due, progress.sent is not None),
        (_("Meeting"), progress.meeting.day, False),
    ]
    for name, due, is_done in ahead:
        if not is_done and due >= progress.today:
            return f"{name}: {_day(due)}"
    return ""


def _day(day: date) -> str:
    return short_day(day, get_language())


def _date(progress: Progress) -> Step:
    meeting = progress.meeting
    note = f"{_day(meeting.day)}, {meeting.starts_at:%H:%M}; {local(meeting, 'place')}"
    editable = not progress.is_over and progress.submitted is None
    url = meeting.address("meetings:edit") if editable else ""
    if progress.is_missed:
        return Step(_("Date and place"), "late", note + "; " + _("the day is over, choose another"), url)
    return Step(_("Date and place"), "done", note, url)


def _agenda(progress: Progress) -> Step:
    name, count = _("Draft agenda"), len(progress.rows)
    note = ngettext("%(count)s question", "%(count)s questions", count) % {"count": count}
    url = progress.meeting.address("meetings:agenda")
    if not count:
        return Step(name, "open", _("no questions yet"), url)
    latest = progress.submitted or progress.approved
    if latest is not None:
        note += ", " + _("version %(version)s") % {"version": latest.number}
    items = [row.item for row in progress.rows]
    problems = policies.problems_before_submitting(items) + policies.ungrounded(progress.meeting, items)
    if problems and not progress.is_over and progress.submitted is None:
        lacking = ngettext("%(count)s gap left", "%(count)s gaps left", len(problems))
        return Step(name, "working", f"{note}; {lacking % {'count': len(problems)}}", url)
    return Step(name, "done", note, url)


def _materials(progress: Progress) -> Step:
    name, url = _("Materials"), progress.meeting.address("meetings:agenda")
    if not progress.rows:
        return Step(name, "blocked", _("First put questions on the agenda"))
    awaited = [document for row in progress.rows for document in row.awaited]
    received = sum(not document.is_missing for document in awaited)
    note = _("%(received)s of %(all)s") % {"received": received, "all": len(awaited)}
    if progress.is_over:
        return Step(name, "done", note, url)
    if who := _who_is_late(progress.rows):
        note += "; " + _("lateness: %(who)s") % {"who": who}
    if any(row.is_undecided for row in progress.rows):
        return Step(name, "late", note + "; " + _("the head decides about the late ones"), url)
    if received == len(awaited):
        return Step(name, "done", note, url)
    if progress.today > progress.terms.materials_due:
        # What the head has let stay without a document is decided; the rest is late.
        return Step(name, "done" if _is_all_decided(progress) else "late", note, url)
    due = _("due %(due)s") % {"due": _day(progress.terms.materials_due)}
    return Step(name, "working", f"{note}, {due}", url)


def _is_all_decided(progress: Progress) -> bool:
    overdue = [row for row in progress.rows if row.is_overdue]
    return all(row.item.admitted_at is not None for row in overdue)


def _who_is_late(rows: list[ItemMaterials]) -> str:
    """Return «Police department (1 day)», the agencies whose documents are over their term."""
    late: dict[str, int] = {}
    for row in rows:
        if row.days_late and (row.is_undecided or row.is_overdue):
            for agency in [owed.agency for owed in row.owed] or [row.item.agency]:
                name = local(agency, "name")
                late[name] = max(late.get(name, 0), row.days_late)
    return ", ".join(f"{name} ({_in_days(days)})" for name, days in late.items())


def _in_days(days: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def _approval(progress: Progress) -> Step:
    name, url = _("Approval of the agenda"), progress.meeting.address("meetings:agenda")
    if not progress.rows:
        return Step(name, "blocked", _("First put questions on the agenda"))
    if progress.submitted is not None:
        note = _("version %(version)s is with the head") % {"version": progress.submitted.number}
        return Step(name, "working", note, url)
    approved = progress.approved
    if approved is None:
        return Step(name, "open", _("submit the agenda to the head"), url)
    if not progress.is_approved_text and not progress.is_over:
        return Step(name, "working", _("changed after approval, submit it again"), url)
    decided = timezone.localtime(approved.decided_at) if approved.decided_at else None
    when = f", {decided:%d.%m, %H:%M}" if decided else ""
    return Step(name, "done", approved.decided_as.split(",")[0] + when, url)


def _invited(progress: Progress) -> Step:
    name, url = _("List of the invited"), progress.meeting.address("meetings:invited")
    count = progress.invited
    if not progress.rows and not count:
        return Step(name, "blocked", _("First put questions on the agenda"))
    note = ngettext("%(count)s person", "%(count)s persons", count) % {"count": count}
    if progress.approved is not None and (progress.is_approved_text or progress.is_over):
        approved = pgettext("list of the invited", "approved")
        return Step(name, "done", f"{note}, {approved}" if count else _("nobody is invited"), url)
    return Step(name, "working" if count else "open", note if count else _("nobody is invited"), url)


def _dispatch(progress: Progress) -> Step:
    name, url = _("Dispatch"), progress.meeting.address("meetings:dispatch")
    whom = _("members: %(members)s, invited: %(invited)s") % {
        "members": progress.roll.total,
        "invited": progress.invited,
    }
    due = _("due %(due)s") % {"due": _day(progress.terms.circulation_due)}
    is_current = progress.is_approved_text and not progress.is_over
    if progress.sent is not None and is_current and progress.parcel.is_new:
        return Step(name, "working", _("documents that came later are not sent"), url)
    if progress.sent is not None and (is_current or progress.is_over):
        sent = timezone.localtime(progress.sent.sent_at)
        return Step(name, "done", f"{whom}; {sent:%d.%m, %H:%M}", url)
    if progress.is_over:
        return Step(name, "done", _("not sent before the meeting"), url)
    late = progress.today > progress.terms.circulation_due
    if progress.approved is None or not progress.is_approved_text:
        why = _("The agenda is not approved")
        if progress.sent is not None:
            why = _("The agenda was changed after it was sent")
        return Step(name, "late" if late else "blocked", why + "; " + due)
    return Step(name, "late" if late else "open", f"{whom}; {due}", url)


def _session(progress: Progress) -> Step:
    meeting, name = progress.meeting, _("Meeting")
    live = meeting.address("meetings:live")
    if meeting.state == State.ENDED:
        return Step(name, "done", _("quorum, votes and outcomes are recorded"), live)
    if meeting.state == State.NO_QUORUM:
        return Step(name, "done", _("not held for want of a quorum"), live)
    if progress.is_over:
        return Step(name, "working", _("it is going on"), live)
    if meeting.day < progress.today:
        return Step(name, "late", _("it was not held on its day"))
    begins = _("begins on %(day)s at %(time)s") % {
        "day": _day(meeting.day),
        "time": f"{meeting.starts_at:%H:%M}",
    }
    if meeting.day > progress.today:
        return Step(name, "blocked", begins)
    if progress.approved is None or not progress.is_approved_text:
        return Step(name, "blocked", _("The agenda is not approved"))
    return Step(name, "open", _("begin the registration of members"))


def _protocol(progress: Progress) -> Step:
    name, meeting = _("Protocol"), progress.meeting
    due = _("due %(due)s") % {"due": _day(progress.terms.protocol_due)}
    if meeting.state == State.NO_QUORUM:
        return Step(name, "done", _("a meeting without a quorum has no protocol"))
    if meeting.state != State.ENDED:
        held_not = _("The meeting has not been held")
        return Step(name, "blocked", held_not if progress.is_missed else f"{held_not}; {due}")
    url, protocol = meeting.address("protocols:detail"), progress.protocol
    if protocol is not None and protocol.first_sent_at is not None:
        done = protocol.state == ProtocolState.SIGNED
        note = _("signed") if done else _("with the chair for signature")
        return Step(name, "done" if done else "working", note, url)
    late = progress.today > progress.terms.protocol_due
    return Step(name, "late" if late else "open" if protocol is None else "working", due, url)


def _after(progress: Progress) -> Step:
    name, protocol = _("Dispatch of the protocol and control"), progress.protocol
    if progress.meeting.state == State.NO_QUORUM:
        return Step(name, "done", _("a meeting without a quorum has no protocol"))
    if protocol is not None and protocol.state == ProtocolState.SIGNED:
        url = progress.meeting.address("protocols:detail")
        return Step(name, "done", _("sent to all members for execution"), url)
    return Step(name, "blocked", _("The protocol is not signed"))
