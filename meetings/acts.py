"""What the acts about meetings are called in the journal, and which of them concern every member."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from meetings import labels
from meetings.states import Kind, Mode
from members.acts import Act, Fact, Words, day_word, yes_or_no
from members.days import hash_groups
from members.models import JournalEntry

KINDS: dict[str, Promise] = {
    "meeting": gettext_lazy("meeting"),
    "agenda": gettext_lazy("agenda"),
    "material": gettext_lazy("materials"),
    "pack": gettext_lazy("sending of the pack"),
    "attendance": gettext_lazy("attendance"),
    "ballot": gettext_lazy("votes on questions"),
    "vote": gettext_lazy("votes of members"),
}

ACTS: dict[str, Act] = {
    "meeting.scheduled": Act(gettext_lazy("the meeting was scheduled"), to_all=True),
    "meeting.rescheduled": Act(gettext_lazy("date, time or place were changed"), to_all=True),
    "meeting.regulation_followed": Act(
        gettext_lazy("the meeting went over to the version of the regulation in force on its day"),
        to_all=True,
    ),
    "meeting.registration_started": Act(
        gettext_lazy("registration was opened, members in all: %(total)s"), to_all=True
    ),
    "meeting.chair_appointed": Act(gettext_lazy("the chair was recorded"), to_all=True),
    "meeting.opened": Act(
        gettext_lazy("the meeting was opened, present %(present)s of %(total)s"), to_all=True
    ),
    "meeting.no_quorum": Act(gettext_lazy("no quorum: present %(present)s of %(total)s"), to_all=True),
    "meeting.ended": Act(gettext_lazy("the meeting was ended"), to_all=True),
    "meeting.invited": Act(gettext_lazy("a person was invited")),
    "meeting.uninvited": Act(gettext_lazy("an invitation was withdrawn")),
    "agenda.item_added": Act(gettext_lazy("question %(order)s was added")),
    "agenda.item_changed": Act(gettext_lazy("question %(order)s was changed")),
    "agenda.item_moved": Act(gettext_lazy("question %(order)s was moved to place %(to)s")),
    "agenda.item_removed": Act(gettext_lazy("question %(order)s was taken off")),
    "agenda.submitted": Act(gettext_lazy("version %(version)s of the agenda was submitted")),
    "agenda.approved": Act(gettext_lazy("version %(version)s of the agenda was approved"), to_all=True),
    "agenda.returned": Act(gettext_lazy("version %(version)s of the agenda was returned")),
    "agenda.withdrawn": Act(gettext_lazy("version %(version)s of the agenda was taken back")),
    "material.received": Act(gettext_lazy("a material for question %(order)s was received")),
    "material.withdrawn": Act(gettext_lazy("a material of question %(order)s was withdrawn")),
    "material.late": Act(gettext_lazy("the material of question %(order)s became late")),
    "material.admitted": Act(
        gettext_lazy("the late material of question %(order)s was admitted"), to_all=True
    ),
    "pack.dispatched": Act(gettext_lazy("agenda and materials were sent, version %(version)s"), to_all=True),
    "attendance.claimed": Act(gettext_lazy("%(name)s says: I am here")),
    "attendance.marked": Act(gettext_lazy("%(name)s: %(presence_word)s")),
    "ballot.opened": Act(gettext_lazy("the vote on question %(order)s was opened"), to_all=True),
    "vote.cast": Act(gettext_lazy("a vote was received, receipt %(receipt)s")),
    "ballot.closed": Act(gettext_lazy("the vote was closed, present %(present)s of %(total)s"), to_all=True),
}


def _votes(value: Mapping[str, str]) -> str:
    """Return «1 – «for», 2 – …»: votes by the order of the seats in the act."""
    said = {order: labels.CHOICES_SAID.get(choice, choice) for order, choice in value.items()}
    return ", ".join(f"{order} – {said[order]}" for order in sorted(said, key=int))


FACTS: dict[str, Fact] = {
    "day": Fact(gettext_lazy("date"), day_word),
    "regulation_from": Fact(gettext_lazy("regulation in force from"), day_word),
    "regulation": Fact(gettext_lazy("number of the act on the regulation")),
    "starts_at": Fact(gettext_lazy("time"), lambda value: value[:5]),
    "kind": Fact(gettext_lazy("kind"), lambda value: str(dict(Kind.choices).get(value, value))),
    "mode": Fact(gettext_lazy("mode"), lambda value: str(dict(Mode.choices).get(value, value))),
    "number": Fact(gettext_lazy("number")),
    "name": Fact(gettext_lazy("name")),
    "ground": Fact(gettext_lazy("ground of the head's absence")),
    "days_late": Fact(gettext_lazy("days late")),
    "by_hand": Fact(gettext_lazy("recorded by the secretary from a raised hand"), yes_or_no),
    "adopted": Fact(gettext_lazy("the decision is adopted"), yes_or_no),
    "needed": Fact(gettext_lazy("votes needed")),
    "votes": Fact(gettext_lazy("votes by seats"), _votes),
    "chair_vote": Fact(
        gettext_lazy("vote of the chair"), lambda value: str(labels.CHOICES_SAID.get(value, value))
    ),
    "sha256": Fact("SHA-256", hash_groups),
}


def words_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of an entry as its sentence says them."""
    return labels.words_of(data)


def sentence(entry: JournalEntry) -> str:
    """Return what a journal entry about a meeting tells, in the current language."""
    return str(ACTS[entry.act].sentence) % Words(words_of(entry.data))
