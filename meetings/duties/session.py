from collections.abc import Iterator

from django.utils.translation import gettext as _

from meetings.labels import meeting_title
from meetings.models import Elector, Meeting
from meetings.permissions import VOTE
from meetings.states import Presence
from members.duties import Duty
from members.permissions import Actor


def going_on(actor: Actor, meeting: Meeting) -> Iterator[Duty]:
    title = meeting_title(meeting)
    if actor.is_secretary:
        yield Duty(
            title=_("%(meeting)s is going on") % {"meeting": title},
            why=_("You keep the attendance and open the votes"),
            clause="20",
            url=meeting.address("meetings:live"),
            act=_("Open the console"),
            state="now",
        )
    elector = next((row for row in meeting.electors.all() if row.user_id == actor.person.pk), None)
    if elector is None or actor.role not in VOTE.roles:
        return
    yield from _in_the_room(meeting, title, elector)


def _in_the_room(meeting: Meeting, title: str, elector: Elector) -> Iterator[Duty]:
    ballot = next((row for row in meeting.ballots.all() if row.is_open), None)
    if elector.attendance.presence in (Presence.UNKNOWN, Presence.ABSENT, Presence.LEFT):
        yield Duty(
            title=_("%(meeting)s: say that you are here") % {"meeting": title},
            why=_("Only members marked present count in the quorum and vote"),
            clause="20",
            url=meeting.address("meetings:room"),
            act=_("I am at the meeting"),
            state="now",
        )
    elif ballot is not None and elector.pk not in {vote.elector_id for vote in ballot.votes.all()}:
        yield Duty(
            title=_("Vote on question %(order)s") % {"order": ballot.item.order},
            why=_("%(meeting)s is going on, you are present and have not voted") % {"meeting": title},
            clause="13",
            url=meeting.address("meetings:vote", order=ballot.item.order),
            act=_("Vote"),
            state="now",
        )
    else:
        yield Duty(
            title=_("%(meeting)s is going on") % {"meeting": title},
            why=_("You are marked present"),
            clause="20",
            url=meeting.address("meetings:room"),
            act=_("To the meeting"),
            state="now",
        )
