"""Why something about changes of the plan and justification notes does not happen now."""

from django.utils.functional import Promise

REASONS: dict[str, Promise] = {}
