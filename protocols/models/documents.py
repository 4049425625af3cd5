from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.states import Language, Role
from protocols.models.protocol import Protocol
from protocols.states import EditionState, Method


class EditionQuerySet(models.QuerySet["Edition"]):
    def current(self) -> "EditionQuerySet":
        """Return the editions that lie with the chair or are signed: at most one per protocol."""
        return self.filter(state__in=(EditionState.CURRENT, EditionState.SIGNED)).select_related("signer")

    def without_documents(self) -> "EditionQuerySet":
        """Return the current editions whose documents are still to be made."""
        return self.filter(state=EditionState.CURRENT, documents__isnull=True)


class Edition(models.Model):
    """The text as it was sent for signature: the facts that both language documents are made from."""

    protocol = models.ForeignKey(Protocol, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    facts = models.JSONField(_("facts"))
    state = models.CharField(max_length=10, choices=EditionState.choices, default=EditionState.CURRENT)
    sent_at = models.DateTimeField(_("sent for signature"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="editions_sent")
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="editions_to_sign",
        verbose_name=_("who is to sign"),
    )
    remark = models.CharField(_("remark"), max_length=1000, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("protocol", "-number")
        verbose_name = _("edition of a protocol")
        verbose_name_plural = _("editions of a protocol")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["protocol", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["protocol"],
                condition=Q(state__in=[EditionState.CURRENT, EditionState.SIGNED]),
                name="edition_one_current",
            ),
            models.CheckConstraint(condition=Q(state__in=EditionState.values), name="edition_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.protocol}: {self.number}"


class ProtocolDocument(models.Model):
    """The exact bytes of one language, made once; they are what is read and signed."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="documents")
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    content = models.BinaryField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(_("pages"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        ordering = ("edition", "language")
        verbose_name = _("document of a protocol")
        verbose_name_plural = _("documents of a protocol")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["edition", "language"], name="document_language_once"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="document_language_known"),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.language}"


class Signature(models.Model):
    """A signature over the bytes of one document (clause 15)."""

    document = models.ForeignKey(ProtocolDocument, models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=12, choices=Role.choices)
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="signatures")
    signer_text = models.CharField(_("who"), max_length=500)
    method = models.CharField(_("way of signing"), max_length=10, choices=Method.choices)
    signed_at = models.DateTimeField(_("signed"))
    sha256 = models.CharField(max_length=64)
    evidence = models.JSONField(_("evidence"), default=dict)

    class Meta:
        ordering = ("document",)
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["document", "role"], name="signature_once"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="signature_method_known"),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.role}"
