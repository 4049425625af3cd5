"""Members call an extraordinary meeting: more than half of all join, then it must be called (clause 12)."""

from datetime import date, time, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings import actions, duties, facts
from meetings.forms import MeetingForm
from meetings.models import Initiative, Meeting, Supporter
from members.models import Holder, JournalEntry, Notice
from members.permissions import Actor
from tests import stage as scene
from tests.meetings.test_agenda import reason_of
from tests.meetings.test_races import together
from tests.meetings.test_scheduling import outcome_of
from tests.stage import DAY, MORNING, WEEK_BEFORE, Stage

pytestmark = pytest.mark.django_db
TODAY = WEEK_BEFORE.date()
PLAN: dict[str, Any] = {
    "day": DAY,
    "starts_at": time(10),
    "place_kk": "әкімдік",
    "place_ru": "акимат",
}


def started(stage: Stage, **more: Any) -> Initiative:
    fields = {"title_kk": "мектептер туралы", "title_ru": "О школах", "ground": "кідіртуге болмайды"}
    act: dict[str, Any] = fields | {"by": starter(stage), "now": WEEK_BEFORE} | more
    return actions.start_initiative(stage.staff, **act)


def starter(stage: Stage) -> Actor:
    return stage.people[-1]


def join(initiative: Initiative, people: list[Actor]) -> Initiative:
    for person in people:
        actions.join_initiative(initiative, by=person, now=WEEK_BEFORE)
    return Initiative.objects.get(pk=initiative.pk)


def others(stage: Stage, count: int) -> list[Actor]:
    """Return members besides the one who started it."""
    return [person for person in stage.voters if person != starter(stage)][:count]


def reached(stage: Stage) -> Initiative:
    return join(started(stage), others(stage, 7))


def standing(initiative: Initiative, today: date = TODAY) -> facts.Standing:
    return facts.standings(initiative.staff, [initiative], today=today)[0]


def called(stage: Stage, initiative: Initiative, **more: Any) -> Meeting:
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE} | PLAN | more
    return actions.call_meeting(initiative, **act)


THRESHOLDS = [pytest.param(15, 8, id="8 of 15"), pytest.param(4, 3, id="3 of 4")]


@pytest.mark.parametrize(("total", "needed"), THRESHOLDS)
def test_the_threshold_is_more_than_half_of_all(total: int, needed: int) -> None:
    stage = scene.set_stage(total=total)
    initiative = started(stage, by=stage.head)
    people = [person for person in stage.voters if person != stage.head]
    for number, person in enumerate(people[: needed - 1], 2):
        row = join(initiative, [person])
        assert (standing(row).joined, row.reached_at is not None) == (number, number == needed)
    row = Initiative.objects.get()
    assert (row.reached_joined, row.reached_needed, row.reached_total) == (needed, needed, total)


def test_a_vacant_seat_counts_in_the_total() -> None:
    stage = scene.set_stage()
    Holder.objects.filter(user=stage.people[9].person).delete()
    row = standing(join(started(stage), others(stage, 6)))
    assert (row.joined, row.needed, row.total) == (7, 8, 15)


def test_who_lost_the_seat_meanwhile_does_not_count() -> None:
    stage = scene.set_stage()
    people = others(stage, 7)
    initiative = join(started(stage), people[:6])
    Holder.objects.filter(user=people[0].person).update(until=TODAY - timedelta(days=1))
    assert standing(initiative).joined == 6
    assert join(initiative, people[6:]).reached_at is None


def test_reaching_tells_the_members_the_secretary_and_the_head_once() -> None:
    stage = scene.set_stage()
    reached(stage)
    told = Notice.objects.filter(event="initiative.reached").values_list("email", flat=True)
    assert sorted(told) == sorted(person.person.email for person in stage.people)


def test_once_reached_it_stays_reached() -> None:
    stage = scene.set_stage()
    initiative = reached(stage)
    act: dict[str, Any] = {"by": stage.head, "now": WEEK_BEFORE}
    assert reason_of(actions.leave_initiative, initiative, **act) == "initiative_reached"
    late = {"by": stage.voters[12], "now": WEEK_BEFORE}
    assert reason_of(actions.join_initiative, initiative, **late) == "initiative_reached"
    own = {"by": starter(stage), "now": WEEK_BEFORE}
    assert reason_of(actions.withdraw_initiative, initiative, **own) == "initiative_reached"


def test_leaving_and_joining_again_are_both_kept() -> None:
    stage = scene.set_stage()
    initiative = join(started(stage), [stage.head])
    actions.leave_initiative(initiative, by=stage.head, now=WEEK_BEFORE)
    assert standing(initiative).joined == 1
    join(initiative, [stage.head])
    rows = Supporter.objects.filter(user=stage.head.person).order_by("pk")
    assert [row.left_at is None for row in rows] == [False, True]
    acts = JournalEntry.objects.filter(act__startswith="initiative").order_by("sequence")
    expected = ["started", "joined", "joined", "left", "joined"]
    assert list(acts.values_list("act", flat=True)) == [f"initiative.{act}" for act in expected]


def test_what_is_sent_twice_is_done_once() -> None:
    stage = scene.set_stage()
    assert started(stage) == started(stage)
    initiative = join(join(started(stage), [stage.head]), [stage.head])
    assert standing(initiative).joined == 2


def test_who_started_it_takes_it_back_and_nobody_else() -> None:
    stage = scene.set_stage()
    initiative = join(started(stage), [stage.head])
    act: dict[str, Any] = {"by": stage.head, "now": WEEK_BEFORE}
    assert reason_of(actions.withdraw_initiative, initiative, **act) == "not_your_initiative"
    actions.withdraw_initiative(initiative, by=starter(stage), now=WEEK_BEFORE)
    told = Notice.objects.filter(event="initiative.withdrawn")
    assert [row.recipient for row in told] == [stage.head.user]
    late = {"by": stage.deputy, "now": WEEK_BEFORE}
    assert reason_of(actions.join_initiative, initiative, **late) == "initiative_withdrawn"


@pytest.mark.parametrize("act", ["start", "join"])
def test_the_secretary_and_other_staffs_have_no_part(act: str) -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    initiative = started(stage)
    for person, reason in ((stage.secretary, "not_your_role"), (other.member, "other_staff")):
        if act == "start":
            said = reason_of(partial(started, stage), by=person)
        else:
            said = reason_of(actions.join_initiative, initiative, by=person, now=WEEK_BEFORE)
        assert said == reason


def test_calling_puts_the_question_on_the_agenda_of_an_extraordinary_meeting() -> None:
    stage = scene.set_stage()
    initiative = reached(stage)
    meeting = called(stage, initiative)
    item = meeting.items.get()
    assert (meeting.kind, meeting.initiative) == ("extraordinary", initiative)
    assert (item.question, item.agency) == (initiative.question, stage.organisations[-1])
    assert called(stage, initiative) == meeting


def test_it_is_called_when_reached_and_once() -> None:
    stage = scene.set_stage()
    initiative = started(stage)
    assert reason_of(partial(called, stage), initiative) == "initiative_not_reached"
    join(initiative, others(stage, 7))
    called(stage, initiative)
    assert reason_of(partial(called, stage), initiative, day=date(2026, 12, 22)) == "initiative_called"


def test_only_the_secretary_calls() -> None:
    stage = scene.set_stage()
    assert reason_of(partial(called, stage), reached(stage), by=stage.head) == "not_your_role"


def test_after_a_cancelling_it_is_called_again() -> None:
    stage = scene.set_stage()
    initiative = reached(stage)
    actions.cancel_meeting(called(stage, initiative), reason="карантин", by=stage.secretary, now=WEEK_BEFORE)
    row = standing(Initiative.objects.get())
    assert (row.meeting, row.waits_for_call) == (None, True)
    assert called(stage, initiative, day=date(2026, 12, 22)).initiative == initiative


def urls(stage: Stage, day: date) -> list[tuple[str, date | None, str]]:
    now = MORNING.replace(year=day.year, month=day.month, day=day.day)
    rows = duties.duties(stage.secretary, now=now)
    wanted = ("initiative=", "2026-12-17/")
    found = [row for row in rows if row.url.endswith(wanted) or wanted[0] in row.url]
    return [(row.url, row.due, row.state) for row in found if row.clause == "12"]


# Reached on Tuesday the 8th: three working days end on Friday the 11th, ten on Tuesday the 22nd.
CALL = [
    pytest.param(date(2026, 12, 8), "soon", id="at once"),
    pytest.param(date(2026, 12, 11), "soon", id="on the last day"),
    pytest.param(date(2026, 12, 12), "late", id="the day after"),
]


@pytest.mark.parametrize(("day", "state"), CALL)
def test_the_secretary_has_three_working_days_to_call(day: date, state: str) -> None:
    stage = scene.set_stage()
    initiative = reached(stage)
    address = f"/test-staff/meetings/new/?initiative={initiative.pk}"
    assert urls(stage, day) == [(address, date(2026, 12, 11), state)]


def test_then_it_is_held_within_ten_working_days() -> None:
    stage = scene.set_stage()
    meeting = called(stage, reached(stage))
    assert urls(stage, date(2026, 12, 16)) == [(meeting.get_absolute_url(), date(2026, 12, 22), "open")]


@pytest.mark.django_db(transaction=True)
def test_two_who_join_at_the_threshold_reach_it_once() -> None:
    stage = scene.set_stage()
    initiative = join(started(stage), others(stage, 6))
    last = [person for person in stage.voters if person not in (*others(stage, 6), starter(stage))][:4]
    results = together(
        *[partial(actions.join_initiative, initiative, by=person, now=WEEK_BEFORE) for person in last]
    )
    row = Initiative.objects.get()
    assert (results.count("initiative_reached"), row.reached_joined) == (3, 8)
    assert JournalEntry.objects.filter(act="initiative.reached").count() == 1
    assert Notice.objects.filter(event="initiative.reached").count() == 16


@pytest.mark.django_db(transaction=True)
def test_one_initiative_called_at_once_is_one_meeting() -> None:
    stage = scene.set_stage()
    initiative = reached(stage)
    days = (date(2026, 12, 17), date(2026, 12, 18), date(2026, 12, 18))
    together(*[partial(called, stage, initiative, day=day) for day in days])
    assert Meeting.objects.filter(initiative=initiative).count() == 1


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_walk_through_the_pages(language: str) -> None:
    stage = scene.set_stage(today=timezone.localdate())
    clients = {person: scene.signed_in(person) for person in stage.people}
    for client in clients.values():
        client.cookies["language"] = language
    fields = {"title_kk": "мектептер туралы", "title_ru": "О школах", "ground": "кідіртуге болмайды"}
    start = clients[starter(stage)].post("/test-staff/initiatives/new/", fields)
    address = Initiative.objects.get().get_absolute_url()
    assert start["Location"] == address
    for person in others(stage, 7):
        assert clients[person].get(address).context["may_join"]
        assert clients[person].post(f"{address}join/").status_code == 302
    page = clients[stage.secretary].get(address)
    assert (page.context["may_call"], page.context["standing"].joined) == (True, 8)
    form = f"/test-staff/meetings/new/?initiative={Initiative.objects.get().pk}"
    assert clients[stage.secretary].get(form).context["form"]["kind"].value() == "extraordinary"
    day = timezone.localdate() + timedelta(days=10)
    plan = {"kind": "extraordinary", "day": day.isoformat(), "starts_at": "10:00", "mode": "room"}
    places = {"place_kk": "әкімдік", "place_ru": "акимат"}
    answer = clients[stage.secretary].post(form, plan | places)
    assert answer["Location"] == Meeting.objects.get().get_absolute_url()
    assert Meeting.objects.get().initiative == Initiative.objects.get()


KINDS = [
    pytest.param({"kind": "regular"}, "called_by_members", id="regular"),
    pytest.param({"starts_at": time(11)}, "", id="another time"),
]


@pytest.mark.parametrize(("changes", "refused"), KINDS)
def test_a_meeting_called_by_members_stays_extraordinary(changes: dict[str, Any], refused: str) -> None:
    stage = scene.set_stage()
    meeting = called(stage, reached(stage))
    act: dict[str, Any] = {"by": stage.secretary, "now": WEEK_BEFORE, "reason": "зал бос емес"}
    assert outcome_of(actions.reschedule, meeting, **act | changes) == refused
    form = MeetingForm(instance=meeting, staff=stage.staff, now=WEEK_BEFORE)
    assert (len(form.fields["kind"].choices), "call_ground" in form.fields) == (1, False)


@pytest.mark.parametrize(("days", "warned"), [(0, False), (1, True)])
def test_days_after_the_target_are_marked(days: int, warned: bool) -> None:
    stage = scene.set_stage()
    due = standing(reached(stage)).hold_due
    assert due is not None
    day = due + timedelta(days=days)
    (row,) = facts.candidates(stage.staff, day, day, today=TODAY, hold_due=due)
    assert ("after_hold" in row.warnings) == warned


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_form_of_a_called_meeting_shows_the_targets(language: str) -> None:
    stage = scene.set_stage(today=timezone.localdate())
    initiative = reached(stage)
    client = scene.signed_in(stage.secretary)
    client.cookies["language"] = language
    page = client.get(f"/test-staff/meetings/new/?initiative={initiative.pk}")
    assert page.context["standing"].hold_due == standing(initiative).hold_due
    terms = f"/test-staff/meetings/terms/?initiative={initiative.pk}"
    day = timezone.localdate() + timedelta(days=200)
    row = client.get(f"{terms}&day={day.isoformat()}").context["chosen"]["row"]
    assert "after_hold" in row.warnings


def test_the_question_of_an_initiative_is_not_called_optional() -> None:
    stage = scene.set_stage(today=timezone.localdate())
    page = scene.signed_in(stage.member).get("/test-staff/initiatives/new/").content.decode()
    assert "field-optional" not in page


def test_an_initiative_of_another_staff_is_not_found() -> None:
    stage, other = scene.set_stage(), scene.set_stage("other-staff")
    initiative = started(stage)
    client = scene.signed_in(other.member)
    assert client.get(f"/other-staff/initiatives/{initiative.pk}/").status_code == 404
    secretary = scene.signed_in(other.secretary)
    assert secretary.get(f"/other-staff/meetings/new/?initiative={initiative.pk}").status_code == 404


@pytest.mark.parametrize("page", ["initiatives/", "initiatives/{pk}/", ""])
def test_the_number_of_queries_does_not_grow(page: str) -> None:
    stage = scene.set_stage(today=timezone.localdate())
    client = scene.signed_in(stage.secretary)
    counts = []
    for number in (1, 3):
        for each in range(number):
            row = started(stage, ground=f"{number}-{each}")
            join(row, others(stage, number if page else 7))
        address = f"/test-staff/{page.format(pk=Initiative.objects.latest('pk').pk)}"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
