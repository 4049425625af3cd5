"""Acts about awaited, restricted and replaced materials."""

from django.utils.functional import Promise

from members.acts import Act

KINDS: dict[str, Promise] = {}

ACTS: dict[str, Act] = {}
