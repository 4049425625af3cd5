"""Acts about sending, answers and calendars."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from members.acts import Act

KINDS: dict[str, Promise] = {
    "answer": gettext_lazy("answers to the invitation"),
}

ACTS: dict[str, Act] = {
    "pack.supplemented": Act(
        gettext_lazy("documents that came later were sent, version %(version)s, documents: %(documents)s"),
        to_all=True,
    ),
    "pack.resent": Act(gettext_lazy("the agenda was sent again, version %(version)s, letters: %(letters)s")),
    "pack.late": Act(gettext_lazy("the term of sending is over, the agenda and materials are not sent")),
    "answer.given": Act(gettext_lazy("a person said whether they will come")),
}
