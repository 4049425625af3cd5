from meetings.facts import ItemMaterials
from meetings.models import AgendaVersion, Meeting
from meetings.policies.scheduling import may_prepare
from members.permissions import Actor
from members.policies import may_act_for_head
from regulation.verdicts import Verdict, refused


def may_admit_late(row: ItemMaterials, by: Actor, ground: str) -> Verdict:
    """What is held back the head admits before the meeting, or who replaces him (clauses 22, 25(3))."""
    if row.is_missing:
        return refused("material_missing", "22", order=row.item.order)
    if not row.held:
        reason = "late_already_admitted" if row.item.admitted_at else "material_in_time"
        return refused(reason, "22", order=row.item.order)
    prepared = may_prepare(row.item.meeting)
    return may_act_for_head(by, ground) if prepared else prepared


def may_dispatch(meeting: Meeting, approved: AgendaVersion | None, *, already: bool, digest: str) -> Verdict:
    """Only an approved agenda is sent, each version once (clauses 22, 26(4))."""
    if approved is None:
        return refused("agenda_not_approved", "22")
    if approved.sha256 != digest:
        return refused("agenda_changed_after_approval", "22", version=approved.number)
    if already:
        return refused("already_dispatched", "26.4", version=approved.number)
    return may_prepare(meeting)
