"""The framework's own words and formats in Kazakh and Russian: complete, plain, correctly written."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.forms import CharField, DateField, Form
from django.template.defaultfilters import filesizeformat
from django.utils import timesince
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format, get_format, localize, localize_input, sanitize_separators
from django.utils.translation import ngettext, override

Key = tuple[str | None, str]

DJANGO = Path(django.__file__).parent
ALLAUTH = Path(allauth.__file__).parent
OURS = Path(settings.BASE_DIR) / "locale" / "framework"
LANGUAGES = ("kk", "ru")
DAY = date(2026, 12, 17)
MOMENT = datetime(2026, 12, 17, 16, 30, tzinfo=UTC)

PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]?\d*[a-z]|%[sdr]|\{\w+\}")
# Parts of words that an error message does without (it says what to do), and letters that nobody reads.
BANNED = {
    "kk": re.compile(r"жарамды|жарамсыз|валид|өтін|кешір|тыйым|міндетті|т\.қ|т\.ж"),
    "ru": re.compile(
        "пожалуйста|извин|сожале|допустим|корректн|валидн|запрещ|обязательное|неправильн|действительн"
    ),
}
MONTHS_KK = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"
WEEKDAYS_KK = "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі"


@cache
def catalogue(locale_folder: Path, language: str) -> Catalog:
    """Return the catalogue of the folder, empty when it has none in the language."""
    path = locale_folder / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file)


def entries(messages: Iterable[Message]) -> dict[Key, Message]:
    """Return the messages by context and singular, without the header."""
    return {(each.context, singular(each)): each for each in messages if each.id}


def singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def plural(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[1]


def forms(message: Message | None) -> list[str]:
    """Return every written form of the translation; none when it is fuzzy or absent."""
    if message is None or message.fuzzy:
        return []
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def is_used(message: Message) -> bool:
    """Tell whether a message of allauth belongs to a part that is installed and not said in our own words.

    The pages and letters of the second factor and of the sessions are ours altogether.
    """
    parts = ("account/", "mfa/", "usersessions/", "templates/account/", "templates/allauth/layouts/")
    return any(place.startswith(parts) for place, _ in message.locations)


FOLDERS = {
    "django": DJANGO / "conf" / "locale",
    "auth": DJANGO / "contrib" / "auth" / "locale",
    "contenttypes": DJANGO / "contrib" / "contenttypes" / "locale",
    "allauth": ALLAUTH / "locale",
}
# What each source asks for: its English catalogue lists it.
SOURCES = {
    name: entries(filter(is_used, catalogue(folder, "en")) if name == "allauth" else catalogue(folder, "en"))
    for name, folder in FOLDERS.items()
}


def test_the_sources_are_found() -> None:
    assert [name for name, asked in SOURCES.items() if len(asked) < 5] == []


def shown(source: str, language: str) -> Iterator[tuple[Message, list[str]]]:
    """Yield each message of the source with the forms that a user sees: ours, else the framework's."""
    ours = entries(catalogue(OURS, language))
    theirs = entries(catalogue(FOLDERS[source], language))
    for key, message in SOURCES[source].items():
        yield message, forms(ours.get(key) or theirs.get(key))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", SOURCES)
class TestEveryMessage:
    def test_is_translated(self, source: str, language: str) -> None:
        missing = [singular(message) for message, texts in shown(source, language) if not all(texts or [""])]
        assert missing == []

    def test_keeps_the_placeholders(self, source: str, language: str) -> None:
        broken = {
            singular(message): text
            for message, texts in shown(source, language)
            for text in texts
            if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(plural(message)))
        }
        assert broken == {}

    def test_says_what_to_do_in_plain_words(self, source: str, language: str) -> None:
        banned = {
            text: word[0]
            for _, texts in shown(source, language)
            for text in texts
            if (word := BANNED[language].search(text.casefold()))
        }
        assert banned == {}


@pytest.mark.parametrize("language", LANGUAGES)
class TestOurCatalogue:
    def test_is_read_by_the_portal(self, language: str) -> None:
        assert OURS in [Path(each) for each in settings.LOCALE_PATHS]
        assert catalogue(OURS, language).locale_identifier == language

    def test_has_nothing_fuzzy_or_empty(self, language: str) -> None:
        assert [
            each.id for each in catalogue(OURS, language) if each.id and not all(forms(each) or [""])
        ] == []

    def test_passes_the_checks_of_the_compiler(self, language: str) -> None:
        assert list(catalogue(OURS, language).check()) == []

    def test_counts_as_the_framework_counts(self, language: str) -> None:
        theirs = catalogue(DJANGO / "conf" / "locale", language)
        assert catalogue(OURS, language).plural_expr == theirs.plural_expr


def test_kazakh_nouns_stay_singular_after_a_number() -> None:
    counted = [
        texts
        for source in SOURCES
        for message, texts in shown(source, "kk")
        if not isinstance(message.id, str)
    ]
    assert counted
    assert [texts for texts in counted if len(set(texts)) != 1] == []


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [
        ("kk", 1, "Кемінде 1 таңба енгізіңіз (қазір: 0)."),
        ("kk", 12, "Кемінде 12 таңба енгізіңіз (қазір: 0)."),
        ("ru", 1, "Введите не меньше 1 символа (сейчас: 0)."),
        ("ru", 21, "Введите не меньше 21 символа (сейчас: 0)."),
        ("ru", 12, "Введите не меньше 12 символов (сейчас: 0)."),
    ],
)
def test_a_counted_text_reaches_the_user(language: str, number: int, expected: str) -> None:
    with override(language):
        text = ngettext(
            "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
            "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
            number,
        )
        assert text % {"limit_value": number, "show_value": 0} == expected


class Letter(Form):
    title = CharField()
    day = DateField()


@pytest.mark.parametrize(
    ("language", "required", "wrong_day"),
    [
        ("kk", "Бұл жолды толтырыңыз.", "Күнді енгізіңіз, мысалы 17.12.2026."),
        ("ru", "Заполните это поле.", "Введите дату, например 17.12.2026."),
    ],
)
def test_a_form_speaks_the_language(language: str, required: str, wrong_day: str) -> None:
    with override(language):
        form = Letter({"title": "", "day": "2026-13-40"})
        assert form.errors == {"title": [required], "day": [wrong_day]}


@pytest.mark.parametrize(("language", "label"), [("kk", "Құпиясөз"), ("ru", "Пароль")])
def test_the_framework_s_own_labels_speak_the_language(language: str, label: str) -> None:
    with override(language):
        assert str(AuthenticationForm.base_fields["password"].label) == label


@pytest.mark.parametrize(
    ("language", "style", "expected"),
    [
        ("kk", "DATE_FORMAT", "2026 жылғы 17 желтоқсан"),
        ("kk", "DATETIME_FORMAT", "2026 жылғы 17 желтоқсан, 16:30"),
        ("kk", "YEAR_MONTH_FORMAT", "2026 жылғы желтоқсан"),
        ("kk", "MONTH_DAY_FORMAT", "17 желтоқсан"),
        ("kk", "SHORT_DATE_FORMAT", "17.12.2026"),
        ("kk", "SHORT_DATETIME_FORMAT", "17.12.2026 16:30"),
        ("kk", "l", "бейсенбі"),
        ("kk", "D, j N", "бс, 17 жел."),
        ("ru", "DATE_FORMAT", "17 декабря 2026 года"),
        ("ru", "DATETIME_FORMAT", "17 декабря 2026 года, 16:30"),
        ("ru", "YEAR_MONTH_FORMAT", "декабрь 2026 года"),
        ("ru", "MONTH_DAY_FORMAT", "17 декабря"),
        ("ru", "SHORT_DATE_FORMAT", "17.12.2026"),
        ("ru", "SHORT_DATETIME_FORMAT", "17.12.2026 16:30"),
        ("ru", "l", "четверг"),
        ("ru", "D, j N", "чт, 17 дек."),
    ],
)
def test_a_date_is_written(language: str, style: str, expected: str) -> None:
    with override(language):
        assert date_format(MOMENT, style) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_time_is_written_with_24_hours(language: str) -> None:
    with override(language):
        assert date_format(MOMENT, "TIME_FORMAT") == localize(time(16, 30)) == "16:30"
        assert localize(time(9, 5)) == "09:05"


@pytest.mark.parametrize("style", ["P", "a", "A", "TIME_FORMAT", "DATETIME_FORMAT"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_hour_is_abbreviated_to_letters_nobody_reads(language: str, style: str) -> None:
    with override(language):
        written = " ".join(date_format(MOMENT.replace(hour=hour, minute=0), style) for hour in range(24))
    assert re.findall(r"Т\.?Қ|Т\.?Ж|[пд]\.п\.|ПП|ДП|[ap]\.m\.", written) == []


def test_kazakh_months_and_weekdays_are_lower_case_nominatives() -> None:
    with override("kk"):
        assert " ".join(map(str, MONTHS.values())) == MONTHS_KK
        assert " ".join(date_format(date(2026, month, 1), "E") for month in range(1, 13)) == MONTHS_KK
        assert " ".join(map(str, WEEKDAYS.values())) == WEEKDAYS_KK


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_have_no_break_spaces_and_a_comma(language: str) -> None:
    with override(language):
        assert localize(12400000) == "12\N{NO-BREAK SPACE}400\N{NO-BREAK SPACE}000"
        assert localize(1234.5) == "1\N{NO-BREAK SPACE}234,5"
        assert localize(0.5) == "0,5"
        assert sanitize_separators("12\N{NO-BREAK SPACE}400,5") == "12400.5"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_size_is_written(language: str) -> None:
    with override(language):
        assert filesizeformat(2.5 * 1024 * 1024) == "2,5\N{NO-BREAK SPACE}МБ"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("kk", "3\N{NO-BREAK SPACE}күн, 2\N{NO-BREAK SPACE}сағат"),
        ("ru", "3\N{NO-BREAK SPACE}дня, 2\N{NO-BREAK SPACE}часа"),
    ],
)
def test_a_span_of_time_is_counted(language: str, expected: str) -> None:
    with override(language):
        assert timesince.timesince(MOMENT, MOMENT.replace(day=20, hour=18)) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["2026-12-17", "17.12.2026", "17.12.26"])
def test_a_typed_date_is_read(language: str, typed: str) -> None:
    with override(language):
        assert DateField().clean(typed) == DAY


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_field_is_filled_with_what_the_browser_s_own_date_field_reads(language: str) -> None:
    with override(language):
        assert localize_input(DAY, get_format("DATE_INPUT_FORMATS")[0]) == "2026-12-17"
        assert localize_input(time(16, 30), get_format("TIME_INPUT_FORMATS")[0]) == "16:30"
        assert localize_input(MOMENT, get_format("DATETIME_INPUT_FORMATS")[0]) == "2026-12-17T16:30"
        assert get_format("FIRST_DAY_OF_WEEK") == 1
