from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.agenda import AgendaItem, AgendaVersion, Question
from meetings.models.meeting import Meeting
from meetings.states import MaterialLanguage
from members.models import Notice, Organisation


class Material(models.Model):
    """A document for a question, kept under a generated name with its SHA-256 (clause 22)."""

    # The question keeps its documents when it is taken off an agenda.
    question = models.ForeignKey(Question, models.PROTECT, related_name="materials")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="materials")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="materials")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=4, choices=MaterialLanguage.choices)
    file = models.FileField(_("file"), max_length=200)
    file_name = models.CharField(_("name of the file"), max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("received"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="materials_uploaded"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="materials_withdrawn"
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ("item", "pk")
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(language__in=MaterialLanguage.values), name="material_language_known"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="material_withdrawn_at_by",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Invitee(models.Model):
    """A person invited to the meeting: takes part, has no vote, is outside the quorum (clauses 20, 21)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitees")
    name = models.CharField(_("name"), max_length=120)
    office_kk = models.CharField(_("office in Kazakh"), max_length=300, blank=True)
    office_ru = models.CharField(_("office in Russian"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ("meeting", "pk")
        verbose_name = _("invited person")
        verbose_name_plural = _("invited persons")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "name"], name="invitee_once"),
            models.CheckConstraint(condition=~Q(office_kk="", office_ru=""), name="invitee_has_an_office"),
        ]

    def __str__(self) -> str:
        return self.name


class Dispatch(models.Model):
    """The sending of an approved agenda with its materials (clauses 22, 26(4))."""

    version = models.OneToOneField(AgendaVersion, models.PROTECT, related_name="dispatch")
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="dispatches")
    days_late = models.PositiveSmallIntegerField(_("days late"), default=0)

    class Meta:
        ordering = ("-sent_at",)
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")

    def __str__(self) -> str:
        return f"{self.version}"


class Delivery(models.Model):
    """Proof of sending to one person: the notice that went out, and when the pack was opened."""

    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="deliveries")
    notice = models.OneToOneField(Notice, models.PROTECT, related_name="delivery")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self) -> str:
        return f"{self.dispatch_id}: {self.notice_id}"
