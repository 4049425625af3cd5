"""What the acts about protocols are called in the journal, and which of them concern every member."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from members.acts import Act, Fact, yes_or_no
from members.days import hash_groups
from protocols.states import Method

KINDS: dict[str, Promise] = {
    "protocol": gettext_lazy("protocol"),
    "dissent": gettext_lazy("dissenting opinion"),
}

ACTS: dict[str, Act] = {
    "protocol.drawn_up": Act(gettext_lazy("the draft protocol was drawn up")),
    "protocol.edited": Act(gettext_lazy("the text about question %(order)s was changed")),
    "protocol.sent": Act(gettext_lazy("edition %(edition)s was sent for signature")),
    "protocol.documents_made": Act(gettext_lazy("the documents of edition %(edition)s were made")),
    "protocol.taken_back": Act(gettext_lazy("edition %(edition)s was taken back for editing")),
    "protocol.returned": Act(gettext_lazy("edition %(edition)s was returned with a remark")),
    "protocol.signed": Act(gettext_lazy("the protocol was signed"), to_all=True),
    "dissent.filed": Act(gettext_lazy("a dissenting opinion on question %(order)s was filed")),
}

FACTS: dict[str, Fact] = {
    "number": Fact(gettext_lazy("number")),
    "version": Fact(gettext_lazy("version of the text")),
    "days_late": Fact(gettext_lazy("days late")),
    "method": Fact(gettext_lazy("way of signing"), lambda value: str(dict(Method.choices).get(value, value))),
    "kk": Fact(gettext_lazy("SHA-256 of the Kazakh document"), hash_groups),
    "ru": Fact(gettext_lazy("SHA-256 of the Russian document"), hash_groups),
    "after_signing": Fact(gettext_lazy("received after signing"), yes_or_no),
}


def words_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of an entry as its sentence says them."""
    return dict(data)
