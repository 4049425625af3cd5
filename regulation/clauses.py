"""The register of the regulation's clauses: what each says, how the portal reads it, what computes it.

Every explanation in the portal points here by number: "13", or "26.4" for subclause 4) of clause 26.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from regulation.clause_readings import READINGS_KK, READINGS_RU
from regulation.clause_texts_kk import TEXTS_KK
from regulation.clause_texts_ru import TEXTS_RU

IMPLEMENTED_BY: Mapping[str, tuple[str, ...]] = {
    "9.5": ("regulation.terms.annual_report_due",),
    "11": ("regulation.procedure.Procedure",),
    "12": (
        "regulation.terms.quarter_of",
        "regulation.terms.quarter_bounds",
        "regulation.terms.quarter_alarm",
        "regulation.voting.initiative",
    ),
    "13": (
        "regulation.voting.majority",
        "regulation.voting.outcome",
        "regulation.procedure.Procedure.adoption",
        "regulation.procedure.Procedure.tie",
    ),
    "15": ("regulation.procedure.Procedure.protocol_signers", "regulation.terms.protocol_due"),
    "16": ("regulation.procedure.Procedure.plan_period", "regulation.terms.plan_bounds"),
    "19": ("regulation.procedure.Procedure.languages", "regulation.terms.announcement_due"),
    "20": ("regulation.voting.quorum", "regulation.voting.outcome"),
    "22": (
        "regulation.terms.materials_due",
        "regulation.terms.days_late",
        "regulation.procedure.Procedure.late_materials",
        "regulation.procedure.Procedure.agenda_approver",
    ),
    "23": ("regulation.terms.protocol_due", "regulation.terms.unrolled_protocol_due"),
    "25.3": ("regulation.voting.outcome",),
    "26.4": ("regulation.terms.circulation_due",),
    "26.7": ("regulation.terms.annual_report_due",),
    "29.3": ("regulation.procedure.Procedure.action_min_participants",),
}

# Number of the section, its headings, its first and last clause.
SECTIONS = (
    (1, "Жалпы ережелер", "Общие положения", 1, 8),
    (2, "Негізгі міндеттері мен функциялары", "Основные задачи и функции", 9, 10),
    (3, "Штаб қызметін ұйымдастыру", "Организация деятельности Штаба", 11, 24),
    (4, "Штабтың басшысы", "Руководитель Штаба", 25, 26),
    (5, "Штабтың құқықтары мен міндеттері", "Права и обязанности Штаба", 27, 28),
    (6, "Штабтың қызметін бағалау", "Оценка деятельности Штаба", 29, 29),
)


@dataclass(frozen=True)
class Clause:
    """A clause or subclause: its text, the functions and parameters that compute it (dotted names in
    ``regulation``), and the portal's reading where the text leaves a question open ("" elsewhere).

    The readings speak of the regulation at hand, ``Procedure()``.
    """

    number: str
    text_kk: str
    text_ru: str
    implemented_by: tuple[str, ...] = ()
    reading_kk: str = ""
    reading_ru: str = ""

    @property
    def anchor(self) -> str:
        """The element's id on the page of the rules, "clause-26-4"."""
        return f"clause-{self.number.replace('.', '-')}"

    @property
    def parent(self) -> str:
        """The number of the clause that holds this subclause; "" for a clause."""
        return self.number.partition(".")[0] if "." in self.number else ""

    def text(self, language: str) -> str:
        """The text in "kk" or "ru"; ValueError for another language."""
        return _in_language(language, self.text_kk, self.text_ru)

    def reading(self, language: str) -> str:
        """How the portal reads the clause, in "kk" or "ru"; ValueError for another language."""
        return _in_language(language, self.reading_kk, self.reading_ru)


@dataclass(frozen=True)
class Section:
    """A section of the regulation with its clauses and subclauses in their order."""

    number: int
    title_kk: str
    title_ru: str
    clauses: tuple[Clause, ...]

    def title(self, language: str) -> str:
        """The heading in "kk" or "ru"; ValueError for another language."""
        return _in_language(language, self.title_kk, self.title_ru)


CLAUSES: Mapping[str, Clause] = {
    number: Clause(
        number=number,
        text_kk=text,
        text_ru=TEXTS_RU[number],
        implemented_by=IMPLEMENTED_BY.get(number, ()),
        reading_kk=READINGS_KK.get(number, ""),
        reading_ru=READINGS_RU.get(number, ""),
    )
    for number, text in TEXTS_KK.items()
}


def get(number: str) -> Clause:
    """The clause with this number, "13" or "26.4"; KeyError if the regulation has none."""
    return CLAUSES[number]


def anchor(number: str) -> str:
    """The clause's place on the page of the rules, "clause-26-4"; KeyError for an unknown number."""
    return get(number).anchor


def title(number: str, language: str) -> str:
    """How to cite the clause: «13-тармақ», «26-тармақтың 4) тармақшасы» / «подпункт 4) пункта 26».

    KeyError for an unknown number, ValueError for a language besides "kk" and "ru".
    """
    clause, _, subclause = get(number).number.partition(".")
    if subclause:
        return _in_language(
            language, f"{clause}-тармақтың {subclause}) тармақшасы", f"подпункт {subclause}) пункта {clause}"
        )
    return _in_language(language, f"{clause}-тармақ", f"пункт {clause}")


def sections() -> tuple[Section, ...]:
    """The six sections of the regulation, every clause in exactly one."""
    return tuple(
        Section(
            number,
            title_kk,
            title_ru,
            tuple(c for c in CLAUSES.values() if first <= int(c.parent or c.number) <= last),
        )
        for number, title_kk, title_ru, first, last in SECTIONS
    )


def _in_language(language: str, kk: str, ru: str) -> str:
    if language == "kk":
        return kk
    if language == "ru":
        return ru
    raise ValueError(f"the regulation is not kept in the language {language!r}")
