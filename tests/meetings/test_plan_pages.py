"""Pages of half-year plans: what each person sees and sends, in both languages, and how dear it is."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from meetings import actions
from meetings.facts.plans import PlanAnswers
from meetings.models import Agreement, PlanDelivery, PlanItem, PlanVersion, Proposal, WorkPlan
from meetings.states import AgendaState, PlanState, ProposalState
from members.permissions import Actor
from protocols.states import State as ProtocolState
from tests import stage as scene
from tests.meetings import planning
from tests.meetings.planning import LATER
from tests.meetings.test_queries import queries_of
from tests.stage import Stage

pytestmark = pytest.mark.django_db

PLAN = "/test-staff/plans/2027-1/"


def client_of(actor: Actor, language: str = "ru") -> Client:
    client = scene.signed_in(actor)
    actor.person.language = language
    actor.person.save()
    client.cookies["django_language"] = language
    return client


def text_of(actor: Actor, path: str = PLAN, language: str = "ru") -> str:
    response = client_of(actor, language).get(path)
    assert response.status_code == 200
    return response.content.decode()


TITLES = {
    "kk": "2027 жылғы бірінші жартыжылдықтың жоспары",
    "ru": "План на первое полугодие 2027 года",
}


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("who", ["secretary", "head", "deputy", "member"])
@pytest.mark.parametrize("make", [planning.drafted, planning.agreeing, planning.submitted, planning.sent])
def test_the_page_opens_for_every_seat_in_every_state(
    make: Callable[..., Any], who: str, language: str
) -> None:
    stage = scene.set_stage()
    make(stage)
    text = text_of(getattr(stage, who), PLAN, language)
    assert TITLES[language] in text
    assert {"kk": "1.1-жол туралы", "ru": "О строке 1.1"}[language] in text


def test_an_officer_of_an_agency_reads_what_is_approved() -> None:
    stage = scene.set_stage()
    officer = scene.placed(stage, "agency", organisation=stage.organisations[4])
    version = planning.submitted(stage)
    assert client_of(officer).get(PLAN).status_code == 404
    actions.approve_plan(version, seen=version.sha256, by=stage.head, now=LATER)
    text = text_of(officer)
    assert "О строке 1.1" in text
    assert "Лист согласования" not in text


def test_a_plan_is_walked_by_its_forms() -> None:
    stage = scene.set_stage()
    secretary, member, head = (client_of(row) for row in (stage.secretary, stage.member, stage.head))
    day = timezone.localdate()
    year, half = (day.year, 2) if day.month <= 6 else (day.year + 1, 1)
    base = f"/test-staff/plans/{year}-{half}/"
    month = 1 if half == 1 else 7
    secretary.post("/test-staff/plans/new/", {"half_year": f"{year}-{half}"})
    secretary.post(f"{base}call/", {"due": day.isoformat()})
    proposal = {"title_kk": "ұсыныс туралы", "title_ru": "о предложении", "month": month}
    assert member.post(f"{base}proposals/new/", proposal).status_code == 302
    secretary.post(f"{base}proposals/{Proposal.objects.get().pk}/accept/")
    row = {"title_kk": "іс-шара", "month": month, "agency": stage.organisations[4].pk}
    assert secretary.post(f"{base}rows/new/2/", row).status_code == 302
    item = PlanItem.objects.get(section=1)
    opened = secretary.get(f"{base}rows/{item.pk}/edit/")
    edited = {**opened.context["form"].initial, "title_ru": "новое название", "indicator": ""}
    given = {name: value for name, value in edited.items() if value is not None}
    assert secretary.post(f"{base}rows/{item.pk}/edit/", given).status_code == 302
    secretary.post(f"{base}agreement/", {"due": day.isoformat()})
    member.post(f"{base}agree/", {"version": 1, "answer-agreed": "no", "answer-remarks": "уточнить"})
    assert secretary.post(f"{base}submit/", {"version": 1}).status_code == 422
    secretary.post(f"{base}submit/", {"version": 1, "early": "on"})
    version = PlanVersion.objects.get()
    head.post(f"{base}decide/", {"version": 1, "approve": 1, "seen": version.sha256})
    secretary.post(f"{base}dispatch/")
    member.get(base)
    plan = WorkPlan.objects.get()
    assert (plan.state, version.content["rows"][0]["title_ru"]) == ("approved", "новое название")
    assert Agreement.objects.get().remarks == "уточнить"
    opened_by = PlanDelivery.objects.filter(opened_at__isnull=False).values_list("user", flat=True)
    assert list(opened_by) == [stage.member.person.pk]


WRONG = [
    ("call/", {"due": "2020-01-01"}),
    ("rows/new/1/", {"title_kk": "", "month": 2}),
    ("rows/new/1/", {"title_kk": "мәселе", "month": 9}),
    ("agreement/", {"due": ""}),
    ("control/", {"control_kk": "ЖСН 900101300123"}),
]


@pytest.mark.parametrize(("page", "sent"), WRONG)
def test_what_is_typed_wrongly_comes_back_with_the_reason(page: str, sent: dict[str, str]) -> None:
    stage = scene.set_stage()
    planning.drafted(stage)
    response = client_of(stage.secretary).post(f"{PLAN}{page}", sent)
    assert response.status_code == 422
    assert 'class="problems"' in response.content.decode()


def test_an_answer_with_remarks_says_which() -> None:
    stage = scene.set_stage()
    planning.agreeing(stage)
    response = client_of(stage.member).post(f"{PLAN}agree/", {"version": 1, "answer-agreed": "no"})
    assert response.status_code == 422
    assert Agreement.objects.count() == 0


def test_the_page_says_who_has_not_answered() -> None:
    stage = scene.set_stage()
    version = planning.agreeing(stage)
    actions.agree(version, agreed=True, by=stage.member, now=LATER)
    assert "13 членов Штаба не ответили" in text_of(stage.secretary)


def test_the_proof_of_sending_is_the_secretarys_and_the_auditors() -> None:
    stage = scene.set_stage()
    planning.sent(stage)
    readers = {"secretary": stage.secretary, "head": stage.head, "auditor": scene.placed(stage, "auditor")}
    found = {name: "Подтверждение отправки" in text_of(actor) for name, actor in readers.items()}
    assert found == {"secretary": True, "head": False, "auditor": True}


def test_what_changed_between_versions_is_shown() -> None:
    stage = scene.set_stage()
    version = planning.submitted(stage)
    actions.return_plan(version, remark="толықтыру", by=stage.head, now=LATER)
    planning.row(stage, version.plan, 2)
    plan = WorkPlan.objects.get()
    actions.send_for_agreement(plan, due=date(2026, 12, 12), by=stage.secretary, now=LATER)
    text = text_of(stage.member)
    assert ("Что изменилось" in text, "1.2. О строке 1.2" in text) == (True, True)


@pytest.mark.parametrize("who", ["secretary", "head", "member"])
@pytest.mark.parametrize("make", [planning.drafted, planning.submitted, planning.sent])
def test_the_number_of_queries_does_not_grow_with_the_rows(make: Callable[..., Any], who: str) -> None:
    counts = []
    for code, rows in (("staff-one", 1), ("staff-three", 3)):
        stage = scene.set_stage(code)
        made = make(stage, rows=rows)
        plan = made if isinstance(made, WorkPlan) else made.plan
        for number in range(rows if plan.state == "collecting" else 0):
            planning.proposed(plan, stage.people[5 + number], number)
        counts.append(queries_of(f"/{code}/plans/2027-1/", stage, who))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["secretary", "head", "member"])
def test_home_and_list_do_not_grow_with_the_plans(who: str) -> None:
    def counted(stage: Stage) -> list[int]:
        return [queries_of(f"/test-staff/{page}", stage, who) for page in ("", "plans/")]

    stage = scene.set_stage()
    planning.sent(stage)
    first = counted(stage)
    for year, half in ((2027, 2), (2028, 1)):
        planning.made(stage, year=year, half=half)
    assert counted(stage) == first


def test_the_head_sees_how_the_members_answered_and_what_came_late() -> None:
    stage = scene.set_stage()
    version = planning.submitted(stage)
    actions.agree(version, agreed=False, remarks="уточнить", by=stage.member, now=LATER)
    actions.agree(version, agreed=True, by=stage.member, now=LATER)
    planning.proposed(version.plan, stage.people[5], now=LATER)
    answers = client_of(stage.head).get(PLAN).context["answers"]
    assert answers == PlanAnswers(1, 0, len(stage.voters) - 2)
    for actor in (stage.head, stage.secretary):
        text = text_of(actor)
        assert ('href="#proposals"' in text, "говорилось раньше: «уточнить»" in text) == (True, True)


def test_a_late_proposal_leads_to_a_note_once_the_plan_is_approved() -> None:
    stage = scene.set_stage()
    version = planning.submitted(stage)
    proposal = planning.proposed(version.plan, stage.member, now=LATER)
    page = f"{PLAN}proposals/{proposal.pk}/note/"
    secretary = client_of(stage.secretary)
    assert page not in secretary.get(PLAN).content.decode()
    actions.approve_plan(version, seen=version.sha256, by=stage.head, now=LATER)
    assert page in secretary.get(PLAN).content.decode()
    initial = secretary.get(page).context["form"].initial
    given = {**initial, "question_kind": "decision", "reason_ru": "предложено позже"}
    assert secretary.post(page, given).status_code == 302
    assert Proposal.objects.get().state == "noted"


SHARES = {"secretary": "0 из 1", "head": "0 из 1", "member": "0 из 1"}


@pytest.mark.parametrize("who", SHARES)
def test_the_list_shows_how_far_a_plan_is_carried_out(who: str) -> None:
    stage = scene.set_stage()
    planning.sent(stage)
    assert SHARES[who] in text_of(getattr(stage, who), "/test-staff/plans/")


def test_an_approved_plan_without_proposals_does_not_wait_for_them() -> None:
    stage = scene.set_stage()
    planning.approved(stage)
    text = text_of(stage.secretary)
    assert ("Предложений пока нет" in text, "предложений в этот план не вносили" in text) == (False, True)


def test_states_agree_with_their_noun() -> None:
    with override("ru"):
        states = (PlanState.APPROVED, AgendaState.APPROVED, ProtocolState.SIGNED, ProposalState.WITHDRAWN)
        words = [str(state.label) for state in states]
        assert words == ["утверждён", "утверждена", "подписан", "отозвано"]
