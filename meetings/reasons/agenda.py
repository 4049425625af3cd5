"""Why something about the agenda and the invited does not happen now, and what an agenda lacks."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REASONS: dict[str, Promise] = {
    "item_without_kk": gettext_lazy("Question %(order)s: not everything is written in Kazakh yet."),
    "item_without_ru": gettext_lazy("Question %(order)s: not everything is written in Russian yet."),
    "point_without_term": gettext_lazy(
        "Question %(order)s, point %(point)s: there is an executor, but neither a date nor a standing basis."
    ),
    "material_awaited": gettext_lazy("Question %(order)s: materials are still awaited (%(count)s)."),
    "invited_without_email": gettext_lazy("%(name)s has no e-mail: the portal sends no invitation."),
    "invited_without_kk": gettext_lazy("%(name)s: the office is not written in Kazakh yet."),
    "invited_without_ru": gettext_lazy("%(name)s: the office is not written in Russian yet."),
    "invited_already": gettext_lazy("%(name)s is on the list already."),
    "nobody_to_stand_in_for": gettext_lazy(
        "This seat has no vote: only a member of the Staff can have a stand-in, who is merely invited."
    ),
}
