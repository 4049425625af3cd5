"""Acts about the invited and the text of the agenda."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from members.acts import Act

KINDS: dict[str, Promise] = {}

ACTS: dict[str, Act] = {
    "meeting.invitation_changed": Act(gettext_lazy("an invitation was changed")),
}
