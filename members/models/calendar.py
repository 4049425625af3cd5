from datetime import date
from typing import ClassVar, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from members.states import DayKind


class WorkCalendar(NamedTuple):
    """Days that depart from the five-day week, as `regulation.terms` takes them."""

    holidays: frozenset[date]
    extra_working: frozenset[date]


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):
    def work_calendar(self) -> WorkCalendar:
        """Return all days off and all moved working days (local dates)."""
        days: dict[str, set[date]] = {kind: set() for kind in DayKind.values}
        for day, kind in self.values_list("day", "kind"):
            days[kind].add(day)
        return WorkCalendar(frozenset(days[DayKind.HOLIDAY]), frozenset(days[DayKind.WORKING]))


class CalendarDay(models.Model):
    """A public holiday or a moved working day of Kazakhstan; editable, with its source."""

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=DayKind.choices)
    name_kk = models.CharField(_("name in Kazakh"), max_length=160)
    name_ru = models.CharField(_("name in Russian"), max_length=160)
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = CalendarDayQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("day",)
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind__in=DayKind.values), name="calendar_day_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}"
