from meetings.facts import guest_of
from meetings.models import AgendaVersion, Meeting
from meetings.policies.scheduling import may_prepare
from meetings.states import Mode, Reply, State
from members.permissions import Actor
from members.states import Role
from regulation.verdicts import ALLOWED, Verdict, refused

MEMBERS = frozenset({Role.HEAD, Role.DEPUTY_HEAD, Role.MEMBER})
# What may be answered by the mode of the meeting: nobody comes where there is no room.
REPLIES = {
    Mode.ROOM: (Reply.WILL, Reply.WILL_NOT),
    Mode.VIDEO: (Reply.VIDEO, Reply.WILL_NOT),
    Mode.MIXED: (Reply.WILL, Reply.VIDEO, Reply.WILL_NOT),
}


def may_dispatch(meeting: Meeting, approved: AgendaVersion | None, *, is_new: bool, digest: str) -> Verdict:
    """Only an approved agenda is sent, again only when something is new (clauses 22, 26(4)).

    `is_new`: the version has not been sent, or documents came after it was.
    """
    if approved is None:
        return refused("agenda_not_approved", "22")
    if approved.sha256 != digest:
        return refused("agenda_changed_after_approval", "22", version=approved.number)
    if not is_new:
        return refused("already_dispatched", "26.4", version=approved.number)
    return may_prepare(meeting)


def has_late_reason(days_late: int, reason: str) -> Verdict:
    """A dispatch after its term carries the reason of the lateness (clause 26(4))."""
    if days_late and not reason.strip():
        return refused("late_reason_needed", "26.4", days=days_late)
    return ALLOWED


def may_resend(meeting: Meeting) -> Verdict:
    """A letter is sent again until the meeting begins; afterwards it would say nothing new (clause 26(4))."""
    if meeting.state not in (State.PLANNED, State.REGISTRATION):
        return refused("meeting_begun", "26.4", state=meeting.state)
    return ALLOWED


def may_answer(meeting: Meeting, reply: str | None = None, reason: str = "") -> Verdict:
    """People say whether they will come, and change it, until the meeting is opened (clause 20).

    `reply`: one of `Reply`, or None to ask whether anything may be answered at all. Who will not come says
    why, for nobody comes instead.
    """
    if meeting.state not in (State.PLANNED, State.REGISTRATION):
        return refused("answers_closed", "20", state=meeting.state)
    if reply is not None and reply not in REPLIES[Mode(meeting.mode)]:
        return refused("answer_against_mode", "20")
    if reply == Reply.WILL_NOT and not reason.strip():
        return refused("absence_reason_needed", "20")
    return ALLOWED


def is_expected(meeting: Meeting, by: Actor) -> Verdict:
    """Members answer, and who stands with the own e-mail on the approved list of the invited (20, 21)."""
    if by.roles & MEMBERS or guest_of(meeting, by.person.email) is not None:
        return ALLOWED
    return refused("not_on_the_list", "21")
