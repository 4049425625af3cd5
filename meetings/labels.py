"""Reason codes and outcomes as sentences in the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from meetings.models import Ballot, Meeting, WorkPlan
from meetings.reasons import REASONS
from meetings.states import Choice, Presence, State
from members.days import NBSP, day_of_month, short_day
from regulation.verdicts import Verdict

STATES = dict(State.choices)
PRESENCES = dict(Presence.choices)


def refusal(verdict: Verdict) -> str:
    """Return why it does not happen now, in the current language."""
    return str(REASONS[verdict.reason]) % words_of(verdict.facts)


def words_of(facts: Mapping[str, object]) -> dict[str, Any]:
    """Return the facts of a verdict with dates, moments and states as words."""
    words: dict[str, Any] = dict(facts)
    if state := words.get("state"):
        words["state_word"] = STATES.get(state, state)
    if presence := words.get("presence"):
        words["presence_word"] = PRESENCES[presence]
    if day := words.get("day"):
        # A journal entry keeps the day as text.
        day = date.fromisoformat(day) if isinstance(day, str) else day
        words["day_word"] = short_day(day, get_language())
    if closed := words.get("closed_at"):
        words["closed_word"] = f"{timezone.localtime(closed):%H:%M:%S}"
    return words


def meeting_title(meeting: Meeting) -> str:
    """Return how a meeting is called: by its number, before it has one by its date."""
    if meeting.number:
        return _("Meeting %(number)s") % {"number": f"№{NBSP}{meeting.number}"}
    return _("Meeting of %(day)s") % {"day": day_of_month(meeting.day, get_language())}


def plan_title(plan: WorkPlan) -> str:
    """Return how a half-year plan is called: by its half-year."""
    if plan.half == 1:
        return _("Plan for the first half of %(year)s") % {"year": plan.year}
    return _("Plan for the second half of %(year)s") % {"year": plan.year}


def outcome_sentence(ballot: Ballot) -> str:
    """Return the outcome of a closed vote as one sentence with its numbers (clause 13)."""
    numbers = {
        "for": ballot.votes_for,
        "against": ballot.votes_against,
        "abstained": ballot.votes_abstained,
        "needed": ballot.needed,
        "total": ballot.total,
        "present": ballot.present,
        "chair": ballot.chair.name if ballot.chair else "",
        "vote": CHOICES_SAID[ballot.chair_vote] if ballot.chair_vote else _("no vote"),
    }
    return str(OUTCOMES[ballot.reason, bool(ballot.adopted)] % numbers)


CHOICES_SAID = {
    Choice.FOR: gettext_lazy("«for»"),
    Choice.AGAINST: gettext_lazy("«against»"),
    Choice.ABSTAINED: gettext_lazy("«abstained»"),
    "": gettext_lazy("no vote"),
}

OUTCOMES = {
    ("majority", True): gettext_lazy(
        "Adopted: %(for)s for, %(needed)s of %(total)s needed; against %(against)s, abstained %(abstained)s."
    ),
    ("not_enough_votes", False): gettext_lazy(
        "Not adopted: %(for)s for, %(needed)s of %(total)s needed; "
        "against %(against)s, abstained %(abstained)s."
    ),
    ("casting_vote", True): gettext_lazy(
        "Adopted: %(for)s for and %(against)s against, the votes are equal; "
        "the chair decides: %(chair)s voted %(vote)s."
    ),
    ("casting_vote", False): gettext_lazy(
        "Not adopted: %(for)s for and %(against)s against, the votes are equal; "
        "the chair decides: %(chair)s voted %(vote)s."
    ),
    ("tie_not_broken", False): gettext_lazy(
        "Not adopted: %(for)s for and %(against)s against, the votes are equal and no casting vote decides."
    ),
    ("no_quorum", False): gettext_lazy(
        "Not adopted: %(present)s of %(total)s were present at the closing, there was no quorum."
    ),
}

# Why a vote ended as it did, in the journal; other acts have a reason in a person's own words.
WHY_SO = {
    "majority": gettext_lazy("the majority of the votes"),
    "not_enough_votes": gettext_lazy("fewer votes than needed"),
    "casting_vote": gettext_lazy("the votes were equal, the chair's vote decided"),
    "tie_not_broken": gettext_lazy("the votes were equal, no casting vote decided"),
    "no_quorum": gettext_lazy("no quorum at the closing"),
}


def is_below_majority(ballot: Ballot) -> bool:
    """Return whether a tie was adopted with fewer votes than the majority (a notice, clause 13)."""
    return bool(ballot.adopted and ballot.votes_for is not None and ballot.votes_for < (ballot.needed or 0))
