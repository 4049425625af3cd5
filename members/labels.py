"""Sentences that belong to every app: letters in both languages, and why somebody may not."""

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import get_language, gettext_lazy

from members.days import local_text
from members.notices import Message
from members.states import PlaceRole, Role
from regulation.verdicts import Verdict

ROLES: dict[str, object] = dict([*Role.choices, *PlaceRole.choices])

REASONS = {
    "other_staff": gettext_lazy("This belongs to another Staff."),
    "not_your_role": gettext_lazy("Only %(who)s may do this. You need not: it is not among your duties."),
}


def refusal(verdict: Verdict) -> str:
    """Return why the person may not, in the current language."""
    who = ", ".join(lower_first(str(ROLES[role])) for role in verdict.facts.get("roles", []))  # type: ignore[attr-defined]
    return REASONS[verdict.reason] % {"who": who}


def lower_first(text: str) -> str:
    """Return `text` as it stands inside a sentence: «Штаб» keeps its capital letter."""
    return text[:1].lower() + text[1:]


def local(item: object, field: str) -> str:
    """Return the text of `field` in the current language, or in the other one where it is missing."""
    return local_text(item, field, get_language())[0]


def message(words: Callable[[], tuple[str, str]], path: str) -> Message:
    """Return a letter whose `words()` gives subject and text in the current language, said in both."""
    said = {}
    for language in ("kk", "ru"):
        with translation.override(language):
            said[language] = words()
    return Message(
        subject_kk=said["kk"][0],
        subject_ru=said["ru"][0],
        text_kk=said["kk"][1],
        text_ru=said["ru"][1],
        path=path,
    )
