"""What is sent with a sheet: which kind it is, the file; and afterwards the rows that were checked."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from members.sheets.columns import PEOPLE, SEATS
from members.sheets.reading import Row

SALT = "members.composition-import"
# An hour for reading what will change.
MAX_AGE = 3600
KINDS = (
    (SEATS, _("Seats: they fill the draft of the composition")),
    (PEOPLE, _("People: they take the seats of the composition in force")),
)


class SheetForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is in the file"), choices=KINDS, widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("XLSX file"),
        help_text=_("Up to 5 MB and 500 rows, made from the template"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


def sealed(facts: dict[str, Any], rows: list[Row]) -> str:
    """Return checked rows as text that nobody can change, to be sent back with the press of the button."""
    return signing.dumps(facts | {"rows": rows}, salt=SALT, compress=True)


def unsealed(text: str, facts: dict[str, Any]) -> tuple[str, list[Row]] | None:
    """Return the key and the rows of `sealed` text; None when it is old, changed or for somebody else."""
    try:
        found = signing.loads(text, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    if {name: found.get(name) for name in facts} != facts:
        return None
    return found["key"], [Row(number, cells) for number, cells in found["rows"]]
