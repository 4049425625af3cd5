from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import AgendaItem, Elector


class DissentingOpinion(models.Model):
    """A written dissenting opinion, attached to the protocol as it was filed (clause 14)."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="dissents")
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="dissents")
    text = models.TextField(_("opinion"))
    proposal = models.TextField(_("proposal"), blank=True)
    filed_at = models.DateTimeField(_("filed"))
    after_signing = models.BooleanField(_("received after signing"), default=False)

    class Meta:
        ordering = ("item__order", "filed_at")
        verbose_name = _("dissenting opinion")
        verbose_name_plural = _("dissenting opinions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "elector"], name="dissent_once")
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.elector}"
