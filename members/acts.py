"""What the acts of the journal are called: one table per app, acts of people and their places here."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from members.days import long_day
from members.labels import lower_first
from members.states import PlaceRole, Rank


class Act(NamedTuple):
    """The sentence of an act with its facts in it; `to_all`: every member may read who did it and when.

    An act is `to_all` when its result lies open to all members anyway: a date, an approved agenda, an
    outcome, a signed protocol. Drafts and what concerns single persons are not.
    """

    sentence: Promise
    to_all: bool = False


class Fact(NamedTuple):
    """The name of a fact kept with an entry, and how its value is said."""

    name: Promise | str
    said: Callable[[Any], str] = str


class Words(dict[str, Any]):
    """Facts for a sentence; one that an old entry does not have is a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def yes_or_no(value: object) -> str:
    """Return the word for a flag, in the current language."""
    return _("yes") if value else _("no")


def day_word(value: str) -> str:
    """Return the words of a day that an entry keeps in ISO form; other text stays as it is."""
    try:
        return long_day(date.fromisoformat(value), get_language())
    except ValueError:
        return str(value)


def rank_word(value: str) -> str:
    """Return the words of a level of an office, in the current language."""
    return str(dict(Rank.choices).get(value, "–"))


def words_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of an entry as its sentence says them."""
    roles = dict(PlaceRole.choices)
    return dict(data) | {"role_word": lower_first(str(roles.get(data.get("role", ""), "–")))}


# The first part of a code: what kind of act it is.
KINDS: dict[str, Promise] = {
    "seat": gettext_lazy("holders of seats"),
    "composition": gettext_lazy("composition of the Staff"),
    "regulation": gettext_lazy("regulation"),
    "absence": gettext_lazy("absence of the head"),
    "person": gettext_lazy("access of a person"),
    "invitation": gettext_lazy("invitation"),
    "place": gettext_lazy("place in the Staff"),
    "letter": gettext_lazy("letters"),
    "user": gettext_lazy("name of a person"),
}
ACTS: dict[str, Act] = {
    "seat.taken": Act(gettext_lazy("%(name)s took a seat")),
    "seat.left": Act(gettext_lazy("%(name)s left a seat")),
    "seat.cancelled": Act(
        gettext_lazy("the entry of %(name)s in a seat was taken off: it was made by mistake")
    ),
    "seat.order_corrected": Act(gettext_lazy("the order on acting of %(name)s was corrected")),
    "seat.consent_recorded": Act(
        gettext_lazy("the consent letter or the level of the office was recorded: seat %(order)s")
    ),
    "composition.drafted": Act(gettext_lazy("a draft of a new composition was begun")),
    "composition.seat_added": Act(gettext_lazy("seat %(order)s was added to the draft")),
    "composition.seat_changed": Act(gettext_lazy("seat %(order)s of the draft was changed")),
    "composition.seat_moved": Act(gettext_lazy("seat %(order)s of the draft was moved to place %(to)s")),
    "composition.seat_removed": Act(gettext_lazy("seat %(order)s was taken out of the draft")),
    "composition.act_written": Act(gettext_lazy("the act of the draft composition was written down")),
    "composition.approved": Act(gettext_lazy("the composition was approved by an act"), to_all=True),
    "composition.act_completed": Act(
        gettext_lazy("the act that approved the composition was completed"), to_all=True
    ),
    "composition.discarded": Act(gettext_lazy("the draft composition was discarded")),
    "composition.imported": Act(
        gettext_lazy("a sheet was imported: new – %(new)s, changed – %(changed)s, taken out – %(removed)s")
    ),
    "regulation.drafted": Act(gettext_lazy("a draft of a new regulation was begun")),
    "regulation.parameters_set": Act(gettext_lazy("parameters of the draft regulation were set")),
    "regulation.act_written": Act(gettext_lazy("the act of the draft regulation was written down")),
    "regulation.approved": Act(gettext_lazy("the regulation was approved by an act"), to_all=True),
    "regulation.act_completed": Act(
        gettext_lazy("the act that approved the regulation was completed"), to_all=True
    ),
    "regulation.discarded": Act(gettext_lazy("the draft regulation was discarded")),
    "absence.recorded": Act(
        gettext_lazy("the absence of the head was recorded, the duties are performed by %(name)s")
    ),
    "absence.ended": Act(
        gettext_lazy("the absence of the head ended, the duties were performed by %(name)s")
    ),
    "absence.cancelled": Act(
        gettext_lazy("the absence of the head was cancelled before it began, %(name)s was to replace him")
    ),
    "person.invited": Act(gettext_lazy("%(name)s was invited to sign in")),
    "person.email_corrected": Act(
        gettext_lazy("the e-mail of %(name)s was corrected before the first sign-in")
    ),
    "person.account_closed": Act(gettext_lazy("the account of %(name)s was closed")),
    "person.account_opened": Act(gettext_lazy("the account of %(name)s was opened again")),
    "person.second_factor_reset": Act(gettext_lazy("the second factor of %(name)s was reset")),
    "invitation.accepted": Act(gettext_lazy("%(name)s accepted the invitation")),
    "invitation.withdrawn": Act(gettext_lazy("the invitation of %(name)s was withdrawn")),
    "place.granted": Act(gettext_lazy("%(name)s was given a place: %(role_word)s")),
    "letter.retried": Act(gettext_lazy("the letter to %(name)s was sent again")),
    "letter.by_hand": Act(gettext_lazy("the letter to %(name)s was marked as delivered otherwise")),
    "user.renamed": Act(gettext_lazy("the name of a person was corrected: %(name)s")),
    "place.ended": Act(gettext_lazy("the place of %(name)s was ended: %(role_word)s")),
}
FACTS: dict[str, Fact] = {
    "since": Fact(gettext_lazy("since"), day_word),
    "until": Fact(gettext_lazy("until"), day_word),
    "ground": Fact(gettext_lazy("ground of the absence")),
    "office": Fact(gettext_lazy("office")),
    "was": Fact(gettext_lazy("before")),
    "order": Fact(gettext_lazy("order on acting")),
    "consent": Fact(gettext_lazy("consent letter")),
    "level": Fact(gettext_lazy("level of the office"), rank_word),
    "act_number": Fact(gettext_lazy("number of the act")),
    "act_date": Fact(gettext_lazy("date of the act"), day_word),
    "in_force_from": Fact(gettext_lazy("in force from"), day_word),
}
