"""What the rows say: computed once here, for the page, the paper, the letter and the journal alike."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from meetings.models import AgendaItem, Ballot, Dispatch, Elector, Material, Meeting
from meetings.states import Kind, Presence, State
from members.journal import canonical
from members.models import Staff
from members.models.calendar import CalendarDay, WorkCalendar
from members.permissions import seats_on
from members.states import Role
from regulation import terms, voting
from regulation.procedure import Procedure


@dataclass(frozen=True)
class Terms:
    """The dates of a meeting, all local (clauses 19, 22, 23, 26(4)); before its end the last are expected."""

    materials_due: date
    circulation_due: date
    announcement_due: date
    protocol_due: date
    protocol_unrolled: date
    has_ended: bool


def terms_of(meeting: Meeting, calendar: WorkCalendar | None = None) -> Terms:
    """Return the terms of `meeting`; before its end the protocol's term is the one expected."""
    days = calendar or CalendarDay.objects.work_calendar()
    ended_on = meeting.ended_on
    return terms_for(meeting.day, meeting.procedure, days, urgent=meeting.is_urgent, ended_on=ended_on)


def terms_for(
    day: date,
    procedure: Procedure,
    calendar: WorkCalendar,
    *,
    urgent: bool = False,
    ended_on: date | None = None,
) -> Terms:
    """Return the terms of a meeting on the local date `day`, for a form before the meeting exists."""
    holidays, extra = calendar
    ended = ended_on or day
    return Terms(
        materials_due=terms.materials_due(day, procedure, holidays, urgent=urgent, extra_working=extra),
        circulation_due=terms.circulation_due(day, procedure, holidays, urgent=urgent, extra_working=extra),
        announcement_due=terms.announcement_due(day, procedure, holidays, extra_working=extra),
        protocol_due=terms.protocol_due(ended, procedure, holidays, extra_working=extra),
        protocol_unrolled=terms.unrolled_protocol_due(ended, procedure),
        has_ended=ended_on is not None,
    )


@dataclass(frozen=True)
class ItemMaterials:
    """What has come in for one item, how late, and what of it is held back (clause 22)."""

    item: AgendaItem
    materials: tuple[Material, ...]
    held: tuple[Material, ...]
    days_late: int

    @property
    def is_missing(self) -> bool:
        return not self.materials

    @property
    def is_overdue(self) -> bool:
        return self.is_missing and self.days_late > 0


def materials_of(item: AgendaItem, due: date, *, today: date) -> ItemMaterials:
    """Return the materials of `item` (prefetched) against the local due date.

    What came on the due date is in time. Without any material the lateness grows with `today`; otherwise it
    is that of the latest one. Each late material is held back from everybody until the head admits it
    (parameter `late_materials`); one that comes after the admission waits for another.
    """
    materials = tuple(row for row in item.materials.all() if row.withdrawn_at is None)
    lateness = {row.pk: terms.days_late(due, timezone.localdate(row.uploaded_at)) for row in materials}
    days_late = max(lateness.values()) if lateness else terms.days_late(due, today)
    hold = item.meeting.procedure.late_materials == "hold"
    held = tuple(row for row in materials if hold and lateness[row.pk] and not _is_admitted(item, row))
    return ItemMaterials(item, materials, held, days_late)


def _is_admitted(item: AgendaItem, material: Material) -> bool:
    return item.admitted_at is not None and material.uploaded_at <= item.admitted_at


def items_with_materials(meeting: Meeting, *, today: date) -> list[ItemMaterials]:
    """Return the items of `meeting` in order, each with its materials and lateness."""
    due = terms_of(meeting).materials_due
    items = list(meeting.items.for_agenda())
    for item in items:
        item.meeting = meeting
    return [materials_of(item, due, today=today) for item in items]


def is_sent(meeting: Meeting) -> bool:
    """Return whether some version of the agenda went out to the members."""
    return Dispatch.objects.filter(version__meeting=meeting).exists()


def agenda_content(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[str, Any]:
    """Return what the head approves: the meeting, its items in order and the invited (clauses 21, 22)."""
    return {
        "day": meeting.day.isoformat(),
        "starts_at": f"{meeting.starts_at:%H:%M}",
        "kind": meeting.kind,
        "urgent_ground": meeting.urgent_ground,
        "place_kk": meeting.place_kk,
        "place_ru": meeting.place_ru,
        "mode": meeting.mode,
        "items": [item_content(item) for item in items],
        "invited": [
            {"name": person.name, "office_kk": person.office_kk, "office_ru": person.office_ru}
            for person in meeting.invitees.all()
        ],
    }


def item_content(item: AgendaItem) -> dict[str, Any]:
    """Return one item as the agenda freezes it."""
    return {
        "order": item.order,
        "title_kk": item.question.title_kk,
        "title_ru": item.question.title_ru,
        "agency_kk": item.agency.name_kk,
        "agency_ru": item.agency.name_ru,
        "speaker_kk": item.speaker_kk,
        "speaker_ru": item.speaker_ru,
        "minutes": item.minutes,
        "draft_kk": item.draft_kk,
        "draft_ru": item.draft_ru,
    }


def content_hash(content: dict[str, Any]) -> str:
    """Return the SHA-256 of frozen content, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


@dataclass(frozen=True)
class Roll:
    """The roll of a meeting against the quorum (clause 20). `rows` are all seats in the order of the act."""

    rows: tuple[Elector, ...]
    total: int
    needed: int
    room: int
    video: int

    @property
    def present(self) -> int:
        return self.room + self.video

    @property
    def has_quorum(self) -> bool:
        return self.present >= self.needed

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.present)

    @property
    def members(self) -> list[Elector]:
        return [row for row in self.rows if row.votes]

    @property
    def attending(self) -> list[Elector]:
        return [row for row in self.members if row.attendance.is_present]


def roll(meeting: Meeting) -> Roll:
    """Return who is there now, with what the quorum needs; before registration everybody is still to come."""
    rows = tuple(meeting.electors.select_related("attendance"))
    total = meeting.total or _members_in_force(meeting)
    presences = [row.attendance.presence for row in rows if row.votes]
    return Roll(
        rows=rows,
        total=total,
        needed=voting.quorum(total, meeting.procedure) if total else 0,
        room=presences.count(Presence.ROOM),
        video=presences.count(Presence.VIDEO),
    )


def _members_in_force(meeting: Meeting) -> int:
    return seats_on(meeting.staff, meeting.day).filter(votes=True).count()


def ballot_of(item: AgendaItem) -> Ballot | None:
    """Return the vote that counts: the latest, for one that lost its quorum is taken again; or None."""
    ballots = list(item.ballots.all())
    return ballots[-1] if ballots else None


def chair_vote(ballot: Ballot, meeting: Meeting) -> str | None:
    """Return the vote of whoever holds the casting vote (clauses 13, 25(3)), None when it was not cast.

    Under the parameter `head_only` a deputy who chairs holds no casting vote.
    """
    chair = meeting.chair
    if chair is None or (meeting.procedure.tie == "head_only" and chair.role != Role.HEAD):
        return None
    vote = ballot.votes.filter(elector=chair).first()
    return vote.choice if vote else None


def tally(ballot: Ballot) -> dict[str, int]:
    """Return how many voted for, against and abstained, by the codes of `Choice`."""
    choices = list(ballot.votes.values_list("choice", flat=True))
    return {
        "for": choices.count("for"),
        "against": choices.count("against"),
        "abstained": choices.count("abstained"),
    }


def has_regular_in_quarter(staff: Staff, quarter: tuple[int, int], *, today: date) -> bool:
    """Return whether a regular meeting is still to come or was lawfully held in the quarter (clause 12)."""
    first, last = terms.quarter_bounds(quarter)
    meetings = Meeting.objects.filter(staff=staff, kind=Kind.REGULAR, day__range=(first, last))
    missed = Q(state=State.NO_QUORUM) | Q(state=State.PLANNED, day__lt=today)
    return meetings.exclude(missed).exists()
