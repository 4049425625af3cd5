"""How a name and a telephone number are written."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

PERSON_NAME = RegexValidator(
    r"[<>]", _("A name has no signs like < and >: write the initial and the surname."), inverse_match=True
)
# One number, at most fifteen digits (ITU-T E.164), as people group it.
PHONE = RegexValidator(
    r"\A(?=(?:[^0-9]*[0-9]){3,15}[^0-9]*\Z)\+?[0-9 ()\-]+\Z",
    _(
        "Write one number: digits, spaces, brackets, hyphens and a leading plus, "
        "for example 8 (00000) 0-00-00."
    ),
)
