from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models.agenda import AgendaItem
from meetings.models.attendance import Elector
from meetings.models.meeting import Meeting
from meetings.states import Choice

REASONS = ("majority", "casting_vote", "not_enough_votes", "tie_not_broken", "no_quorum")


class Ballot(models.Model):
    """An open vote on one item: the text put to the vote and, once closed, its outcome (clause 13)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="ballots")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="ballots")
    text_kk = models.TextField(blank=True)
    text_ru = models.TextField(blank=True)
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ballots_opened")
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="ballots_closed"
    )
    total = models.PositiveSmallIntegerField(_("total number of members"))
    present = models.PositiveSmallIntegerField(_("present"), null=True, blank=True)
    present_ids = models.JSONField(_("who was present at the closing"), default=list, blank=True)
    needed = models.PositiveSmallIntegerField(_("votes needed"), null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_abstained = models.PositiveSmallIntegerField(null=True, blank=True)
    chair = models.ForeignKey(Elector, models.PROTECT, null=True, blank=True, related_name="ballots_chaired")
    chair_vote = models.CharField(max_length=9, choices=Choice.choices, blank=True)
    adopted = models.BooleanField(null=True, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    clause = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ("item__order", "pk")
        verbose_name = _("vote on an item")
        verbose_name_plural = _("votes on items")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(closed_at__isnull=True), name="ballot_one_open_a_meeting"
            ),
            # A vote that lost its quorum decided nothing: the item may be voted again.
            models.UniqueConstraint(
                fields=["item"], condition=~Q(reason="no_quorum"), name="ballot_one_an_item"
            ),
            models.CheckConstraint(condition=~Q(text_kk="", text_ru=""), name="ballot_has_a_text"),
            models.CheckConstraint(
                condition=Q(chair_vote__in=["", *Choice.values]), name="ballot_chair_vote_known"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, adopted__isnull=True, reason="")
                | Q(
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                    adopted__isnull=False,
                    present__isnull=False,
                    needed__isnull=False,
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    votes_abstained__isnull=False,
                    reason__in=REASONS,
                ),
                name="ballot_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True)
                | Q(present__gte=F("votes_for") + F("votes_against") + F("votes_abstained")),
                name="ballot_votes_of_the_present",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Vote(models.Model):
    """The vote of one member; it may change until the ballot closes, every change is in `VoteChange`."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="votes")
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="cast_votes")
    choice = models.CharField(max_length=9, choices=Choice.choices)
    cast_at = models.DateTimeField(_("cast"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="votes_entered")
    by_hand = models.BooleanField(_("recorded by the secretary from a raised hand"), default=False)
    code = models.CharField(_("receipt"), max_length=9, unique=True)

    class Meta:
        ordering = ("ballot", "elector__order")
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ballot", "elector"], name="vote_once"),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="vote_choice_known"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse(
            "meetings:receipt", kwargs={"staff": self.elector.meeting.staff.code, "code": self.code}
        )


class VoteChange(models.Model):
    """Every version of a vote in the order in which it came; append-only."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="changes")
    choice = models.CharField(max_length=9, choices=Choice.choices)
    cast_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_hand = models.BooleanField(default=False)
    key = models.CharField(max_length=36)

    class Meta:
        ordering = ("vote", "pk")
        verbose_name = _("version of a vote")
        verbose_name_plural = _("versions of a vote")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["vote", "key"], name="vote_act_once"),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="vote_change_choice_known"),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id}: {self.key}"
