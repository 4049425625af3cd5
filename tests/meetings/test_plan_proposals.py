"""Calls for proposals and the proposals of members (clause 16)."""

from datetime import date, datetime
from functools import partial
from typing import Any

import pytest

from meetings import actions
from meetings.facts.plans import items_of, row_text
from meetings.facts.questions import state_of, with_life
from meetings.models import (
    JustificationNote,
    Proposal,
    Question,
)
from meetings.states import ProposalState, Treatment
from members.models import Notice
from tests import stage as scene
from tests.meetings import planning
from tests.meetings.planning import LATER, NOW, PROPOSALS_DUE, fresh, outcome, reason_of

pytestmark = pytest.mark.django_db


def test_members_are_asked_by_letter_and_once_a_day() -> None:
    stage = scene.set_stage()
    plan = planning.called(stage)
    actions.call_for_proposals(plan, due=PROPOSALS_DUE, by=stage.secretary, now=LATER)
    called = Notice.objects.filter(event="plan.called")
    assert set(called.values_list("recipient", flat=True)) == {row.person.pk for row in stage.voters}
    actions.call_for_proposals(plan, due=date(2026, 12, 5), by=stage.secretary, now=LATER)
    assert called.count() == 2 * len(stage.voters)
    assert fresh(plan).proposals_due == date(2026, 12, 5)


def test_a_call_names_a_day_that_is_not_over() -> None:
    stage = scene.set_stage()
    plan = planning.made(stage)
    call = partial(actions.call_for_proposals, plan, by=stage.secretary, now=NOW)
    assert reason_of(partial(call, due=date(2026, 11, 9))) == "plan_due_is_past"
    call(due=date(2026, 11, 10))


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        pytest.param(datetime.fromisoformat("2026-11-30T23:59:00+05:00"), 0, id="last minute of the day"),
        pytest.param(datetime.fromisoformat("2026-12-01T00:00:00+05:00"), 1, id="the day after"),
        pytest.param(datetime.fromisoformat("2026-12-10T12:00:00+05:00"), 10, id="ten days later"),
    ],
)
def test_a_late_proposal_is_kept_and_marked(moment: datetime, late: int) -> None:
    stage = scene.set_stage()
    assert planning.proposed(planning.called(stage), stage.member, now=moment).days_late == late


def test_a_proposal_sent_twice_is_one() -> None:
    stage = scene.set_stage()
    plan = planning.called(stage)
    first, second = (planning.proposed(plan, stage.member) for _each in range(2))
    assert first == second
    assert Notice.objects.filter(event="plan.proposed").count() == 1


def test_a_proposal_becomes_a_row_of_its_authors_agency() -> None:
    stage = scene.set_stage()
    plan = planning.called(stage)
    proposal = planning.proposed(plan, stage.member)
    item, again = (actions.accept_proposal(proposal, by=stage.secretary, now=NOW) for _each in range(2))
    assert item == again
    text = row_text(items_of(plan).get())
    assert (text.title_ru, text.month, text.indicator) == ("О предложении 1", 2, 3)
    assert text.agency_ru == stage.organisations[4].name_ru
    assert text.proposed_ru == f"{stage.member.seat.office_ru}, {stage.member.person.name}"
    assert Proposal.objects.get().state == ProposalState.ACCEPTED


def test_a_row_names_one_of_two_same_proposals() -> None:
    stage = scene.set_stage()
    plan = planning.called(stage)
    first, second = (planning.proposed(plan, person) for person in (stage.member, stage.people[5]))
    actions.accept_proposal(first, by=stage.secretary, now=NOW)
    accept = partial(actions.accept_proposal, second, by=stage.secretary, now=NOW)
    assert reason_of(accept) == "question_in_draft"
    states = Proposal.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [ProposalState.ACCEPTED, ProposalState.NEW]


def test_a_declined_proposal_tells_its_author_why() -> None:
    stage = scene.set_stage()
    proposal = planning.proposed(planning.called(stage), stage.member)
    decline = partial(actions.decline_proposal, proposal, reason="жоспарда бар", by=stage.secretary, now=NOW)
    assert decline() == decline()
    assert Proposal.objects.get().answer == "жоспарда бар"
    told = Notice.objects.get(event="plan.answered")
    assert told.recipient == stage.member.user
    assert reason_of(partial(actions.accept_proposal, proposal, by=stage.secretary, now=NOW)) == (
        "proposal_is_answered"
    )


def test_only_the_author_withdraws() -> None:
    stage = scene.set_stage()
    proposal = planning.proposed(planning.called(stage), stage.member)
    other = partial(actions.withdraw_proposal, proposal, by=stage.people[5], now=NOW)
    assert reason_of(other) == "not_your_proposal"
    for _each in range(2):
        actions.withdraw_proposal(proposal, by=stage.member, now=NOW)
    assert Proposal.objects.get().state == ProposalState.WITHDRAWN


def test_a_day_called_again_after_another_one_is_told_again() -> None:
    stage = scene.set_stage()
    plan = planning.called(stage)
    for day, hour in ((date(2026, 12, 5), 6), (PROPOSALS_DUE, 7)):
        actions.call_for_proposals(plan, due=day, by=stage.secretary, now=NOW.replace(hour=hour))
    assert Notice.objects.filter(event="plan.called").count() == 3 * len(stage.voters)


FAR = [
    pytest.param(date(2027, 6, 30), "done", id="last day of the half-year"),
    pytest.param(date(2027, 7, 1), "plan_due_is_far", id="the half-year is over"),
    pytest.param(date(9999, 12, 31), "plan_due_is_far", id="the year 9999"),
    pytest.param(date(2026, 11, 9), "plan_due_is_past", id="yesterday"),
]


@pytest.mark.parametrize(("due", "told"), FAR)
def test_a_day_for_proposals_lies_before_the_half_year_ends(due: date, told: str) -> None:
    stage = scene.set_stage()
    call = partial(actions.call_for_proposals, planning.made(stage), due=due, by=stage.secretary, now=NOW)
    assert outcome(call) == told


NOTED: dict[str, Any] = {
    "kind": "add",
    "title_kk": "1-ұсыныс туралы",
    "title_ru": "О предложении 1",
    "to_year": 2027,
    "to_month": 2,
    "reason_ru": "предложено после согласования",
}


def test_a_proposal_that_came_too_late_becomes_a_note() -> None:
    stage = scene.set_stage()
    version = planning.submitted(stage)
    proposal = planning.proposed(version.plan, stage.member, now=LATER)
    given = NOTED | {"agency": stage.organisations[4]}
    make = partial(actions.note_proposal, proposal, by=stage.secretary, now=LATER, **given)
    assert reason_of(make) == "plan_takes_proposals"
    actions.approve_plan(version, seen=version.sha256, by=stage.head, now=LATER)
    note = make()
    assert JustificationNote.objects.get() == note
    kept = Proposal.objects.get()
    assert (kept.state, kept.answer) == (ProposalState.NOTED, f"№ {note}")
    assert Notice.objects.get(event="plan.answered").recipient == stage.member.user
    assert reason_of(make) == "proposal_is_answered"


def test_an_accepted_proposal_stands_in_a_draft_plan() -> None:
    stage = scene.set_stage()
    proposal = planning.proposed(planning.called(stage), stage.member)
    actions.accept_proposal(proposal, by=stage.secretary, now=NOW)
    assert [state_of(each) for each in with_life(Question.objects.all())] == [Treatment.DRAFTED]
