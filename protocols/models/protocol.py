from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models import AgendaItem, Meeting
from members.models import Organisation, Staff
from protocols.states import PointKind, State


class ProtocolQuerySet(models.QuerySet["Protocol"]):
    def for_page(self) -> "ProtocolQuerySet":
        """Return protocols with what their pages and their document read of the meeting."""
        return self.select_related("meeting__staff", "meeting__regulation", "meeting__chair")


class Protocol(models.Model):
    """The protocol (хаттама) of a meeting: what is typed; the facts come from the meeting (clause 23)."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="protocol")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(_("version of the text"), default=1)
    created_at = models.DateTimeField(_("drawn up"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="protocols_drawn_up"
    )
    first_sent_at = models.DateTimeField(_("first sent for signature"), null=True, blank=True)
    days_late = models.PositiveSmallIntegerField(_("days late"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="protocols_signed"
    )

    objects = ProtocolQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("-meeting__day",)
        verbose_name = _("protocol")
        verbose_name_plural = _("protocols")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="protocol_state_known"),
            models.CheckConstraint(
                condition=Q(state=State.SIGNED, signed_at__isnull=False, signed_by__isnull=False)
                | ~Q(state=State.SIGNED) & Q(signed_at__isnull=True, signed_by__isnull=True),
                name="protocol_signed_at_by",
            ),
            models.CheckConstraint(
                condition=Q(first_sent_at__isnull=True, days_late__isnull=True)
                | Q(first_sent_at__isnull=False, days_late__isnull=False),
                name="protocol_sent_with_lateness",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}"

    def get_absolute_url(self) -> str:
        return self.meeting.address("protocols:detail")


class ProtocolItem(models.Model):
    """What is typed about one item: who was heard, who spoke and what about."""

    protocol = models.ForeignKey(Protocol, models.CASCADE, related_name="items")
    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="protocol_item")
    heard_kk = models.TextField(_("heard, in Kazakh"), blank=True)
    heard_ru = models.TextField(_("heard, in Russian"), blank=True)
    spoke_kk = models.TextField(_("spoke, in Kazakh"), blank=True)
    spoke_ru = models.TextField(_("spoke, in Russian"), blank=True)
    version = models.PositiveIntegerField(_("version of the text"), default=1)

    history = HistoricalRecords()

    class Meta:
        ordering = ("item__order",)
        verbose_name = _("item of the protocol")
        verbose_name_plural = _("items of the protocol")

    def __str__(self) -> str:
        return f"{self.item}"


class PointQuerySet(models.QuerySet["Point"]):
    def in_force(self) -> "PointQuerySet":
        """Return the points of signed protocols, which are what executors must do (clause 23)."""
        return self.filter(protocol_item__protocol__state=State.SIGNED)

    def for_register(self, staff: Staff) -> "PointQuerySet":
        """Return the points of `staff` that somebody must carry out, with what the register shows."""
        return (
            self.filter(protocol_item__protocol__meeting__staff=staff, executor__isnull=False)
            .select_related("executor", "protocol_item__item", "protocol_item__protocol__meeting__staff")
            .order_by("-protocol_item__protocol__meeting__day", "protocol_item__item__order", "number")
        )


class Point(models.Model):
    """A point of the decision with its executor and term, cited as "3.1" (item and point)."""

    protocol_item = models.ForeignKey(ProtocolItem, models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=14, choices=PointKind.choices)
    text_kk = models.TextField(_("text in Kazakh"), blank=True)
    text_ru = models.TextField(_("text in Russian"), blank=True)
    executor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="points", verbose_name=_("executor")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    is_standing = models.BooleanField(_("on a standing basis"), default=False)

    objects = PointQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("protocol_item__item__order", "number")
        verbose_name = _("point of the decision")
        verbose_name_plural = _("points of the decision")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["protocol_item", "number"], name="point_number_once"),
            models.CheckConstraint(condition=Q(kind__in=PointKind.values), name="point_kind_known"),
            models.CheckConstraint(
                condition=Q(is_standing=False) | Q(due_on__isnull=True), name="point_date_or_standing"
            ),
        ]

    def __str__(self) -> str:
        return self.cited

    @property
    def cited(self) -> str:
        return f"{self.protocol_item.item.order}.{self.number}"
