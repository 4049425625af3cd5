"""What the public is told of a meeting (clause 19): day, time, place, how to attend, the open questions."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings.labels import meeting_title
from meetings.locks import approved_version
from meetings.models import Meeting, Question
from meetings.models.meeting import MeetingQuerySet
from meetings.states import Mode, State
from members.days import known
from members.models import Staff


@dataclass(frozen=True)
class Announcement:
    """The public page of one meeting in the current language; no person is named in it."""

    meeting: Meeting
    title: str
    questions: tuple[tuple[str, str], ...]
    is_approved: bool
    has_closed: bool
    has_moved: bool
    how_to_attend: str

    @property
    def is_cancelled(self) -> bool:
        return self.meeting.state == State.CANCELLED


def announced(staff: Staff) -> MeetingQuerySet:
    """Return the meetings of `staff` that the public may see."""
    return Meeting.objects.filter(staff=staff, announced_at__isnull=False).select_related("staff")


def announcement_of(meeting: Meeting) -> Announcement:
    """Return what the public page shows, from the approved agenda, before it from the planned questions.

    A question with a document of limited access is left out as a whole.
    """
    version = approved_version(meeting)
    rows = version.content["items"] if version else _planned(meeting)
    closed = _closed(meeting)
    shown = [row for row in rows if row["question"] not in closed]
    return Announcement(
        meeting=meeting,
        title=meeting_title(meeting),
        questions=tuple((_text(row, "title"), _text(row, "agency")) for row in shown),
        is_approved=version is not None,
        has_closed=len(shown) < len(rows),
        has_moved=_has_moved(meeting),
        how_to_attend=_how_to_attend(meeting),
    )


def _planned(meeting: Meeting) -> list[dict[str, Any]]:
    return [
        {
            "question": item.question_id,
            "title_kk": item.question.title_kk,
            "title_ru": item.question.title_ru,
            "agency_kk": item.agency.name_kk,
            "agency_ru": item.agency.name_ru,
        }
        for item in meeting.items.select_related("question", "agency").order_by("order")
    ]


def _closed(meeting: Meeting) -> set[int]:
    restricted = Question.objects.filter(
        staff=meeting.staff_id,
        materials__withdrawn_at=None,
        materials__restricted_ground__gt="",
    )
    return set(restricted.values_list("pk", flat=True))


def _has_moved(meeting: Meeting) -> bool:
    """Whether people who read the announcement before may come to another time or place."""
    told = meeting.history.filter(announced_at__isnull=False)
    return bool(
        told.exclude(
            day=meeting.day, starts_at=meeting.starts_at, place_kk=meeting.place_kk, place_ru=meeting.place_ru
        ).exists()
    )


def _how_to_attend(meeting: Meeting) -> str:
    if meeting.mode == Mode.ROOM:
        return _("Come to the place of the meeting with an identity document. Tell the contact in advance.")
    if meeting.mode == Mode.VIDEO:
        return _("The meeting is held by video. Ask the contact for the link in advance.")
    return _(
        "Come to the place of the meeting with an identity document, or ask the contact for the video link. "
        "Tell the contact in advance."
    )


def _text(row: dict[str, str], field: str) -> str:
    language = known(get_language())
    other = "ru" if language == "kk" else "kk"
    return row[f"{field}_{language}"] or row[f"{field}_{other}"]
