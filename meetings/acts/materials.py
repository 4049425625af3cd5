"""Acts about awaited, restricted and replaced materials."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from members.acts import Act

KINDS: dict[str, Promise] = {}

ACTS: dict[str, Act] = {
    "material.awaited": Act(gettext_lazy("a document for question %(order)s was named as awaited")),
    "material.awaited_changed": Act(gettext_lazy("an awaited document of question %(order)s was changed")),
    "material.awaited_no_more": Act(gettext_lazy("a document of question %(order)s is awaited no more")),
    "material.replaced": Act(gettext_lazy("version %(version)s of a material for question %(order)s came")),
    "material.restricted": Act(gettext_lazy("access to a material of question %(order)s was limited")),
    "material.unrestricted": Act(
        gettext_lazy("the limit of access to a material of question %(order)s was lifted")
    ),
    "material.restricted_opened": Act(
        gettext_lazy("a material of question %(order)s with limited access was opened")
    ),
}
