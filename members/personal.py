"""Personal numbers in free text: what looks like an IIN is found, whatever its grouping (Law № 94-V)."""

import re
from datetime import date

# As people group it: 900101300123, 900101 300123, 900101-300-123, 9001 0130 0123, 90 01 01 300123.
_BREAK = r"[ \u00a0\u2009\u202f\-\u2010-\u2014]"
_GROUPED = re.compile(
    rf"(?<!\d)(?:\d{{12}}|\d{{6}}{_BREAK}\d{{6}}|\d{{6}}{_BREAK}\d{{3}}{_BREAK}\d{{3}}"
    rf"|\d{{4}}{_BREAK}\d{{4}}{_BREAK}\d{{4}}|\d\d{_BREAK}\d\d{_BREAK}\d\d{_BREAK}\d{{6}})(?!\d)"
)
_CENTURY_DIGITS = "0123456"


def holds_iin(text: str) -> bool:
    """Return whether `text` holds twelve digits that look like an IIN: a birthday, then a digit 0 to 6.

    The fifth digit of a BIN is 4 to 6, so its first six are never a day: numbers of organisations pass.
    """
    return any(_looks_like_iin(re.sub(r"\D", "", match[0])) for match in _GROUPED.finditer(text))


def _looks_like_iin(digits: str) -> bool:
    if digits[6] not in _CENTURY_DIGITS:
        return False
    year, month, day = (int(digits[start : start + 2]) for start in (0, 2, 4))
    try:
        # These digits do not tell the century; the leap years of 2000 to 2099 miss nobody's birthday.
        date(2000 + year, month, day)
    except ValueError:
        return False
    return True
