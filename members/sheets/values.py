"""A cell in, plain text out: what a day, a yes, a role look like in a sheet, in either language."""

import math
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from members.fields import NO_PERSONAL_NUMBERS
from members.personal import holds_iin
from members.states import Rank, Role
from members.validators import PERSON_NAME

Read = Callable[[Any], str]

YES, NO = "yes", "no"
YES_NO = {YES: ("иә", "да"), NO: ("жоқ", "нет")}
# The words of the act itself (annex 1), which no catalogue of pages changes.
ROLES = {
    str(Role.HEAD): ("Штаб басшысы", "руководитель Штаба"),
    str(Role.DEPUTY_HEAD): ("Штаб басшысының орынбасары", "заместитель руководителя Штаба"),
    str(Role.SECRETARY): ("Штаб хатшысы", "секретарь Штаба"),
    str(Role.MEMBER): ("Штаб мүшесі", "член Штаба"),
}
RANKS = {
    str(Rank.FIRST): ("бірінші басшы", "первый руководитель"),
    str(Rank.DEPUTY): ("бірінші басшының орынбасары", "заместитель первого руководителя"),
    str(Rank.BELOW): ("орынбасардан төмен", "ниже заместителя"),
}
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
MAX_ORDER = 999


class WrongValueError(ValueError):
    """A cell that cannot be taken; its text is the sentence for the person."""


def choice(kk: str, ru: str) -> str:
    """Return a choice as the lists of the template offer it."""
    return f"{kk} / {ru}"


def plain(value: object) -> str:
    """Return the visible text of a cell on one line; numbers as they are read, nothing for an empty cell."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFC", str(value))
    seen = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    return " ".join("".join(sign for sign in seen if unicodedata.category(sign) != "Cf").split())


def text(limit: int, *, required: bool = True) -> Read:
    """Return a reader of text of at most `limit` characters, without personal numbers."""

    def read(value: Any) -> str:
        if isinstance(value, date):
            raise WrongValueError(_("Text is expected here, not a date."))
        said = plain(value)
        if required and not said:
            raise WrongValueError(_("Fill in this cell."))
        if len(said) > limit:
            raise WrongValueError(
                _("The text is longer than %(limit)s characters (%(length)s).")
                % {"limit": limit, "length": len(said)}
            )
        if holds_iin(said):
            raise WrongValueError(str(NO_PERSONAL_NUMBERS))
        return said

    return read


def person(value: Any) -> str:
    """Return the name of a person."""
    said = text(120)(value)
    try:
        PERSON_NAME(said)
    except ValidationError as error:
        raise WrongValueError(error.messages[0]) from None
    return said


def number(value: Any) -> str:
    """Return the number of a seat in the order of the act."""
    if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        value = "?"
    said = plain(value)
    if not said:
        raise WrongValueError(_("Fill in this cell."))
    if not (said.isdecimal() and said.isascii() and 1 <= int(said) <= MAX_ORDER):
        raise WrongValueError(
            _("A whole number from 1 to %(last)s is expected, not “%(said)s”.")
            % {"last": MAX_ORDER, "said": said[:40]}
        )
    return str(int(said))


def day(*, required: bool) -> Read:
    """Return a reader of dates: a cell of that type, or text like 17.12.2026."""

    def read(value: Any) -> str:
        said = value.date() if isinstance(value, datetime) else value
        if not isinstance(said, date):
            said = _day_of_text(plain(value))
        if said is None:
            if required:
                raise WrongValueError(_("Fill in this cell."))
            return ""
        if not FIRST_DAY <= said <= LAST_DAY:
            raise WrongValueError(_("The year %(year)s is not possible here.") % {"year": said.year})
        return said.isoformat()

    return read


def _day_of_text(said: str) -> date | None:
    if not said:
        return None
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(said, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise WrongValueError(_("A date like 17.12.2026 is expected, not “%(said)s”.") % {"said": said[:40]})


def one_of(words: Mapping[str, tuple[str, str]], *, default: str | None = None) -> Read:
    """Return a reader of a closed list, in either language; an empty cell gives `default` where there is one.

    The codes themselves are read too: a sheet that was checked is read again when it is applied.
    """
    known = {said.casefold(): code for code, pair in words.items() for said in (code, *pair, choice(*pair))}

    def read(value: Any) -> str:
        said = plain(value)
        if not said and default is not None:
            return default
        if not said:
            raise WrongValueError(_("Fill in this cell."))
        if said.casefold() not in known:
            offered = "; ".join(choice(*pair) for pair in words.values())
            raise WrongValueError(
                _("“%(said)s” is not in the list: %(offered)s.") % {"said": said[:40], "offered": offered}
            )
        return known[said.casefold()]

    return read


def yes_no(value: Any) -> str:
    """Return "yes" or "no" for a word in either language or a logical value of the sheet."""
    if isinstance(value, bool):
        return YES if value else NO
    return one_of(YES_NO)(value)


def email(value: Any) -> str:
    """Return an e-mail address in lower case."""
    said = plain(value).lower()
    if not said:
        raise WrongValueError(_("Fill in this cell."))
    try:
        validate_email(said)
    except ValidationError:
        raise WrongValueError(_("“%(said)s” is not an e-mail address.") % {"said": said[:60]}) from None
    if len(said) > 254:
        raise WrongValueError(_("“%(said)s” is not an e-mail address.") % {"said": said[:60]})
    return said
