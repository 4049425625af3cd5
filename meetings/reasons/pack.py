"""Why there is no pack, no calendar address or no announcement now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REASONS: dict[str, Promise] = {
    "pack_not_sent": gettext_lazy(
        "The agenda and materials have not been sent yet. One file of all is there after the dispatch."
    ),
    "nothing_to_announce": gettext_lazy(
        "Only a meeting that is still to come is announced; this one is: %(state_word)s."
    ),
}
