"""The parameters of the procedure in words: what each is called, by which clause, and what its value says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from members.days import day_of_month
from regulation.procedure import Procedure

DEFAULTS = Procedure()
# What a parameter is called, and the clause it reads; in the order of the clauses.
PARAMETERS: Mapping[str, tuple[str, Promise]] = {
    "regular_period": ("12", gettext_lazy("Period of regular meetings")),
    "regular_meetings": ("12", gettext_lazy("Regular meetings in a period, at least")),
    "initiative": ("12", gettext_lazy("Initiative of members: more than this share of the total number")),
    "adoption": ("13", gettext_lazy("A decision needs a majority of")),
    "tie": ("13", gettext_lazy("When the votes are equal")),
    "protocol_signers": ("15", gettext_lazy("Who signs the protocol")),
    "plan_period": ("16", gettext_lazy("Period of the work plan")),
    "languages": ("19", gettext_lazy("Languages of the meetings")),
    "announcement_working_days": ("19", gettext_lazy("Public announcement, working days before the meeting")),
    "quorum": ("20", gettext_lazy("Quorum: at least this share of the total number")),
    "agenda_approver": ("22", gettext_lazy("Who approves the agenda")),
    "materials_days": ("22", gettext_lazy("Materials, days before the meeting")),
    "materials_unit": ("22", gettext_lazy("The days of the materials are")),
    "materials_roll": ("22", gettext_lazy("When the term of the materials falls on a day off")),
    "late_materials": ("22", gettext_lazy("Late materials")),
    "protocol_days": ("23", gettext_lazy("Protocol, days after the end of the meeting")),
    "protocol_roll": ("23", gettext_lazy("When the term of the protocol falls on a day off")),
    "circulation_days": ("26.4", gettext_lazy("Documents to the members, days before the meeting")),
    "annual_report_due": ("26.7", gettext_lazy("Annual information, not later than")),
    "action_min_participants": ("29.3", gettext_lazy("People reached by an action, at least")),
}
OPTIONS: Mapping[str, Mapping[str, Promise]] = {
    "regular_period": {"quarter": gettext_lazy("a quarter")},
    "adoption": {
        "total": gettext_lazy("the total number of members"),
        "present": gettext_lazy("the members present"),
    },
    "tie": {
        "chair": gettext_lazy("the vote of the one who chairs decides"),
        "head_only": gettext_lazy("only the vote of the head decides"),
        "not_adopted": gettext_lazy("the decision is not adopted"),
    },
    "protocol_signers": {
        "head": gettext_lazy("the head"),
        "head_and_secretary": gettext_lazy("the head and the secretary"),
    },
    "plan_period": {
        "quarter": gettext_lazy("a quarter"),
        "half_year": gettext_lazy("half a year"),
        "year": gettext_lazy("a year"),
    },
    "agenda_approver": {
        "head_or_acting": gettext_lazy("the head or the person replacing him"),
        "head": gettext_lazy("only the head himself"),
    },
    "materials_unit": {
        "calendar": gettext_lazy("calendar days, days off included"),
        "working": gettext_lazy("working days"),
    },
    "materials_roll": {
        "none": gettext_lazy("the term stays"),
        "previous": gettext_lazy("it moves to the working day before"),
    },
    "late_materials": {
        "hold": gettext_lazy("go to nobody until the head decides"),
        "mark": gettext_lazy("are marked and sent as they are"),
    },
    "protocol_roll": {
        "none": gettext_lazy("the term stays"),
        "next": gettext_lazy("it moves to the next working day"),
    },
    "languages": {"kk": gettext_lazy("Kazakh"), "ru": gettext_lazy("Russian")},
}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a version: its code, what it is called, its clause, its value and the default."""

    name: str
    clause: str
    label: str
    value: str
    default: str

    @property
    def departs(self) -> bool:
        """Whether the act says something else than the regulation that the portal was made for."""
        return self.value != self.default


@dataclass(frozen=True)
class ParameterChange:
    """A parameter that a version set differently than the one before."""

    label: str
    clause: str
    before: str
    after: str


def in_words(procedure: Procedure) -> tuple[Parameter, ...]:
    """Return every parameter of `procedure` in the current language, in the order of the clauses."""
    return tuple(
        Parameter(name, clause, str(label), value_in_words(procedure, name), value_in_words(DEFAULTS, name))
        for name, (clause, label) in PARAMETERS.items()
    )


def changes(before: Procedure, after: Procedure) -> tuple[ParameterChange, ...]:
    """Return what `after` sets differently than `before`, in words of the current language."""
    return tuple(
        ParameterChange(str(label), clause, value_in_words(before, name), value_in_words(after, name))
        for name, (clause, label) in PARAMETERS.items()
        if getattr(before, name) != getattr(after, name)
    )


def value_in_words(procedure: Procedure, name: str) -> str:
    """Return the value of the parameter `name` as a page says it."""
    value = getattr(procedure, name)
    if name == "languages":
        return ", ".join(str(OPTIONS[name][code]) for code in value)
    if name == "annual_report_due":
        month, day = value
        # Any year that is no leap year: the day exists in every year.
        return _("%(day)s of the next year") % {"day": day_of_month(date(2001, month, day), get_language())}
    return str(OPTIONS[name][value] if name in OPTIONS else value)
