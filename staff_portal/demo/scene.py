"""Who acts in the demo, and on which days: everything is counted from today, in working days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from members.models import CalendarDay, Holder, Staff
from members.models.calendar import WorkCalendar
from members.permissions import Actor, holders_on
from regulation.workdays import next_working, previous_working

HEAD, SECRETARY = 1, 4


@dataclass(frozen=True)
class Scene:
    """The Staff, its people by the order of their seats, and the calendar."""

    staff: Staff
    people: dict[int, Holder]
    calendar: WorkCalendar

    def actor(self, seat: int) -> Actor:
        """Return the holder of the seat as who acts."""
        holder = self.people[seat]
        return Actor(self.staff, holder.user, holder)

    @property
    def secretary(self) -> Actor:
        return self.actor(SECRETARY)

    @property
    def names(self) -> dict[str, str]:
        """The people's names as {p5} for the texts of the minutes."""
        return {f"p{seat}": holder.user.name for seat, holder in self.people.items()}

    def working(self, day: date) -> date:
        """Return the working day on `day` or the last one before it."""
        holidays, extra = self.calendar
        return previous_working(day, holidays, extra_working=extra)

    def next_working(self, day: date) -> date:
        """Return the working day on `day` or the first one after it."""
        holidays, extra = self.calendar
        return next_working(day, holidays, extra_working=extra)

    def before(self, day: date, days: int, clock: str) -> datetime:
        """Return local `clock` («10:00») on the last working day up to `days` days before `day`."""
        return moment(self.working(day - timedelta(days)), clock)


def scene_of(staff: Staff, *, today: date) -> Scene:
    """Return the scene of `staff` with the holders of today."""
    people = {holder.seat.order: holder for holder in holders_on(staff, today)}
    return Scene(staff, people, CalendarDay.objects.work_calendar())


def moment(day: date, clock: str) -> datetime:
    """Return the aware moment of a local day and a clock time «10:00»."""
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=timezone.get_default_timezone())
