"""Days, sizes and digests as words of a page: pure text, Kazakh and Russian side by side.

Month names are our own because a date of a document must not depend on a translation catalogue.
"""

from datetime import date

NBSP = "\u00a0"

MONTHS = {
    "kk": (
        *("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым"),
        *("шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"),
    ),
    "ru": (
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ),
}
WEEKDAYS = {
    "kk": ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
}
# A line may break before the day or the year, never inside "17 желтоқсан" or "2026 года".
LONG = {"kk": "{year}~жылғы {day}~{month}", "ru": "{day}~{month} {year}~года"}


def known(language: str | None) -> str:
    """Return the language as one of the two the portal speaks; Kazakh when it is any other."""
    return language if language in MONTHS else "kk"


def short_day(day: date, language: str | None) -> str:
    """Return «17 желтоқсан, бейсенбі» or «17 декабря, четверг» for a local date."""
    code = known(language)
    return f"{day_of_month(day, code)}, {WEEKDAYS[code][day.weekday()]}"


def day_of_month(day: date, language: str | None) -> str:
    """Return «17 желтоқсан» or «17 декабря» for a local date; the two words stay on one line."""
    return f"{day.day}{NBSP}{MONTHS[known(language)][day.month - 1]}"


def long_day(day: date, language: str | None) -> str:
    """Return «2026 жылғы 17 желтоқсан» or «17 декабря 2026 года» for a local date."""
    code = known(language)
    text = LONG[code].format(year=day.year, day=day.day, month=MONTHS[code][day.month - 1])
    return text.replace("~", NBSP)


def hash_groups(digest: str) -> str:
    """Return a hexadecimal digest in groups of four, as people compare it aloud."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def local_text(item: object, field: str, language: str | None) -> tuple[str, str]:
    """Return the text of `field` in `language`, or in the other one, with the language it is in.

    The item carries `<field>_kk` and `<field>_ru`, at least one filled (clause 19); both empty: no text.
    """
    code = known(language)
    for candidate in (code, "ru" if code == "kk" else "kk"):
        if text := str(getattr(item, f"{field}_{candidate}") or ""):
            return text, candidate
    return "", code
