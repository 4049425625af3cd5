"""What a meeting still lacks before it can be held, each with the page where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings import policies
from meetings.facts import ItemMaterials
from meetings.labels import refusal
from members.days import short_day
from members.labels import local
from staff_portal.steps import Progress


@dataclass(frozen=True)
class Missing:
    """One thing that is still missing, where it is mended, and the word of the link."""

    text: str
    url: str
    act: str


def missing_of(progress: Progress) -> list[Missing]:
    """Return everything that the planned meeting still lacks; empty when it is over (clauses 19, 22)."""
    if progress.is_over:
        return []
    return [
        *_of_agenda(progress),
        *_of_materials(progress.rows),
        *_of_link(progress),
        *_of_announcement(progress),
    ]


def _of_agenda(progress: Progress) -> Iterator[Missing]:
    if progress.submitted is not None:
        return
    items = [row.item for row in progress.rows]
    meeting = progress.meeting
    for problem in policies.problems_before_submitting(items) + policies.ungrounded(meeting, items):
        order = problem.facts.get("order")
        if order is None:
            yield Missing(refusal(problem), meeting.address("meetings:item_new"), _("Add a question"))
        else:
            url = meeting.address("meetings:item_edit", order=order)
            yield Missing(refusal(problem), url, _("Open the question"))


def _of_materials(rows: list[ItemMaterials]) -> Iterator[Missing]:
    for row in rows:
        url = row.item.get_absolute_url()
        for owed in row.owed:
            said = {
                "order": row.item.order,
                "title": local(owed, "title"),
                "agency": local(owed.agency, "name"),
            }
            yield Missing(
                _("Question %(order)s: «%(title)s» – %(agency)s") % said, url, _("Open the question")
            )
        if row.is_undecided:
            text = _("Question %(order)s: the head has not decided about the lateness")
            yield Missing(text % {"order": row.item.order}, url, _("Open the question"))


def _of_link(progress: Progress) -> Iterator[Missing]:
    meeting = progress.meeting
    if meeting.lacks_link and progress.submitted is None:
        text = _("Somebody takes part by video, but there is no video link yet.")
        yield Missing(text, meeting.address("meetings:edit"), _("Add the link"))


def _of_announcement(progress: Progress) -> Iterator[Missing]:
    meeting = progress.meeting
    if meeting.announced_at is None and meeting.day >= progress.today:
        due = short_day(progress.terms.announcement_due, get_language())
        yield Missing(
            _("The meeting is not announced to the public, due %(due)s") % {"due": due},
            meeting.address("meetings:announcement"),
            _("Announce"),
        )
