"""Personal numbers in free text: what looks like an IIN is found, whatever its grouping (Law № 94-V)."""

import re
import unicodedata
from datetime import date

_SPACES = " \u00a0\u2009\u202f"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014"
_PLAIN = str.maketrans(dict.fromkeys(_SPACES, " ") | dict.fromkeys(_DASHES, "-"))
# One or two signs between groups. A comma or semicolon with a space parts two numbers of a list.
_BREAK = r"(?!, |; )[\W_]{1,2}"
# As people group it; the birthday stands apart in every one of them.
_MIXED = ((6, 6), (6, 3, 3), (4, 4, 4), (2, 2, 2, 6))
_ALIKE = (*_MIXED, (2, 2, 2, 3, 3), (6, 2, 2, 2), (6, 1, 5), (6, 1, 4, 1))
# Short groups look like any list of numbers: here the break is the same, and the list ends with the number.
_SHORT = ((2,) * 6, (1,) * 12)
_CENTURY_DIGITS = "0123456"


def _alternatives(groupings: tuple[tuple[int, ...], ...], first: str, other: str) -> str:
    return "|".join(
        rf"\d{{{grouping[0]}}}{first}" + other.join(rf"\d{{{size}}}" for size in grouping[1:])
        for grouping in groupings
    )


_SAME = rf"(?P<break>{_BREAK})"
# 250 101 300 123 is a sum; with hyphens nobody writes one.
_PATTERNS = (
    re.compile(
        rf"(?<!\d)(?:\d{{12}}|\d{{3}}-\d{{3}}-\d{{3}}-\d{{3}}|{_alternatives(_MIXED, '[ -]', '[ -]')})(?!\d)"
    ),
    *(
        re.compile(rf"(?<!\d)(?:{_alternatives((grouping,), _SAME, '(?P=break)')})(?!\d)")
        for grouping in _ALIKE
    ),
    *(
        re.compile(
            rf"(?<!\d)(?<!\d[\W_])(?:{_alternatives((grouping,), _SAME, '(?P=break)')})(?!(?P=break)?\d)"
        )
        for grouping in _SHORT
    ),
)


def holds_iin(text: str) -> bool:
    """Return whether `text` holds twelve digits that look like an IIN: a birthday, then a digit 0 to 6.

    The fifth digit of a BIN is 4 to 6, so its first six are never a day: numbers of organisations pass.
    """
    seen = "".join(_digit(sign) for sign in text if unicodedata.category(sign) != "Cf").translate(_PLAIN)
    return any(
        _looks_like_iin(re.sub(r"\D", "", match[0]))
        for pattern in _PATTERNS
        for match in pattern.finditer(seen)
    )


def _digit(sign: str) -> str:
    """Return the digit that `sign` is in any script as one of 0 to 9; anything else as it is."""
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


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
