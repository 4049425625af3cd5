"""Sentences that belong to every app: letters in both languages, and why somebody may not."""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils import translation
from django.utils.translation import get_language, gettext_lazy

from members.days import local_text, long_day
from members.notices import Message
from members.states import PlaceRole, Role
from regulation.verdicts import Verdict

ROLES: dict[str, object] = dict([*Role.choices, *PlaceRole.choices])

# What may be wrong with an uploaded file; forms of every app say it beside the file.
OF_FILES = {
    "file_type": gettext_lazy(
        "The file must be PDF, DOCX, XLSX, PPTX, JPG or PNG, and its content must match its name."
    ),
    "file_not_pdf": gettext_lazy("The file must be a PDF, and its content must match its name."),
    "file_too_big": gettext_lazy("The file is larger than %(limit)s MB."),
    "file_empty": gettext_lazy("The file is empty."),
    "file_broken": gettext_lazy(
        "The file is damaged or incomplete: it cannot be opened to the end. Save it anew and send it again."
    ),
    "file_encrypted": gettext_lazy("The file is closed with a password. Save it without a password."),
    "file_macros": gettext_lazy("The file holds macros. Save it without macros, best of all as PDF."),
    "file_packed": gettext_lazy(
        "Another file or object is packed inside. Attach it as a document of its own, or save as PDF."
    ),
    "file_external": gettext_lazy(
        "The file fetches something from outside when it is opened. Break its links, or save it as PDF."
    ),
    "file_active": gettext_lazy(
        "The PDF holds a script, a form or an action that starts by itself. Print it to PDF anew."
    ),
    "file_bomb": gettext_lazy(
        "The file unpacks to more than a document needs. Save it anew in smaller parts, or as PDF."
    ),
    "file_two_kinds": gettext_lazy(
        "The file is of two kinds at once: something is hidden in it. Save it anew from its own program."
    ),
    "file_picture_large": gettext_lazy("The picture has too many dots. Save it with 50 megapixels at most."),
    "file_infected": gettext_lazy("A virus is in the file. Check your computer and tell your IT service."),
}
REASONS = {
    **OF_FILES,
    "other_staff": gettext_lazy("This belongs to another Staff."),
    "not_your_role": gettext_lazy("Only %(who)s may do this. You need not: it is not among your duties."),
    "draft_exists": gettext_lazy("A draft is being prepared already. Open it and go on there."),
    "draft_gone": gettext_lazy("This draft is no more: meanwhile it was approved or discarded."),
    "draft_changed_meanwhile": gettext_lazy(
        "The draft changed after you opened this page. Look at it again, then approve it."
    ),
    "draft_other_meanwhile": gettext_lazy(
        "The draft was changed meanwhile, in another tab or by another person; perhaps what you typed is in "
        "it already. Look at the draft. To save what stands below all the same, save again."
    ),
    "nothing_changes": gettext_lazy(
        "The draft says the same as the version in force: there is nothing to approve. What the act of that "
        "version lacks is filled in there."
    ),
    "act_date_ahead": gettext_lazy("The date of the act is in the future. It is %(day)s today."),
    "starts_too_early": gettext_lazy(
        "The former version is in force from %(since)s. The new one begins on a later day."
    ),
    "former_still_in_force": gettext_lazy(
        "The former version is in force until %(until)s. The new one begins after that day."
    ),
    "composition_is_empty": gettext_lazy("The draft has no seats yet. Add at least one."),
    "composition_without_head": gettext_lazy("The draft has no seat of the head of the Staff."),
    "composition_without_secretary": gettext_lazy("The draft has no seat of the secretary."),
    "nobody_votes": gettext_lazy("No seat of the draft votes, so there would be no members."),
    "second_head": gettext_lazy("The draft has a seat of the head already. Change that one first."),
    "second_secretary": gettext_lazy("The draft has a seat of the secretary already. Change that one first."),
    "seat_gone": gettext_lazy("This seat is no longer in the draft."),
    "seat_changed_meanwhile": gettext_lazy(
        "This seat was changed meanwhile, in another tab or by another person. What you typed is below; "
        "compare it with what stands now, then save again."
    ),
    "act_fact_stands": gettext_lazy(
        "The act is recorded already: what was filled in once does not change. A correction is a new version."
    ),
}
REASONS |= {
    "seat_of_draft": gettext_lazy("The seat belongs to a draft. People take seats once it is approved."),
    "seat_not_in_force": gettext_lazy(
        "The seat exists from %(day)s to %(until)s. Choose a first day in that time."
    ),
    "seat_not_in_force_before": gettext_lazy("The seat exists from %(day)s. Choose that day or a later one."),
    "seat_is_held_from": gettext_lazy(
        "%(name)s holds the seat from %(day)s; one person holds it at a time. Choose other days. If that "
        "entry is a mistake, open the composition on that day, choose «End the term» there and take it off."
    ),
    "term_ends_before_it_starts": gettext_lazy(
        "The term begins on %(day)s. Its last day is that day or a later one."
    ),
    "own_other_seat": gettext_lazy(
        "This is your own e-mail address. In another seat you would no longer be the secretary; first record "
        "who takes yours, then they record you."
    ),
    "seat_ends_before": gettext_lazy(
        "The seat is there until %(until)s: the next composition does not have it. Choose that day or an "
        "earlier one."
    ),
    "absence_of_former_head": gettext_lazy(
        "An absence of the present head is recorded until %(until)s. End it first, on the page «Absences of "
        "the head»: the new head begins on a later day than its last one."
    ),
    "term_is_gone": gettext_lazy("This term was recorded otherwise meanwhile. Open the composition again."),
    "edit_in_draft": gettext_lazy("The seat belongs to a draft: change it there."),
    "consent_without_agreement": gettext_lazy("A consent letter belongs to a seat by agreement only."),
    "consent_needs_both": gettext_lazy("A consent letter has both a number and a date."),
    "term_is_over": gettext_lazy("This term is over, its last day was %(day)s."),
    "own_term": gettext_lazy(
        "Nobody ends the own term. Record your successor: your term ends by itself the day before."
    ),
    "order_needs_both": gettext_lazy(
        "Who performs the office by an order has its number and its date; fill in both or neither."
    ),
    "performs_duties_of_head": gettext_lazy(
        "This person performs the duties of the head, the last day is %(until)s. "
        "End that absence first and record who performs them instead."
    ),
    "head_is_absent": gettext_lazy(
        "Your absence is recorded, its last day is %(until)s; the duties of the head are performed by "
        "%(name)s. To act yourself, end the absence first, on the page «Absences of the head»."
    ),
    "another_performs": gettext_lazy(
        "The duties of the head are performed by %(name)s, the last day is %(until)s."
    ),
    "absence_ends_before_it_starts": gettext_lazy("The last day of the absence is before its first day."),
    "absence_is_past": gettext_lazy("These days are over already. Record an absence that still lasts."),
    "absence_overlaps": gettext_lazy(
        "An absence is recorded for these days already: %(day)s – %(until)s. End that one first."
    ),
    "not_a_deputy": gettext_lazy("%(name)s holds no seat of a deputy head today. Choose a deputy head."),
    "only_head_names_another": gettext_lazy(
        "By the order of the composition the duties are performed by %(name)s; "
        "only the head, or the secretary for him, names another deputy."
    ),
    "absence_cancelled": gettext_lazy("This absence is no more: it was cancelled before it began."),
    "absence_lasts_its_day": gettext_lazy(
        "The absence began today, and the deputy may have acted under it: it lasts until the end of the day."
    ),
    "absence_is_over": gettext_lazy("This absence is over already, its last day was %(until)s."),
    "absence_not_shorter": gettext_lazy(
        "The absence lasts until %(until)s as it is. Choose an earlier last day, or record a new absence."
    ),
    "absence_was_yesterday": gettext_lazy(
        "What was until yesterday stays as it was: choose %(day)s or a later day."
    ),
    "account_closed": gettext_lazy("The account is closed. The administrator of the portal opens it again."),
    "administrator_holds_nothing": gettext_lazy(
        "%(name)s administers the portal and has no rights to its content. Enter another account, with "
        "another e-mail address."
    ),
    "holder_account_closed": gettext_lazy(
        "The account of %(name)s is closed. The administrator of the portal opens it, then try again."
    ),
    "no_post": gettext_lazy("%(name)s has no seat and no place in this Staff. Give one first."),
    "invitation_unknown": gettext_lazy("This link opens no invitation. Perhaps the letter cut it in two."),
    "invitation_used": gettext_lazy("This invitation was accepted already. Sign in with your password."),
    "invitation_withdrawn": gettext_lazy(
        "This invitation no longer works: another one was sent after it, or it was withdrawn."
    ),
    "invitation_expired": gettext_lazy("This invitation is too old: it worked for seven days."),
    "place_held": gettext_lazy("%(name)s has this place already, since %(day)s."),
    "place_is_over": gettext_lazy("This place is over already, its last day was %(day)s."),
    "own_access": gettext_lazy("Nobody changes the own access. Ask the administrator of the portal."),
    "administrator_resets": gettext_lazy(
        "This is an administrator of the portal: only another administrator resets the second factor."
    ),
    "factor_of_another_staff": gettext_lazy(
        "%(name)s has a seat or a place in another Staff, too: the administrator of the portal resets it."
    ),
    "email_in_use": gettext_lazy(
        "%(name)s has set a password or signed in already: the address of such an account does not change. "
        "Enter the person with another address."
    ),
    "email_of_another_staff": gettext_lazy(
        "%(name)s has a seat or a place in another Staff, too. End the one here and enter the person again "
        "with the right address."
    ),
    "email_taken": gettext_lazy(
        "Another person of the portal has this address. End the place of the mistyped one and enter that "
        "person instead."
    ),
    "no_second_factor": gettext_lazy("%(name)s has no second factor: there is nothing to reset."),
}
# What to look at about a seat or its holder; nothing is refused because of it.
WARNINGS = {
    "seat_vacant": gettext_lazy("Vacant: it counts in the total, nobody may sit in for it"),
    "acting_holder": gettext_lazy("Performs the duties by order"),
    "holds_two_seats": gettext_lazy(
        "Holds another seat too; at a meeting one vote, the second seat counts as vacant"
    ),
    "rank_below_floor": gettext_lazy("The office is below the level that clause 8 asks for"),
    "consent_missing": gettext_lazy("By agreement, but no consent letter is recorded"),
}
WARNING_CLAUSES = {
    "seat_vacant": "20",
    "acting_holder": "20",
    "holds_two_seats": "13",
    "rank_below_floor": "8",
    "consent_missing": "8",
}


def refusal(verdict: Verdict) -> str:
    """Return why it does not happen or why the person may not, in the current language."""
    facts = dict(verdict.facts)
    roles: list[str] = facts.pop("roles", [])  # type: ignore[assignment]
    words = {
        name: long_day(value, get_language()) if isinstance(value, date) else value
        for name, value in facts.items()
    }
    words["who"] = ", ".join(lower_first(str(ROLES[role])) for role in roles)
    return str(REASONS[verdict.reason] % words)


def warnings(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return what to look at about a seat (`facts.SeatFacts.warnings`) as sentences with their clauses."""
    return [(str(WARNINGS[code]), WARNING_CLAUSES[code]) for code in codes]


def lower_first(text: str) -> str:
    """Return `text` as it stands inside a sentence: «Штаб» keeps its capital letter."""
    return text[:1].lower() + text[1:]


def local(item: object, field: str) -> str:
    """Return the text of `field` in the current language, or in the other one where it is missing."""
    return local_text(item, field, get_language())[0]


def message(words: Callable[[], tuple[str, str]], path: str) -> Message:
    """Return a letter whose `words()` gives subject and text in the current language, said in both."""
    said = {}
    for language in ("kk", "ru"):
        with translation.override(language):
            said[language] = words()
    return Message(
        subject_kk=said["kk"][0],
        subject_ru=said["ru"][0],
        text_kk=said["kk"][1],
        text_ru=said["ru"][1],
        path=path,
    )
