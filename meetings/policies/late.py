from collections.abc import Iterable
from datetime import date

from meetings.facts import ItemMaterials
from meetings.policies.scheduling import may_prepare
from meetings.states import LateDecision
from members.permissions import Actor
from members.policies import may_act_for_head
from regulation.verdicts import ALLOWED, Verdict, all_of, refused


def may_approve_with(rows: Iterable[ItemMaterials]) -> list[Verdict]:
    """Return a refusal for every late question that the head has not decided on (clause 22).

    Empty: the agenda may be approved. Under the parameter `late_materials = mark` nothing is ever undecided.
    """
    return [
        refused("late_undecided", "22", order=row.item.order, item=row.item.pk)
        for row in rows
        if row.is_undecided
    ]


def is_late_undecided(row: ItemMaterials) -> Verdict:
    """The head decides on what is late, once until something else comes (clause 22)."""
    if row.is_undecided:
        return ALLOWED
    reason = "late_already_admitted" if row.item.admitted_at else "material_in_time"
    return refused(reason, "22", order=row.item.order)


def may_ease_late(row: ItemMaterials) -> Verdict:
    """What makes a question late stays as it is until the head has decided on it (clause 22)."""
    if row.is_undecided:
        return refused("late_needs_head", "22", order=row.item.order)
    return ALLOWED


def may_admit_late(row: ItemMaterials, by: Actor, ground: str) -> Verdict:
    """A late question stays on the agenda with what has come so far, even nothing, when the head says so.

    He decides before the meeting, or who replaces him (clauses 22, 25(3)).
    """
    return all_of(may_prepare(row.item.meeting), is_late_undecided(row), may_act_for_head(by, ground))


def may_move_late(
    row: ItemMaterials, decision: str, to: tuple[int, int] | None, by: Actor, ground: str, *, today: date
) -> Verdict:
    """A late question is moved to a month after that of its meeting, or removed (clauses 18, 22, 25(3))."""
    day = row.item.meeting.day
    return all_of(
        may_admit_late(row, by, ground),
        refused("month_needed", "18") if decision == LateDecision.MOVE and to is None else ALLOWED,
        refused("month_is_over", "18") if to and to < (today.year, today.month) else ALLOWED,
        refused("month_not_later", "18") if to and to <= (day.year, day.month) else ALLOWED,
    )
