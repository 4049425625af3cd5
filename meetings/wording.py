"""The words of the agenda as a document in Kazakh and Russian (template T2).

They are a legal form, not texts of pages: no catalogue changes them. Names and free-text offices are never
inflected, so they stand after a label or in brackets.
"""

from collections.abc import Mapping
from typing import Any, Final

from members.days import NBSP, known

HALVES = ("", "I", "II")

KK: Final[dict[str, str]] = {
    "approve": "БЕКІТЕМІН",
    "head": "Штаб басшысы",
    "instead": "Штаб басшысының міндеттерін орындаушы",
    "ground": "Ереженің 25-тармағының 3) тармақшасы, негіздеме: {ground}",
    "draft": "ЖОБА",
    "returned": "ҚАЙТАРЫЛДЫ",
    "agenda": "КҮН ТӘРТІБІ",
    "kind_regular": "Штабтың кезекті отырысы",
    "kind_extraordinary": "Штабтың кезектен тыс отырысы",
    "kind_urgent": "Штабтың шұғыл түрде өткізілетін отырысы",
    "field": "көшпелі",
    "version": "{number}-нұсқа",
    "when": "Өтетін күні мен уақыты",
    "languages": "Тілі",
    "state": "мемлекеттік",
    "state_and_russian": "мемлекеттік және орыс",
    "at": "{day}, сағат {time}",
    "where": "Өтетін орны",
    "mode_video": "бейнеконференцбайланыс арқылы",
    "mode_mixed": "аралас нысанда, бейнеконференцбайланыс арқылы да",
    "urgent": "Шұғылдығының негізі",
    "question": "Мәселе",
    "speaker": "Баяндамашы",
    "co_speakers": "Қосымша баяндамашы",
    "time": "Уақыты",
    "minutes": "{minutes} мин",
    "basis": "Негіз",
    "materials": "Материалдар",
    "kind_information": "ақпарат үшін",
    "kind_hearing": "лауазымды тұлғаны тыңдау",
    "kind_execution": "бұрын қабылданған шешімдердің орындалуы",
    "basis_plan": "{year}\u00a0ж. {half} жартыжылдық жоспары, {order}-тармақ",
    "basis_note": "18-тармақ, № {note} негіздеме-анықтама",
    "materials_received": "бар",
    "materials_late": "кешіктірілді",
    "materials_owed": "күтіледі",
    "materials_none": "–",
    "as_of": "Материалдардың жай-күйі көрсетілген күн: {day}.",
    "total": "Барлығы: {minutes} мин, аяқталуы шамамен {time}.",
    "count": "Шақырылғандар тізімі: {count} адам (қоса беріледі).",
    "nobody": "Шақырылғандар жоқ.",
    "drafter": "Дайындаған: Штаб хатшысы",
    "phone": "тел.",
    "invited": "ШАҚЫРЫЛҒАНДАР ТІЗІМІ",
    "invited_to": "отырыс күні: {day}",
    "annex": "Күн тәртібіне қосымша",
    "name": "Аты-жөні",
    "office": "Лауазымы, ұйымы",
    "for_which": "Қай мәселелерге",
    "whole": "бүкіл отырысқа",
    "stand_in": "Штаб мүшесінің орнына: {office}. Дауыс бермейді, кворумға есептелмейді: "
    "мүшені ауыстыруға болмайды (20-тармақ).",
    "no_vote": "Шақырылғандар отырысқа дауыс беру құқығынсыз қатысады және кворумға есептелмейді.",
    "only_ru": "(орыс тілінде ғана)",
    "only_kk": "(қазақ тілінде ғана)",
    "hash": "Мәтіннің SHA-256 таңбасы",
}
RU: Final[dict[str, str]] = {
    "approve": "УТВЕРЖДАЮ",
    "head": "Руководитель Штаба",
    "instead": "Исполняющий обязанности руководителя Штаба",
    "ground": "подпункт 3) пункта 25 Положения, основание: {ground}",
    "draft": "ПРОЕКТ",
    "returned": "ВОЗВРАЩЕНА",
    "agenda": "ПОВЕСТКА ДНЯ",
    "kind_regular": "Очередное заседание Штаба",
    "kind_extraordinary": "Внеочередное заседание Штаба",
    "kind_urgent": "Заседание Штаба, проводимое в срочном порядке",
    "field": "выездное",
    "version": "версия {number}",
    "when": "Дата и время",
    "languages": "Язык",
    "state": "государственный",
    "state_and_russian": "государственный и русский",
    "at": "{day}, {time}",
    "where": "Место",
    "mode_video": "посредством видеоконференцсвязи",
    "mode_mixed": "в смешанной форме, в том числе посредством видеоконференцсвязи",
    "urgent": "Основание срочности",
    "question": "Вопрос",
    "speaker": "Докладчик",
    "co_speakers": "Содокладчик",
    "time": "Время",
    "minutes": "{minutes} мин",
    "basis": "Основание",
    "materials": "Материалы",
    "kind_information": "для сведения",
    "kind_hearing": "заслушивание должностного лица",
    "kind_execution": "исполнение ранее принятых решений",
    "basis_plan": "план на {half} полугодие {year} г., п. {order}",
    "basis_note": "пункт 18, справка-обоснование № {note}",
    "materials_received": "есть",
    "materials_late": "с опозданием",
    "materials_owed": "ожидаются",
    "materials_none": "–",
    "as_of": "Состояние материалов указано на {day}.",
    "total": "Всего: {minutes} мин, окончание примерно в {time}.",
    "count": "Список приглашённых: {count} чел. (прилагается).",
    "nobody": "Приглашённых нет.",
    "drafter": "Подготовил: секретарь Штаба",
    "phone": "тел.",
    "invited": "СПИСОК ПРИГЛАШЁННЫХ",
    "invited_to": "на заседание {day}",
    "annex": "Приложение к повестке дня",
    "name": "Фамилия, инициал",
    "office": "Должность, организация",
    "for_which": "По каким вопросам",
    "whole": "на всё заседание",
    "stand_in": "Вместо члена Штаба: {office}. Не голосует и в кворум не входит: "
    "замена члена не допускается (пункт 20).",
    "no_vote": "Приглашённые участвуют без права голоса и в кворум не входят.",
    "only_ru": "(только на русском языке)",
    "only_kk": "(только на казахском языке)",
    "hash": "SHA-256 текста",
}
WORDS: Final = {"kk": KK, "ru": RU}


def basis_sentence(basis: Mapping[str, Any], language: str | None) -> str:
    """Return on what ground a question stands on the agenda (clause 18); "" where none is recorded.

    `basis` is what `facts.basis_of` gives: a row of a plan, or the number of a justification note.
    """
    words = WORDS[known(language)]
    if "plan" in basis:
        year, half = str(basis["plan"]).split("-")
        said = {"year": year, "half": HALVES[int(half)], "order": basis["order"]}
        return words["basis_plan"].format(**said).replace("п. ", f"п.{NBSP}")
    return words["basis_note"].format(note=basis["note"]).replace("№ ", f"№{NBSP}") if "note" in basis else ""
