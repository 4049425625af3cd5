"""Loading the whole demo, once; running it again keeps what people have done since."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from meetings.models import Meeting
from members import work_calendar
from members.models import Notice
from members.states import Mail
from staff_portal.demo import coming, held, writing
from staff_portal.demo.composition import load_composition
from staff_portal.demo.people import load_people, load_places
from staff_portal.demo.preparing import plan
from staff_portal.demo.questions import LATER
from staff_portal.demo.region import load_region
from staff_portal.demo.scene import Scene, scene_of

HELD_DAYS_AGO = 35
COMING_IN_DAYS = 9
CALENDAR_YEARS = 6


@transaction.atomic
def load(*, now: datetime) -> Scene:
    """Load calendar, Staffs, people, a finished and coming meetings relative to `now`; return the scene.

    What is there stays. A demo left alone for weeks gets a new coming meeting.
    """
    today = timezone.localdate(now)
    work_calendar.seed(today.year - 1, CALENDAR_YEARS)
    staff = load_composition()
    load_people(staff)
    load_places(staff)
    scene = scene_of(staff, today=today)
    told_before = Notice.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    load_region(staff, today=today)
    if not Meeting.objects.filter(staff=staff).exists():
        _past(scene, today)
    if not Meeting.objects.filter(staff=staff).upcoming().filter(day__gte=today).exists():
        day = scene.next_working(today + timedelta(days=COMING_IN_DAYS))
        coming.prepare(scene, day, today=today)
        plan(scene, LATER)
    # The letters of the demo's past went out in their day; nobody gets them now.
    Notice.objects.filter(pk__gt=told_before).update(mail=Mail.SENT, sent_at=F("created_at"))
    return scene


def _past(scene: Scene, today: date) -> None:
    day = scene.working(today - timedelta(days=HELD_DAYS_AGO))
    writing.write_up(scene, held.hold(scene, day))
