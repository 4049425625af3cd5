"""Acts about the invited and the text of the agenda."""

from django.utils.functional import Promise

from members.acts import Act

KINDS: dict[str, Promise] = {}

ACTS: dict[str, Act] = {}
