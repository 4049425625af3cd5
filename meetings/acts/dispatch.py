"""Acts about sending, answers and calendars."""

from django.utils.functional import Promise

from members.acts import Act

KINDS: dict[str, Promise] = {}

ACTS: dict[str, Act] = {}
