"""The half-year plan as PDF and XLSX: template T4, both languages, draft and approved."""

from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from meetings import actions, plan_paper, plan_sheet
from meetings.models import WorkPlan
from tests import stage as scene
from tests.meetings import planning
from tests.meetings.planning import LATER
from tests.stage import DAY

pytestmark = pytest.mark.django_db

WORDS = {
    "kk": (
        "БЕКІТЕМІН",
        "ЖОБА",
        "2027 жылғы бірінші жартыжылдыққа арналған",
        "Келісу парағы",
        "1.1-жол туралы",
        "келісілді",
    ),
    "ru": (
        "УТВЕРЖДАЮ",
        "ПРОЕКТ",
        "на первое полугодие 2027 года",
        "Лист согласования",
        "О строке 1.1",
        "согласовано",
    ),
}


def plan_of(stage: scene.Stage, *, is_approved: bool) -> WorkPlan:
    version = planning.agreeing(stage)
    actions.agree(version, agreed=True, by=stage.member, now=LATER)
    if is_approved:
        actions.submit_plan(version, early=True, by=stage.secretary, now=LATER)
        actions.approve_plan(version, seen=version.sha256, by=stage.head, now=LATER)
    return WorkPlan.objects.select_related("staff").get()


def pdf_text(plan: WorkPlan, language: str) -> str:
    content = plan_paper.plan(plan, language, now=timezone.localtime(LATER))
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\xa0", " ").split())


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("is_approved", [False, True], ids=["draft", "approved"])
def test_the_document_is_template_t4(language: str, is_approved: bool) -> None:
    stage = scene.set_stage()
    text = pdf_text(plan_of(stage, is_approved=is_approved), language)
    approve, draft, *rest = WORDS[language]
    assert [word for word in (approve, *rest) if word not in text] == []
    assert (draft in text) is not is_approved
    signed = {"kk": "2026 жылғы 3 желтоқсан", "ru": "3 декабря 2026 года"}[language]
    assert (f"{stage.head.person.name} {signed}" in text) is is_approved


@pytest.mark.parametrize("language", WORDS)
def test_the_workbook_says_what_the_document_says(language: str) -> None:
    plan = plan_of(scene.set_stage(), is_approved=True)
    paper = plan_paper.paper(plan, language, today=DAY)
    book = load_workbook(BytesIO(plan_sheet.plan(plan, language, today=DAY)))
    cells = [
        tuple(str(value) for value in row if value)
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
    ]
    told = [*paper["sections"][0]["rows"], *paper["sections"][1]["rows"], *paper["sheet"]]
    missing = [row for row in told if tuple(text for text in row if text) not in cells]
    assert missing == []


def test_an_approved_plan_keeps_its_words_when_a_question_is_worded_anew() -> None:
    plan = plan_of(scene.set_stage(), is_approved=True)
    question = plan.items.get(section=1).question
    assert question is not None
    question.title_ru = "другое"
    question.save()
    rows = plan_paper.paper(plan, "ru", today=DAY)["sections"][0]["rows"]
    assert [row[1] for row in rows] == ["О строке 1.1"]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    stage = scene.set_stage()
    plan = planning.drafted(stage)
    actions.set_control(
        plan,
        seen=actions.control_hash(plan),
        control_kk="=1+1",
        control_ru="=1+1",
        by=stage.secretary,
        now=LATER,
    )
    book = load_workbook(BytesIO(plan_sheet.plan(WorkPlan.objects.get(), "kk", today=DAY)))
    cell = book.worksheets[2]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_both_languages_are_offered_to_every_reader(kind: str, language: str) -> None:
    stage = scene.set_stage()
    planning.drafted(stage)
    client = scene.signed_in(stage.secretary)
    address = f"/test-staff/plans/2027-1/plan.{kind}?language={language}"
    assert f'href="{address}"' in client.get("/test-staff/plans/2027-1/").content.decode()
    content = client.get(address).content
    if kind == "pdf":
        said = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    else:
        said = " ".join(
            str(cell.value) for row in load_workbook(BytesIO(content)).worksheets[0] for cell in row
        )
    assert WORDS[language][4] in " ".join(said.replace("\xa0", " ").split())
