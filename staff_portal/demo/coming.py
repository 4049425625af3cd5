"""The coming meeting of the demo: its agenda lies with the head, some materials are still owed."""

from datetime import date, timedelta

from meetings import actions
from meetings.models import Meeting
from staff_portal.demo.preparing import convene
from staff_portal.demo.questions import COMING
from staff_portal.demo.scene import Scene


def prepare(scene: Scene, day: date, *, today: date) -> Meeting:
    """Prepare a meeting on `day` up to the approval of its agenda, the last act the day before `today`."""
    # Before holidays several of these days may be one: the clock times alone keep the order.
    yesterday = today - timedelta(days=1)
    meeting = convene(
        scene,
        COMING,
        day,
        called_at=scene.before(yesterday, 7, "10:00"),
        sent_at=scene.before(yesterday, 2, "10:10"),
    )
    actions.submit_agenda(meeting, by=scene.secretary, now=scene.before(yesterday, 0, "11:15"))
    return meeting
