from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q
from django.utils import timezone

from meetings.models import Meeting
from meetings.states import Kind, State
from members.models import JournalEntry, Regulation, Staff
from regulation.terms import Alarm, quarter_alarm, quarter_bounds, quarter_of

Quarter = tuple[int, int]


@dataclass(frozen=True)
class QuarterState:
    """Where clause 12 stands: the alarm of the current quarter and the past ones without a meeting."""

    quarter: Quarter
    has_regular: bool
    alarm: Alarm
    breached: tuple[Quarter, ...]
    # Why a breached quarter had none, where the secretary has recorded it.
    reasons: Mapping[Quarter, str]

    @property
    def last_breach(self) -> Quarter | None:
        """The quarter before the current one, when it passed without a regular meeting and a reason."""
        before = quarter_before(self.quarter)
        return before if before in self.unexplained else None

    @property
    def unexplained(self) -> tuple[Quarter, ...]:
        """The breached quarters whose reason is not recorded yet, the latest first."""
        return tuple(quarter for quarter in self.breached if quarter not in self.reasons)

    @property
    def breaches(self) -> list[tuple[int, int, str]]:
        """Year, number and recorded reason of each breached quarter, the latest first."""
        return [(*quarter, self.reasons.get(quarter, "")) for quarter in self.breached]


def quarter_before(quarter: Quarter) -> Quarter:
    """Return the quarter that ended when `quarter` began."""
    year, number = quarter
    return (year, number - 1) if number > 1 else (year - 1, 4)


def quarter_state(staff: Staff, *, today: date) -> QuarterState:
    """Return where `staff` stands on `today` with its regular meetings (clause 12)."""
    quarter = quarter_of(today)
    has_regular = has_regular_in_quarter(staff, quarter, today=today)
    alarm: Alarm = "" if has_regular else quarter_alarm(today)
    breached = breached_quarters(staff, today=today)
    return QuarterState(quarter, has_regular, alarm, breached, _reasons(staff) if breached else {})


def has_regular_in_quarter(
    staff: Staff, quarter: Quarter, *, today: date, besides: Meeting | None = None
) -> bool:
    """Return whether a regular meeting is still to come or was lawfully held in the quarter (clause 12).

    `besides`: a meeting that is being moved does not count.
    """
    meetings = Meeting.objects.filter(staff=staff, kind=Kind.REGULAR, day__range=quarter_bounds(quarter))
    if besides is not None:
        meetings = meetings.exclude(pk=besides.pk)
    still_to_come = Q(state__in=(State.PLANNED, State.REGISTRATION), day__gte=today)
    return meetings.filter(still_to_come | Q(state__in=(State.OPEN, State.ENDED))).exists()


def breached_quarters(staff: Staff, *, today: date) -> tuple[Quarter, ...]:
    """Return the past quarters without a regular meeting that opened lawfully, the latest first (clause 12).

    A quarter counts when from its first day the regulation was in force and the portal kept the Staff's
    journal: of earlier meetings it knows nothing.
    """
    first = _first_quarter(staff)
    if first is None:
        return ()
    held = Meeting.objects.filter(staff=staff, kind=Kind.REGULAR, opened_at__isnull=False)
    lawful = {quarter_of(day) for day in held.values_list("day", flat=True)}
    breached = []
    quarter = quarter_before(quarter_of(today))
    while quarter >= first:
        if quarter not in lawful:
            breached.append(quarter)
        quarter = quarter_before(quarter)
    return tuple(breached)


def _first_quarter(staff: Staff) -> Quarter | None:
    approved = Regulation.objects.filter(staff=staff, approved_at__isnull=False)
    since: date | None = approved.aggregate(first=Min("in_force_from"))["first"]
    if since is None:
        return None
    kept_since = JournalEntry.objects.filter(staff=staff).order_by("sequence").values_list("at", flat=True)
    begun = kept_since.first()
    return _whole_from(max(since, timezone.localdate(begun)) if begun else since)


def _whole_from(day: date) -> Quarter:
    """Return the first quarter that lies wholly on or after `day`."""
    year, number = quarter_of(day)
    if day == quarter_bounds((year, number))[0]:
        return year, number
    return (year, number + 1) if number < 4 else (year + 1, 1)


def _reasons(staff: Staff) -> dict[Quarter, str]:
    entries = JournalEntry.objects.filter(staff=staff, act="quarter.explained").order_by("sequence")
    said = entries.values_list("data", flat=True)
    return {(each["year"], each["quarter"]): each["reason"] for each in said}
