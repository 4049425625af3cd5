"""Changes of the plan, grounds and lateness as sentences in the reader's language."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.models import JustificationNote, WorkPlan
from meetings.months import month_word
from meetings.states import Change
from members.days import NBSP, known, long_day
from members.labels import local
from members.models import Seat, Staff

MONTH = {"kk": "{year}~жылғы {month}", "ru": "{month} {year}~года"}
HALF = {
    "kk": ("{year}~жылғы бірінші жартыжылдық", "{year}~жылғы екінші жартыжылдық"),
    "ru": ("первое полугодие {year}~года", "второе полугодие {year}~года"),
}


def month_of(year: int, month: int, language: str | None) -> str:
    """Return «2026 жылғы желтоқсан» or «декабрь 2026 года»."""
    text = MONTH[known(language)].format(year=year, month=month_word(month, language))
    return text.replace("~", NBSP)


def half_year(plan: WorkPlan, language: str | None) -> str:
    """Return «2026 жылғы екінші жартыжылдық» or «второе полугодие 2026 года»."""
    return HALF[known(language)][plan.half - 1].format(year=plan.year).replace("~", NBSP)


def change_sentence(note: JustificationNote) -> str:
    """Return what a note proposes, with the question and the new month (clause 18)."""
    facts = {"question": local(note.question, "title"), "month": month_to(note)}
    if note.kind == Change.REMOVE:
        return _("Removal of the question «%(question)s»") % facts
    if note.kind == Change.MOVE:
        return _("Moving of the question «%(question)s», the new time: %(month)s") % facts
    return _("Adding of the question «%(question)s», the time: %(month)s") % facts


def month_to(note: JustificationNote) -> str:
    """Return the month to which a note takes its question, in the current language; empty for a removal."""
    if not note.to_year or not note.to_month:
        return ""
    return month_of(note.to_year, note.to_month, get_language())


def said_as(staff: Staff, who: str, language: str | None) -> str:
    """Return «name, office», kept in Kazakh on the day of the act, with the office in `language`.

    An office that no composition of the Staff knows stays as it was written.
    """
    name, comma, office = who.partition(", ")
    if not comma or known(language) == "kk":
        return who
    seat = Seat.objects.filter(composition__staff=staff, office_kk=office).exclude(office_ru="")
    found = seat.order_by("-composition__in_force_from", "pk").first()
    return f"{name}, {found.office_ru if found else office}"


def lateness_sentence(due: date, days: int, *, missing: bool) -> str:
    """Return why the working body proposes to move or remove a late question (clause 22)."""
    facts = {"due": long_day(due, get_language()), "days": days}
    if missing:
        return _("The material was due by %(due)s inclusive and has not come (clause 22).") % facts
    return (
        _("The material was due by %(due)s inclusive and came late, by days: %(days)s (clause 22).") % facts
    )
