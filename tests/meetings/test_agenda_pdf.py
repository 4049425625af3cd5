"""The agenda as a document (T2): drafts marked, approved ones stamped, the invited on a page of their own."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from meetings import actions, documents
from meetings.models import AgendaVersion, Meeting
from tests import stage as scene
from tests.stage import WEEK_BEFORE, Stage, signed_in

pytestmark = pytest.mark.django_db
PDF = "/test-staff/meetings/2026-12-17/agenda.pdf"


@pytest.fixture
def stage() -> Stage:
    return scene.set_stage(total=5)


def pages_of(content: bytes) -> list[str]:
    reader = PdfReader(BytesIO(content))
    return [" ".join(page.extract_text().replace("\xa0", " ").split()) for page in reader.pages]


def submitted(stage: Stage) -> AgendaVersion:
    meeting = scene.planned(stage, items=2)
    meeting.items.filter(order=2).update(co_speakers_kk="М. Қосымша", co_speakers_ru="М. Второй")
    guest = {"office_kk": "директор", "office_ru": "", "stands_in_for": stage.people[4].seat}
    items = [meeting.items.get(order=2)]
    actions.invite(meeting, name="Қ. Қонақ", items=items, by=stage.secretary, now=WEEK_BEFORE, **guest)
    return actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)


SAID = [
    pytest.param(
        "kk",
        [
            "БЕКІТЕМІН",
            "Штаб басшысының міндеттерін орындаушы",
            "негіздеме: № 5 бұйрық",
            "М. Сынақ2",
            "2026 жылғы 8 желтоқсан",
            "КҮН ТӘРТІБІ",
            "Штабтың кезекті отырысы",
            "2026 жылғы 17 желтоқсан, сағат 10:00",
            "10:10",
            "Қосымша баяндамашы: М. Қосымша",
            "күтіледі",
            "Барлығы: 20 мин",
            "Шақырылғандар тізімі: 1 адам",
            "Дайындаған: Штаб хатшысы М. Сынақ4",
        ],
        ["ШАҚЫРЫЛҒАНДАР ТІЗІМІ", "Қ. Қонақ", "№ 2", "5-бөлім басшысы", "(20-тармақ)"],
        id="kk",
    ),
    pytest.param(
        "ru",
        [
            "УТВЕРЖДАЮ",
            "Исполняющий обязанности руководителя Штаба",
            "основание: № 5 бұйрық",
            "ПОВЕСТКА ДНЯ",
            "17 декабря 2026 года, 10:00",
            "Содокладчик: М. Второй",
            "ожидаются",
            "Подготовил: секретарь Штаба М. Сынақ4",
        ],
        ["СПИСОК ПРИГЛАШЁННЫХ", "директор (только на казахском языке)", "замена члена не допускается"],
        id="ru",
    ),
]


@pytest.mark.parametrize(("language", "first", "second"), SAID)
def test_an_approved_agenda_says_who_approved_it_and_who_is_invited(
    stage: Stage, language: str, first: list[str], second: list[str]
) -> None:
    version = submitted(stage)
    act: dict[str, Any] = {"seen": version.sha256, "by": stage.deputy, "now": WEEK_BEFORE}
    actions.approve_agenda(version, ground="№ 5 бұйрық", **act)
    pages = pages_of(documents.agenda_pdf(AgendaVersion.objects.get(), language, now=WEEK_BEFORE))
    assert len(pages) == 2
    assert [phrase for phrase in first if phrase not in pages[0]] == []
    assert [phrase for phrase in second if phrase not in pages[1]] == []
    assert [mark for mark in ("ЖОБА", "ПРОЕКТ") if mark in pages[0]] == []


@pytest.mark.parametrize(("language", "mark"), [("kk", "ЖОБА"), ("ru", "ПРОЕКТ")])
def test_what_is_not_approved_is_marked_as_a_draft(stage: Stage, language: str, mark: str) -> None:
    version = submitted(stage)
    stamps = ("БЕКІТЕМІН", "УТВЕРЖДАЮ")
    for source in (version, Meeting.objects.get()):
        text = pages_of(documents.agenda_pdf(source, language, now=WEEK_BEFORE))[0]
        assert (mark in text, [stamp for stamp in stamps if stamp in text]) == (True, [])


def test_the_paper_of_a_version_does_not_follow_later_changes(stage: Stage) -> None:
    version = submitted(stage)
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)
    scene.attach(stage, Meeting.objects.get().items.get(order=1))
    actions.remove_item(Meeting.objects.get().items.get(order=2), by=stage.secretary, now=WEEK_BEFORE)
    browser = signed_in(stage.secretary)
    old = pages_of(browser.get(f"{PDF}?lang=ru&v=1").content)[0]
    new = pages_of(browser.get(f"{PDF}?lang=ru").content)[0]
    assert ("О вопросе 2" in old, "УТВЕРЖДАЮ" in old) == (True, True)
    assert ("О вопросе 2" in new, "ПРОЕКТ" in new) == (False, True)


def test_a_member_gets_the_approved_paper_and_no_draft(stage: Stage) -> None:
    version = submitted(stage)
    browser = signed_in(stage.people[4])
    assert browser.get(PDF).status_code == 404
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)
    answer = browser.get(f"{PDF}?lang=ru")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert 'filename="agenda-2026-12-17-v1-ru.pdf"' in answer["Content-Disposition"]
