"""On whatever day it is loaded, the demo is alive."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from meetings import facts
from meetings.models import Meeting
from meetings.states import State
from members.models import CalendarDay, JournalEntry, Staff
from regulation.terms import quarter_of
from regulation.workdays import is_working
from staff_portal.demo.loading import load
from tests.demo.duties import roles_with_duties

# Days are the same on every database, and loading takes seconds.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAYS = [
    pytest.param("2026-11-23T09:00:00+05:00", id="a Monday: the days before it are one working day"),
    pytest.param("2026-12-31T23:30:00+05:00", id="the last evening of a year"),
    pytest.param("2027-03-20T00:10:00+05:00", id="before the spring holidays"),
    pytest.param("2028-02-29T12:00:00+05:00", id="a leap day"),
]


@pytest.mark.parametrize("moment", DAYS)
def test_it_is_alive_on_any_day(moment: str) -> None:
    now = datetime.fromisoformat(moment)
    today = timezone.localdate(now)
    scene = load(now=now)
    calendar = CalendarDay.objects.work_calendar()
    for meeting in Meeting.objects.all():
        assert is_working(meeting.day, calendar.holidays, extra_working=calendar.extra_working)
    assert facts.terms_of(
        Meeting.objects.get(staff=scene.staff, state=State.PLANNED)
    ).materials_due >= today + timedelta(days=4)
    for staff in Staff.objects.all():
        moments = [entry.at for entry in JournalEntry.objects.filter(staff=staff).order_by("sequence")]
        assert moments == sorted(moments)
        assert moments[-1] <= now
    assert facts.has_regular_in_quarter(scene.staff, quarter_of(today), today=today)
    assert all(roles_with_duties(scene.staff, now).values())
