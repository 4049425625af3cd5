"""Acts about the public announcement."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from members.acts import Act

KINDS: dict[str, Promise] = {}

ACTS: dict[str, Act] = {
    "meeting.announced": Act(gettext_lazy("the meeting was announced to the public"), to_all=True),
}
