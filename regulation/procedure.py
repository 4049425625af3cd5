"""What one version of the regulation decides: its numbers, periods and choices."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any, Literal, Self, get_args

RegularPeriod = Literal["quarter"]
Adoption = Literal["total", "present"]
Tie = Literal["chair", "head_only", "not_adopted"]
LateMaterials = Literal["hold", "mark"]
DayUnit = Literal["calendar", "working"]
RollBack = Literal["none", "previous"]
RollForward = Literal["none", "next"]
AgendaApprover = Literal["head_or_acting", "head"]
ProtocolSigners = Literal["head", "head_and_secretary"]
PlanPeriod = Literal["quarter", "half_year", "year"]
Language = Literal["kk", "ru"]

VOCABULARIES: Mapping[str, tuple[str, ...]] = {
    "regular_period": get_args(RegularPeriod),
    "adoption": get_args(Adoption),
    "tie": get_args(Tie),
    "late_materials": get_args(LateMaterials),
    "materials_unit": get_args(DayUnit),
    "materials_roll": get_args(RollBack),
    "protocol_roll": get_args(RollForward),
    "agenda_approver": get_args(AgendaApprover),
    "protocol_signers": get_args(ProtocolSigners),
    "plan_period": get_args(PlanPeriod),
}
RANGES: Mapping[str, tuple[int, int]] = {
    "regular_meetings": (1, 366),
    "materials_days": (0, 365),
    "circulation_days": (0, 365),
    "protocol_days": (0, 365),
    "announcement_working_days": (0, 365),
    "action_min_participants": (1, 1_000_000),
}
LANGUAGES: tuple[str, ...] = get_args(Language)


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """The parameters of one version of the regulation; ``Procedure()`` is the regulation at hand.

    Codes are plain strings (see ``VOCABULARIES``), days and counts are whole numbers (see ``RANGES``),
    shares are exact fractions, ``annual_report_due`` is (month, day) of the year after the reported one.
    A value that cannot be (unknown code, a bool or float for days, a share above one) raises ValueError.
    """

    # clause 12: at least `regular_meetings` in each period; an initiative needs MORE than this share of N
    regular_period: RegularPeriod = "quarter"
    regular_meetings: int = 1
    initiative: Fraction = Fraction(1, 2)
    # clause 20: AT LEAST this share of N
    quorum: Fraction = Fraction(2, 3)
    # clause 13: majority of whom, and who decides when the votes are equal
    adoption: Adoption = "total"
    tie: Tie = "chair"
    # clause 22: materials before the meeting; a term before a meeting is never moved towards it
    late_materials: LateMaterials = "hold"
    materials_days: int = 5
    materials_unit: DayUnit = "calendar"
    materials_roll: RollBack = "none"
    # clause 26.4: calendar days before the meeting
    circulation_days: int = 3
    # clause 23: calendar days after the meeting
    protocol_days: int = 1
    protocol_roll: RollForward = "next"
    # clause 19, with the Law on access to information, article 13
    announcement_working_days: int = 3
    # clauses 22, 15 and 16
    agenda_approver: AgendaApprover = "head_or_acting"
    protocol_signers: ProtocolSigners = "head"
    plan_period: PlanPeriod = "half_year"
    languages: tuple[Language, ...] = ("kk", "ru")
    # clause 29 (note **) and clause 26.7
    action_min_participants: int = 250
    annual_report_due: tuple[int, int] = (2, 15)

    def __post_init__(self) -> None:
        for name, options in VOCABULARIES.items():
            object.__setattr__(self, name, _code(name, getattr(self, name), options))
        for name, (low, high) in RANGES.items():
            _check_whole(name, getattr(self, name), low, high)
        object.__setattr__(self, "languages", _languages(self.languages))
        object.__setattr__(self, "annual_report_due", _month_day(self.annual_report_due))
        for name in ("initiative", "quorum"):
            object.__setattr__(self, name, _share(name, getattr(self, name)))
        if self.initiative == 1:
            raise ValueError("initiative: more than all of the members is impossible")

    def as_dict(self) -> dict[str, object]:
        """The parameters as JSON-ready values: fractions as "2/3", tuples as lists."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The procedure that ``as_dict`` described; keys left out keep the defaults of this regulation.

        Raises ValueError for an unknown key or an impossible value.
        """
        unknown = sorted(set(values) - {field.name for field in fields(cls)})
        if unknown:
            raise ValueError(f"unknown parameters of the procedure: {', '.join(map(str, unknown))}")
        return cls(**values)


def _code(name: str, value: object, options: tuple[str, ...]) -> str:
    for option in options:
        if isinstance(value, str) and value == option:
            return option
    raise ValueError(f"{name}: {value!r} is none of {', '.join(options)}")


def _check_whole(name: str, value: object, low: int, high: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError(f"{name}: {value!r} is not a whole number from {low} to {high}")


def _share(name: str, value: object) -> Fraction:
    # A float is refused: 0.6667 is not two thirds, and 15 members would then need 11.
    text = "" if isinstance(value, float) else str(value)
    try:
        share = Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(f"{name}: {value!r} is not an exact fraction") from error
    if not 0 < share <= 1:
        raise ValueError(f"{name}: {value!r} is not a share of the members")
    return share


def _languages(value: object) -> tuple[str, ...]:
    if not isinstance(value, tuple | list) or not value:
        raise ValueError(f"languages: {value!r} is not a list of languages")
    codes = tuple(_code("languages", code, LANGUAGES) for code in value)
    if len(set(codes)) != len(codes):
        raise ValueError(f"languages: {value!r} names one twice")
    return codes


def _month_day(value: object) -> tuple[int, int]:
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise ValueError(f"annual_report_due: {value!r} is not (month, day)")
    month, day = value
    _check_whole("annual_report_due", month, 1, 12)
    # 2001 is no leap year: the day must exist in every year.
    _check_whole("annual_report_due", day, 1, monthrange(2001, month)[1])
    return month, day


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
