"""The agreement sheet, the approval and the sending of a plan (clauses 16, 17, 26(5))."""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from meetings import actions, facts
from meetings.facts.plans import PlanAnswers, differences, items_of, sheet_of
from meetings.models import (
    Agreement,
    PlanDelivery,
    PlanVersion,
)
from meetings.states import PlanState, PlanVersionState, Section
from members.models import Notice
from tests import stage as scene
from tests.meetings import planning
from tests.meetings.planning import ANSWERS_DUE, LATER, fresh, latest, outcome, reason_of

pytestmark = pytest.mark.django_db


def test_unanswered_proposals_come_before_the_agreement() -> None:
    stage = scene.set_stage()
    plan = planning.drafted(stage)
    planning.proposed(plan, stage.member)
    send = partial(actions.send_for_agreement, plan, due=ANSWERS_DUE, by=stage.secretary, now=LATER)
    assert reason_of(send) == "proposals_wait"


def test_the_sheet_holds_the_last_answer_of_each_member() -> None:
    stage = scene.set_stage()
    version = planning.agreeing(stage)
    answer = partial(actions.agree, version, by=stage.member, now=LATER)
    answer(agreed=False, remarks="2-тармақ")
    answer(agreed=False, remarks="2-тармақ")
    answer(agreed=True)
    assert list(Agreement.objects.values_list("agreed", "remarks")) == [(True, "")]
    assert Notice.objects.filter(event="plan.remarked").count() == 1
    asked = Notice.objects.filter(event="plan.to_agree").values_list("recipient", flat=True)
    assert set(asked) == {row.person.pk for row in stage.voters if row is not stage.head}


def test_the_head_approves_the_text_he_has_seen_though_nobody_answered() -> None:
    stage = scene.set_stage()
    version = planning.submitted(stage)
    approve = partial(actions.approve_plan, version, by=stage.head, now=LATER)
    assert reason_of(partial(approve, seen="0" * 64)) == "plan_changed_meanwhile"
    approve(seen=version.sha256)
    assert fresh(version.plan).state == PlanState.APPROVED
    assert latest(version.plan).decided_as == str(stage.head)
    assert Notice.objects.get(event="plan.approved").recipient == stage.secretary.user


def test_a_deputy_approves_only_with_the_ground_of_absence() -> None:
    stage = scene.set_stage()
    version = planning.submitted(stage)
    approve = partial(actions.approve_plan, version, seen=version.sha256, by=stage.deputy, now=LATER)
    assert reason_of(approve) == "ground_needed"
    approve(ground="демалыс, № 5 бұйрық")
    assert latest(version.plan).ground == "демалыс, № 5 бұйрық"


def test_a_returned_plan_is_written_and_agreed_anew() -> None:
    stage = scene.set_stage()
    version = planning.submitted(stage, rows=2)
    plan = version.plan
    actions.return_plan(version, remark="толықтыру", by=stage.head, now=LATER)
    first, second = items_of(plan).filter(section=Section.QUESTIONS)
    actions.remove_plan_row(second, by=stage.secretary, now=LATER)
    given: dict[str, Any] = {"title_kk": "басқаша", "title_ru": "иначе", "month": 6, "agency": first.agency}
    seen = actions.row_hash(first)
    actions.edit_plan_row(first, seen=seen, by=stage.secretary, now=LATER, **given)
    planning.row(stage, plan, 4)
    again = actions.send_for_agreement(fresh(plan), due=ANSWERS_DUE, by=stage.secretary, now=LATER)
    assert (again.number, again.state) == (2, PlanVersionState.AGREEING)
    changed = differences(version.content, again.content)
    assert [(row.kind, row.text.title_ru) for row in changed] == [
        ("changed", "иначе"),
        ("added", "О строке 1.4"),
        ("removed", "О строке 1.2"),
    ]
    names = [change.before for change in changed[0].changes if change.after in {"маусым", "июнь"}]
    assert len(names) == 1


def test_an_agreement_sent_twice_is_one_version() -> None:
    stage = scene.set_stage()
    version = planning.agreeing(stage)
    again = actions.send_for_agreement(version.plan, due=ANSWERS_DUE, by=stage.secretary, now=LATER)
    assert again == version
    assert PlanVersion.objects.count() == 1


def test_a_version_taken_back_keeps_its_sheet() -> None:
    stage = scene.set_stage()
    version = planning.agreeing(stage)
    actions.agree(version, agreed=True, by=stage.member, now=LATER)
    actions.take_back_plan(version, by=stage.secretary, now=LATER)
    assert fresh(version.plan).state == PlanState.DRAFT
    assert latest(version.plan).agreements.count() == 1


def test_the_database_keeps_a_decided_version() -> None:
    stage = scene.set_stage()
    version = latest(planning.approved(stage))
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(content={})
    assert version.sha256 == facts.content_hash(version.content)


def test_the_approved_plan_is_sent_once_to_all_members_with_proof() -> None:
    stage = scene.set_stage()
    plan = planning.sent(stage)
    actions.dispatch_plan(plan, by=stage.secretary, now=LATER)
    rows = PlanDelivery.objects.filter(dispatch__version__plan=plan)
    assert set(rows.values_list("user", flat=True)) == {row.person.pk for row in stage.voters}
    actions.note_plan_opening(plan, stage.member.person, now=LATER)
    actions.note_plan_opening(plan, stage.member.person, now=LATER.replace(hour=9))
    assert list(rows.filter(opened_at__isnull=False).values_list("user", "opened_at")) == [
        (stage.member.person.pk, LATER)
    ]


EARLY = [
    pytest.param(datetime(2026, 12, 10, 5, tzinfo=UTC), False, "agreement_goes_on", id="the day goes on"),
    pytest.param(datetime(2026, 12, 10, 5, tzinfo=UTC), True, "done", id="knowingly early"),
    pytest.param(datetime(2026, 12, 11, 5, tzinfo=UTC), False, "done", id="the day is over"),
]


@pytest.mark.parametrize(("moment", "early", "told"), EARLY)
def test_the_plan_waits_for_the_members_unless_it_goes_early(
    moment: datetime, early: bool, told: str
) -> None:
    stage = scene.set_stage()
    version = planning.agreeing(stage)
    actions.agree(version, agreed=True, by=stage.member, now=LATER)
    submit = partial(actions.submit_plan, version, early=early, by=stage.secretary, now=moment)
    assert outcome(submit) == told


def test_nothing_is_early_once_everybody_answered() -> None:
    stage = scene.set_stage()
    version = planning.agreeing(stage)
    for person in stage.voters:
        if person is not stage.head:
            actions.agree(version, agreed=True, by=person, now=LATER)
    assert facts.plan_answers(version, today=LATER.date()) == PlanAnswers(len(stage.voters) - 1, 0, 0)
    assert outcome(partial(actions.submit_plan, version, by=stage.secretary, now=LATER)) == "done"


def test_remarks_taken_back_stay_on_the_sheet() -> None:
    stage = scene.set_stage()
    version = planning.agreeing(stage)
    answer = partial(actions.agree, version, by=stage.member, now=LATER)
    for remarks in ("бірінші", "екінші"):
        answer(agreed=False, remarks=remarks)
    answer(agreed=True)
    lines = [line for line in sheet_of(version, today=LATER.date()) if line.answer]
    assert [(line.answer.agreed, line.earlier) for line in lines if line.answer] == [
        (True, ("бірінші", "екінші"))
    ]


@pytest.mark.parametrize("due", [date(2027, 7, 1), date(9999, 12, 31)])
def test_a_day_for_answers_lies_before_the_half_year_ends(due: date) -> None:
    stage = scene.set_stage()
    plan = planning.drafted(stage)
    send = partial(actions.send_for_agreement, plan, due=due, by=stage.secretary, now=LATER)
    assert reason_of(send) == "plan_due_is_far"
