from dataclasses import dataclass

from meetings.models import AgendaItem, Ballot, Elector, Meeting
from meetings.states import Presence
from members.permissions import seats_on
from members.states import Role
from regulation import voting


@dataclass(frozen=True)
class Roll:
    """The roll of a meeting against the quorum (clause 20). `rows` are all seats in the order of the act."""

    rows: tuple[Elector, ...]
    total: int
    needed: int
    room: int
    video: int

    @property
    def present(self) -> int:
        return self.room + self.video

    @property
    def has_quorum(self) -> bool:
        return self.present >= self.needed

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.present)

    @property
    def members(self) -> list[Elector]:
        return [row for row in self.rows if row.votes]

    @property
    def attending(self) -> list[Elector]:
        return [row for row in self.members if row.attendance.is_present]


def roll(meeting: Meeting) -> Roll:
    """Return who is there now, with what the quorum needs; before registration everybody is still to come."""
    rows = tuple(meeting.electors.select_related("attendance"))
    total = meeting.total or _members_in_force(meeting)
    presences = [row.attendance.presence for row in rows if row.votes]
    return Roll(
        rows=rows,
        total=total,
        needed=voting.quorum(total, meeting.procedure) if total else 0,
        room=presences.count(Presence.ROOM),
        video=presences.count(Presence.VIDEO),
    )


def _members_in_force(meeting: Meeting) -> int:
    return seats_on(meeting.staff, meeting.day).filter(votes=True).count()


def ballot_of(item: AgendaItem) -> Ballot | None:
    """Return the vote that counts: the latest, for one that lost its quorum is taken again; or None."""
    ballots = list(item.ballots.all())
    return ballots[-1] if ballots else None


def chair_vote(ballot: Ballot, meeting: Meeting) -> str | None:
    """Return the vote of whoever holds the casting vote (clauses 13, 25(3)), None when it was not cast.

    Under the parameter `head_only` a deputy who chairs holds no casting vote.
    """
    chair = meeting.chair
    if chair is None or (meeting.procedure.tie == "head_only" and chair.role != Role.HEAD):
        return None
    vote = ballot.votes.filter(elector=chair).first()
    return vote.choice if vote else None


def tally(ballot: Ballot) -> dict[str, int]:
    """Return how many voted for, against and abstained, by the codes of `Choice`."""
    choices = list(ballot.votes.values_list("choice", flat=True))
    return {
        "for": choices.count("for"),
        "against": choices.count("against"),
        "abstained": choices.count("abstained"),
    }
