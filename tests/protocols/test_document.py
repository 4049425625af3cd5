"""The PDF says every fact in both languages, and is what archives ask for (templates T1, T5, T6, T8)."""

import hashlib
import io
import json
import re
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader

from protocols import documents
from tests.protocols.sample import both, sample_facts

NOW = datetime(2026, 12, 17, 12, 40, tzinfo=UTC)
KAZAKH = "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі"


@cache
def made(language: str, items: int = 1, opinions: int = 1) -> documents.Made:
    return documents.make(sample_facts(items, opinions), language, now=NOW)


def reader(document: documents.Made) -> PdfReader:
    return PdfReader(io.BytesIO(document.content))


def text_of(document: documents.Made) -> str:
    """Return the text of all pages on one line, as a search in the file sees it."""
    return " ".join(" ".join(page.extract_text() for page in reader(document).pages).split())


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        pytest.param(
            "kk",
            [
                "ҚОСТАНАЙ АУДАНЫНЫҢ ӘКІМДІГІ",
                "ХАТТАМА",
                "2026 жылғы 17 желтоқсан № 04-12/4 Тобыл қаласы",
                "Штабтың кезекті отырысы",
                "аралас – бейнеконференцбайланыс арқылы",
                "Басталуы: 15:00 Аяқталуы: 16:20",
                "ТӨРАҒАЛЫҚ ЕТКЕН: Қостанай ауданының әкімі, Штаб басшысы Ә. Көрінісов1",
                "ХАТШЫ: Бас маман, Штаб хатшысы Г. Сынама",
                "(м.а., № 12 бұйрық, 01.12.2026)",
                "(бейнебайланыс арқылы)",
                "Штаб мүшелерінің жалпы саны – 15, отырысқа қатысқаны – 12.",
                "Кворум бар. Ереженің 20-тармағына сәйкес отырыс заңды болып есептеледі.",
                "«жақтап» – 9, «қарсы» – 1, «қалыс қалды» – 1.",
                "1.1. Сабақтар барлық мектепте өткізілсін. Мерзімі: 2027 жылғы 15 қаңтарға дейін.",
                "1.2. Ұсыным (келісім бойынша): Рейдтер ұйымдастырылсын. Мерзімі: тұрақты.",
                "Жауаптылар: Білім бөлімі.",
                "Ерекше пікір: Д. Ұқсасов1 (қоса беріледі, 3-қосымша).",
                "Қосымшалар: 3 парақта:",
                "2026 жылғы 17 желтоқсандағы № 4 хаттамасына 1-қосымша",
                "қажетті кворум: 10",
                "Дауыс бердім: қарсы.",
                "Іс-әрекеттер журналы: № 48211 жазба",
            ],
            id="kk",
        ),
        pytest.param(
            "ru",
            [
                "АКИМАТ КОСТАНАЙСКОГО РАЙОНА",
                "ПРОТОКОЛ",
                "17 декабря 2026 года № 04-12/4 город Тобыл",
                "Очередное заседание Штаба",
                "Начало: 15:00 Окончание: 16:20",
                "ПРЕДСЕДАТЕЛЬСТВОВАЛ: Аким Костанайского района, руководитель Штаба Ә. Көрінісов1",
                "СЕКРЕТАРЬ: Главный специалист Г. Сынама",
                "(и.о., № 12 бұйрық, 01.12.2026)",
                "(по видеосвязи)",
                "Общее число членов Штаба – 15, присутствуют – 12.",
                "Кворум имеется. В соответствии с пунктом 20 Положения заседание правомочно.",
                "«за» – 9, «против» – 1, «воздержались» – 1.",
                "1.1. Провести занятия во всех школах. Срок: до 15 января 2027 года.",
                "1.2. Рекомендация (по согласованию): Организовать рейды. Срок: постоянно.",
                "Ответственные: Отдел образования.",
                "Особое мнение: Д. Ұқсасов1 (прилагается, приложение 3).",
                "Приложения: на 3 листах:",
                "Приложение 1 к протоколу заседания Штаба от 17 декабря 2026 года № 4",
                "требуемый кворум: 10",
                "Голосовал(а): против.",
                "Журнал действий: запись № 48211",
            ],
            id="ru",
        ),
    ],
)
def test_the_words_of_the_templates_with_the_facts(language: str, expected: list[str]) -> None:
    text = text_of(made(language)).replace("\xa0", " ")
    assert [phrase for phrase in expected if phrase not in text] == []


def leaves(value: object, language: str) -> list[str]:
    """Return the texts of the facts that the document in `language` must contain."""
    if isinstance(value, dict):
        if set(value) == {"kk", "ru"}:
            return [value[language]]
        kept = {key: row for key, row in value.items() if key not in NOT_PRINTED}
        return [text for row in kept.values() for text in leaves(row, language)]
    if isinstance(value, list):
        return [text for row in value for text in leaves(row, language)]
    return [value] if isinstance(value, str) and value and not re.match(r"\d{4}-\d\d-\d\d", value) else []


# Codes, printed as words, and what another text already says.
NOT_PRINTED = {"code", "kind", "role", "choice", "reason", "mode", "chair_vote", "agency", "body", "hash"}


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_text_of_the_facts_is_printed(language: str) -> None:
    text = "".join(text_of(made(language, 2, 2)).split())
    missing = [fact for fact in leaves(sample_facts(2, 2), language) if "".join(fact.split()) not in text]
    assert missing == []


def test_the_order_of_t1() -> None:
    text = text_of(made("ru"))
    labels = [
        *("ПРОТОКОЛ", "ПРЕДСЕДАТЕЛЬСТВОВАЛ", "СЕКРЕТАРЬ", "ПРИСУТСТВОВАЛИ", "ОТСУТСТВОВАЛИ"),
        *("ПРИГЛАШЁННЫЕ", "ПОВЕСТКА ДНЯ", "СЛУШАЛИ", "ВЫСТУПИЛИ", "ИТОГИ ГОЛОСОВАНИЯ", "РЕШИЛИ"),
        *("Контроль за исполнением", "Приложения:", "Руководитель Штаба (подпись)", "Протокол вёл"),
        *("Регистрационный лист", "Лист поимённого", "ОСОБОЕ МНЕНИЕ", "Отметка портала"),
    ]
    places = [text.find(label) for label in labels]
    assert -1 not in places
    assert places == sorted(places)


def test_twelve_questions_three_opinions_and_long_names() -> None:
    facts = sample_facts(12, 3)
    long = "Қазақстан Республикасының " * 12 + "мекемесі"
    facts["members"][1] |= {"name": "Ғ. " + "Ұзынфамилия" * 6, "organisation": both(long, long)}
    facts["items"][0]["title"] = both(long, long)
    document = documents.make(facts, "kk", now=NOW)
    text = "".join(text_of(document).split())
    assert document.pages == len(reader(document).pages)
    assert "".join(long.split()) in text
    assert "Ұзынфамилия" * 6 in text
    assert [f"{number}-қосымша" in text for number in range(1, 7)] == [True] * 5 + [False]
    assert "12.ТЫҢДАЛДЫ" in text


def test_pages_are_numbered_from_the_second() -> None:
    tops = [text_at_the_top(page) for page in reader(made("kk")).pages]
    assert tops == ["", *[str(number) for number in range(2, len(tops) + 1)]]


def text_at_the_top(page: Any) -> str:
    """Return what stands in the top margin of 20 mm."""
    found: list[str] = []
    height, margin = 841.89, 20 / 25.4 * 72

    def visit(text: str, matrix: list[float], place: list[float], *_font: object) -> None:
        top = height - (place[5] * matrix[3] + matrix[5])
        if text.strip() and top < margin:
            found.append(text.strip())

    page.extract_text(visitor_text=visit)
    return " ".join(found)


def test_fonts_are_embedded_with_every_kazakh_letter() -> None:
    facts = sample_facts(1)
    facts["items"][0]["heard"] = both(KAZAKH, KAZAKH)
    document = documents.make(facts, "kk", now=NOW)
    fonts: set[str] = set()
    embedded: set[bool] = set()
    for page in reader(document).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            fonts.add(str(descendant["/BaseFont"]).split("+")[-1])
            embedded.add(
                "/FontFile2" in descendant["/FontDescriptor"] or "/FontFile3" in descendant["/FontDescriptor"]
            )
    assert embedded == {True}
    assert {"Liberation-Serif", "Liberation-Serif-Bold"} <= fonts
    assert not {name for name in fonts if not name.startswith("Liberation")}
    assert KAZAKH in text_of(document)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_it_is_tagged_pdf_a_with_its_language(language: str) -> None:
    pdf = reader(made(language))
    root: Any = pdf.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert root["/MarkInfo"]["/Marked"] is True or bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == language
    assert "/StructTreeRoot" in root
    assert re.search(r"part>\s*3\s*<|part=\"3\"", metadata)
    assert re.search(r"conformance>\s*A\s*<|conformance=\"A\"", metadata)


def test_the_facts_are_attached_as_data() -> None:
    document = made("ru")
    pdf = reader(document)
    (content,) = pdf.attachments["protocol.json"]
    assert json.loads(content) == sample_facts(1, 1)
    root: Any = pdf.trailer["/Root"]
    assert {row.get_object()["/AFRelationship"] for row in root["/AF"]} == {"/Data"}


def test_the_hash_is_of_the_very_bytes() -> None:
    assert made("kk").sha256 == hashlib.sha256(made("kk").content).hexdigest()


def test_the_same_facts_give_the_same_text() -> None:
    again = documents.make(sample_facts(1, 1), "kk", now=NOW.replace(hour=20))
    assert text_of(again) == text_of(made("kk"))


def test_what_somebody_typed_is_text_and_loads_nothing() -> None:
    hostile = (
        '</p><img src="file:///etc/passwd"><script>x</script><style>@import url(http://x.example/)</style>'
    )
    facts = sample_facts(1, 1)
    facts["items"][0] |= {"title": both(hostile, hostile), "heard": both(hostile, hostile)}
    facts["opinions"][0]["text"] = hostile
    facts["members"][0]["name"] = facts["chair"]["name"] = "<b>{0} %s {words}</b>"
    text = "".join(text_of(documents.make(facts, "ru", now=NOW)).split())
    assert text.count("".join(hostile.split())) >= 4
    assert "<b>{0}%s{words}</b>" in text


def test_a_missing_translation_falls_back_with_a_note() -> None:
    facts = sample_facts(1)
    facts["items"][0]["heard"] = both("", "Только по-русски")
    text = text_of(documents.make(facts, "kk", now=NOW))
    assert "Только по-русски (мәтін орыс тілінде ғана берілген)" in text
