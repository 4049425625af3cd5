"""While the absence of the head is recorded, the named deputy approves, admits and chairs (clause 25(3))."""

from typing import Any

import pytest
from django.test import Client

from meetings import actions, duties
from meetings.models import AgendaVersion, Meeting
from members.models import Notice
from tests import absence as head
from tests import stage as scene
from tests.meetings.test_agenda import reason_of
from tests.stage import MORNING, WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db
TODAY = WEEK_BEFORE.date()
ABSENCES = "/test-staff/absences/"


def away(stage: Stage) -> Stage:
    """Record an absence on the day on which the agenda is prepared; everybody comes in anew."""
    head.record(stage, since=TODAY, until=TODAY, now=WEEK_BEFORE)
    return head.look_again(stage, today=TODAY)


def submitted(stage: Stage) -> AgendaVersion:
    return actions.submit_agenda(scene.planned(stage), by=stage.secretary, now=WEEK_BEFORE)


DECIDE = [
    pytest.param(0, "head_is_absent", id="the head"),
    pytest.param(1, "", id="the named deputy"),
    pytest.param(2, "another_performs", id="another deputy with a ground of his own"),
]


@pytest.mark.parametrize("act", ["approve", "return"])
@pytest.mark.parametrize(("who", "reason"), DECIDE)
def test_who_decides_on_the_agenda(act: str, who: int, reason: str) -> None:
    stage = away(scene.set_stage())
    version = submitted(stage)
    fields: dict[str, Any] = {"by": stage.people[who], "now": WEEK_BEFORE}
    fields |= {"seen": version.sha256} if act == "approve" else {"remark": "толықтыру"}
    fields |= {"ground": "өз негізім"} if who == 2 else {}
    call = actions.approve_agenda if act == "approve" else actions.return_agenda
    if reason:
        assert reason_of(call, version, **fields) == reason
        assert AgendaVersion.objects.get().state == "submitted"
    else:
        call(version, **fields)
        kept = AgendaVersion.objects.get()
        assert (kept.decided_by, kept.ground) == (stage.deputy.user, head.GROUND)


def test_where_only_the_head_approves_he_does_so_while_away_and_no_deputy() -> None:
    stage = away(scene.set_stage(agenda_approver="head"))
    version = submitted(stage)
    fields: dict[str, Any] = {"seen": version.sha256, "now": WEEK_BEFORE}
    assert reason_of(actions.approve_agenda, version, by=stage.deputy, **fields) == "only_the_head"
    assert [row.recipient for row in Notice.objects.filter(event="agenda.submitted")] == [stage.head.user]
    actions.approve_agenda(version, by=stage.head, **fields)
    assert AgendaVersion.objects.get().state == "approved"


def test_the_agenda_is_laid_before_the_named_deputy_alone() -> None:
    stage = away(scene.set_stage())
    submitted(stage)
    told = Notice.objects.filter(event="agenda.submitted")
    assert [row.recipient for row in told] == [stage.deputy.user]


@pytest.mark.parametrize(("who", "reason"), DECIDE)
def test_who_admits_late_materials(who: int, reason: str) -> None:
    stage = scene.set_stage()
    item = scene.planned(stage).items.get()
    late = MORNING.replace(day=14)
    scene.attach(stage, item, now=late)
    head.record(stage, since=late.date(), until=late.date(), now=late)
    by = head.look_again(stage, today=late.date()).people[who]
    act: dict[str, Any] = {
        "reason": "маңызды",
        "by": by,
        "now": late,
        "ground": "өз негізім" if who == 2 else "",
    }
    if reason:
        assert reason_of(actions.admit_late, item, **act) == reason
    else:
        assert actions.admit_late(item, **act).admitted_ground == head.GROUND


def registered(stage: Stage, present: list[int]) -> Meeting:
    meeting = scene.registered(stage)
    scene.arrive(stage, meeting, [stage.people[number] for number in [*present, *range(4, 14)]])
    head.record(stage)
    return meeting


CHAIRS = [
    pytest.param([1, 2], 1, "", "", head.GROUND, id="the named deputy, the ground is the recorded one"),
    pytest.param([1, 2], 2, "іссапар", "another_performs", "", id="another deputy beside the named one"),
    pytest.param([2], 2, "іссапар", "", "іссапар", id="another deputy when the named one is away too"),
    pytest.param([2], 2, "", "ground_needed", "", id="that one names the ground"),
    pytest.param([2], 1, "", "chair_not_present", "", id="the named deputy is not there"),
    pytest.param([0, 1], 0, "", "", "", id="the head who came all the same"),
    pytest.param([0, 1], 1, "", "head_is_present", "", id="the named deputy beside the head"),
]


@pytest.mark.parametrize(("present", "who", "ground", "reason", "kept"), CHAIRS)
def test_who_chairs(present: list[int], who: int, ground: str, reason: str, kept: str) -> None:
    stage = scene.set_stage()
    meeting = registered(stage, present)
    elector = scene.elector(meeting, stage.people[who])
    act: dict[str, Any] = {"elector": elector, "ground": ground, "by": stage.secretary, "now": MORNING}
    if reason:
        assert reason_of(actions.appoint_chair, meeting, **act) == reason
    else:
        chaired = actions.appoint_chair(meeting, **act)
        assert (chaired.chair, chaired.chair_ground) == (elector, kept)


@pytest.mark.parametrize(
    ("present", "who", "ground"),
    [
        pytest.param([1, 2], 1, head.GROUND, id="the named deputy with the recorded ground"),
        pytest.param([0, 1], 0, "", id="the head who is there"),
    ],
)
def test_the_form_proposes_who_chairs(present: list[int], who: int, ground: str) -> None:
    stage = scene.set_stage()
    meeting = registered(stage, present)
    client = Client()
    client.force_login(stage.secretary.person)
    form = client.get(meeting.address("meetings:chair")).context["form"]
    assert form.initial.get("elector") == scene.elector(meeting, stage.people[who]).pk
    assert form.initial.get("ground", "") == ground


def test_the_casting_vote_is_that_of_the_deputy_in_the_chair() -> None:
    stage = scene.set_stage()
    meeting = registered(stage, [1, 2])
    deputy = scene.elector(meeting, stage.deputy)
    actions.appoint_chair(meeting, elector=deputy, by=stage.secretary, now=MORNING)
    meeting = actions.open_meeting(meeting, by=stage.secretary, now=MORNING)
    ballot = scene.ballot_on(stage, meeting)
    scene.vote_all(ballot, [stage.people[number] for number in (1, 2, 4, 5)], "ffaa")
    closed = actions.close_ballot(ballot, by=stage.secretary)
    assert (closed.adopted, closed.reason, closed.chair) == (True, "casting_vote", deputy)


def rows(stage: Stage, who: int) -> list[str]:
    return [row.url for row in duties.duties(stage.people[who], now=WEEK_BEFORE)]


def test_the_duty_goes_to_the_deputy_and_the_head_sees_his_absence() -> None:
    stage = scene.set_stage()
    version = submitted(stage)
    agenda = version.meeting.address("meetings:agenda")
    assert [agenda in rows(stage, who) for who in (0, 1, 2)] == [True, True, True]
    away(stage)
    assert [agenda in rows(stage, who) for who in (0, 1, 2)] == [False, True, False]
    assert [ABSENCES in rows(stage, who) for who in (0, 1, 2)] == [True, False, False]
    duty = next(row for row in duties.duties(stage.deputy, now=WEEK_BEFORE) if row.url == agenda)
    assert head.GROUND in duty.why
