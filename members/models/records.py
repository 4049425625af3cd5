from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models.composition import Staff
from members.states import Language, Mail


class JournalHead(models.Model):
    """The end of a Staff's journal: its row lock orders the entries."""

    staff = models.OneToOneField(Staff, models.PROTECT, related_name="journal_head")
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.sequence}"


class JournalEntry(models.Model):
    """An act: who did what, when, by which clause. Append-only, chained by hash."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="journal")
    sequence = models.PositiveBigIntegerField(_("number"))
    at = models.DateTimeField(_("time"))
    act = models.CharField(_("act"), max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="journal"
    )
    actor_text = models.CharField(_("who"), max_length=500)
    object_type = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()
    clause = models.CharField(_("clause"), max_length=10, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    data = models.JSONField(_("data"), default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("staff", "sequence")
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["staff", "sequence"], name="journal_sequence_once")
        ]
        # "What happened to this object": the journal beside a meeting and a protocol.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["object_type", "object_id"], name="journal_by_object")
        ]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.act}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self) -> "NoticeQuerySet":
        """Return the notices whose letter has not gone out yet."""
        return self.filter(mail=Mail.WAITING)


class Notice(models.Model):
    """What somebody was told, once: the row is the outbox of mail and the inbox of the portal."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="notices")
    key = models.CharField(max_length=200, unique=True)
    event = models.CharField(_("event"), max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    name = models.CharField(_("name"), max_length=300)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.KAZAKH)
    subject_kk = models.CharField(max_length=300)
    subject_ru = models.CharField(max_length=300)
    text_kk = models.TextField()
    text_ru = models.TextField()
    path = models.CharField(max_length=300)
    # An iCalendar object (RFC 5546) that goes with the letter: REQUEST or CANCEL; empty for most.
    calendar = models.TextField(_("calendar entry"), blank=True)
    created_at = models.DateTimeField(_("created"))
    mail = models.CharField(_("letter"), max_length=8, choices=Mail.choices, default=Mail.WAITING)
    in_digest = models.BooleanField(_("with the letter of the day"), default=False)
    available_at = models.DateTimeField(_("not before"))
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("error"), max_length=300, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(mail__in=Mail.values), name="notice_mail_known"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="notice_language_known"),
            models.CheckConstraint(
                condition=Q(mail=Mail.SENT, sent_at__isnull=False)
                | ~Q(mail=Mail.SENT) & Q(sent_at__isnull=True),
                name="notice_sent_has_moment",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # The delivery task: what waits, oldest first.
            models.Index(fields=["mail", "available_at"], name="notice_to_send"),
            # News of a person on the home page.
            models.Index(fields=["recipient", "-created_at"], name="notice_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.created_at:%d.%m.%Y}"
