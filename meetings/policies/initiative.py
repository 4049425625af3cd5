from meetings.models import Initiative, Meeting
from meetings.states import State
from members.permissions import Actor
from regulation.verdicts import ALLOWED, Verdict, refused


def has_a_vote(by: Actor) -> Verdict:
    """Only the members who count in the total number call a meeting (clause 12)."""
    return ALLOWED if by.seat is not None and by.seat.votes else refused("no_vote_in_staff", "12")


def is_open(initiative: Initiative) -> Verdict:
    """Members join and leave until the number is reached or the initiative is withdrawn (clause 12)."""
    if initiative.withdrawn_at is not None:
        return refused("initiative_withdrawn", "12")
    if initiative.reached_at is not None:
        return refused("initiative_reached", "12", joined=initiative.reached_joined)
    return ALLOWED


def may_join(initiative: Initiative, by: Actor) -> Verdict:
    """A member with a vote joins an open initiative (clause 12)."""
    voting = has_a_vote(by)
    return is_open(initiative) if voting else voting


def may_withdraw(initiative: Initiative, by: Actor) -> Verdict:
    """Who started an initiative takes it back while it is open (clause 12)."""
    if initiative.started_by_id != by.person.pk:
        return refused("not_your_initiative", "12", name=initiative.started_by.name)
    return is_open(initiative)


def may_call(initiative: Initiative, meeting: Meeting | None) -> Verdict:
    """A reached initiative is called once; again when its meeting had no quorum (clauses 12, 20).

    `meeting` is the one that it was called to, or None.
    """
    if initiative.reached_at is None:
        return refused("initiative_not_reached", "12")
    if meeting is not None and meeting.state != State.NO_QUORUM:
        return refused("initiative_called", "12", day=meeting.day)
    return ALLOWED
