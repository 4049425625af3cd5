"""Reason codes and outcomes as sentences in the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from meetings.models import Ballot, Meeting
from meetings.states import Choice, Presence, State
from members.days import NBSP, day_of_month, short_day
from members.labels import OF_FILES
from regulation.verdicts import Verdict

STATES = dict(State.choices)
PRESENCES = dict(Presence.choices)

REASONS = {
    "wrong_meeting_state": gettext_lazy("The meeting is in another state now: %(state_word)s."),
    "meeting_has_begun": gettext_lazy("The meeting has begun, its agenda does not change any more."),
    "agenda_is_with_head": gettext_lazy(
        "Version %(version)s of the agenda is with the head. Take it back first."
    ),
    "item_moved_meanwhile": gettext_lazy(
        "The agenda changed after you opened this page: another question stands here now. Open it again."
    ),
    "item_edited_meanwhile": gettext_lazy(
        "Question %(order)s was changed in another window meanwhile. Open it again: yours is below, compare."
    ),
    "agenda_is_empty": gettext_lazy("The agenda has no questions yet. Add at least one."),
    "item_without_speaker": gettext_lazy("Question %(order)s: name the speaker."),
    "item_without_draft": gettext_lazy(
        "Question %(order)s: write the draft decision in at least one language."
    ),
    "agenda_unchanged": gettext_lazy("Nothing has changed since version %(version)s was approved."),
    "agenda_already_decided": gettext_lazy("Version %(version)s of the agenda has already been decided."),
    "agenda_changed_meanwhile": gettext_lazy(
        "The agenda changed after you opened it. Read it again and decide."
    ),
    "only_the_head": gettext_lazy("By the regulation in force only the head himself approves the agenda."),
    "ground_needed": gettext_lazy("You act for the head: write the ground of the head's absence."),
    "late_already_admitted": gettext_lazy(
        "The late material of question %(order)s has already been admitted."
    ),
    "material_in_time": gettext_lazy(
        "The material of question %(order)s is not late, nothing needs deciding."
    ),
    "agenda_not_approved": gettext_lazy("The agenda is not approved yet. Submit it to the head first."),
    "agenda_changed_after_approval": gettext_lazy(
        "The agenda was changed after version %(version)s was approved. Submit it again."
    ),
    "already_dispatched": gettext_lazy("Version %(version)s has already been sent to everybody."),
    "not_the_day": gettext_lazy("The meeting is on %(day_word)s. Registration begins on that day."),
    "attendance_closed": gettext_lazy(
        "Attendance is marked only from registration until the end of the meeting."
    ),
    "seat_is_vacant": gettext_lazy(
        "The seat is vacant: it counts in the total, and nobody may sit in for it."
    ),
    "has_voted_in_open_ballot": gettext_lazy("%(name)s has voted in the vote that is open. Close it first."),
    "only_head_or_deputy_chairs": gettext_lazy("Only the head chairs, and in his absence a deputy head."),
    "head_is_present": gettext_lazy(
        "The head is at the meeting and chairs it; a deputy chairs only in his absence."
    ),
    "attendance_relied_on": gettext_lazy(
        "Votes have relied on this attendance. Mark the member as having left."
    ),
    "has_voted_personally": gettext_lazy("%(name)s has voted personally; nobody writes over that vote."),
    "material_missing": gettext_lazy("Question %(order)s has no material yet, there is nothing to admit."),
    "chair_not_present": gettext_lazy("%(name)s is not marked present. Mark the chair first."),
    "no_quorum": gettext_lazy(
        "There is no quorum: %(present)s of %(total)s are present, %(needed)s are needed."
    ),
    "there_is_a_quorum": gettext_lazy(
        "There is a quorum: %(present)s of %(total)s are present. Open the meeting."
    ),
    "no_chair": gettext_lazy("Choose who chairs the meeting first."),
    "meeting_not_open": gettext_lazy("The meeting is not in session, nothing can be put to the vote."),
    "another_vote_is_open": gettext_lazy("The vote on question %(order)s is still open. Close it first."),
    "item_already_voted": gettext_lazy("Question %(order)s has been voted already, its outcome stands."),
    "no_vote_here": gettext_lazy(
        "You have no vote at this meeting: only members of the Staff vote, without substitution."
    ),
    "vote_is_closed": gettext_lazy(
        "The vote was closed at %(closed_word)s, no vote is counted after that. Tell the chair now."
    ),
    "not_marked_present": gettext_lazy("To vote, say first that you are at the meeting."),
    "vote_is_going_on": gettext_lazy(
        "The vote on question %(order)s is open. Close it, then end the meeting."
    ),
    "already_present": gettext_lazy("You are already marked present."),
    **OF_FILES,
}


def refusal(verdict: Verdict) -> str:
    """Return why it does not happen now, in the current language."""
    return REASONS[verdict.reason] % words_of(verdict.facts)


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


def is_below_majority(ballot: Ballot) -> bool:
    """Return whether a tie was adopted with fewer votes than the majority (a notice, clause 13)."""
    return bool(ballot.adopted and ballot.votes_for is not None and ballot.votes_for < (ballot.needed or 0))
