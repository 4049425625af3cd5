from datetime import datetime

from django.db import transaction
from django.utils import timezone

from meetings import facts, permissions, policies
from meetings.locks import item_on, locked_meeting
from meetings.models import AgendaItem, Material
from members import journal
from members.permissions import Actor
from members.policies import ground_for_head


@transaction.atomic
def withdraw_material(material: Material, *, by: Actor, now: datetime) -> None:
    """Withdraw a document attached by mistake; the file is kept, nobody is shown it.

    One that is held back stays until the head has decided: without it the question would seem to be in time
    (clause 22). Raises Refused.
    """
    item = material.item
    if item is None or material.withdrawn_at is not None:
        return
    permissions.PREPARE.require(by, item.meeting.staff_id)
    meeting = locked_meeting(item.meeting)
    policies.may_prepare(meeting).or_raise()
    material = Material.objects.select_for_update(of=("self",)).get(pk=material.pk)
    if material.withdrawn_at is not None:
        return
    item = item_on(meeting, item)
    row = facts.materials_of(item, facts.terms_of(meeting).materials_due, today=timezone.localdate(now))
    if material.pk in row.held_back:
        policies.may_ease_late(row).or_raise()
    material.withdrawn_at, material.withdrawn_by = now, by.user
    material.save()
    journal.record("material.withdrawn", meeting, by=by, now=now, order=item.order, sha256=material.sha256)


@transaction.atomic
def admit_late(item: AgendaItem, *, reason: str, by: Actor, now: datetime, ground: str = "") -> AgendaItem:
    """Let the late materials that came so far go to everybody: the head's decision with a reason (clause 22).

    A deputy names the ground of the head's absence, unless it is recorded (clause 25(3)). Raises Refused.
    """
    permissions.DECIDE_LATE.require(by, item.meeting.staff_id)
    meeting = locked_meeting(item.meeting)
    item = item_on(meeting, item)
    row = facts.materials_of(item, facts.terms_of(meeting).materials_due, today=timezone.localdate(now))
    policies.may_admit_late(row, by, ground).or_raise()
    policies.has_reason(reason, "22").or_raise()
    item.admitted_at, item.admitted_by, item.admitted_reason = now, by.user, reason
    item.admitted_ground = ground_for_head(by, ground)
    item.save()
    journal.record(
        "material.admitted", meeting, by=by, now=now, clause="22", order=item.order, days_late=row.days_late
    )
    return item
