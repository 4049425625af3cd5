"""Facts in, the bytes of a document out."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone

from meetings import facts
from meetings.models import AgendaVersion, Meeting
from meetings.paper import agenda_paper
from members import printing
from members.models import User
from members.permissions import holders_on
from members.states import Role


def agenda_pdf(source: AgendaVersion | Meeting, language: str, *, now: datetime) -> bytes:
    """Return the agenda (T2) with the list of the invited in `language` ("kk" or "ru") as a PDF.

    A version is printed as it was frozen, a meeting as its draft agenda stands at the moment `now`.
    """
    if isinstance(source, AgendaVersion):
        paper = agenda_paper(source.meeting, source.content, language, version=source)
    else:
        paper = agenda_paper(source, _draft(source, now), language)
    context = {"paper": paper, "made_at": now.isoformat(timespec="seconds")}
    return printing.written(printing.laid_out(render_to_string("documents/agenda.html", context)))


def _draft(meeting: Meeting, now: datetime) -> dict[str, object]:
    today = timezone.localdate(now)
    rows = facts.items_with_materials(meeting, today=today)
    return facts.frozen_agenda(meeting, rows, drafter=_secretary(meeting, now), today=today)


def _secretary(meeting: Meeting, now: datetime) -> User | None:
    holders = holders_on(meeting.staff, timezone.localdate(now)).filter(seat__role=Role.SECRETARY)
    holder = holders.first()
    return holder.user if holder else None
