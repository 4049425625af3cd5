from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from meetings.models import Initiative, Meeting, Supporter
from meetings.states import State
from members.models import Regulation, Staff
from members.models.calendar import CalendarDay, WorkCalendar
from members.permissions import holders_on, seats_on
from regulation import voting
from regulation.workdays import DAY, next_working

# Targets of practice, not of the regulation: working days after the number was reached.
CALL_WITHIN, HOLD_WITHIN = 3, 10


@dataclass(frozen=True)
class Standing:
    """How many have joined an initiative of how many needed; frozen once it was reached (clause 12)."""

    initiative: Initiative
    supporters: tuple[Supporter, ...]
    joined: int
    needed: int
    total: int
    meeting: Meeting | None
    call_due: date | None = None
    hold_due: date | None = None

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.joined)

    @property
    def is_called(self) -> bool:
        """Whether a meeting that had or may still have a quorum was called to it."""
        return self.meeting is not None and self.meeting.state != State.NO_QUORUM

    @property
    def waits_for_call(self) -> bool:
        return self.initiative.reached_at is not None and not self.is_called

    def has(self, user_id: int) -> bool:
        """Return whether the person is among those who joined and stayed."""
        return any(row.user_id == user_id and row.left_at is None for row in self.supporters)


@dataclass(frozen=True)
class Electoral:
    """Who counts today: the members with a vote, their number and how many call a meeting (clause 12)."""

    voters: frozenset[int]
    total: int
    needed: int


def electoral_of(staff: Staff, *, today: date) -> Electoral:
    """Return N of `today` with the threshold; vacant seats count in N (clauses 11, 12)."""
    total = seats_on(staff, today).filter(votes=True).count()
    holders = holders_on(staff, today).filter(seat__votes=True)
    procedure = Regulation.objects.on(staff, today).procedure
    needed = voting.initiative(total, procedure) if total else 1
    return Electoral(frozenset(holders.values_list("user_id", flat=True)), total, needed)


def standing_of(initiative: Initiative, electoral: Electoral, calendar: WorkCalendar) -> Standing:
    """Return where `initiative` stands; who lost the vote meanwhile does not count (clause 12)."""
    rows = tuple(initiative.supporters.all())
    meeting = getattr(initiative, "meeting", None)
    if initiative.reached_at is None:
        joined = len({row.user_id for row in rows if row.left_at is None} & electoral.voters)
        return Standing(initiative, rows, joined, electoral.needed, electoral.total, meeting)
    reached_on = timezone.localdate(initiative.reached_at)
    return Standing(
        initiative,
        rows,
        initiative.reached_joined or 0,
        initiative.reached_needed or 0,
        initiative.reached_total or 0,
        meeting,
        call_due=_after(reached_on, CALL_WITHIN, calendar),
        hold_due=_after(reached_on, HOLD_WITHIN, calendar),
    )


def standings(staff: Staff, rows: Iterable[Initiative], *, today: date) -> list[Standing]:
    """Return the standing of each of `rows` (of `staff`, with supporters) on the local date `today`."""
    found = list(rows)
    if not found:
        return []
    electoral, calendar = electoral_of(staff, today=today), CalendarDay.objects.work_calendar()
    return [standing_of(row, electoral, calendar) for row in found]


def _after(day: date, count: int, calendar: WorkCalendar) -> date:
    """Return the `count`-th working day after `day`."""
    for _each in range(count):
        day = next_working(day + DAY, calendar.holidays, extra_working=calendar.extra_working)
    return day
