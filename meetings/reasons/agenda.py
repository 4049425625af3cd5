"""Why something about the agenda and the invited does not happen now."""

from django.utils.functional import Promise

REASONS: dict[str, Promise] = {}
