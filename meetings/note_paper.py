"""The justification note (T7) as a document, kk or ru.

The words are those of a legal form, so they stand here and no catalogue of pages changes them. Names and
free-text offices are never inflected: they stand after a label or in brackets.
"""

from datetime import date, datetime
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import timezone

from meetings.models import JustificationNote
from meetings.states import Change, NoteState
from meetings.words_of_changes import half_year, month_of, said_as
from members import printing
from members.days import NBSP, known, local_text, long_day
from members.states import Role

KK: Final[dict[str, str]] = {
    "to": "Штаб басшысына",
    "title": "НЕГІЗДЕМЕ-АНЫҚТАМА № {number}",
    "ground_row": "Ереженің 18-тармағына сәйкес {plan} жұмыс жоспарының {order}-тармағы («{question}») "
    "бойынша мыналарды ұсынамын:",
    "ground_other": "Ереженің 18-тармағына сәйкес «{question}» мәселесі бойынша мыналарды ұсынамын:",
    "remove": "тізбеден алып тастау",
    "move": "қарауды басқа мерзімге ауыстыру",
    "add": "қосымша мәселені қосу",
    "move_to": "қарауды ауыстыру, жаңа мерзімі: {month}",
    "add_to": "қосымша мәселені қосу, қарау мерзімі: {month}",
    "agency": "Мәселені дайындайтын орган",
    "reasons": "Себептері мен негіздемесі",
    "effects": "Салдары (тоқсандағы отырыс, орындаушылар, көрсеткіштер)",
    "none": "көрсетілмеген",
    "at_meeting": "Штабтың {day} отырысы барысында дайындалды.",
    "on_request": "Штаб мүшесінің өтініші бойынша дайындалды: {name}.",
    "deputy_head": "Штаб басшысының орынбасары",
    "secretary": "Штабтың жұмыс органы, Штаб хатшысы",
    "decision": "Штаб басшысының шешімі",
    "agree": "келісемін",
    "disagree": "келіспеймін",
    "waits": "шешім әлі қабылданған жоқ",
    "withdrawn": "Анықтаманы дайындаушы {day} кері қайтарып алды.",
    "why": "Шешімнің негізі",
    "ground": "Басшының болмау негізі",
    "signature": "(қолы)",
    "other_language": "Мәтін екінші тілде ғана жазылған.",
    "made": "Порталда {moment} жасалды.",
}
RU: Final[dict[str, str]] = {
    "to": "Руководителю Штаба",
    "title": "СПРАВКА-ОБОСНОВАНИЕ № {number}",
    "ground_row": "В соответствии с пунктом 18 Положения по пункту {order} плана работы на {plan} "
    "(«{question}») предлагаю:",
    "ground_other": "В соответствии с пунктом 18 Положения по вопросу «{question}» предлагаю:",
    "remove": "исключить из перечня",
    "move": "перенести рассмотрение на другой срок",
    "add": "включить дополнительный вопрос",
    "move_to": "перенести рассмотрение, новый срок: {month}",
    "add_to": "включить дополнительный вопрос, срок рассмотрения: {month}",
    "agency": "Орган, готовящий вопрос",
    "reasons": "Причины и обоснование",
    "effects": "Последствия (заседание квартала, исполнители, показатели)",
    "none": "не указаны",
    "at_meeting": "Подготовлена в ходе заседания Штаба {day}.",
    "on_request": "Подготовлена по обращению члена Штаба: {name}.",
    "deputy_head": "Заместитель руководителя Штаба",
    "secretary": "Рабочий орган Штаба, секретарь Штаба",
    "decision": "Решение руководителя Штаба",
    "agree": "согласен",
    "disagree": "не согласен",
    "waits": "решение ещё не принято",
    "withdrawn": "Справка отозвана подготовившим {day}.",
    "why": "Основание решения",
    "ground": "Основание отсутствия руководителя",
    "signature": "(подпись)",
    "other_language": "Текст составлен только на втором языке.",
    "made": "Сформировано в портале {moment}.",
}
WORDS: Final = {"kk": KK, "ru": RU}


def document(note: JustificationNote, language: str | None, *, now: datetime) -> bytes:
    """Return the note in `language` ("kk" or "ru") as a PDF; `now` is the local moment."""
    facts = paper(note, language)
    made = facts["words"]["made"].format(moment=f"{now:%d.%m.%Y, %H:%M}")
    context = {"paper": facts | {"made": made}, "made_at": now.isoformat(timespec="seconds")}
    return printing.written(printing.laid_out(render_to_string("documents/note.html", context)))


def paper(note: JustificationNote, language: str | None) -> dict[str, Any]:
    """Return what the note says, as plain texts in one language: for the page and for the paper alike."""
    language = known(language)
    words = WORDS[language]
    reasons, of_reasons = local_text(note, "reason", language)
    effects, _of_effects = local_text(note, "effects", language)
    return {
        "language": language,
        "words": words,
        "staff": local_text(note.staff, "name", language)[0],
        "title": words["title"].format(number=f"{note.number}"),
        "day": long_day(timezone.localdate(note.prepared_at), language),
        "ground": _ground(note, language),
        "choices": _choices(note, language),
        "agency": local_text(note.agency, "name", language)[0] if note.agency else "",
        "reasons": reasons,
        "is_other_language": of_reasons != language,
        "effects": effects or words["none"],
        "origin": _origin(note, language),
        "office": words[Role.SECRETARY if note.prepared_role == Role.SECRETARY else Role.DEPUTY_HEAD],
        "preparer": note.prepared_by.name,
        "prepared_as": said_as(note.staff, note.prepared_as, language),
        "decision": _decision(note, language),
    }


def _ground(note: JustificationNote, language: str) -> str:
    question = local_text(note.question, "title", language)[0]
    row = note.plan_item
    # An added question was in no plan when the note was written.
    if row is None or note.kind == Change.ADD:
        return WORDS[language]["ground_other"].format(question=question)
    plan = half_year(row.plan, language)
    return WORDS[language]["ground_row"].format(plan=plan, order=row.order, question=question)


def _choices(note: JustificationNote, language: str) -> list[tuple[bool, str]]:
    """Return the three lines of the form, each with whether it is ticked."""
    words = WORDS[language]
    to = month_of(note.to_year, note.to_month, language) if note.to_year and note.to_month else ""
    lines = []
    for kind in (Change.REMOVE, Change.MOVE, Change.ADD):
        is_this = note.kind == kind
        text = words[f"{kind}_to"].format(month=to) if is_this and to else words[kind.value]
        lines.append((is_this, text))
    return lines


def _origin(note: JustificationNote, language: str) -> list[str]:
    words, lines = WORDS[language], []
    if note.meeting is not None and note.meeting.registration_at is not None:
        began = note.prepared_at >= note.meeting.registration_at
        lines += [words["at_meeting"].format(day=long_day(note.meeting.day, language))] if began else []
    if note.request is not None:
        lines.append(words["on_request"].format(name=note.request.author.name))
    return lines


def _decision(note: JustificationNote, language: str) -> dict[str, Any]:
    words = WORDS[language]
    day = _day(timezone.localdate(note.decided_at), language) if note.decided_at else ""
    withdrawn = note.state == NoteState.WITHDRAWN
    return {
        "is_agreed": note.state == NoteState.AGREED,
        "is_refused": note.state == NoteState.REFUSED,
        "waits": words["waits"] if note.state == NoteState.SUBMITTED else "",
        "withdrawn": words["withdrawn"].format(day=day) if withdrawn else "",
        "day": "" if withdrawn else day,
        "by": said_as(note.staff, note.decided_as, language) if note.decided_at and not withdrawn else "",
        "reason": note.decision_reason,
        "ground": note.ground,
    }


def _day(day: date, language: str) -> str:
    return long_day(day, language).replace(" ", NBSP)
