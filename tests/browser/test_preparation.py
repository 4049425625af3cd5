"""The preparation of a meeting in the browser, from the call for proposals to the answers, in both languages.

It begins six days before the meeting and is finished two days before it: the documents of one agency come in
time, those of the other are late, and so is the dispatch.
"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Browser, FilePayload

from meetings.models import (
    Agreement,
    Answer,
    Delivery,
    Dispatch,
    JustificationNote,
    Material,
    Meeting,
    OwedMaterial,
    Pack,
    PlanItem,
    Proposal,
    Question,
    WorkPlan,
)
from members.models import Notice, Place
from members.permissions import Actor
from tests import stage as scene
from tests.browser.people import Person, visitor
from tests.browser.walk import HOME, Walk
from tests.real_worker import Worker, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST, SECOND = 4, 6  # the agencies of the two questions, by their places in the composition


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_preparation_from_proposals_to_answers(
    live_server: Any, browser: Browser, worker: Worker, language: str
) -> None:
    walk = Walk(browser, live_server.url, language)
    with time_machine.travel(timezone.now() - timedelta(days=4), tick=True):
        _six_days_before(walk)
    _two_days_before(walk)


def _six_days_before(walk: Walk) -> None:
    stage = walk.stage
    secretary, member = walk.enter(stage.secretary, "1-secretary"), walk.enter(stage.member, "2-member")
    head = walk.enter(stage.head, "3-head")
    plan = _propose(walk, secretary, member)
    _approve_plan(walk, plan, secretary, member, head)
    _schedule(walk, secretary)
    _add_by_note(walk, secretary, head)
    _put_questions(walk, secretary)
    _await_materials(walk, secretary)
    officer = scene.placed(stage, "agency", organisation=stage.organisations[FIRST])
    _bring_in_time(walk, walk.enter(officer, "4-agency"))
    secretary.open(f"{walk.base}agenda/").click("form[action$='/submit/'] .is-primary")
    head.open(f"{walk.base}agenda/").page.locator("main .unfold summary").first.click()
    head.fill(**{"return-remark": "Шақырылғандар тізімі жоқ"}).click("[name='return']")
    walk.says(head, "returned")
    walk.leave()


def _two_days_before(walk: Walk) -> None:
    stage = walk.stage
    secretary = walk.enter(stage.secretary, "5-secretary")
    officer = scene.placed(stage, "agency", organisation=stage.organisations[SECOND], number=2)
    guest = scene.placed(stage, "invited")
    _bring_late(walk, walk.enter(officer, "6-agency"))
    _invite(walk, secretary, guest)
    head, member = walk.enter(stage.head, "7-head"), walk.enter(stage.member, "8-member")
    _decide(walk, head)
    _announce(walk, secretary)
    _dispatch(walk, secretary)
    _read(walk, member)
    _answer(walk, member, walk.enter(guest, "9-invited"))
    _see_proof(walk, secretary)
    walk.leave()


def _propose(walk: Walk, secretary: Person, member: Person) -> str:
    key = f"{walk.day.year}-{1 if walk.day.month < 7 else 2}"
    plan = f"{HOME}plans/{key}/"
    secretary.open(f"{HOME}plans/").open(f"{HOME}plans/new/").choose(half_year=key)
    secretary.click("main form .is-primary").open(f"{plan}call/")
    secretary.fill(due=walk.today.isoformat()).click("main form .is-primary")

    member.open(HOME)
    assert plan in member.page.content()
    member.open(f"{plan}proposals/new/").fill(
        title_kk="Жол жөндеу туралы",
        title_ru="О ремонте дорог",
        speaker_kk="Баяндамашы",
        speaker_ru="Докладчик",
        expected_kk="Жөндеу кестесі",
        expected_ru="График ремонта",
    )
    member.choose(month=str(walk.day.month), indicator="3").click("main form .is-primary")
    walk.says(member, "proposed")
    proposal = Proposal.objects.get()
    assert (proposal.author, proposal.days_late) == (walk.stage.member.user, 0)

    secretary.open(HOME).open(plan).click("button[form^='accept-']")
    assert Proposal.objects.get().state == "accepted"
    return plan


def _approve_plan(walk: Walk, plan: str, secretary: Person, member: Person, head: Person) -> None:
    secretary.open(f"{plan}agreement/").fill(due=walk.day.isoformat()).click("main form .is-primary")
    member.open(plan).choose(**{"answer-agreed": "yes"}).click("form[action$='/agree/'] .is-primary")
    assert Agreement.objects.get().agreed
    secretary.open(plan).page.locator("[name='early']").check()
    secretary.click("form[action$='/submit/'] .is-primary")
    head.open(HOME).open(plan).click("[name='approve']")
    walk.says(head, "plan approved")
    assert WorkPlan.objects.get().state == "approved"
    secretary.open(f"{plan}dispatch/").click("main form .is-primary").open(plan)
    assert PlanItem.objects.get().question == Question.objects.get()


def _schedule(walk: Walk, secretary: Person) -> None:
    secretary.open(f"{HOME}meetings/").open(f"{HOME}meetings/new/")
    secretary.fill(day=walk.day.isoformat(), starts_at="10:00", link="https://video.example/room")
    secretary.choose(kind="regular", mode="mixed").click("form#meeting .is-primary")
    walk.says(secretary, "scheduled")
    meeting = Meeting.objects.get()
    assert (meeting.get_absolute_url(), meeting.number) == (walk.base, None)


def _add_by_note(walk: Walk, secretary: Person, head: Person) -> None:
    secretary.open(f"{HOME}notes/").open(f"{HOME}notes/new/").choose(
        kind="add", to=f"{walk.day:%Y-%m}", agency=str(walk.stage.organisations[SECOND].pk)
    )
    secretary.fill(
        title_kk="Су тасқынына дайындық туралы",
        title_ru="О подготовке к паводку",
        reason_kk="Көктем жақын",
        reason_ru="Весна близко",
        effects_kk="Орындаушылар өзгермейді",
        effects_ru="Исполнители не меняются",
    ).click("main form .is-primary")
    note = JustificationNote.objects.get().get_absolute_url()
    head.open(HOME).open(note).fill(reason="Негіз жеткілікті").click("[name='agree']")
    walk.says(head, "note agreed")
    assert JustificationNote.objects.get().state == "agreed"


def _put_questions(walk: Walk, secretary: Person) -> None:
    questions = Question.objects.order_by("pk")
    for question, place in zip(questions, (FIRST, SECOND), strict=True):
        secretary.open(f"{walk.base}items/new/").choose(
            question=str(question.pk), agency=str(walk.stage.organisations[place].pk)
        )
        secretary.fill(
            speaker_kk="Баяндамашы",
            speaker_ru="Докладчик",
            **{"points-0-text_kk": "Іс-шара өткізілсін", "points-0-text_ru": "Провести мероприятие"},
        )
        secretary.click("main form .is-primary")
    items = Meeting.objects.get().items.order_by("order")
    assert [(item.plan_item is not None, item.note is not None) for item in items] == [
        (True, False),
        (True, True),
    ]


def _await_materials(walk: Walk, secretary: Person) -> None:
    for order in (1, 2):
        secretary.open(f"{walk.base}items/{order}/").fill(
            **{"owed-title_kk": "Кесте", "owed-title_ru": "График"}
        )
        secretary.choose(**{"owed-language": "kk"}).click("form[action$='/awaited/'] .act")
    note = OwedMaterial.objects.get(item__order=2, title_ru="Справка")
    secretary.open(f"{walk.base}awaited/{note.pk}/").click("form[action$='/remove/'] .is-grave")
    assert [row.agency for row in OwedMaterial.objects.order_by("item__order", "pk")] == [
        walk.stage.organisations[place] for place in (FIRST, FIRST, SECOND)
    ]


def _bring(officer: Person, title: str) -> None:
    officer.open(HOME).open(f"{HOME}materials/")
    form = "details[open] form[action*='/awaited/']"
    officer.page.locator(f"{form} [name='language']").first.select_option("kk")
    file: FilePayload = {"name": f"{title}.pdf", "mimeType": "application/pdf", "buffer": scene.PDF}
    officer.page.locator(f"{form} [name='file']").first.set_input_files(file)
    officer.click(f"{form} .act")


def _bring_in_time(walk: Walk, officer: Person) -> None:
    for title in ("anyqtama", "keste"):
        _bring(officer, title)
        walk.says(officer, "in time")
    officer.open(f"{HOME}materials/")
    assert Material.objects.count() == 2


def _bring_late(walk: Walk, officer: Person) -> None:
    _bring(officer, "keste")
    walk.says(officer, "late")
    officer.open(f"{walk.base}items/2/")
    agencies = [row.agency for row in Material.objects.order_by("pk")]
    assert agencies == [walk.stage.organisations[place] for place in (FIRST, FIRST, SECOND)]


def _invite(walk: Walk, secretary: Person, guest: Actor) -> None:
    assert guest.user is not None
    secretary.open(HOME).open(walk.base).open(f"{walk.base}invited/").fill(
        name="Қ. Шақырылған", office_kk="Зауыт директоры", office_ru="Директор завода", email=guest.user.email
    )
    secretary.page.locator("[name='items']").first.check()
    secretary.click("main form .is-primary").open(f"{walk.base}items/1/edit/").fill(minutes="15")
    secretary.click("main form .is-primary").open(f"{walk.base}agenda/")
    secretary.click("form[action$='/submit/'] .is-primary")


def _decide(walk: Walk, head: Person) -> None:
    head.open(HOME).open(f"{walk.base}agenda/")
    assert head.page.locator("[name='approve']").is_disabled()
    walk.says(head, "blocked")
    walk.says(head, "changed")
    walk.says(head, "what changed")
    head.open(f"{walk.base}items/2/").choose(decision="admit").fill(reason="Мәселе шұғыл")
    head.click("form[action$='/late/'] .is-primary")
    walk.says(head, "admitted")
    head.open(f"{walk.base}agenda/").click("[name='approve']")
    walk.says(head, "approved")
    item = Meeting.objects.get().items.get(order=2)
    assert (item.admitted_by, item.admitted_reason) == (walk.stage.head.user, "Мәселе шұғыл")


def _announce(walk: Walk, secretary: Person) -> None:
    walk.says(secretary.open(f"{walk.base}announcement/"), "announce late")
    walk.says(secretary.click("form[action$='/announcement/'] .is-primary"), "announced")
    public = f"/{walk.language}/open/test-staff/"
    anybody = visitor(walk.browser, walk.address, f"{walk.language}-0-anybody", phone=True)
    walk.people.append(anybody)
    anybody.open(public).open(f"{public}meetings/{walk.day}/")
    walk.says(anybody, "first question")
    walk.says(anybody, "second question")
    assert "Сынақ5" not in anybody.page.content()


def _dispatch(walk: Walk, secretary: Person) -> None:
    secretary.open(f"{walk.base}dispatch/")
    walk.says(secretary, "dispatch late")
    walk.says(secretary, "first letter")
    secretary.fill(late_reason="Бекіту кешікті").click("main form .is-primary")
    sent = Dispatch.objects.get()
    assert (sent.days_late, sent.late_reason, sent.materials.count()) == (1, "Бекіту кешікті", 3)
    letters = Notice.objects.filter(delivery__isnull=False)
    wait_until(lambda: not letters.exclude(mail="sent").exists(), what="the letters are sent")


def _read(walk: Walk, member: Person) -> None:
    walk.says(member.open(HOME).open(f"{walk.base}pack/"), "nothing read")
    for material in Material.objects.order_by("pk")[:2]:
        answer = member.page.request.get(f"{walk.address}{walk.base}materials/{material.pk}/")
        assert answer.body() == scene.PDF
    walk.says(member.open(f"{walk.base}pack/"), "two read")
    member.click("form[action$='/make/'] .is-primary")
    wait_until(lambda: Pack.objects.get().state == "ready", what="the pack is made")
    walk.says(member.open(f"{walk.base}pack/"), "pack ready")
    pack = member.page.request.get(f"{walk.address}{walk.base}pack.pdf")
    assert pack.body().startswith(b"%PDF-1.")


def _answer(walk: Walk, member: Person, guest: Person) -> None:
    member.open(walk.base).choose(reply="video").click("form[action$='/answer/'] .is-primary")
    walk.says(member, "answered")
    walk.says(guest.open(HOME).open(walk.base), "first question")
    walk.says(guest.open(f"{walk.base}items/1/"), "only the question")
    guest.open(f"{walk.base}answer/").choose(reply="will").click("main form .is-primary")
    answers = Answer.objects.order_by("pk")
    assert [(row.user, row.reply) for row in answers] == [
        (walk.stage.member.user, "video"),
        (Place.objects.get(role="invited").user, "will"),
    ]


def _see_proof(walk: Walk, secretary: Person) -> None:
    secretary.open(HOME).open(walk.base)
    walk.says(secretary, "six steps")
    walk.says(secretary, "forecast")
    walk.says(secretary.open(f"{walk.base}dispatch/"), "unopened")
    walk.says(secretary.open(f"{walk.base}dispatch/proof/"), "opened")
    opened = Delivery.objects.filter(opened_at__isnull=False).order_by("pk")
    assert [row.user for row in opened] == [row.user for row in Answer.objects.order_by("pk")]
