from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.agenda import AgendaItem, AgendaVersion
from meetings.models.materials import Material
from meetings.models.meeting import Meeting
from meetings.states import PackState, Reply
from members.models import Notice, Seat
from members.states import Language


class Invitee(models.Model):
    """A person invited to the meeting: takes part, has no vote, is outside the quorum (clauses 20, 21)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitees")
    name = models.CharField(_("name"), max_length=120)
    office_kk = models.CharField(_("office in Kazakh"), max_length=300, blank=True)
    office_ru = models.CharField(_("office in Russian"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    # None: for the whole meeting.
    items = models.ManyToManyField(
        AgendaItem, blank=True, related_name="invitees", verbose_name=_("for which questions")
    )
    stands_in_for = models.ForeignKey(
        Seat,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stand_ins",
        verbose_name=_("comes instead of a member"),
    )
    version = models.PositiveIntegerField(_("version of the text"), default=1)

    history = HistoricalRecords()

    class Meta:
        ordering = ("meeting", "pk")
        verbose_name = _("invited person")
        verbose_name_plural = _("invited persons")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "name"], name="invitee_once"),
            models.UniqueConstraint(
                "meeting", Lower("email"), condition=~Q(email=""), name="invitee_email_once"
            ),
            models.CheckConstraint(condition=~Q(office_kk="", office_ru=""), name="invitee_has_an_office"),
        ]

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """Whether a person will come; a forecast only, the quorum is counted at the meeting (clause 20)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="replies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="replies")
    reply = models.CharField(_("answer"), max_length=8, choices=Reply.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered"))

    history = HistoricalRecords()

    class Meta:
        ordering = ("meeting", "pk")
        verbose_name = _("answer to the invitation")
        verbose_name_plural = _("answers to the invitation")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "user"], name="answer_once"),
            models.CheckConstraint(condition=Q(reply__in=Reply.values), name="answer_known"),
            models.CheckConstraint(
                condition=~Q(reply=Reply.WILL_NOT) | ~Q(reason=""), name="answer_no_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.user_id}"


class Dispatch(models.Model):
    """The sending of an approved agenda with its materials (clauses 22, 26(4)).

    The first dispatch of a version carries everything; a later one the documents that came after it.
    """

    version = models.ForeignKey(AgendaVersion, models.PROTECT, related_name="dispatches")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    materials = models.ManyToManyField(Material, blank=True, related_name="dispatches")
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="dispatches")
    days_late = models.PositiveSmallIntegerField(_("days late"), default=0)
    late_reason = models.CharField(_("reason of the lateness"), max_length=300, blank=True)

    class Meta:
        ordering = ("-sent_at", "-pk")
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "number"], name="dispatch_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.version}/{self.number}"


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


class Pack(models.Model):
    """One bookmarked PDF of the agenda and materials, made by a task from what `fingerprint` names."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="packs")
    language = models.CharField(max_length=2, choices=Language.choices)
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=7, choices=PackState.choices, default=PackState.WAITING)
    done = models.PositiveSmallIntegerField(_("documents done"), default=0)
    total = models.PositiveSmallIntegerField(_("documents in all"), default=0)
    file = models.FileField(_("file"), max_length=200, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    # The documents whose pages are in the file: who takes it has opened these alone (clause 26(4)).
    bound = models.ManyToManyField(Material, blank=True, related_name="packs")
    asked_at = models.DateTimeField(_("asked for"))
    claimed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name = _("file of the agenda and materials")
        verbose_name_plural = _("files of the agenda and materials")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "language", "fingerprint"], name="pack_once"),
            models.CheckConstraint(condition=Q(state__in=PackState.values), name="pack_state_known"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="pack_language_known"),
            models.CheckConstraint(
                condition=Q(state=PackState.READY, made_at__isnull=False) & ~Q(file="")
                | ~Q(state=PackState.READY) & Q(made_at__isnull=True),
                name="pack_ready_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.fingerprint[:8]}"


class CalendarFeed(models.Model):
    """The address by which a person's calendar program reads the meetings; revocable, kept as a hash."""

    staff = models.ForeignKey("members.Staff", models.CASCADE, related_name="feeds")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("created"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["staff", "user"], condition=Q(revoked_at__isnull=True), name="feed_one_in_use"
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.user_id}"
