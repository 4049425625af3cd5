"""What the fragment of the head's decision on a late question shows."""

from django.utils import timezone

from meetings import permissions, policies
from meetings.facts import ItemMaterials
from meetings.forms import LateForm
from meetings.models import Meeting
from meetings.views.pages import sentence_of
from members.permissions import Actor
from members.policies import has_powers_of_head, needs_ground


def late_context(actor: Actor, meeting: Meeting, row: ItemMaterials) -> dict[str, object]:
    """Return whether the actor decides on the late question now, why not, and the form."""
    waits = actor.role in permissions.DECIDE_LATE.roles and row.is_undecided
    waits = waits and bool(policies.may_prepare(meeting))
    decides = has_powers_of_head(actor)
    return {
        "may_decide_late": waits and bool(decides),
        "why_not_decide_late": "" if decides or not waits else sentence_of(decides),
        "late_form": LateForm(required=needs_ground(actor), today=timezone.localdate()),
    }
