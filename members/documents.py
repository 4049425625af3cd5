"""The composition as a document: the annex of its act, with who held the seats on a day, kk or ru.

The words are those of a legal form, so they stand here and no catalogue of pages changes them. Names and
free-text offices are never inflected: they stand after a label or in brackets.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from django.template.loader import render_to_string

from members import printing
from members.days import NBSP, known, local_text, long_day
from members.facts import CompositionFacts, SeatFacts
from members.models import Composition
from members.states import Role

HEADS = (Role.HEAD, Role.DEPUTY_HEAD, Role.SECRETARY)
KK: Final[dict[str, str]] = {
    "title": "ШТАБ ҚҰРАМЫ",
    "annex": "1-қосымша",
    "act": "№ {number} қаулы",
    "act_day": "{day}",
    "blank_day": "20__ жылғы «___» __________",
    "on_day": "Құрам көрсетілген күн: {day}",
    "in_force": "Күшіне енген күні: {day}",
    "unrecorded_note": "Қаулының нөмірі немесе күні порталға әлі енгізілмеген, сондықтан мұнда да бос.",
    "blank_note": "Портал мәтінін алған қаулыда нөмірі мен күні толтырылмаған, сондықтан мұнда да бос.",
    "office": "Лауазымы, ұйымы",
    "name": "Аты-жөні",
    "votes": "Дауыс береді",
    "yes": "иә",
    "no": "жоқ",
    "leaders": "Басшылық және хатшы",
    "members": "Штаб мүшелері",
    "by_agreement": "келісім бойынша",
    "consent": "хат № {number}, {day}",
    "no_consent": "келісім хаты көрсетілмеген",
    "vacant": "бос",
    "acting": "м.а., {order} бұйрық",
    "counts": "Штаб мүшелерінің жалпы саны – {total}, оның ішінде бос орын – {vacancies}. "
    "Хатшы жалпы санға кірмейді және дауыс бермейді.",
    "counts_all": "Штаб мүшелерінің жалпы саны – {total}, оның ішінде бос орын – {vacancies}.",
    "quorum": "Кворум – {quorum}.",
    "nothing": "Бұл күні күшінде болған құрам порталға енгізілмеген.",
    "no_seats": "Бұл қаулының құрамы порталға енгізілмеген.",
    "made": "Порталда {moment} жасалды. Бекітілген акт – қаулының өзі.",
}
RU: Final[dict[str, str]] = {
    "title": "СОСТАВ ШТАБА",
    "annex": "Приложение 1",
    "act": "Постановление № {number}",
    "act_day": "от {day}",
    "blank_day": "от «___» __________ 20__ года",
    "on_day": "По состоянию на {day}",
    "in_force": "В силе с {day}",
    "unrecorded_note": "Номер или дата постановления в портал ещё не внесены, поэтому здесь они оставлены "
    "пустыми.",
    "blank_note": "В имеющемся в портале тексте постановления номер и дата не заполнены, поэтому здесь они "
    "оставлены пустыми.",
    "office": "Должность, организация",
    "name": "Фамилия, инициал",
    "votes": "Голосует",
    "yes": "да",
    "no": "нет",
    "leaders": "Руководство и секретарь",
    "members": "Члены Штаба",
    "by_agreement": "по согласованию",
    "consent": "письмо № {number}, {day}",
    "no_consent": "письмо о согласии не указано",
    "vacant": "вакантно",
    "acting": "и. о., приказ {order}",
    "counts": "Общее число членов Штаба – {total}, из них вакантно – {vacancies}. "
    "Секретарь в общее число не входит и не голосует.",
    "counts_all": "Общее число членов Штаба – {total}, из них вакантно – {vacancies}.",
    "quorum": "Кворум – {quorum}.",
    "nothing": "Состав, действовавший в этот день, в портал не внесён.",
    "no_seats": "Состав по этому постановлению в портал не внесён.",
    "made": "Сформировано в портале {moment}. Утверждённый акт – само постановление.",
}
WORDS: Final = {"kk": KK, "ru": RU}


def composition(facts: CompositionFacts, language: str, *, now: datetime) -> bytes:
    """Return the composition on its day in `language` ("kk" or "ru") as a PDF; `now` is the local moment."""
    context = {
        "paper": paper(facts, language, now=now),
        "made_at": now.isoformat(timespec="seconds"),
    }
    return printing.written(printing.laid_out(render_to_string("documents/composition.html", context)))


def paper(facts: CompositionFacts, language: str, *, now: datetime) -> dict[str, Any]:
    """Return what the document says, as plain texts in one language."""
    language = known(language)
    words = WORDS[language]
    version, quorum = facts.version, facts.quorum
    is_secretary_out = any(row.seat.role == Role.SECRETARY and not row.seat.votes for row in facts.rows)
    counts = words["counts" if is_secretary_out else "counts_all"]
    return {
        "language": language,
        "words": words,
        "body": local_text(facts.staff, "body", language)[0],
        "staff": local_text(facts.staff, "name", language)[0],
        "act": _act(facts, language),
        "blank_note": _blank_note(version, words),
        "on_day": words["on_day"].format(day=long_day(facts.day, language)),
        "in_force": words["in_force"].format(day=long_day(version.in_force_from, language))
        if version
        else "",
        "nothing": words["nothing"] if version is None else "" if facts.rows else words["no_seats"],
        "groups": _groups(facts.rows, language),
        "counts": counts.format(total=facts.total, vacancies=facts.vacancies),
        "quorum": words["quorum"].format(quorum=quorum) if quorum else "",
        "made": words["made"].format(moment=f"{now:%d.%m.%Y, %H:%M}"),
    }


def _blank_note(version: Composition | None, words: dict[str, str]) -> str:
    """Return why the act has no number or date: the source has none, or nobody recorded it yet."""
    if version is None or (version.act_number and version.act_date):
        return ""
    return words["blank_note" if version.approved_by_id is None else "unrecorded_note"]


def _act(facts: CompositionFacts, language: str) -> list[str]:
    """Return the lines that name the act: its day, then its number, each left blank where it is not known."""
    words, version = WORDS[language], facts.version
    if version is None:
        return []
    day = words["blank_day"]
    if version.act_date:
        day = words["act_day"].format(day=long_day(version.act_date, language))
    lines = [day, words["act"].format(number=version.act_number or "____")]
    return [line.replace(" ", NBSP) for line in (lines if language == "kk" else lines[::-1])]


def _groups(rows: Iterable[SeatFacts], language: str) -> list[dict[str, Any]]:
    words = WORDS[language]
    groups = (
        (words["leaders"], [row for row in rows if row.seat.role in HEADS]),
        (words["members"], [row for row in rows if row.seat.role not in HEADS]),
    )
    return [
        {"title": title, "rows": [_row(row, language) for row in found]} for title, found in groups if found
    ]


def _row(row: SeatFacts, language: str) -> dict[str, str]:
    words, seat, holder = WORDS[language], row.seat, row.holder
    return {
        "order": str(seat.order),
        "office": local_text(seat, "office", language)[0],
        "organisation": local_text(seat.organisation, "name", language)[0],
        "consent": _consent(row, language) if seat.by_agreement else "",
        "name": holder.user.name if holder else words["vacant"],
        "acting": words["acting"].format(order=holder.acting_order) if holder and holder.acting_order else "",
        "votes": words["yes" if seat.votes else "no"],
    }


def _consent(row: SeatFacts, language: str) -> str:
    words, seat = WORDS[language], row.seat
    if not seat.consent_number:
        return f"{words['by_agreement']}; {words['no_consent']}"
    day = _short(seat.consent_date)
    letter = words["consent"].format(number=seat.consent_number, day=day) if day else seat.consent_number
    return f"{words['by_agreement']}; {letter}"


def _short(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
