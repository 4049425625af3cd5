from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.agenda import Question
from members.models import Seat, Staff


class Initiative(models.Model):
    """Members ask for an extraordinary meeting; more than half of N must join (clause 12).

    Once reached it stays reached: the numbers of that moment are kept, who leaves later changes nothing.
    """

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="initiatives")
    question = models.ForeignKey(Question, models.PROTECT, related_name="initiatives")
    ground = models.TextField(_("ground"))
    started_at = models.DateTimeField(_("started"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="initiatives_started"
    )
    reached_at = models.DateTimeField(_("reached"), null=True, blank=True)
    reached_joined = models.PositiveSmallIntegerField(_("joined"), null=True, blank=True)
    reached_needed = models.PositiveSmallIntegerField(_("needed"), null=True, blank=True)
    reached_total = models.PositiveSmallIntegerField(_("total number of members"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="initiatives_withdrawn"
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ("-started_at", "-pk")
        verbose_name = _("initiative of members")
        verbose_name_plural = _("initiatives of members")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(
                    reached_at__isnull=True,
                    reached_joined__isnull=True,
                    reached_needed__isnull=True,
                    reached_total__isnull=True,
                )
                | Q(
                    reached_at__isnull=False,
                    reached_joined__gte=models.F("reached_needed"),
                    reached_total__isnull=False,
                ),
                name="initiative_reached_with_numbers",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, reached_at__isnull=True),
                name="initiative_withdrawn_at_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:initiative", args=[self.staff.code, self.pk])


class Supporter(models.Model):
    """A member who joined an initiative, by the seat held that day; one may leave until it is reached."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="supporters")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="supports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="supports")
    joined_at = models.DateTimeField(_("joined"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        ordering = ("initiative", "joined_at", "pk")
        verbose_name = _("supporter of an initiative")
        verbose_name_plural = _("supporters of an initiative")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["initiative", "user"], condition=Q(left_at__isnull=True), name="supporter_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.user_id}"
