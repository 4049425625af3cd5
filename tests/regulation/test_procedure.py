"""The parameters of one version of the regulation."""

import json
from dataclasses import FrozenInstanceError, fields
from fractions import Fraction

import pytest

from regulation.procedure import VOCABULARIES, Procedure

THIS_REGULATION = {
    "regular_period": "quarter",
    "regular_meetings": 1,
    "initiative": "1/2",
    "quorum": "2/3",
    "adoption": "total",
    "tie": "chair",
    "late_materials": "hold",
    "materials_days": 5,
    "materials_unit": "calendar",
    "materials_roll": "none",
    "circulation_days": 3,
    "protocol_days": 1,
    "protocol_roll": "next",
    "announcement_working_days": 3,
    "agenda_approver": "head_or_acting",
    "protocol_signers": "head",
    "plan_period": "half_year",
    "languages": ["kk", "ru"],
    "action_min_participants": 250,
    "annual_report_due": [2, 15],
}

# One other possible value for each parameter that has one.
OTHER_VALUES = [
    ("regular_meetings", 2),
    ("initiative", "1/3"),
    ("quorum", "1/2"),
    ("quorum", "1"),
    ("adoption", "present"),
    ("tie", "head_only"),
    ("tie", "not_adopted"),
    ("late_materials", "mark"),
    ("materials_days", 0),
    ("materials_unit", "working"),
    ("materials_roll", "previous"),
    ("circulation_days", 7),
    ("protocol_days", 3),
    ("protocol_roll", "none"),
    ("announcement_working_days", 0),
    ("agenda_approver", "head"),
    ("protocol_signers", "head_and_secretary"),
    ("plan_period", "year"),
    ("languages", ["ru"]),
    ("action_min_participants", 1),
    ("annual_report_due", [12, 31]),
]

IMPOSSIBLE_VALUES = [
    *[(name, wrong) for name in VOCABULARIES for wrong in ("", "QUARTER", "other", None, 1, ["total"])],
    ("regular_meetings", 0),
    ("materials_days", -1),
    ("materials_days", 366),
    ("materials_days", True),
    ("materials_days", 5.0),
    ("materials_days", "5"),
    ("materials_days", None),
    ("circulation_days", -1),
    ("circulation_days", False),
    ("protocol_days", -1),
    ("protocol_days", 1.5),
    ("announcement_working_days", -1),
    ("action_min_participants", 0),
    ("quorum", "0"),
    ("quorum", "-1/3"),
    ("quorum", "4/3"),
    ("quorum", "2/0"),
    ("quorum", "two thirds"),
    ("quorum", 2 / 3),
    ("quorum", 1.0),
    ("quorum", True),
    ("quorum", None),
    ("initiative", "0"),
    ("initiative", "1"),
    ("initiative", 0.5),
    ("materials_roll", "next"),
    ("protocol_roll", "previous"),
    ("languages", []),
    ("languages", "kk"),
    ("languages", ["kk", "kk"]),
    ("languages", ["kk", "en"]),
    ("languages", None),
    ("annual_report_due", [2, 29]),
    ("annual_report_due", [13, 1]),
    ("annual_report_due", [4, 31]),
    ("annual_report_due", [0, 1]),
    ("annual_report_due", [2]),
    ("annual_report_due", [2, True]),
    ("annual_report_due", "02-15"),
]


def test_the_defaults_are_this_regulation() -> None:
    assert Procedure().as_dict() == THIS_REGULATION


def test_shares_are_exact() -> None:
    assert (Procedure().quorum, Procedure().initiative) == (Fraction(2, 3), Fraction(1, 2))


@pytest.mark.parametrize(("name", "value"), OTHER_VALUES)
def test_another_value_survives_json(name: str, value: object) -> None:
    procedure = Procedure.from_dict({name: value})
    stored = json.loads(json.dumps(procedure.as_dict()))
    assert stored == THIS_REGULATION | {name: value}
    assert Procedure.from_dict(stored) == procedure
    assert procedure != Procedure()


def test_every_parameter_but_the_only_period_has_another_value() -> None:
    assert {name for name, _ in OTHER_VALUES} == {field.name for field in fields(Procedure)} - {
        "regular_period"
    }


@pytest.mark.parametrize(("name", "value"), IMPOSSIBLE_VALUES)
def test_an_impossible_value_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=name):
        Procedure.from_dict({name: value})


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(ValueError, match="quorumm"):
        Procedure.from_dict({"quorumm": "2/3"})


def test_an_empty_mapping_is_this_regulation() -> None:
    assert Procedure.from_dict({}) == Procedure()


def test_a_procedure_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Procedure().tie = "head_only"  # type: ignore[misc]  # the very thing that must fail


def test_lists_become_tuples_so_that_a_procedure_can_be_a_key() -> None:
    assert {Procedure.from_dict(THIS_REGULATION): 1}[Procedure()] == 1
