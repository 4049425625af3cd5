"""The register of clauses: complete, in both languages, and true about the code."""

import re
from operator import attrgetter
from pkgutil import resolve_name

import pytest

from regulation import clause_readings, clause_texts_kk, clause_texts_ru, clauses

SUBCLAUSES = {"9": 8, "10": 11, "25": 8, "26": 7, "27": 8, "29": 12}
EXPECTED_NUMBERS = [
    number
    for clause in map(str, range(1, 30))
    for number in (clause, *(f"{clause}.{n}" for n in range(1, SUBCLAUSES.get(clause, 0) + 1)))
]
READ_BY_THE_PORTAL = [
    *["11", "12", "13", "14", "15", "18", "19", "20", "21", "22", "23"],
    *["25.3", "26.4"],
]
KAZAKH_ONLY = set("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
COMPUTED = [(c.number, name) for c in clauses.CLAUSES.values() for name in c.implemented_by]


def test_every_clause_is_there_once_and_in_order() -> None:
    assert list(clauses.CLAUSES) == EXPECTED_NUMBERS
    assert [clause.number for clause in clauses.CLAUSES.values()] == EXPECTED_NUMBERS


def test_the_texts_and_readings_name_known_clauses_in_both_languages() -> None:
    assert list(clause_texts_ru.TEXTS_RU) == list(clause_texts_kk.TEXTS_KK)
    assert list(clause_readings.READINGS_RU) == list(clause_readings.READINGS_KK)
    assert set(clause_readings.READINGS_KK) | set(clauses.IMPLEMENTED_BY) <= set(clauses.CLAUSES)


@pytest.mark.parametrize("number", READ_BY_THE_PORTAL)
def test_an_open_question_has_its_reading(number: str) -> None:
    assert clauses.get(number).reading("kk")
    assert clauses.get(number).reading("ru")


@pytest.mark.parametrize("number", EXPECTED_NUMBERS)
def test_texts_are_clean_and_in_their_language(number: str) -> None:
    clause = clauses.get(number)
    for text in filter(None, (clause.text_kk, clause.text_ru, clause.reading_kk, clause.reading_ru)):
        assert text == " ".join(text.split())
        assert text[-1] in ".:;"
        assert " - " not in text
        assert not re.search(r"[A-Za-z]", text)
    for kazakh in filter(None, (clause.text_kk, clause.reading_kk)):
        assert KAZAKH_ONLY & set(kazakh)
    for russian in filter(None, (clause.text_ru, clause.reading_ru)):
        assert not KAZAKH_ONLY & set(russian)


@pytest.mark.parametrize(("number", "name"), COMPUTED)
def test_what_implements_a_clause_exists(number: str, name: str) -> None:
    module, _, path = name.removeprefix("regulation.").partition(".")
    assert attrgetter(path)(resolve_name(f"regulation.{module}")) is not None


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("12", "regulation.voting.initiative"),
        ("13", "regulation.voting.outcome"),
        ("20", "regulation.voting.quorum"),
        ("22", "regulation.terms.materials_due"),
        ("23", "regulation.terms.protocol_due"),
        ("26.4", "regulation.terms.circulation_due"),
    ],
)
def test_the_computed_clauses_name_their_function(number: str, name: str) -> None:
    assert name in clauses.get(number).implemented_by


@pytest.mark.parametrize(
    ("number", "anchor", "parent", "kk", "ru"),
    [
        ("13", "clause-13", "", "13-тармақ", "пункт 13"),
        ("26.4", "clause-26-4", "26", "26-тармақтың 4) тармақшасы", "подпункт 4) пункта 26"),
        ("10.11", "clause-10-11", "10", "10-тармақтың 11) тармақшасы", "подпункт 11) пункта 10"),
    ],
)
def test_citing_a_clause(number: str, anchor: str, parent: str, kk: str, ru: str) -> None:
    assert clauses.anchor(number) == clauses.get(number).anchor == anchor
    assert clauses.get(number).parent == parent
    assert clauses.title(number, "kk") == kk
    assert clauses.title(number, "ru") == ru


def test_anchors_are_unique() -> None:
    assert len({clause.anchor for clause in clauses.CLAUSES.values()}) == len(clauses.CLAUSES)


@pytest.mark.parametrize("number", ["", "0", "30", "26.8", "26.", "13.1"])
def test_an_unknown_clause_is_refused(number: str) -> None:
    for citing in (clauses.get, clauses.anchor):
        with pytest.raises(KeyError):
            citing(number)
    with pytest.raises(KeyError):
        clauses.title(number, "kk")


def test_a_language_of_neither_text_is_refused() -> None:
    clause, section = clauses.get("13"), clauses.sections()[0]
    for read in (clause.text, clause.reading, section.title):
        with pytest.raises(ValueError, match="en"):
            read("en")
    with pytest.raises(ValueError, match="en"):
        clauses.title("26.4", "en")


def test_text_and_reading_by_language() -> None:
    clause = clauses.get("13")
    assert (clause.text("kk"), clause.text("ru")) == (clause.text_kk, clause.text_ru)
    assert (clause.reading("kk"), clause.reading("ru")) == (clause.reading_kk, clause.reading_ru)
    assert clause.text_kk != clause.text_ru


def test_sections_hold_every_clause_once() -> None:
    sections = clauses.sections()
    assert [section.number for section in sections] == [1, 2, 3, 4, 5, 6]
    assert [c.number for section in sections for c in section.clauses] == EXPECTED_NUMBERS
    assert [section.clauses[0].number for section in sections] == ["1", "9", "11", "25", "27", "29"]
    assert sections[2].title("kk") == "Штаб қызметін ұйымдастыру"
    assert sections[2].title("ru") == "Организация деятельности Штаба"
