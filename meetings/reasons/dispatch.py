"""Why something about sending, answers, the pack and calendars does not happen now."""

from django.utils.functional import Promise

REASONS: dict[str, Promise] = {}
