"""Row locks, in one order everywhere, so that nobody waits in a circle:

Staff (`lock_series`) → plan or initiative → meetings, several by their pk → ballot → journal. Whoever locks
more than one meeting has locked the Staff before, and all of the meetings before the first journal entry.

`no_key`: on PostgreSQL a full lock would also stop every row that refers to this one (journal, notices).
The related rows are read after the lock was granted: what they were before it may have changed meanwhile.
"""

from django.db.models import Q

from meetings.models import AgendaItem, AgendaVersion, Ballot, Meeting, Question, WorkPlan
from meetings.states import AgendaState, State
from members.models import Staff
from regulation.verdicts import Refused, refused

NOT_OVER = (State.PLANNED, State.REGISTRATION, State.OPEN)


def locked_meeting(meeting: Meeting) -> Meeting:
    """Return the meeting as it is now, locked until the end of the transaction."""
    Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    return Meeting.objects.select_related("staff", "regulation", "chair").get(pk=meeting.pk)


def locked_agendas(question: Question, besides: Meeting | None = None) -> list[Meeting]:
    """Return the meetings that are not over and have `question` on their agenda, as they are now, by pk.

    All of them are locked, and `besides` with them; the Staff's row is locked already.
    """
    of_question = Q(items__question=question, state__in=NOT_OVER)
    found = Meeting.objects.filter(of_question | Q(pk=besides.pk) if besides else of_question)
    pks = sorted(set(found.values_list("pk", flat=True)))
    for pk in pks:
        Meeting.objects.select_for_update(no_key=True).get(pk=pk)
    meetings = Meeting.objects.select_related("staff", "regulation", "chair").filter(pk__in=pks)
    return list(meetings.order_by("pk"))


def item_on(meeting: Meeting, item: AgendaItem) -> AgendaItem:
    """Return the item as it is now on a locked meeting's agenda.

    Raises Refused when it was removed or moved meanwhile (clause 18).
    """
    found = meeting.items.for_agenda().filter(pk=item.pk).first()
    if found is None:
        raise Refused(refused("item_left_agenda", "18"))
    found.meeting = meeting
    return found


def locked_ballot(ballot: Ballot) -> Ballot:
    """Return the ballot as it is now, locked until the end of the transaction."""
    Ballot.objects.select_for_update(no_key=True).get(pk=ballot.pk)
    related = ("item__question", "meeting__staff", "meeting__regulation", "meeting__chair")
    return Ballot.objects.select_related(*related).get(pk=ballot.pk)


def locked_plan(plan: WorkPlan) -> WorkPlan:
    """Return the half-year plan as it is now, locked until the end of the transaction."""
    WorkPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    return WorkPlan.objects.select_related("staff").get(pk=plan.pk)


def lock_series(staff: Staff) -> None:
    """Lock the numbers of a Staff's meetings until the end of the transaction, before any meeting."""
    Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)


def locked_open_ballot(meeting: Meeting) -> Ballot | None:
    """Return the open ballot of the meeting, locked, or None."""
    ballot = meeting.ballots.filter(closed_at__isnull=True).first()
    if ballot is None:
        return None
    ballot = locked_ballot(ballot)
    return ballot if ballot.is_open else None


def submitted_version(meeting: Meeting) -> AgendaVersion | None:
    """Return the version of the agenda that lies with the head, or None."""
    return next((row for row in meeting.agenda_versions.all() if row.state == AgendaState.SUBMITTED), None)


def approved_version(meeting: Meeting) -> AgendaVersion | None:
    """Return the latest approved version of the agenda, or None."""
    # The latest stands first: that is the order of the model.
    return next((row for row in meeting.agenda_versions.all() if row.state == AgendaState.APPROVED), None)
