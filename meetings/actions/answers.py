from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meetings import facts, letters, permissions, policies
from meetings.locks import locked_meeting
from meetings.models import Answer, Meeting
from meetings.states import Mode, Reply
from members import journal, notices
from members.labels import message
from members.notices import to_user
from members.permissions import Actor, holders_on
from members.states import Role


@transaction.atomic
def answer(meeting: Meeting, *, reply: str, by: Actor, now: datetime, reason: str = "") -> Answer:
    """Record whether `by` will come, until the meeting is opened; the last answer counts (clause 20).

    `reason` is needed for "I will not come" and kept with nothing else. When too many will not come for a
    quorum, secretary and head are told. Raises Refused.
    """
    permissions.ANSWER.require(by, meeting.staff_id)
    meeting = locked_meeting(meeting)
    policies.is_expected(meeting, by).or_raise()
    policies.may_answer(meeting, reply, reason).or_raise()
    reason = reason.strip() if reply == Reply.WILL_NOT else ""
    known = meeting.replies.filter(user=by.person).first()
    if known is not None and (known.reply, known.reason) == (reply, reason):
        return known
    given = known or Answer(meeting=meeting, user=by.person)
    given.reply, given.reason, given.answered_at = reply, reason, now
    given.save()
    _warn(meeting, now)
    journal.record("answer.given", meeting, by=by, now=now, clause="20", reply=reply)
    return given


def forget_answers(meeting: Meeting) -> None:
    """Drop the answers of a meeting that was moved to another time: they were about the former one.

    The caller has locked the meeting; the history keeps what was answered.
    """
    for row in meeting.replies.all():
        row.delete()


def forget_impossible_answers(meeting: Meeting) -> None:
    """Drop the answers that the present mode of a meeting leaves no room for: by video where there is none.

    The caller has locked the meeting; the history keeps what was answered.
    """
    for row in meeting.replies.exclude(reply__in=policies.REPLIES[Mode(meeting.mode)]):
        row.delete()


def _warn(meeting: Meeting, now: datetime) -> None:
    forecast = facts.forecast(meeting)
    if not forecast.is_out_of_reach:
        return
    roles = (Role.SECRETARY, Role.HEAD)
    people = holders_on(meeting.staff, timezone.localdate(now)).filter(seat__role__in=roles)
    notices.send(
        meeting.staff,
        "quorum.at_risk",
        f"quorum.at_risk:{meeting.pk}:{meeting.day}:{len(forecast.absent)}",
        message(lambda: letters.quorum_at_risk(meeting, forecast), meeting.get_absolute_url()),
        [to_user(holder.user) for holder in people],
        now=now,
    )
