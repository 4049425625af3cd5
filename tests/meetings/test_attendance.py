"""Registration, quorum, chair, opening and number, end (clauses 12, 20, 23, 25)."""

from datetime import date, timedelta
from typing import Any

import pytest

from meetings import actions, facts
from meetings.models import Attendance, Elector, Meeting
from meetings.states import TRANSITIONS, State
from members.actions import procedure, versions
from members.facts import body_hash, content_hash
from members.models import Holder, JournalEntry, Regulation
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import DAY, MORNING

pytestmark = pytest.mark.django_db


def refused_with(reason: str) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, match=rf"^{reason}\b")


# From every state to every state; what is not in this list is refused.
ALLOWED_TRANSITIONS = {
    ("planned", "registration"),
    ("planned", "cancelled"),
    ("registration", "open"),
    ("registration", "no_quorum"),
    ("open", "ended"),
}


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("wanted", State.values)
def test_life_of_a_meeting(state: str, wanted: str) -> None:
    assert (wanted in TRANSITIONS[state]) == ((state, wanted) in ALLOWED_TRANSITIONS)


def test_registration_freezes_n_and_nobody_is_present() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    roll = facts.roll(meeting)
    assert (roll.total, roll.needed, roll.present) == (15, 10, 0)
    assert set(Attendance.objects.values_list("presence", flat=True)) == {"unknown"}


def test_a_vacant_seat_counts_in_n() -> None:
    stage = scene.set_stage()
    Holder.objects.filter(user=stage.member.user).update(until=DAY - timedelta(days=1))
    meeting = scene.registered(stage)
    assert meeting.total == 15
    vacant = Elector.objects.get(meeting=meeting, order=5)
    with refused_with("seat_is_vacant"):
        actions.mark(vacant, presence="room", by=stage.secretary, now=MORNING)


def test_one_person_in_two_seats_is_one_vote() -> None:
    stage = scene.set_stage()
    taken = Holder.objects.get(user=stage.voters[6].user)
    Holder.objects.filter(pk=taken.pk).update(user=stage.member.user)
    meeting = scene.registered(stage)
    assert Elector.objects.filter(meeting=meeting, user=stage.member.user).count() == 1
    assert Elector.objects.get(meeting=meeting, seat=taken.seat).user is None


def test_n_does_not_change_after_registration() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    Holder.objects.filter(user=stage.voters[14].user).update(until=DAY - timedelta(days=1))
    assert facts.roll(meeting).total == 15


@pytest.mark.parametrize(("total", "needed"), [(12, 8), (13, 9), (14, 10), (15, 10), (17, 12)])
def test_quorum_by_number_of_members(total: int, needed: int) -> None:
    stage = scene.set_stage(total=total)
    assert facts.roll(scene.registered(stage)).needed == needed


def test_registration_begins_only_on_the_day() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    with refused_with("not_the_day"):
        actions.start_registration(meeting, by=stage.secretary, now=MORNING - timedelta(days=1))


def test_registration_wants_an_approved_agenda() -> None:
    stage = scene.set_stage()
    with refused_with("agenda_not_approved"):
        actions.start_registration(scene.planned(stage), by=stage.secretary, now=MORNING)


def test_video_counts_and_is_told_apart() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    scene.arrive(stage, meeting, stage.voters[:8])
    scene.arrive(stage, meeting, stage.voters[8:10], "video")
    roll = facts.roll(meeting)
    assert (roll.room, roll.video, roll.has_quorum) == (8, 2, True)


def test_a_claim_is_not_presence() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    actions.claim_presence(meeting, by=stage.member, now=MORNING)
    assert facts.roll(meeting).present == 0


def test_who_leaves_is_left_with_the_time_and_may_come_back() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    own = scene.elector(meeting, stage.member)
    actions.mark(own, presence="room", by=stage.secretary, now=MORNING)
    gone = actions.mark(own, presence="absent", by=stage.secretary, now=MORNING + timedelta(hours=1))
    assert (gone.presence, gone.left_at) == ("left", MORNING + timedelta(hours=1))
    back = actions.mark(own, presence="video", by=stage.secretary, now=MORNING + timedelta(hours=2))
    assert (back.presence, back.arrived_at, back.left_at) == ("video", MORNING, None)


@pytest.mark.parametrize(("present", "opens"), [(9, False), (10, True)])
def test_a_meeting_opens_with_two_thirds(present: int, opens: bool) -> None:
    stage = scene.set_stage()
    if opens:
        assert scene.opened(stage, present=present).number == 1
    else:
        with refused_with("no_quorum"):
            scene.opened(stage, present=present)


def test_only_head_or_a_deputy_with_a_ground_chairs() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    scene.arrive(stage, meeting, stage.voters[1:])
    for person, ground, reason in (
        (stage.member, "", "only_head_or_deputy_chairs"),
        (stage.deputy, "", "ground_needed"),
    ):
        with refused_with(reason):
            actions.appoint_chair(
                meeting,
                elector=scene.elector(meeting, person),
                ground=ground,
                by=stage.secretary,
                now=MORNING,
            )


def test_a_deputy_does_not_chair_while_the_head_is_there() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    scene.arrive(stage, meeting, stage.voters)
    deputy = scene.elector(meeting, stage.deputy)
    with refused_with("head_is_present"):
        actions.appoint_chair(meeting, elector=deputy, ground="демалыс", by=stage.secretary, now=MORNING)


def test_the_chair_stays_the_same_during_a_vote() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    scene.ballot_on(stage, meeting)
    head = scene.elector(meeting, stage.head)
    with refused_with("vote_is_going_on"):
        actions.appoint_chair(meeting, elector=head, by=stage.secretary, now=MORNING)


def test_nothing_is_voted_without_a_chair() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, present=11)
    actions.mark(scene.elector(meeting, stage.head), presence="absent", by=stage.secretary, now=MORNING)
    with refused_with("chair_not_present"):
        scene.ballot_on(stage, meeting)


def test_a_question_added_after_the_approval_stops_the_registration() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    scene.add_item(stage, meeting, 2)
    with refused_with("agenda_changed_after_approval"):
        actions.start_registration(meeting, by=stage.secretary, now=MORNING)
    actions.submit_agenda(meeting, by=stage.secretary, now=MORNING)
    with refused_with("agenda_is_with_head"):
        actions.start_registration(meeting, by=stage.secretary, now=MORNING)


def test_a_mark_made_by_mistake_is_undone_until_a_vote_relies_on_it() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, present=11)
    last = scene.elector(meeting, stage.voters[10])
    undone = actions.mark(last, presence="unknown", by=stage.secretary, now=MORNING)
    assert (undone.presence, undone.arrived_at) == ("unknown", None)
    scene.ballot_on(stage, meeting)
    with refused_with("attendance_relied_on"):
        actions.mark(
            scene.elector(meeting, stage.voters[9]), presence="unknown", by=stage.secretary, now=MORNING
        )


def test_who_left_may_say_again_to_be_here() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage, present=11)
    own = scene.elector(meeting, stage.member)
    gone = actions.mark(own, presence="absent", by=stage.secretary, now=MORNING)
    assert gone.claimed_at is None
    assert actions.claim_presence(meeting, by=stage.member, now=MORNING).claimed_at == MORNING


def test_a_planned_meeting_whose_day_is_over_does_not_count_for_the_quarter() -> None:
    stage = scene.set_stage()
    scene.planned(stage)
    counted = [
        facts.has_regular_in_quarter(stage.staff, (2026, 4), today=day)
        for day in (DAY, DAY + timedelta(days=1))
    ]
    assert counted == [True, False]


def test_an_absent_head_does_not_chair() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    with refused_with("chair_not_present"):
        actions.appoint_chair(
            meeting, elector=scene.elector(meeting, stage.head), by=stage.secretary, now=MORNING
        )


def test_numbers_run_through_the_year_without_gaps() -> None:
    stage = scene.set_stage()
    no_quorum = scene.registered(stage)
    actions.record_no_quorum(no_quorum, by=stage.secretary, now=MORNING)
    numbers = [scene.opened(stage).number for _ in range(2)]
    assert numbers == [1, 2]
    assert Meeting.objects.get(pk=no_quorum.pk).number is None


def test_a_meeting_without_quorum_does_not_count_for_the_quarter() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    assert facts.has_regular_in_quarter(stage.staff, (2026, 4), today=DAY)
    actions.record_no_quorum(meeting, by=stage.secretary, now=MORNING)
    assert not facts.has_regular_in_quarter(stage.staff, (2026, 4), today=DAY)


def test_want_of_quorum_is_not_recorded_where_there_is_one() -> None:
    stage = scene.set_stage()
    meeting = scene.registered(stage)
    scene.arrive(stage, meeting, stage.voters[:10])
    with refused_with("there_is_a_quorum"):
        actions.record_no_quorum(meeting, by=stage.secretary, now=MORNING)


def test_a_meeting_does_not_end_during_a_vote() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    ballot = scene.ballot_on(stage, meeting)
    with refused_with("vote_is_going_on"):
        actions.end_meeting(meeting, by=stage.secretary, now=MORNING)
    actions.close_ballot(ballot, by=stage.secretary)
    ended = actions.end_meeting(meeting, by=stage.secretary, now=MORNING)
    assert (ended.state, ended.ended_on) == ("ended", DAY)
    with refused_with("wrong_meeting_state"):
        actions.end_meeting(meeting, by=stage.secretary, now=MORNING)


def test_address_by_date_lives_on_after_the_number() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    assert meeting.key == "1-2026"
    assert Meeting.objects.at(stage.staff, "2026-12-17") == meeting


@pytest.mark.parametrize("key", ["2026-13-40", "9-2026", "2026-02-30"])
def test_an_address_of_no_meeting(key: str) -> None:
    stage = scene.set_stage()
    scene.opened(stage)
    with pytest.raises(Meeting.DoesNotExist):
        Meeting.objects.at(stage.staff, key)


def test_the_composition_of_the_day_decides() -> None:
    scene.set_stage()
    assert Holder.objects.on(date(2025, 10, 31)).count() == 0
    assert Holder.objects.on(DAY).count() == 16


def new_regulation(stage: scene.Stage, begins: date, **parameters: object) -> Regulation:
    """Approve a version of the regulation that follows the one of the stage."""
    by: dict[str, Any] = {"by": stage.secretary, "now": scene.WEEK_BEFORE}
    version = procedure.start_regulation(stage.staff, today=scene.APPROVED.date(), **by)
    act: dict[str, Any] = {"act_number": "8", "act_date": None, "in_force_from": begins}
    version = versions.edit_act(version, **act, **by)
    version = procedure.set_parameters(version, seen=body_hash(version), parameters=parameters, **by)
    return procedure.approve_regulation(version, seen=content_hash(version), **by)


def test_the_regulation_in_force_on_the_day_counts() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    new_regulation(stage, DAY, quorum="1/2")
    assert facts.roll(actions.start_registration(meeting, by=stage.secretary, now=MORNING)).needed == 8
    entry = JournalEntry.objects.get(act="meeting.registration_started")
    assert entry.data == {"total": 15, "regulation": "8", "regulation_from": "2026-12-17"}


def test_a_regulation_of_a_later_day_does_not_count() -> None:
    stage = scene.set_stage()
    meeting = scene.approved(stage)
    new_regulation(stage, DAY + timedelta(days=1), quorum="1/2")
    assert facts.roll(actions.start_registration(meeting, by=stage.secretary, now=MORNING)).needed == 10
    assert JournalEntry.objects.get(act="meeting.registration_started").data == {"total": 15}


def test_the_terms_of_a_planned_meeting_follow_with_the_sweep() -> None:
    stage = scene.set_stage()
    meeting = scene.planned(stage)
    assert facts.terms_of(meeting).materials_due == date(2026, 12, 12)
    version = new_regulation(stage, DAY, materials_days=7)
    for _again in range(2):
        actions.sweep(now=scene.WEEK_BEFORE)
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert (meeting.regulation, facts.terms_of(meeting).materials_due) == (version, date(2026, 12, 10))
    entry = JournalEntry.objects.get(act="meeting.regulation_followed")
    assert (entry.clause, entry.data) == ("11", {"regulation": "8", "regulation_from": "2026-12-17"})
