"""Acts about scheduling, cancelling, announcing and initiatives of members."""

from django.utils.functional import Promise

from members.acts import Act

KINDS: dict[str, Promise] = {}

ACTS: dict[str, Act] = {}
