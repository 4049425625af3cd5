"""The parameters of the procedure as a form: each with its clause and the default (clause 11)."""

import re
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.parameters import DEFAULTS, OPTIONS, PARAMETERS, value_in_words
from regulation.procedure import RANGES, VOCABULARIES, Procedure

SHARES = ("initiative", "quorum")
# Small numbers only: a share is typed as the regulation says it, never computed from something huge.
SHARE = re.compile(r"^([1-9]\d{0,2})/([1-9]\d{0,2})$", re.ASCII)


class ClauseFields(NamedTuple):
    """The fields of the parameters that read one clause."""

    clause: str
    fields: list[forms.BoundField]


class ShareField(forms.CharField):
    """An exact share of the members, typed like «2/3»."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        found = SHARE.match(text.replace(" ", ""))
        if not found or int(found[1]) > int(found[2]):
            raise ValidationError(_("Write a share of the members as a fraction, like 2/3."))
        return str(Fraction(int(found[1]), int(found[2])))


class MonthDayField(forms.CharField):
    """A day of every year, typed like «15.02»."""

    def clean(self, value: Any) -> list[int]:
        text: str = super().clean(value)
        try:
            # 2001 is no leap year: the day must exist in every year.
            day = date.fromisoformat("2001-{1}-{0}".format(*text.strip().split(".")))
        except (ValueError, IndexError):
            raise ValidationError(_("Write the day and the month like 15.02.")) from None
        return [day.month, day.day]


class ProcedureForm(forms.Form):
    """Every parameter of a version; `clean` leaves `parameters` as `Procedure.from_dict` takes them."""

    def __init__(self, *args: Any, procedure: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (_clause, label) in PARAMETERS.items():
            field = _field(name)
            field.label = str(label)
            field.help_text = _("By default: %(value)s") % {"value": value_in_words(DEFAULTS, name)}
            self.fields[name] = field
            self.initial[name] = _typed(procedure, name)

    def by_clause(self) -> list[ClauseFields]:
        """Return the fields under the clause that each reads."""
        groups: dict[str, list[forms.BoundField]] = {}
        for name, (clause, _label) in PARAMETERS.items():
            groups.setdefault(clause, []).append(self[name])
        return [ClauseFields(clause, fields) for clause, fields in groups.items()]

    def clean_initiative(self) -> str:
        share: str = self.cleaned_data["initiative"]
        if share == "1":
            raise ValidationError(_("More than all of the members is impossible."))
        return share


def _field(name: str) -> forms.Field:
    """Return the control of a parameter by the kind of its value."""
    if name in VOCABULARIES:
        return forms.ChoiceField(choices=[(code, OPTIONS[name][code]) for code in VOCABULARIES[name]])
    if name in RANGES:
        low, high = RANGES[name]
        return forms.IntegerField(min_value=low, max_value=high)
    if name in SHARES:
        return ShareField(max_length=7)
    if name == "languages":
        return forms.MultipleChoiceField(
            choices=list(OPTIONS[name].items()), widget=forms.CheckboxSelectMultiple
        )
    return MonthDayField(max_length=5)


def _typed(procedure: Procedure, name: str) -> object:
    """Return the value of a parameter as it stands in its control."""
    value = getattr(procedure, name)
    if name == "annual_report_due":
        month, day = value
        return f"{day:02}.{month:02}"
    return list(value) if name == "languages" else str(value)
