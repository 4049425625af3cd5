"""Reason codes of the app as sentences, by noun."""

from meetings.reasons import agenda, changes, dispatch, materials, meeting, pack, plans, scheduling
from members.labels import OF_FILES

REASONS = {
    **meeting.REASONS,
    **plans.REASONS,
    **changes.REASONS,
    **agenda.REASONS,
    **materials.REASONS,
    **scheduling.REASONS,
    **dispatch.REASONS,
    **pack.REASONS,
    **OF_FILES,
}
