from collections.abc import Iterable
from datetime import date

from meetings.facts.basis import has_basis, is_added_at_meeting, is_planned, plan_covering
from meetings.facts.execution import treatment_of
from meetings.models import (
    AgendaItem,
    Ballot,
    ChangeRequest,
    JustificationNote,
    Meeting,
    PlanItem,
    Question,
    WorkPlan,
)
from meetings.states import (
    Change,
    Kind,
    NoteState,
    PlanItemState,
    PlanState,
    RequestState,
    Section,
    State,
)
from members.models import Organisation
from members.permissions import Actor
from members.policies import may_act_for_head
from regulation.verdicts import ALLOWED, Verdict, all_of, refused

Month = tuple[int, int]
RUNNING = (State.REGISTRATION, State.OPEN)


def ungrounded(meeting: Meeting, items: Iterable[AgendaItem]) -> list[Verdict]:
    """Return a refusal for every question that neither the plan nor a note of clause 18 puts on the agenda.

    Asked of regular meetings that are not urgent: while an approved plan covers their day, and of what an
    approved plan names for another half-year. `items` come from `AgendaItem.objects.for_agenda()`.
    """
    if meeting.kind != Kind.REGULAR or meeting.is_urgent:
        return []
    covered = plan_covering(meeting.staff, meeting.day.year, meeting.day.month) is not None
    return [
        refused(
            _lack_of(item),
            "18",
            order=item.order,
            item=item.pk,
            question=item.question_id,
            row=item.plan_item_id,
        )
        for item in items
        if not has_basis(item, meeting.day) and (covered or is_planned(item))
    ]


def _lack_of(item: AgendaItem) -> str:
    is_of_other_time = is_planned(item) or (item.note is not None and item.note.is_agreed)
    return "question_of_other_time" if is_of_other_time else "item_without_basis"


def stands(row: PlanItem) -> Verdict:
    """Only a question of an approved plan that still stands is changed (clauses 17, 18)."""
    if row.plan.state != PlanState.APPROVED or row.section != Section.QUESTIONS:
        return refused("row_not_approved", "18")
    return refused("row_is_removed", "18") if row.state == PlanItemState.REMOVED else ALLOWED


def may_prepare_note(
    kind: str, row: PlanItem | None, waiting: JustificationNote | None, to: Month | None, *, today: date
) -> Verdict:
    """A note is about what still stands, one at a time, and names a month that is not over (clause 18).

    `row` is the live row of the question, if any; `waiting` another note on it that lies with the head; `to`
    the month to which the question goes.
    """
    return all_of(
        refused("note_waits", "18", number=waiting.number) if waiting else ALLOWED,
        refused("month_is_over", "18") if to and to < (today.year, today.month) else ALLOWED,
        refused("already_planned", "18", order=row.order) if row and kind == Change.ADD else ALLOWED,
        stands(row) if row else ALLOWED,
    )


def may_leave(kind: str, question: Question | None, row: PlanItem | None) -> Verdict:
    """What was considered, or voted at a meeting that goes on, is neither removed nor moved (clause 18)."""
    if kind == Change.ADD or question is None:
        return ALLOWED
    ballots = Ballot.objects.filter(item__question=question, item__meeting__state__in=RUNNING)
    ballot = ballots.exclude(reason="no_quorum").select_related("item").first()
    if ballot is not None:
        return refused("item_already_voted", "13", order=ballot.item.order)
    item = treatment_of(row) if row else None
    return refused("row_already_considered", "18", day=item.meeting.day) if item else ALLOWED


def names_its_own(kind: str, to: Month | None, agency: Organisation | None) -> Verdict:
    """A question moved or added goes to a month, one that is added is prepared by an agency (clause 18)."""
    return all_of(
        refused("month_needed", "18") if kind != Change.REMOVE and to is None else ALLOWED,
        refused("agency_needed", "18") if kind == Change.ADD and agency is None else ALLOWED,
    )


def is_not_there(item: AgendaItem | None) -> Verdict:
    """What stands on the agenda of the meeting is not added to it once more (clause 18)."""
    return refused("on_agenda_already", "18", order=item.order) if item else ALLOWED


def changes_month(kind: str, row: PlanItem | None, to: Month | None) -> Verdict:
    """Moving a question names another month than the one in which it stands (clause 18)."""
    is_same = kind == Change.MOVE and row is not None and row.due_month == to
    return refused("same_month", "18") if is_same else ALLOWED


def may_withdraw_note(note: JustificationNote, by: Actor) -> Verdict:
    """Who prepared the note takes it back before the head decides; the working body its own together."""
    undecided = is_note_undecided(note)
    own = note.prepared_by == by.user or (by.is_secretary and note.prepared_role == by.role)
    return undecided if not undecided or own else refused("note_of_other", "18", name=note.prepared_by.name)


def is_note_undecided(note: JustificationNote) -> Verdict:
    """A note is decided, or taken back, once (clause 18)."""
    if note.state == NoteState.SUBMITTED:
        return ALLOWED
    return refused("note_already_decided", "18", number=note.number)


def decides_note(note: JustificationNote, by: Actor) -> Verdict:
    """Nobody decides on what he proposed himself: clause 18 asks for two people."""
    return refused("own_note", "18", number=note.number) if note.prepared_by == by.user else ALLOWED


def may_decide_note(note: JustificationNote, by: Actor, ground: str) -> Verdict:
    """The head decides, or who replaces him, with the ground of the absence (clauses 18, 25(3))."""
    return all_of(is_note_undecided(note), decides_note(note, by), may_act_for_head(by, ground))


def may_agree_note(note: JustificationNote, *, today: date) -> Verdict:
    """What was voted or considered while the note lay with the head stands; he can only refuse it (18).

    So it is with a row that was removed meanwhile, and with a month that is over.
    """
    row, to = note.plan_item, (note.to_year, note.to_month) if note.to_year and note.to_month else None
    return all_of(
        stands(row) if row else ALLOWED,
        refused("month_is_over", "18") if to and to < (today.year, today.month) else ALLOWED,
        may_leave(note.kind, note.question, row),
    )


def may_request(plan: WorkPlan, row: PlanItem | None) -> Verdict:
    """Members ask for a change of an approved plan, of a row that still stands (clause 18)."""
    if plan.state != PlanState.APPROVED:
        return refused("row_not_approved", "18")
    return stands(row) if row else ALLOWED


def is_open_request(request: ChangeRequest) -> Verdict:
    """The working body answers a request once."""
    return ALLOWED if request.state == RequestState.OPEN else refused("request_answered", "18")


def is_going_on(meeting: Meeting) -> Verdict:
    """A note is made on the spot while the meeting goes on (clause 18)."""
    if meeting.state in RUNNING:
        return ALLOWED
    return refused("wrong_meeting_state", "18", state=meeting.state)


def may_write_added_draft(meeting: Meeting, item: AgendaItem, *, has_ballot: bool) -> Verdict:
    """The draft of a question added at the meeting is written there, until it is put to the vote (13, 18)."""
    return all_of(
        is_going_on(meeting),
        ALLOWED if is_added_at_meeting(item) else refused("not_added_at_meeting", "22"),
        refused("item_already_voted", "13", order=item.order) if has_ballot else ALLOWED,
    )
