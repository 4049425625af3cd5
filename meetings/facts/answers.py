from dataclasses import dataclass

from meetings.facts.dispatch import voters_of
from meetings.models import Answer, Meeting
from meetings.states import Reply
from members.permissions import seats_on
from regulation import voting


@dataclass(frozen=True)
class Forecast:
    """Who says that they will come, against the quorum (clause 20); a forecast, never the roll."""

    total: int
    needed: int
    coming: tuple[str, ...]
    by_video: tuple[str, ...]
    absent: tuple[Answer, ...]
    silent: tuple[str, ...]
    guests: tuple[Answer, ...]

    @property
    def confirmed(self) -> int:
        return len(self.coming) + len(self.by_video)

    @property
    def is_enough(self) -> bool:
        return self.confirmed >= self.needed

    @property
    def is_out_of_reach(self) -> bool:
        """Whether too few are left even if everybody who is silent comes; a vacant seat cannot come."""
        return self.confirmed + len(self.silent) < self.needed


def forecast(meeting: Meeting) -> Forecast:
    """Return the forecast of the quorum on the day of the meeting from the answers so far."""
    answers = {row.user_id: row for row in meeting.replies.select_related("user")}
    voters = voters_of(meeting)
    total = meeting.total or seats_on(meeting.staff, meeting.day).filter(votes=True).count()
    said = [(holder, answers.pop(holder.user_id, None)) for holder in voters]
    return Forecast(
        total=total,
        needed=voting.quorum(total, meeting.procedure) if total else 0,
        coming=tuple(row.user.name for row, answer in said if answer and answer.reply == Reply.WILL),
        by_video=tuple(row.user.name for row, answer in said if answer and answer.reply == Reply.VIDEO),
        absent=tuple(answer for _row, answer in said if answer and answer.reply == Reply.WILL_NOT),
        silent=tuple(row.user.name for row, answer in said if answer is None),
        guests=tuple(answers.values()),
    )
