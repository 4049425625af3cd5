"""Why something about half-year plans does not happen now."""

from django.utils.functional import Promise

REASONS: dict[str, Promise] = {}
