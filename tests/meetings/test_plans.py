"""Half-year plans: proposals, rows, agreement, approval, sending (clauses 16, 17, 26(5))."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from meetings import actions, facts
from meetings.facts.plans import differences, items_of, row_text
from meetings.models import (
    Agreement,
    PlanDelivery,
    PlanItem,
    PlanVersion,
    Proposal,
    Question,
    WorkPlan,
)
from meetings.states import PlanState, PlanVersionState, ProposalState, Section
from members import journal
from members.models import JournalEntry, Notice
from regulation.verdicts import Refused
from tests import stage as scene
from tests.meetings import planning
from tests.meetings.planning import ANSWERS_DUE, LATER, NOW, PROPOSALS_DUE
from tests.stage import Stage

pytestmark = pytest.mark.django_db


def reason_of(call: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        call()
    return str(refusal.value.verdict.reason)


def outcome(call: Callable[[], Any]) -> str:
    """Return "done", or why not; whatever was done is undone."""
    with transaction.atomic():
        try:
            call()
            answer = "done"
        except Refused as refusal:
            answer = refusal.verdict.reason
        transaction.set_rollback(True)
    return answer


def fresh(plan: WorkPlan) -> WorkPlan:
    return WorkPlan.objects.select_related("staff").get(pk=plan.pk)


def latest(plan: WorkPlan) -> PlanVersion:
    return PlanVersion.objects.select_related("plan__staff").filter(plan=plan).order_by("-number")[0]


MAKERS: dict[str, Callable[[Stage], Any]] = {
    "draft": planning.made,
    "collecting": planning.drafted,
    "agreeing": planning.agreeing,
    "submitted": planning.submitted,
    "approved": planning.approved,
}
WAY, DONE, OVER = "plan_is_on_its_way", "done", "plan_is_approved"
DECIDED = "plan_already_decided"
# The act, and what it answers in each of the states in which there is something to act on.
LIFE = [
    ("call", {"draft": DONE, "collecting": DONE, "agreeing": WAY, "submitted": WAY, "approved": OVER}),
    (
        "propose",
        {
            "draft": "plan_not_called",
            "collecting": DONE,
            "agreeing": DONE,
            "submitted": DONE,
            "approved": OVER,
        },
    ),
    ("add", {"draft": DONE, "collecting": DONE, "agreeing": WAY, "submitted": WAY, "approved": OVER}),
    ("edit", {"collecting": DONE, "agreeing": WAY, "submitted": WAY, "approved": OVER}),
    ("move", {"collecting": DONE, "agreeing": WAY, "submitted": WAY, "approved": OVER}),
    ("remove", {"collecting": DONE, "agreeing": WAY, "submitted": WAY, "approved": OVER}),
    ("control", {"draft": DONE, "collecting": DONE, "agreeing": WAY, "submitted": WAY, "approved": OVER}),
    (
        "send",
        {
            "draft": "plan_is_empty",
            "collecting": DONE,
            "agreeing": WAY,
            "submitted": WAY,
            "approved": OVER,
        },
    ),
    ("agree", {"agreeing": DONE, "submitted": DONE, "approved": DECIDED}),
    ("submit", {"agreeing": DONE, "submitted": DONE, "approved": DECIDED}),
    ("approve", {"agreeing": "plan_not_submitted", "submitted": DONE, "approved": DECIDED}),
    ("return", {"agreeing": "plan_not_submitted", "submitted": DONE, "approved": DECIDED}),
    ("take_back", {"agreeing": DONE, "submitted": DONE, "approved": DECIDED}),
    (
        "dispatch",
        dict.fromkeys(("draft", "collecting", "agreeing", "submitted"), "plan_not_approved")
        | {"approved": DONE},
    ),
]


def act(name: str, stage: Stage, plan: WorkPlan, by: str = "") -> Callable[[], Any]:
    """Return the act `name` on the plan by who does it, or by the person named."""
    head, secretary, member = stage.head, stage.secretary, stage.member
    doer = {"approve": head, "return": head, "agree": member, "propose": member}.get(name, secretary)
    who: dict[str, Any] = {"by": getattr(stage, by) if by else doer, "now": LATER}
    item = PlanItem.objects.filter(plan=plan).select_related("plan", "question", "agency").first()
    version = PlanVersion.objects.filter(plan=plan).select_related("plan__staff").first()
    seen = version.sha256 if version else ""
    row: dict[str, Any] = {
        "title_kk": "жаңа",
        "title_ru": "новый",
        "month": 5,
        "agency": stage.organisations[5],
    }
    calls: dict[str, Callable[[], Any]] = {
        "call": partial(actions.call_for_proposals, plan, due=date(2026, 12, 5), **who),
        "propose": partial(actions.propose, plan, title_kk="ұсыныс", title_ru="", month=3, **who),
        "add": partial(actions.add_plan_row, plan, section=Section.QUESTIONS, **row, **who),
        "control": partial(actions.set_control, plan, control_kk="бақылау", control_ru="контроль", **who),
        "send": partial(actions.send_for_agreement, plan, due=date(2026, 12, 11), **who),
        "dispatch": partial(actions.dispatch_plan, plan, **who),
    }
    if item is not None:
        hashed = actions.row_hash(item)
        calls |= {
            "edit": partial(actions.edit_plan_row, item, seen=hashed, **row, **who),
            "move": partial(actions.move_plan_row, item, up=False, **who),
            "remove": partial(actions.remove_plan_row, item, **who),
        }
    if version is not None:
        calls |= {
            "agree": partial(actions.agree, version, agreed=True, **who),
            "submit": partial(actions.submit_plan, version, **who),
            "approve": partial(actions.approve_plan, version, seen=seen, **who),
            "return": partial(actions.return_plan, version, remark="қайта", **who),
            "take_back": partial(actions.take_back_plan, version, **who),
        }
    return calls[name]


def plan_in(state: str, stage: Stage) -> WorkPlan:
    found = MAKERS[state](stage)
    return fresh(found if isinstance(found, WorkPlan) else found.plan)


@pytest.mark.parametrize("state", MAKERS)
def test_what_may_happen_in_each_state(state: str) -> None:
    stage = scene.set_stage()
    plan = plan_in(state, stage)
    told = {name: outcome(act(name, stage, plan)) for name, answers in LIFE if state in answers}
    assert told == {name: answers[state] for name, answers in LIFE if state in answers}


ROLES = {
    "head": {"propose", "approve", "return"},
    "deputy": {"propose", "agree"},
    "secretary": {
        *("call", "add", "edit", "move", "remove", "control", "send"),
        *("submit", "take_back", "dispatch"),
    },
    "member": {"propose", "agree"},
}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_do_what(role: str) -> None:
    stage = scene.set_stage()
    plan = plan_in("submitted", stage)
    told = {name: outcome(act(name, stage, plan, role)) for name, _answers in LIFE}
    allowed = {name for name, answer in told.items() if answer != "not_your_role"}
    # A deputy may try to decide, but names the ground of the head's absence first.
    may_try = {"approve", "return"} if role == "deputy" else set()
    assert allowed == ROLES[role] | may_try
    assert {told[name] for name in may_try} <= {"ground_needed"}


@pytest.mark.parametrize("name", [name for name, _answers in LIFE])
def test_nobody_of_another_staff_does_anything(name: str) -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    plan = plan_in("submitted", stage)
    people = {"other_head": other.head, "other_secretary": other.secretary, "other_member": other.member}
    for key, person in people.items():
        setattr(stage, key, person)
        assert outcome(act(name, stage, plan, key)) == "other_staff"


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


def test_two_members_propose_one_question() -> None:
    stage = scene.set_stage()
    plan = planning.called(stage)
    for person in (stage.member, stage.people[5]):
        proposal = planning.proposed(plan, person)
        actions.accept_proposal(proposal, by=stage.secretary, now=NOW)
    assert plan.items.count() == 1
    rows = Proposal.objects.order_by("pk")
    assert [(row.state, row.item is None) for row in rows] == [("accepted", False), ("accepted", True)]


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


def test_a_row_taken_out_gives_its_proposal_back() -> None:
    stage = scene.set_stage()
    plan = planning.called(stage)
    item = actions.accept_proposal(planning.proposed(plan, stage.member), by=stage.secretary, now=NOW)
    actions.remove_plan_row(item, by=stage.secretary, now=NOW)
    kept = Proposal.objects.get()
    assert (kept.state, kept.item) == (ProposalState.NEW, None)
    assert Question.objects.count() == 1


@pytest.mark.parametrize("section", Section.values)
def test_rows_keep_their_order(section: int) -> None:
    stage = scene.set_stage()
    plan = planning.called(stage)
    first, second, third = (planning.row(stage, plan, number, section=section) for number in (1, 2, 3))
    assert planning.row(stage, plan, 3, section=section) == third
    actions.move_plan_row(third, up=True, by=stage.secretary, now=NOW)
    actions.move_plan_row(first, up=True, by=stage.secretary, now=NOW)
    assert list(plan.items.order_by("order").values_list("pk", flat=True)) == [first.pk, third.pk, second.pk]
    actions.remove_plan_row(first, by=stage.secretary, now=NOW)
    rows = plan.items.order_by("order").values_list("pk", "order")
    assert list(rows) == [(third.pk, 1), (second.pk, 2)]


def test_a_row_edited_in_two_windows_is_not_lost() -> None:
    stage = scene.set_stage()
    item = planning.row(stage, planning.called(stage))
    seen = actions.row_hash(item)
    given: dict[str, Any] = {
        "title_kk": "басқа",
        "title_ru": "",
        "month": 4,
        "agency": stage.organisations[6],
    }
    edit = partial(actions.edit_plan_row, item, seen=seen, by=stage.secretary, now=NOW, **given)
    edit()
    assert reason_of(edit) == "row_edited_meanwhile"
    assert Question.objects.get().title_kk == "басқа"


@pytest.mark.parametrize("month", [7, 12])
def test_a_month_of_the_other_half_is_refused(month: int) -> None:
    stage = scene.set_stage()
    plan = planning.called(stage)
    assert reason_of(partial(planning.proposed, plan, stage.member, month=month)) == "month_outside_half"
    assert outcome(
        partial(actions.set_control, plan, control_kk="б", control_ru="", by=stage.secretary, now=NOW)
    )


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


def test_every_act_stands_in_the_journal() -> None:
    stage = scene.set_stage()
    plan = planning.sent(stage)
    acts = JournalEntry.objects.filter(object_type="meetings.workplan", object_id=plan.pk)
    assert list(acts.order_by("sequence").values_list("act", flat=True)) == [
        "plan.made",
        "plan.called",
        "plan.row_added",
        "plan.row_added",
        "plan.sent",
        "plan.submitted",
        "plan.approved",
        "plan.dispatched",
    ]
    assert journal.first_broken(stage.staff) is None
