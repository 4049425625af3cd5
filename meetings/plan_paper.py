"""The half-year plan as a document (template T4), in Kazakh or Russian, and the words of its workbook.

The words are those of a legal form, so they stand here and no catalogue of pages changes them. Names and
free-text offices are never inflected: they stand after a label or on a line of their own.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import timezone

from meetings.facts.changes import changes_of
from meetings.facts.plans import (
    PlanRow,
    SheetLine,
    approved_plan_version,
    rows_of,
    sheet_of,
    version_on_its_way,
)
from meetings.models import PlanVersion, WorkPlan
from meetings.months import month_word, term_word
from meetings.states import Change, PlanItemState, Section
from members import printing
from members.days import hash_groups, known, local_text, long_day

HALVES: Final = {"kk": ("бірінші", "екінші"), "ru": ("первое", "второе")}
KK: Final[dict[str, Any]] = {
    "approve": "БЕКІТЕМІН",
    "head": "Штаб басшысы",
    "acting": "Штаб басшысының міндетін атқарушы",
    "blank": "20__ жылғы «___» __________",
    "draft": "ЖОБА",
    "title": "ЖҰМЫС ЖОСПАРЫ",
    "period": "{year} жылғы {half} жартыжылдыққа арналған",
    "sections": ("1-бөлім. Штаб отырыстарында қаралатын мәселелер", "2-бөлім. Отырысаралық іс-шаралар"),
    "control": "3-бөлім. Хаттамалық шешімдердің орындалуын бақылау (тоқсан сайын)",
    "columns": (
        (
            "№",
            "Мәселе",
            "Отырыс мерзімі (тоқсан, ай)",
            "Дайындауға жауаптылар (баяндамашы)",
            "Ұсынған мүше",
            "Күтілетін нәтиже",
            "Ескертпе",
        ),
        ("№", "Іс-шара", "Мерзімі", "Жауаптылар", "Аяқталу нысаны", "Көрсеткіш (29-тармақ)", "Ескертпе"),
    ),
    "nothing": "Жолдар жоқ.",
    "sheet": "Келісу парағы",
    "agreed": "келісілді",
    "remarks": "ескертумен: {remarks}",
    "silent": "жауап бермеді",
    "changes": "Жоспарға өзгерістер (18-тармақ)",
    "change_columns": ("Күні", "Тармақ", "Өзгеріс", "Негіздеме-анықтама №", "Шешім"),
    Change.REMOVE: "тізбеден алып тасталды",
    Change.MOVE: "ауыстырылды: {year} жылғы {month}",
    Change.ADD: "қосылды: {year} жылғы {month}",
    "added": "№ {note} негіздеме-анықтама бойынша қосылды",
    "decision": "келісілді",
    "approved": "Порталда бекітілді: {moment}, {version}-нұсқа. SHA-256: {digest}",
    "made": "Порталда {moment} жасалды.",
}
RU: Final[dict[str, Any]] = {
    "approve": "УТВЕРЖДАЮ",
    "head": "Руководитель Штаба",
    "acting": "Исполняющий обязанности руководителя Штаба",
    "blank": "«___» __________ 20__ года",
    "draft": "ПРОЕКТ",
    "title": "ПЛАН РАБОТЫ",
    "period": "на {half} полугодие {year} года",
    "sections": (
        "Раздел 1. Вопросы для рассмотрения на заседаниях",
        "Раздел 2. Мероприятия между заседаниями",
    ),
    "control": "Раздел 3. Контроль исполнения протокольных решений (ежеквартально)",
    "columns": (
        (
            "№",
            "Вопрос",
            "Срок (квартал, месяц)",
            "Ответственные за подготовку (докладчик)",
            "Кем предложен",
            "Ожидаемый результат",
            "Примечание",
        ),
        ("№", "Мероприятие", "Срок", "Ответственные", "Форма завершения", "Показатель (п. 29)", "Примечание"),
    ),
    "nothing": "Строк нет.",
    "sheet": "Лист согласования",
    "agreed": "согласовано",
    "remarks": "с замечаниями: {remarks}",
    "silent": "ответа нет",
    "changes": "Изменения плана (п. 18)",
    "change_columns": ("Дата", "Пункт", "Изменение", "Справка-обоснование №", "Решение"),
    Change.REMOVE: "исключён из перечня",
    Change.MOVE: "перенесён на {month} {year} года",
    Change.ADD: "добавлен на {month} {year} года",
    "added": "добавлен по справке-обоснованию № {note}",
    "decision": "согласовано",
    "approved": "Утверждён в портале: {moment}, версия {version}. SHA-256: {digest}",
    "made": "Сформировано в портале {moment}.",
}
WORDS: Final = {"kk": KK, "ru": RU}


def plan(plan: WorkPlan, language: str, *, now: datetime) -> bytes:
    """Return the plan in `language` ("kk" or "ru") as a PDF; `now` is the local moment."""
    context = {
        "paper": paper(plan, language, today=now.date()),
        "made": WORDS[known(language)]["made"].format(moment=f"{now:%d.%m.%Y, %H:%M}"),
        "made_at": now.isoformat(timespec="seconds"),
    }
    return printing.written(printing.laid_out(render_to_string("documents/plan.html", context)))


def paper(plan: WorkPlan, language: str, *, today: date) -> dict[str, Any]:
    """Return what the document and the workbook say, as plain texts in one language."""
    language = known(language)
    words = WORDS[language]
    approved = approved_plan_version(plan)
    rows = rows_of(plan, approved)
    version = approved or version_on_its_way(plan)
    return {
        "language": language,
        "words": words,
        "staff": local_text(plan.staff, "name", language)[0],
        "period": words["period"].format(year=plan.year, half=HALVES[language][plan.half - 1]),
        "is_draft": approved is None,
        "approval": _approval(approved, language),
        "sections": [
            {
                "title": words["sections"][section - 1],
                "columns": words["columns"][section - 1],
                "rows": [_row(row, language) for row in rows if row.text.section == section],
            }
            for section in Section.values
        ],
        "control": local_text(plan, "control", language)[0],
        "sheet": [_line(line, language) for line in sheet_of(version, today=today)] if version else [],
        "changes": _changes(plan, language) if approved else [],
        "approved": _approved(approved, words),
    }


def _approval(approved: PlanVersion | None, language: str) -> dict[str, str]:
    """Return who approved and when; blanks before the approval."""
    words = WORDS[language]
    if approved is None or approved.decided_by is None or approved.decided_at is None:
        return {"as": words["head"], "name": "", "day": words["blank"]}
    return {
        # The ground is kept for a deputy alone.
        "as": words["acting" if approved.ground else "head"],
        "name": approved.decided_by.name,
        "day": long_day(timezone.localdate(approved.decided_at), language),
    }


def _approved(approved: PlanVersion | None, words: dict[str, Any]) -> str:
    if approved is None or approved.decided_at is None:
        return ""
    moment = f"{timezone.localtime(approved.decided_at):%d.%m.%Y, %H:%M}"
    facts = {"moment": moment, "version": approved.number, "digest": hash_groups(approved.sha256)}
    return str(words["approved"].format(**facts))


def _row(row: PlanRow, language: str) -> list[str]:
    text = row.text

    def said(field: str) -> str:
        return local_text(text, field, language)[0]

    speaker = said("speaker")
    responsible = f"{said('agency')} ({speaker})" if speaker else said("agency")
    remark = "; ".join(part for part in (said("remark"), _changed(row, language)) if part)
    start = [f"{text.section}.{row.item.order}", said("title"), term_word(text.month, language), responsible]
    if text.section == Section.QUESTIONS:
        return [*start, said("proposed"), said("expected"), remark]
    return [*start, said("completion"), str(text.indicator or ""), remark]


def _changed(row: PlanRow, language: str) -> str:
    """Return what the head changed about the row since the approval (clause 18)."""
    words = WORDS[language]
    if row.item.state == PlanItemState.REMOVED:
        return str(words[Change.REMOVE])
    if (moved := row.moved_to) is not None:
        return str(words[Change.MOVE].format(year=moved.year, month=month_word(moved.month, language)))
    return words["added"].format(note=row.item.added_by) if row.item.added_by else ""


def _line(line: SheetLine, language: str) -> Sequence[str]:
    words, answer = WORDS[language], line.answer
    who = f"{local_text(line.seat, 'office', language)[0]}, {answer.name if answer else line.user.name}"
    if answer is None:
        return who, words["silent"], ""
    said = words["agreed"] if answer.agreed else words["remarks"].format(remarks=answer.remarks)
    return who, said, f"{timezone.localtime(answer.at):%d.%m.%Y}"


def _changes(plan: WorkPlan, language: str) -> list[Sequence[str]]:
    words = WORDS[language]
    rows: list[Sequence[str]] = []
    for note in changes_of(plan):
        if not note.is_agreed:
            continue
        item = note.plan_item
        month = month_word(note.to_month, language) if note.to_month else ""
        decided = f"{timezone.localtime(note.decided_at):%d.%m.%Y}" if note.decided_at else ""
        change = words[Change(note.kind)].format(year=note.to_year, month=month)
        decision = "; ".join(part for part in (words["decision"], note.decision_reason) if part)
        rows.append((decided, f"{item.section}.{item.order}" if item else "–", change, str(note), decision))
    return rows
