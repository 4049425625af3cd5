"""Pages of the agenda: what is missing, places, points, versions and their differences (clause 22)."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings import actions, policies
from meetings.comparison import compare
from meetings.models import AgendaItem, AgendaVersion, Meeting, Question
from members.models import Notice
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import WEEK_BEFORE, Stage, signed_in

pytestmark = pytest.mark.django_db
AGENDA = "/test-staff/meetings/2026-12-17/agenda/"
ITEMS = "/test-staff/meetings/2026-12-17/items/"
LATE = WEEK_BEFORE.replace(day=14)
# Questions of stage.planned(items=3) by their number.
PLACES = [
    pytest.param(3, 1, [3, 1, 2], id="last-to-the-top"),
    pytest.param(1, 3, [2, 3, 1], id="first-to-the-end"),
    pytest.param(2, 2, [1, 2, 3], id="stays"),
    pytest.param(2, 0, [2, 1, 3], id="above-the-first"),
    pytest.param(1, 99, [2, 3, 1], id="below-the-last"),
]


@pytest.fixture
def stage() -> Stage:
    return scene.set_stage()


def order_of(meeting: Meeting) -> list[int]:
    titles = meeting.items.order_by("order").values_list("question__title_ru", flat=True)
    return [int(title.removeprefix("О вопросе ")) for title in titles]


def approve(stage: Stage, meeting: Meeting) -> AgendaVersion:
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)
    return version


def edited(stage: Stage, item: AgendaItem, **fields: Any) -> None:
    """Change an item through its form, everything else as it is."""
    signed_in(stage.secretary).post(f"{ITEMS}{item.order}/edit/", form_of(item) | fields)


def form_of(item: AgendaItem) -> dict[str, Any]:
    names = ("speaker_kk", "speaker_ru", "co_speakers_kk", "co_speakers_ru", "minutes", "version")
    points = {
        f"points-{place}-{name}": getattr(point, name)
        for place, point in enumerate(item.points.all())
        for name in ("text_kk", "text_ru")
    }
    return {
        **{name: getattr(item, name) for name in names},
        "title_kk": item.question.title_kk,
        "title_ru": item.question.title_ru,
        "kind": item.question.kind,
        "agency": item.agency_id,
        "item": item.pk,
        "points-TOTAL_FORMS": item.points.count() + 1,
        "points-INITIAL_FORMS": item.points.count(),
        **points,
    }


@pytest.mark.parametrize(("order", "to", "expected"), PLACES)
def test_an_item_goes_to_any_place(stage: Stage, order: int, to: int, expected: list[int]) -> None:
    meeting = scene.planned(stage, items=3)
    actions.place_item(meeting.items.get(order=order), to=to, by=stage.secretary, now=WEEK_BEFORE)
    assert order_of(meeting) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [pytest.param("3", [2, 3, 1], id="place"), pytest.param("x", [1, 2, 3], id="no-number")],
)
def test_dragging_and_buttons_are_one_post(stage: Stage, asked: str, expected: list[int]) -> None:
    meeting = scene.planned(stage, items=3)
    item = meeting.items.get(order=1)
    signed_in(stage.secretary).post(f"{ITEMS}1/move/", {"item": item.pk, "to": asked})
    assert order_of(meeting) == expected


def test_a_place_of_another_question_is_not_moved(stage: Stage) -> None:
    meeting = scene.planned(stage, items=3)
    other = meeting.items.get(order=2)
    answer = signed_in(stage.secretary).post(f"{ITEMS}1/move/", {"item": other.pk, "to": 3})
    assert (answer.status_code, order_of(meeting)) == (409, [1, 2, 3])


def test_warnings_stop_nothing_and_are_told_apart(stage: Stage) -> None:
    meeting = scene.planned(stage, items=2)
    item = meeting.items.get(order=1)
    Question.objects.filter(pk=item.question_id).update(title_ru="")
    item.points.filter(number=1).update(executor=stage.organisations[4])
    meeting.items.filter(order=2).update(speaker_kk="")
    actions.invite(meeting, name="Қ. Қонақ", office_kk="қонақ", by=stage.secretary, now=WEEK_BEFORE)
    with time_machine.travel(WEEK_BEFORE):
        rows = signed_in(stage.secretary).get(AGENDA).context["missing"]
    assert (rows.blocking, rows.undecided) == ([], [])
    assert [
        (row.clause, row.url.removeprefix("/test-staff/meetings/2026-12-17/")) for row in rows.warnings
    ] == [
        ("19", "items/1/edit/"),
        ("24", "items/1/edit/"),
        ("22", "items/1/"),
        ("19", "items/2/edit/"),
        ("22", "items/2/"),
        ("21", "invited/"),
        ("19", "invited/"),
    ]
    assert actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE).number == 1


def test_a_question_for_information_needs_no_draft_decision(stage: Stage) -> None:
    meeting = scene.planned(stage)
    meeting.items.get().points.all().delete()
    reasons = []
    for kind in ("decision", "information"):
        Question.objects.update(kind=kind)
        problems = policies.problems_before_submitting(meeting.items.for_agenda())
        reasons.append([problem.reason for problem in problems])
    assert reasons == [["item_without_draft"], []]


def test_start_times_follow_from_the_minutes_before(stage: Stage) -> None:
    meeting = scene.planned(stage, items=3)
    meeting.items.filter(order=1).update(minutes=45)
    page = signed_in(stage.secretary).get(AGENDA).context
    assert [f"{line.starts:%H:%M}" for line in page["rows"]] == ["10:00", "10:45", "10:55"]
    assert page["total"] == 65


def test_an_agenda_with_an_undecided_late_question_is_submitted_but_not_approved(stage: Stage) -> None:
    meeting = scene.planned(stage)
    version = actions.submit_agenda(meeting, by=stage.secretary, now=LATE)
    with pytest.raises(Refused) as refusal:
        actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=LATE)
    assert refusal.value.verdict.reason == "late_undecided"
    with time_machine.travel(LATE):
        page = signed_in(stage.head).get(AGENDA)
    assert [lack.url for lack in page.context["why_not_approve"]] == [f"{ITEMS}1/"]
    assert 'value="1" disabled aria-describedby="why-not-approve"' in page.content.decode()


def test_one_more_row_keeps_what_was_typed_and_judges_nothing(stage: Stage) -> None:
    scene.planned(stage, items=0)
    typed = {
        "title_kk": "жаңа мәселе",
        "kind": "hearing",
        "minutes": "25",
        "points-TOTAL_FORMS": "1",
        "points-INITIAL_FORMS": "0",
        "points-0-text_kk": "бірінші тармақ",
        "more": "1",
    }
    page = signed_in(stage.secretary).post(f"{ITEMS}new/", typed)
    form, points = page.context["form"], page.context["points"]
    assert (form["title_kk"].value(), form["kind"].value(), form["minutes"].value()) == (
        "жаңа мәселе",
        "hearing",
        "25",
    )
    assert [row["text_kk"].value() for row in points] == ["бірінші тармақ", None]
    assert (form.errors, AgendaItem.objects.count()) == ({}, 0)


def test_points_are_saved_as_rows_and_an_emptied_one_is_dropped(stage: Stage) -> None:
    item = scene.planned(stage).items.for_agenda().get()
    agency = stage.organisations[5]
    changes = {
        "points-0-text_kk": "",
        "points-0-text_ru": "",
        "points-2-text_ru": "подготовить справку",
        "points-2-executor": agency.pk,
        "points-2-due_on": "2027-01-20",
    }
    edited(stage, item, **changes)
    assert list(item.points.values_list("number", "text_ru", "executor", "due_on")) == [
        (1, "представить отчёт", None, None),
        (2, "подготовить справку", agency.pk, date(2027, 1, 20)),
    ]


def test_an_executor_without_a_text_is_not_lost_silently(stage: Stage) -> None:
    item = scene.planned(stage).items.for_agenda().get()
    data = form_of(item) | {"points-2-executor": stage.organisations[5].pk}
    page = signed_in(stage.secretary).post(f"{ITEMS}1/edit/", data)
    assert [list(row.errors) for row in page.context["points"]] == [[], [], ["text_kk"]]
    assert item.points.count() == 2


def test_two_windows_show_both_texts_and_lose_none(stage: Stage) -> None:
    item = scene.planned(stage).items.for_agenda().get()
    first = form_of(item)
    edited(stage, item, speaker_ru="Докладчик из другого окна", **{"points-0-text_ru": "сделать иначе"})
    typed = first | {"speaker_ru": "Мой докладчик", "points-0-text_ru": "мой текст"}
    browser = signed_in(stage.secretary)
    page = browser.post(f"{ITEMS}1/edit/", typed)
    text = page.content.decode()
    assert page.status_code == 409
    assert all(
        said in text for said in ("Докладчик из другого окна", "сделать иначе", "Мой докладчик", "мой текст")
    )
    assert page.context["form"]["version"].value() == "2"
    browser.post(f"{ITEMS}1/edit/", typed | {"version": "2"})
    item.refresh_from_db()
    assert (item.speaker_ru, item.version) == ("Мой докладчик", 3)


def test_the_form_sent_twice_puts_one_question(stage: Stage) -> None:
    meeting = scene.planned(stage, items=1)
    data = form_of(meeting.items.for_agenda().get()) | {"title_kk": "екінші", "title_ru": "второй"}
    browser = signed_in(stage.secretary)
    for _time in range(2):
        browser.post(f"{ITEMS}new/", data | {"kind": "information"})
    kinds = meeting.items.order_by("order").values_list("question__kind", flat=True)
    assert list(kinds) == ["decision", "information"]


def change_title(stage: Stage, meeting: Meeting) -> None:
    edited(stage, meeting.items.for_agenda().get(order=1), title_ru="Иначе")


def change_point(stage: Stage, meeting: Meeting) -> None:
    edited(stage, meeting.items.for_agenda().get(order=1), **{"points-1-text_ru": "сделать иначе"})


def change_order(stage: Stage, meeting: Meeting) -> None:
    actions.place_item(meeting.items.get(order=2), to=1, by=stage.secretary, now=WEEK_BEFORE)


def take_first_off(stage: Stage, meeting: Meeting) -> None:
    actions.remove_item(meeting.items.get(order=1), by=stage.secretary, now=WEEK_BEFORE)


def add_third(stage: Stage, meeting: Meeting) -> None:
    scene.add_item(stage, meeting, 3)


def add_person(stage: Stage, meeting: Meeting) -> None:
    actions.invite(meeting, name="Қ. Қонақ", office_kk="қонақ", by=stage.secretary, now=WEEK_BEFORE)


def nothing(_stage: Stage, _meeting: Meeting) -> None:
    return None


# What is done after version 1; added, removed, changed questions with the values, invited persons added.
CHANGES = [
    pytest.param(nothing, ([], [], [], []), id="nothing"),
    pytest.param(change_title, ([], [], [(1, "О вопросе 1", "Иначе")], []), id="title"),
    pytest.param(change_point, ([], [], [(1, "представить отчёт", "сделать иначе")], []), id="point"),
    pytest.param(take_first_off, ([], ["О вопросе 1"], [], []), id="taken-off"),
    pytest.param(add_third, (["О вопросе 3"], [], [], []), id="added"),
    pytest.param(add_person, ([], [], [], ["Қ. Қонақ"]), id="invited"),
]


@pytest.mark.parametrize(("change", "expected"), CHANGES)
def test_what_changed_is_told_by_question_and_field(stage: Stage, change: Any, expected: Any) -> None:
    meeting = scene.planned(stage, items=2)
    before = approve(stage, meeting)
    change(stage, meeting)
    after = before if change is nothing else approve(stage, meeting)
    found = compare(before.content, after.content)
    assert (
        [row.title_ru for row in found.items.added],
        [row.title_ru for row in found.items.removed],
        [(row.row.order, each.before, each.after) for row in found.items.changed for each in row.changes],
        [row.name for row in found.invited.added],
    ) == expected
    assert bool(found) == (change is not nothing)


def test_a_question_that_moved_is_told_and_those_that_made_room_are_not(stage: Stage) -> None:
    meeting = scene.planned(stage, items=3)
    before = approve(stage, meeting)
    actions.place_item(meeting.items.get(order=3), to=1, by=stage.secretary, now=WEEK_BEFORE)
    after = approve(stage, meeting)
    moved = compare(before.content, after.content).items.changed
    assert [(row.row.title_ru, row.changes[0].before, row.changes[0].after) for row in moved] == [
        ("О вопросе 3", "3", "1")
    ]


def test_the_head_sees_what_changed_before_deciding_and_the_letter_counts_it(stage: Stage) -> None:
    meeting = scene.planned(stage, items=2)
    approve(stage, meeting)
    change_title(stage, meeting)
    actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    page = signed_in(stage.head).get(AGENDA).context
    assert (page["before"].number, len(page["difference"])) == (1, 1)
    letter = Notice.objects.filter(event="agenda.submitted").latest("pk")
    assert letter.text_ru.endswith("1.") or "1: 1" in letter.text_ru


def test_versions_stay_as_they_were_frozen(stage: Stage) -> None:
    meeting = scene.planned(stage, items=1)
    version = approve(stage, meeting)
    change_title(stage, meeting)
    page = signed_in(stage.member).get(f"{AGENDA}v/1/").content.decode()
    assert ("О вопросе 1" in page or "1-мәселе туралы" in page, "Иначе" in page) == (True, False)
    assert AgendaVersion.objects.get(pk=version.pk).sha256 == version.sha256


def test_members_read_the_approved_text_while_it_is_being_changed(stage: Stage) -> None:
    meeting = scene.planned(stage, items=1)
    approve(stage, meeting)
    edited(stage, meeting.items.for_agenda().get(), title_kk="басқаша", title_ru="Иначе")
    seen = {
        who: "басқаша" in signed_in(getattr(stage, who)).get(AGENDA).content.decode()
        for who in ("secretary", "head", "deputy", "member")
    }
    assert seen == {"secretary": True, "head": True, "deputy": True, "member": False}


def test_the_whole_loop_of_a_changed_agenda(stage: Stage) -> None:
    meeting = scene.approved(stage)
    actions.dispatch(meeting, by=stage.secretary, now=WEEK_BEFORE)
    change_title(stage, meeting)
    approve(stage, meeting)
    actions.dispatch(Meeting.objects.get(), by=stage.secretary, now=WEEK_BEFORE)
    versions = AgendaVersion.objects.order_by("number")
    assert [(row.number, row.state, row.dispatches.count()) for row in versions] == [
        (1, "approved", 1),
        (2, "approved", 1),
    ]


# Who, which version, what they get: an unapproved one exists only for who prepares it.
READERS = [
    pytest.param("secretary", 1, 200, id="secretary-approved"),
    pytest.param("member", 1, 200, id="member-approved"),
    pytest.param("secretary", 2, 200, id="secretary-submitted"),
    pytest.param("head", 2, 200, id="head-submitted"),
    pytest.param("member", 2, 404, id="member-submitted"),
    pytest.param("secretary", 3, 404, id="no-such-version"),
]


@pytest.mark.parametrize(("who", "number", "status"), READERS)
def test_who_reads_which_version(stage: Stage, who: str, number: int, status: int) -> None:
    meeting = scene.planned(stage, items=1)
    approve(stage, meeting)
    change_title(stage, meeting)
    actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    assert signed_in(getattr(stage, who)).get(f"{AGENDA}v/{number}/").status_code == status


def test_changes_between_any_two_versions(stage: Stage) -> None:
    meeting = scene.planned(stage, items=2)
    for change in (nothing, change_title, add_third):
        change(stage, meeting)
        approve(stage, meeting)
    browser = signed_in(stage.secretary)
    counts = [
        len(browser.get(f"{AGENDA}changes/{query}").context["difference"])
        for query in ("", "?from=1&to=3", "?from=2&to=2", "?from=x&to=99")
    ]
    assert counts == [1, 2, 0, 1]


@pytest.mark.parametrize("page", ["agenda/", "agenda/v/1/", "agenda/changes/", "invited/"])
def test_queries_do_not_grow_with_the_questions(page: str) -> None:
    counts = []
    for code, items in (("staff-one", 1), ("staff-three", 3)):
        stage = scene.set_stage(code)
        meeting = scene.planned(stage, items=items)
        for number in range(items):
            actions.invite(
                meeting,
                name=f"Қ. Қонақ{number}",
                office_kk="қонақ",
                items=meeting.items.all(),
                stands_in_for=stage.member.seat,
                by=stage.secretary,
                now=WEEK_BEFORE,
            )
        approve(stage, meeting)
        scene.add_item(stage, meeting, 9)
        actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
        browser = signed_in(stage.secretary)
        browser.get(f"/{code}/meetings/2026-12-17/{page}")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/{code}/meetings/2026-12-17/{page}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def draft_changed(stage: Stage) -> Meeting:
    """Return a sent meeting whose draft has another title and points, another order and one more question."""
    meeting = scene.approved(stage, items=2)
    actions.dispatch(meeting, by=stage.secretary, now=WEEK_BEFORE)
    item = meeting.items.for_agenda().get(order=1)
    edited(stage, item, title_kk="басқаша", title_ru="Иначе", **{"points-0-text_kk": "жасырын тармақ"})
    actions.place_item(item, to=2, by=stage.secretary, now=WEEK_BEFORE)
    scene.add_item(stage, meeting, 3)
    return Meeting.objects.get(pk=meeting.pk)


@pytest.mark.parametrize("path", ["", "items/1/", "items/2/", "pack/", "agenda/"])
@pytest.mark.parametrize(("who", "is_keeper"), [("deputy", True), ("voters", False)])
def test_what_is_not_approved_is_read_by_keepers_alone(
    stage: Stage, who: str, is_keeper: bool, path: str
) -> None:
    meeting = draft_changed(stage)
    # A member of an agency that prepares none of the questions.
    person = stage.voters[-1] if who == "voters" else stage.deputy
    page = signed_in(person).get(f"{meeting.get_absolute_url()}{path}").content.decode()
    secrets = [word for word in ("басқаша", "жасырын тармақ", "3-мәселе") if word in page]
    expected = {
        "": ["басқаша", "3-мәселе"],
        "items/1/": [],
        "items/2/": ["басқаша", "жасырын тармақ"],
        "pack/": ["басқаша", "3-мәселе"],
        "agenda/": ["басқаша", "жасырын тармақ", "3-мәселе"],
    }
    assert secrets == (expected[path] if is_keeper else [])


def test_a_question_that_is_not_approved_is_not_there_for_members_but_for_who_prepares_it(
    stage: Stage,
) -> None:
    meeting = draft_changed(stage)
    page = f"{meeting.get_absolute_url()}items/3/"
    preparing = next(each for each in stage.voters if each.organisation_ids & {stage.organisations[6].pk})
    people = [stage.voters[-1], preparing, stage.secretary]
    assert [signed_in(each).get(page).status_code for each in people] == [404, 200, 200]


def test_the_pack_names_questions_as_they_were_approved(stage: Stage) -> None:
    meeting = draft_changed(stage)
    _version, packed = actions.sources_of(meeting, now=WEEK_BEFORE)
    titles = [(row.item.order, row.item.question.title_ru) for row in packed]
    assert titles == [(1, "О вопросе 1"), (2, "О вопросе 2")]


def test_the_draft_decision_of_a_question_shows_executor_and_term(stage: Stage) -> None:
    meeting = scene.planned(stage)
    agency = stage.organisations[5]
    meeting.items.get().points.filter(number=1).update(executor=agency, due_on=date(2027, 1, 20))
    page = signed_in(stage.secretary).get(f"{ITEMS}1/").content.decode()
    part = page.split('id="draft"')[1].split("</section>")[0].replace("\u00a0", " ")
    assert (part.count("<li>"), agency.name_kk in part, "20 қаңтар" in part) == (2, True, True)


def test_what_may_be_completed_is_shown_only_to_who_may_submit_now(stage: Stage) -> None:
    meeting = scene.planned(stage)
    Question.objects.update(title_ru="")

    def shown(who: str) -> bool:
        return 'id="warnings"' in signed_in(getattr(stage, who)).get(AGENDA).content.decode()

    before = [shown(who) for who in ("secretary", "head")]
    approve(stage, meeting)
    assert [*before, shown("secretary")] == [True, False, False]
