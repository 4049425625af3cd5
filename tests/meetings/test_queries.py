"""The number of queries of a page does not grow with its rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings import actions
from tests import stage as scene

pytestmark = pytest.mark.django_db


def queries_of(path: str, stage: scene.Stage, actor: str) -> int:
    client = Client()
    user = getattr(stage, actor).user
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def planned_with(code: str, items: int) -> scene.Stage:
    stage = scene.set_stage(code)
    meeting = scene.planned(stage, items=items)
    for item in meeting.items.all():
        scene.attach(stage, item)
    return stage


def in_session_with(code: str, items: int) -> scene.Stage:
    stage = scene.set_stage(code)
    meeting = scene.opened(stage, items=items + 1)
    for order in range(1, items + 1):
        ballot = scene.ballot_on(stage, meeting, order)
        scene.vote_all(ballot, stage.voters, "ffff" if items == 1 else "ffffffffff")
        actions.close_ballot(ballot, by=stage.secretary)
    return stage


PREPARING = ["", "agenda/", "items/1/", "dispatch/", "invited/"]
GOING_ON = ["", "live/", "room/", "live/attendance/", "items/1/"]


@pytest.mark.parametrize("page", PREPARING)
def test_pages_of_preparation(page: str) -> None:
    one, three = planned_with("staff-one", 1), planned_with("staff-three", 3)
    counts = [
        queries_of(f"/{stage.staff.code}/meetings/2026-12-17/{page}", stage, "secretary")
        for stage in (one, three)
    ]
    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", GOING_ON)
def test_pages_of_a_meeting_in_session(page: str) -> None:
    one, three = in_session_with("staff-one", 1), in_session_with("staff-three", 3)
    counts = [
        queries_of(f"/{stage.staff.code}/meetings/1-2026/{page}", stage, "secretary")
        for stage in (one, three)
    ]
    assert counts[0] == counts[1]


@pytest.mark.parametrize("actor", ["secretary", "head", "member"])
def test_the_list_of_meetings(actor: str) -> None:
    stage = scene.set_stage()
    scene.planned(stage)
    first = queries_of("/test-staff/meetings/", stage, actor)
    scene.planned(stage, kind="extraordinary")
    scene.planned(stage, mode="video")
    assert queries_of("/test-staff/meetings/", stage, actor) == first


@pytest.mark.parametrize("actor", ["secretary", "head", "member"])
def test_the_home_page(actor: str) -> None:
    stage = scene.set_stage()
    first_meeting = scene.approved(stage, day=timezone.localdate() + timedelta(days=20))
    actions.dispatch(first_meeting, by=stage.secretary, now=scene.WEEK_BEFORE)
    first = queries_of("/test-staff/", stage, actor)
    for days in (30, 40):
        more = scene.approved(stage, items=3, day=timezone.localdate() + timedelta(days=days))
        actions.dispatch(more, by=stage.secretary, now=scene.WEEK_BEFORE)
    assert queries_of("/test-staff/", stage, actor) == first
