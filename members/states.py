"""Vocabularies of who is who, and of what becomes of a notice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a seat does in the Staff (annex 1 of the act)."""

    HEAD = "head", _("Head of the Staff")
    DEPUTY_HEAD = "deputy_head", _("Deputy head of the Staff")
    SECRETARY = "secretary", _("Secretary of the Staff")
    MEMBER = "member", _("Member of the Staff")


class PlaceRole(models.TextChoices):
    """What a person without a seat does for the Staff; none of them counts in the total (clause 13)."""

    CONTROLLER = "controller", _("Controller of the working body")
    AGENCY = "agency", _("Officer of an agency")
    ANALYST = "analyst", _("Analyst")
    AUDITOR = "auditor", _("Auditor")
    INVITED = "invited", _("Invited person")


class Recognised(models.TextChoices):
    """How the secretary made sure who asks for a new second factor."""

    IN_PERSON = "in_person", _("Came in person with an identity document")
    BY_PHONE = "by_phone", _("I called the work phone and know the voice")


class Rank(models.TextChoices):
    """The level of an office, for the floor that clause 8 sets."""

    FIRST = "first", _("First head of a body")
    DEPUTY = "deputy", _("Deputy of the first head")
    BELOW = "below", _("Below a deputy of the first head")


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
    BY_HAND = "by_hand", _("Delivered otherwise")


# Which letters the secretary may send again, and which she may declare delivered otherwise.
SENT_AGAIN = {Mail.FAILED, Mail.UNCLEAR}
HANDLED_BY_HAND = SENT_AGAIN | {Mail.WAITING}
