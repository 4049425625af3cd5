"""The twelve indicators as data, and the page that says what each counts."""

import pytest

from kpi.indicators import INDICATORS, Indicator
from kpi.labels import DIRECTIONS, KINDS
from regulation import clauses

# Number, kind, direction, record type, codes of the parts, as clause 29 and its passports fix them.
DEFINITIONS = [
    (1, "effort", "up", "sections", "1a 1b"),
    (2, "effort", "up", "campaigns", ""),
    (3, "effort", "up", "actions", ""),
    (4, "detection", "up", "first_identified", "4a 4b"),
    (5, "outcome", "down", "observed", "5a 5b"),
    (6, "effort", "up", "ngos", ""),
    (7, "detection", "up", "eliminations", "7a 7b"),
    (8, "detection", "up", "turnover_violations", ""),
    (9, "mixed", "per_part", "propaganda_measures", "9a 9b 9c 9d 9e 9f 9g 9h"),
    (10, "outcome", "up", "surveys", ""),
    (11, "effort", "up", "schools", ""),
    (12, "effort", "up", "trainings", "12a 12b"),
]


def test_the_twelve_definitions_are_those_of_the_regulation() -> None:
    told = [
        (each.number, each.kind, each.better, each.record_type, " ".join(part.code for part in each.parts))
        for each in INDICATORS
    ]
    assert told == DEFINITIONS


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda each: str(each.number))
def test_an_indicator_is_named_in_both_languages_and_has_its_clause(indicator: Indicator) -> None:
    texts = [indicator.name_kk, indicator.name_ru, indicator.counted_kk, indicator.counted_ru]
    texts += [text for part in indicator.parts for text in (part.name_kk, part.name_ru)]
    assert all(texts)
    assert clauses.get(indicator.clause).parent == "29"
    assert indicator.kind in KINDS
    assert indicator.better in DIRECTIONS


@pytest.mark.parametrize(("code", "better"), [("9a", "none"), ("9b", "up"), ("9c", "none"), ("9d", "up")])
def test_found_links_and_graffiti_have_no_direction(code: str, better: str) -> None:
    parts = {part.code: part.better for part in INDICATORS[8].parts}
    assert parts[code] == better
