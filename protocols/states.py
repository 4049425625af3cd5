"""States of a protocol, of its editions and points, and ways of signing it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Life of a protocol (clauses 15, 23)."""

    DRAFT = "draft", _("draft")
    PREPARING = "preparing", _("the document is being made")
    AWAITING = "awaiting", _("with the chair for signature")
    SIGNED = "signed", pgettext_lazy("protocol", "signed")


# The text is out of the secretary's hands; editing takes it back.
WITH_HEAD = frozenset({State.PREPARING, State.AWAITING})


class EditionState(models.TextChoices):
    """What became of the text that was sent for signature."""

    CURRENT = "current", _("current")
    REPLACED = "replaced", _("replaced by a later edition")
    TAKEN_BACK = "taken_back", _("taken back for editing")
    RETURNED = "returned", _("returned with a remark")
    SIGNED = "signed", _("signed")


class PointKind(models.TextChoices):
    """Kind of a point: by whether the executor is subordinate to the akimat."""

    INSTRUCTION = "instruction", _("instruction")
    RECOMMENDATION = "recommendation", _("recommendation")


class Method(models.TextChoices):
    """Ways of signing; the national e-signature comes as another row."""

    PASSWORD = "password", _("confirmation with the password, not an e-signature")
