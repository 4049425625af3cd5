"""Why something about awaited and restricted materials does not happen now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REASONS: dict[str, Promise] = {
    "other_agency": gettext_lazy("Another agency brings this document. Yours are on the page of materials."),
    "restriction_without_law": gettext_lazy("Name the law by which access is limited."),
    "no_longer_awaited": gettext_lazy("This document is no longer awaited: somebody took it off the list."),
    "document_withdrawn": gettext_lazy(
        "The document is withdrawn: nobody is shown it, nothing in it changes."
    ),
    "file_kept_otherwise": gettext_lazy(
        "This very file is kept already as «%(title)s», with other access. The secretary changes the access "
        "to it on the page of the question."
    ),
    "late_needs_head": gettext_lazy(
        "Question %(order)s is late: the head decides on it first, then this changes."
    ),
    "awaited_edited_meanwhile": gettext_lazy(
        "The awaited document was changed in another window meanwhile: %(said)s. Compare it with what you "
        "typed, then save."
    ),
    "document_left_agenda": gettext_lazy("The question is off the agenda; its documents do not change now."),
}
