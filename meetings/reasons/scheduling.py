"""Why something about scheduling, cancelling and initiatives does not happen now."""

from django.utils.functional import Promise

REASONS: dict[str, Promise] = {}
