"""Vocabularies of who is who, and of what becomes of a notice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a seat does in the Staff (annex 1 of the act)."""

    HEAD = "head", _("Head of the Staff")
    DEPUTY_HEAD = "deputy_head", _("Deputy head of the Staff")
    SECRETARY = "secretary", _("Secretary of the Staff")
    MEMBER = "member", _("Member of the Staff")


class Language(models.TextChoices):
    """Languages of the portal; Kazakh is the default (clause 19)."""

    KAZAKH = "kk", "Қазақша"
    RUSSIAN = "ru", "Русский"


class DayKind(models.TextChoices):
    """How a calendar day departs from the five-day week."""

    HOLIDAY = "holiday", _("Day off")
    WORKING = "working", _("Working Saturday or Sunday")


class Mail(models.TextChoices):
    """What became of a notice's letter. An unclear one is never sent twice by itself."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not delivered")
    UNCLEAR = "unclear", _("Check by hand")
