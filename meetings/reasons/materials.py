"""Why something about awaited and restricted materials does not happen now."""

from django.utils.functional import Promise

REASONS: dict[str, Promise] = {}
