"""The head of the stage is away, and a deputy performs his duties."""

from datetime import date, datetime

from members.actions import record_absence
from members.models import Absence
from members.permissions import Actor
from tests import stage as scene
from tests.stage import DAY, MORNING, Stage

GROUND = "еңбек демалысы, 2026 жылғы 10 желтоқсандағы № 5-к бұйрық"


def record(
    stage: Stage,
    *,
    deputy: Actor | None = None,
    since: date = DAY,
    until: date = DAY,
    now: datetime = MORNING,
    by: Actor | None = None,
) -> Absence:
    """Record an absence of the head, by default for the day of the meeting, by the secretary."""
    return record_absence(
        stage.staff,
        since=since,
        until=until,
        ground=GROUND,
        deputy=(deputy or stage.deputy).person,
        by=by or stage.secretary,
        now=now,
    )


def look_again(stage: Stage, *, today: date = DAY) -> Stage:
    """Let everybody come in anew on `today`, knowing of an absence recorded meanwhile."""
    stage.people = [scene.actor_of(stage.staff, person.person, today=today) for person in stage.people]
    return stage
