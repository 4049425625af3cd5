"""Why something about the agenda and the invited does not happen now, and what an agenda lacks."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REASONS: dict[str, Promise] = {
    "question_on_other_agenda": gettext_lazy(
        "This question stands on the agenda of the meeting of %(day)s. Remove it there first."
    ),
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
    "email_invited_already": gettext_lazy("The e-mail %(email)s is on the list already: %(name)s."),
    "member_is_not_invited": gettext_lazy(
        "%(name)s is a voting member of the Staff and takes part as one: members are not invited."
    ),
    "invitee_edited_meanwhile": gettext_lazy(
        "Somebody changed this invitation meanwhile. Now it says: %(said)s. Save again to write over it."
    ),
    "nobody_to_stand_in_for": gettext_lazy(
        "This seat has no vote: only a member of the Staff can have a stand-in, who is merely invited."
    ),
}
