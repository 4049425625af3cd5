from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.agenda import AgendaItem, Question
from meetings.states import MaterialLanguage
from members.models import Organisation


class OwedMaterial(models.Model):
    """A named document that an agency owes for an item, five days before the meeting (clause 22)."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="owed")
    agency = models.ForeignKey(
        Organisation, models.PROTECT, related_name="owed", verbose_name=_("agency that brings it")
    )
    title_kk = models.CharField(_("title in Kazakh"), max_length=200, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=200, blank=True)
    language = models.CharField(
        _("language"), max_length=4, choices=MaterialLanguage.choices, default=MaterialLanguage.BOTH
    )
    version = models.PositiveIntegerField(_("version of the text"), default=1)

    history = HistoricalRecords()

    class Meta:
        ordering = ("item", "pk")
        verbose_name = _("awaited material")
        verbose_name_plural = _("awaited materials")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(title_kk="", title_ru=""), name="owed_has_a_title"),
            models.CheckConstraint(
                condition=Q(language__in=MaterialLanguage.values), name="owed_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title_kk or self.title_ru


class Material(models.Model):
    """A document for a question, kept under a generated name with its SHA-256 (clause 22).

    A corrected document is a new row that names the one it replaces; nothing is written over.
    """

    # The question keeps its documents when it is taken off an agenda.
    question = models.ForeignKey(Question, models.PROTECT, related_name="materials")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="materials")
    owed = models.ForeignKey(OwedMaterial, models.SET_NULL, null=True, blank=True, related_name="materials")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="materials")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=4, choices=MaterialLanguage.choices)
    file = models.FileField(_("file"), max_length=200)
    file_name = models.CharField(_("name of the file"), max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    restricted_ground = models.CharField(
        _("ground of the restriction"),
        max_length=300,
        blank=True,
        help_text=_("The law by which access is limited; empty for an ordinary document"),
    )
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
            models.CheckConstraint(
                condition=Q(version=1, replaces__isnull=True) | Q(version__gt=1, replaces__isnull=False),
                name="material_version_replaces",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_restricted(self) -> bool:
        return bool(self.restricted_ground)


class MaterialReader(models.Model):
    """A person who may open a restricted document."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="restricted_materials")
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("material", "pk")
        verbose_name = _("reader of a restricted document")
        verbose_name_plural = _("readers of restricted documents")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["material", "user"], name="material_reader_once")
        ]

    def __str__(self) -> str:
        return f"{self.material_id}: {self.user_id}"


class MaterialReading(models.Model):
    """When a person first opened one version of a document: proof, and the reading mark (clause 26(4))."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="readings")
    opened_at = models.DateTimeField(_("opened"))

    class Meta:
        ordering = ("material", "pk")
        verbose_name = _("opening of a document")
        verbose_name_plural = _("openings of documents")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["material", "user"], name="material_opened_once")
        ]

    def __str__(self) -> str:
        return f"{self.material_id}: {self.user_id}"


class PrivateNote(models.Model):
    """What a member notes for himself about a document; nobody else reads it."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="notes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="private_notes")
    text = models.TextField(_("note for myself"))
    updated_at = models.DateTimeField(_("saved"))

    class Meta:
        ordering = ("material", "pk")
        verbose_name = _("private note")
        verbose_name_plural = _("private notes")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["material", "user"], name="private_note_once")
        ]

    def __str__(self) -> str:
        return f"{self.material_id}: {self.user_id}"
