"""Reason codes of protocols as sentences in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from meetings.labels import meeting_title
from meetings.models import Meeting
from members.days import NBSP, short_day
from regulation.verdicts import Verdict

REASONS = {
    "meeting_not_ended": gettext_lazy("The protocol is drawn up after the meeting has ended."),
    "already_drawn_up": gettext_lazy("The protocol has already been drawn up."),
    "already_signed": gettext_lazy(
        "The protocol was signed by %(name)s on %(signed_word)s. It cannot change."
    ),
    "already_sent": gettext_lazy("The protocol has already been sent for signature."),
    "protocol_incomplete": gettext_lazy(
        "The protocol is not complete yet, missing: %(count)s. The list is below."
    ),
    "not_sent_yet": gettext_lazy("The protocol is with the secretary, it has not been sent for signature."),
    "only_who_chaired": gettext_lazy("The protocol is signed by who chaired the meeting: %(name)s."),
    "only_who_stands_in": gettext_lazy(
        "The protocol is signed by who performs the duties of the absent head: %(name)s."
    ),
    "signer_changed": gettext_lazy(
        "The documents were made for the signature of %(was)s, but today it belongs to %(name)s. "
        "The secretary takes the protocol back and sends it again."
    ),
    "documents_not_ready": gettext_lazy("The document is still being made. It takes up to a minute."),
    "protocol_changed": gettext_lazy(
        "The protocol changed after you opened it. Read the new edition and sign that."
    ),
    "wrong_password": gettext_lazy("The password is not right. Nothing was signed."),
    "too_many_attempts": gettext_lazy("Too many attempts. Wait a few minutes and try again."),
    "edited_meanwhile": gettext_lazy(
        "While you were writing, this question was changed in another window. Nothing of yours is lost: "
        "compare the texts and save again."
    ),
    "no_points_without_decision": gettext_lazy("The decision was not adopted, so it has no points."),
    "no_vote_at_meeting": gettext_lazy(
        "Only a member of the Staff with a vote at this meeting files an opinion."
    ),
    "opinion_already_filed": gettext_lazy("You filed your opinion on this question on %(filed_word)s."),
    "question_not_decided": gettext_lazy("The opinion is filed after the vote on the question."),
    "heard_missing": gettext_lazy("Question %(order)s: write who was heard."),
    "vote_not_closed": gettext_lazy("Question %(order)s: the vote is not closed."),
    "points_missing": gettext_lazy("Question %(order)s: the decision was adopted but has no points."),
    "point_without_text": gettext_lazy("Point %(point)s: write its text in at least one language."),
    "point_without_term": gettext_lazy("Point %(point)s: set a date, or mark it as standing."),
    "point_without_executor": gettext_lazy("Point %(point)s: choose the executor."),
    "point_due_before_meeting": gettext_lazy("Point %(point)s: its date is before the meeting."),
}


def refusal(verdict: Verdict) -> str:
    """Return why it does not happen now, in the current language."""
    return str(REASONS[verdict.reason] % words_of(verdict.facts))


def words_of(facts: Mapping[str, object]) -> dict[str, Any]:
    """Return the facts of a verdict with moments as words."""
    words: dict[str, Any] = dict(facts)
    for name in ("signed", "filed"):
        if moment := words.get(f"{name}_at"):
            words[f"{name}_word"] = moment_word(moment)
    return words


def moment_word(moment: datetime) -> str:
    """Return «17 декабря, четверг, 16:40» in the current language and the portal's time zone."""
    local = moment.astimezone(timezone.get_default_timezone())
    return f"{short_day(local.date(), get_language())}, {local:%H:%M}"


def protocol_title(meeting: Meeting) -> str:
    """Return «Protocol № 4»: the protocol bears the number of its meeting."""
    return _("Protocol %(number)s") % {"number": f"№{NBSP}{meeting.number}"}


# Letters: each returns (subject, text) in the current language, without any content of documents.


def to_sign(meeting: Meeting) -> tuple[str, str]:
    facts = {"meeting": meeting_title(meeting)}
    return (
        _("Sign the protocol. %(meeting)s") % facts,
        _("The protocol waits for your signature (clause 15). Read and sign it, or return it."),
    )


def unsigned(meeting: Meeting) -> tuple[str, str]:
    facts = {"meeting": meeting_title(meeting)}
    return (
        _("The protocol still waits for your signature. %(meeting)s") % facts,
        _("It has waited for more than two working days. The regulation sets no term for it (clause 15)."),
    )


def taken_back(meeting: Meeting) -> tuple[str, str]:
    facts = {"meeting": meeting_title(meeting)}
    return (
        _("The protocol was taken back for editing. %(meeting)s") % facts,
        _("Do not sign the text you have seen: a new one will come to you."),
    )


def replaced(meeting: Meeting) -> tuple[str, str]:
    facts = {"meeting": meeting_title(meeting)}
    return (
        _("A dissenting opinion was attached to the protocol. %(meeting)s") % facts,
        _("What waits for your signature has a new edition with the opinion (clause 14). Read it anew."),
    )


def returned(meeting: Meeting) -> tuple[str, str]:
    facts = {"meeting": meeting_title(meeting)}
    return (
        _("The protocol was returned with a remark. %(meeting)s") % facts,
        _("Mend it by the remark and send it for signature again (clause 23)."),
    )


def signed(meeting: Meeting) -> tuple[str, str]:
    facts = {"meeting": meeting_title(meeting)}
    return (
        _("The protocol is signed. %(meeting)s") % facts,
        _("The signed protocol is sent to you for execution (clause 23). Open it in the portal."),
    )


def opinion_filed(meeting: Meeting) -> tuple[str, str]:
    facts = {"meeting": meeting_title(meeting)}
    return (
        _("A dissenting opinion was filed. %(meeting)s") % facts,
        _("It will be attached to the protocol (clause 14)."),
    )


def opinion_after_signing(meeting: Meeting) -> tuple[str, str]:
    facts = {"meeting": meeting_title(meeting)}
    return (
        _("A dissenting opinion came after the signing. %(meeting)s") % facts,
        _("The signed protocol does not change. The opinion is kept beside it with a mark (clause 14)."),
    )


def drawing_up(stage: str, due: date, late: int) -> Callable[[Meeting], tuple[str, str]]:
    """Return the letter about the one-day term of the protocol at `stage` (clause 23)."""

    def words(meeting: Meeting) -> tuple[str, str]:
        facts = {
            "meeting": meeting_title(meeting),
            "due": short_day(due, get_language()),
            "late": ngettext("%(count)d day", "%(count)d days", late) % {"count": late},
        }
        subject, text = OVERDUE if late else STAGES[stage]
        return str(subject % facts), str(text % facts)

    return words


OVERDUE = (
    gettext_lazy("The protocol is overdue by %(late)s. %(meeting)s"),
    gettext_lazy("It was due by %(due)s and has not been sent for signature (clause 23)."),
)
STAGES = {
    "ended": (
        gettext_lazy("Draw up the protocol by %(due)s. %(meeting)s"),
        gettext_lazy(
            "The meeting has ended. The protocol is due within one day, by %(due)s inclusive (clause 23)."
        ),
    ),
    "due_day": (
        gettext_lazy("The protocol is due today. %(meeting)s"),
        gettext_lazy("It must be sent for signature today, %(due)s, until 24:00 (clause 23)."),
    ),
    "last_hours": (
        gettext_lazy("The last hours for the protocol. %(meeting)s"),
        gettext_lazy("It must be sent for signature today, %(due)s, until 24:00 (clause 23)."),
    ),
}
