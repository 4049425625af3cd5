"""Loading the whole demo, once; running it again keeps what people have done since."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from meetings.models import Initiative, Meeting
from members import work_calendar
from members.models import Notice
from members.states import Mail
from staff_portal.demo import changes, coming, held, initiatives, plans, writing
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
    coming_on = scene.next_working(today + timedelta(days=COMING_IN_DAYS))
    held_on = scene.working(today - timedelta(days=HELD_DAYS_AGO))
    plans.load_current(scene, held_on=held_on, coming_on=coming_on, today=today)
    if not Meeting.objects.filter(staff=staff).exists():
        writing.write_up(scene, held.hold(scene, held_on))
    # By the days they happened on: the journal goes forward.
    if not Initiative.objects.filter(staff=staff).exists():
        initiatives.start(scene, today=today)
    changes.load(scene, today=today)
    if not Meeting.objects.filter(staff=staff).upcoming().filter(day__gte=today).exists():
        coming.prepare(scene, coming_on, today=today)
        plan(scene, LATER, coming_on)
    plans.load_next(scene, today=today)
    # The letters of the demo's past went out in their day; nobody gets them now.
    Notice.objects.filter(pk__gt=told_before).update(mail=Mail.SENT, sent_at=F("created_at"))
    return scene
