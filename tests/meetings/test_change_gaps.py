"""Notes and requests of clause 18 when something happened between their writing and the decision."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from meetings import actions
from meetings.facts import agenda_content, content_hash
from meetings.models import AgendaItem, ChangeRequest, Meeting, PlanItem, WorkPlan
from members import journal
from members.models import Holder, JournalEntry, Notice, User
from tests import stage as scene
from tests.meetings import planning
from tests.meetings.test_changes import added, decide, note_of, plan_of, reason_of
from tests.stage import MORNING, WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 12, 13, 6, 0, tzinfo=UTC)
REMOVE: dict[str, Any] = {"kind": "remove", "to_year": None, "to_month": None}


def planned_row(stage: Stage, *, day: date = scene.DAY) -> tuple[PlanItem, AgendaItem]:
    """Return a row of the plan of December 2026 and its item on the agenda of `day`."""
    row = plan_of(stage).items.get()
    meeting = scene.planned(stage, items=0, day=day)
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE}
    return row, actions.add_item(meeting, question=row.question, agency=row.agency, **act)


def test_a_question_removed_for_its_lateness_is_not_revived_by_an_older_note() -> None:
    stage = scene.set_stage()
    row, item = planned_row(stage)
    older = note_of(stage)
    actions.decide_late(item, decision="remove", reason="кеш", by=stage.head, now=LATE)
    assert reason_of(decide, stage, older) == "note_already_decided"
    row.refresh_from_db()
    assert (row.state, row.moved_month) == ("removed", None)


def test_what_does_not_stand_any_more_is_only_refused() -> None:
    stage = scene.set_stage()
    note = note_of(stage)
    PlanItem.objects.update(state="removed")
    assert reason_of(decide, stage, note) == "row_is_removed"
    assert decide(stage, note, agree=False).state == "refused"


def test_a_note_to_a_month_that_is_over_is_not_agreed() -> None:
    stage = scene.set_stage()
    note = note_of(stage)
    act: dict[str, Any] = {"reason": "x", "by": stage.head, "now": datetime(2027, 4, 1, 5, tzinfo=UTC)}
    assert reason_of(actions.decide_note, note, agree=True, **act) == "month_is_over"
    assert actions.decide_note(note, agree=False, **act).state == "refused"


def test_a_note_is_decided_with_a_reason_whatever_page_asked() -> None:
    stage = scene.set_stage()
    note = note_of(stage)
    act: dict[str, Any] = {"by": stage.head, "now": WEEK_BEFORE, "reason": " "}
    said = [reason_of(actions.decide_note, note, agree=agree, **act) for agree in (True, False)]
    assert said == ["reason_needed"] * 2


def test_a_row_read_before_it_was_removed_makes_no_other_note() -> None:
    stage = scene.set_stage()
    plan = plan_of(stage)
    read = PlanItem.objects.select_related("plan", "question").get(plan=plan)
    decide(stage, note_of(stage, **REMOVE))
    assert reason_of(note_of, stage, plan_item=read) == "row_is_removed"


def test_a_move_to_the_month_of_its_meeting_keeps_the_question_on_the_agenda() -> None:
    stage = scene.set_stage()
    _row, item = planned_row(stage, day=date(2027, 1, 14))
    decide(stage, note_of(stage, to_year=2027, to_month=1))
    assert AgendaItem.objects.get(pk=item.pk).order == 1


def _hash(meeting: Meeting) -> str:
    return content_hash(agenda_content(meeting, meeting.items.for_agenda()))


def test_an_approved_and_a_submitted_agenda_keep_their_text_when_a_note_is_agreed() -> None:
    stage = scene.set_stage()
    approved = scene.approved(stage)
    submitted = scene.planned(stage, day=date(2026, 12, 24))
    version = actions.submit_agenda(submitted, by=stage.secretary, now=WEEK_BEFORE)
    for meeting in (approved, submitted):
        question = meeting.items.get().question
        decide(stage, added(stage, question=question, title_kk="", title_ru="", to_month=12))
    version.refresh_from_db()
    assert [_hash(Meeting.objects.get(pk=row.pk)) for row in (approved, submitted)] == [
        approved.agenda_versions.get().sha256,
        version.sha256,
    ]


def test_a_question_put_on_before_its_plan_was_approved_leaves_the_plan_too() -> None:
    stage = scene.set_stage()
    plan = plan_of(stage, state="draft")
    row = plan.items.get()
    meeting = scene.planned(stage, items=0)
    item = actions.add_item(
        meeting, question=row.question, agency=row.agency, by=stage.secretary, now=WEEK_BEFORE
    )
    WorkPlan.objects.update(state="approved")
    note = actions.decide_late(item, decision="remove", reason="кеш", by=stage.head, now=LATE)
    row.refresh_from_db()
    assert note is not None
    assert (item.plan_item, note.plan_item, row.state) == (None, row, "removed")


def test_a_note_agreed_after_the_end_of_the_meeting_adds_no_question_to_it() -> None:
    stage = scene.set_stage()
    meeting = scene.ended(stage)
    running = scene.opened(stage, day=scene.DAY)
    about: dict[str, Any] = {"title_kk": "Шұғыл", "agency": stage.organisations[5], "reason_kk": "x"}
    note = actions.propose_at_meeting(running, by=stage.secretary, now=MORNING, **about)
    Meeting.objects.filter(pk=running.pk).update(
        state="ended", ended_at=MORNING + timedelta(hours=2), ended_by=stage.secretary.person
    )
    actions.decide_note(note, agree=True, reason="x", by=stage.head, now=MORNING + timedelta(hours=3))
    assert [row.items.count() for row in (meeting, running)] == [1, 1]


def test_the_secretary_takes_back_the_notes_of_the_working_body_and_no_deputys() -> None:
    stage = scene.set_stage()
    note = note_of(stage, stage.deputy)
    assert reason_of(actions.withdraw_note, note, by=stage.secretary, now=WEEK_BEFORE) == "note_of_other"
    note.refresh_from_db()
    assert note.state == "submitted"


def requested(stage: Stage) -> ChangeRequest:
    plan = plan_of(stage)
    act: dict[str, Any] = {"by": stage.member, "now": WEEK_BEFORE, "reason": "Деректер жоқ"}
    return actions.request_change(plan, kind="remove", plan_item=plan.items.get(), **act)


def taken(stage: Stage, request: ChangeRequest) -> Any:
    return actions.take_request(request, reason_kk="Дерек жоқ", by=stage.secretary, now=WEEK_BEFORE)


def test_a_request_becomes_the_note_that_was_asked_for_and_waits_again_when_it_is_withdrawn() -> None:
    stage = scene.set_stage()
    request = requested(stage)
    note = taken(stage, request)
    request.refresh_from_db()
    assert (note.request, note.kind, note.plan_item, request.state) == (
        request,
        "remove",
        request.plan_item,
        "taken",
    )
    actions.withdraw_note(note, by=stage.secretary, now=WEEK_BEFORE)
    request.refresh_from_db()
    note.refresh_from_db()
    assert (request.state, note.state, note.request) == ("open", "withdrawn", None)
    assert taken(stage, request).request == request


def test_a_request_is_declined_once_with_a_reason_that_its_author_is_told() -> None:
    stage = scene.set_stage()
    request = requested(stage)
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE}
    assert reason_of(actions.decline_request, request, reason=" ", **act) == "reason_needed"
    actions.decline_request(request, reason="Мәселе пісіп жетілді", **act)
    request.refresh_from_db()
    assert (request.state, request.answer) == ("declined", "Мәселе пісіп жетілді")
    assert list(Notice.objects.filter(event="change.declined").values_list("recipient", flat=True)) == [
        stage.member.person.pk
    ]
    assert reason_of(actions.decline_request, request, reason="x", **act) == "request_answered"
    assert reason_of(taken, stage, request) == "request_answered"
    acts = JournalEntry.objects.filter(act__startswith="change.").order_by("sequence")
    assert list(acts.values_list("act", flat=True)) == ["change.requested", "change.declined"]


def test_only_the_working_body_answers_a_request() -> None:
    stage = scene.set_stage()
    request = requested(stage)
    said = {
        reason_of(actions.decline_request, request, reason="x", by=person, now=WEEK_BEFORE)
        for person in (stage.head, stage.member, scene.placed(stage, "controller"))
    }
    assert said == {"not_your_role"}


def test_a_request_of_another_row_is_another_request() -> None:
    stage = scene.set_stage()
    plan = plan_of(stage, rows=2)
    act: dict[str, Any] = {"kind": "remove", "reason": "x", "by": stage.member, "now": WEEK_BEFORE}
    rows = plan.items.order_by("order")
    asked = [actions.request_change(plan, plan_item=row, **act) for row in (*rows, *rows)]
    assert [row.plan_item for row in asked] == [*rows, *rows]
    assert ChangeRequest.objects.count() == 2


def test_the_draft_of_an_added_question_is_not_written_over_unseen() -> None:
    stage = scene.set_stage()
    meeting = scene.opened(stage)
    about: dict[str, Any] = {"title_kk": "Шұғыл", "agency": stage.organisations[5], "reason_kk": "x"}
    note = actions.propose_at_meeting(meeting, by=stage.secretary, now=MORNING, **about)
    later = MORNING + timedelta(minutes=1)
    actions.decide_note(note, agree=True, reason="x", by=stage.head, now=later)
    item = meeting.items.get(order=2)
    act: dict[str, Any] = {"version": item.version, "by": stage.secretary, "now": later}
    actions.write_added_draft(item, points=[scene.PointText("бір", "один")], **act)
    assert reason_of(actions.write_added_draft, item, points=[], **act) == "item_edited_meanwhile"
    assert [point.text_ru for point in item.points.all()] == ["один"]


def test_a_breach_stands_once_in_the_journal_whoever_is_told_and_when() -> None:
    stage = scene.set_stage(since=date(2026, 1, 1))
    begun = datetime(2026, 1, 1, 5, tzinfo=UTC)
    journal.record("regulation.approved", stage.staff, by=stage.secretary, now=begun)
    Holder.objects.filter(user__in=[stage.secretary.user, stage.head.user]).update(until=date(2026, 3, 31))
    for day in (5, 6):
        actions.sweep(now=datetime(2026, 4, day, 5, tzinfo=UTC))
    seat = Holder.objects.get(user=stage.secretary.user).seat
    successor = User.objects.create(email="new@x.example", name="Ж. Сынақ", password="x")
    Holder.objects.create(seat=seat, user=successor, since=date(2026, 4, 7))
    actions.sweep(now=datetime(2026, 4, 7, 5, tzinfo=UTC))
    entries = JournalEntry.objects.filter(act="quarter.breached", data__quarter=1, data__year=2026)
    told = Notice.objects.filter(event="quarter.breach").values_list("recipient", flat=True)
    assert (entries.count(), list(told)) == (1, [successor.pk])


def test_a_plan_is_returned_and_a_proposal_declined_with_a_reason_whatever_page_asked() -> None:
    stage = scene.set_stage()
    proposal = planning.proposed(planning.called(stage), stage.member)
    act: dict[str, Any] = {"by": stage.secretary, "now": planning.NOW}
    assert reason_of(actions.decline_proposal, proposal, reason=" ", **act) == "reason_needed"
    actions.decline_proposal(proposal, reason="x", **act)
    version = planning.submitted(stage)
    act = {"by": stage.head, "now": planning.LATER}
    assert reason_of(actions.return_plan, version, remark=" ", **act) == "reason_needed"


def test_a_plan_submitted_twice_is_one_act_and_one_letter() -> None:
    stage = scene.set_stage()
    version = planning.submitted(stage)
    actions.submit_plan(version, by=stage.secretary, now=planning.LATER)
    told = Notice.objects.filter(event="plan.submitted").values_list("recipient", flat=True)
    assert JournalEntry.objects.filter(act="plan.submitted").count() == 1
    deciders = (stage.head, stage.deputy, stage.people[2])
    assert sorted(told) == sorted(person.person.pk for person in deciders)
