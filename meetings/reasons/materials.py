"""Why something about awaited and restricted materials does not happen now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REASONS: dict[str, Promise] = {
    "other_agency": gettext_lazy("Another agency brings this document. Yours are on the page of materials."),
    "restriction_without_law": gettext_lazy("Name the law by which access is limited."),
    "document_left_agenda": gettext_lazy("The question is off the agenda; its documents do not change now."),
}
