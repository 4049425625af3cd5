"""What the portal writes to people about people: subject and text in both languages."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members import links
from members.days import long_day, short_day
from members.labels import local, message
from members.models import Absence, Invitation, Staff
from members.notices import Message
from members.permissions import Actor
from members.posts import Post


def post_in_words(post: Post) -> str:
    """Return a post as one reads it: the office of a seat, or the role with its organisation."""
    if post.holder is not None:
        return local(post.holder.seat, "office")
    organisation = local(post.organisation, "name") if post.organisation else ""
    return f"{post.role_display}, {organisation}" if organisation else post.role_display


def invited(invitation: Invitation, posts: Sequence[Post]) -> Message:
    """Return the letter with the invitation; its address is signed when the letter is made."""

    def words() -> tuple[str, str]:
        facts = {
            "body": local(invitation.staff, "body"),
            "posts": "; ".join(post_in_words(post) for post in posts),
            "day": short_day(invitation.expires_at.date(), get_language()),
        }
        return (
            _("You are invited to the portal of the Staff"),
            _(
                "%(body)s. You are entered as: %(posts)s. Open the link and set a password; "
                "the link works once, until %(day)s. Give it to nobody."
            )
            % facts,
        )

    return message(words, links.invitation_path(invitation.pk))


def post_given(staff: Staff, posts: Sequence[Post]) -> Message:
    """Return the letter to who has a password already: which seats and places they have in `staff` now."""

    def words() -> tuple[str, str]:
        facts = {
            "body": local(staff, "body"),
            "posts": "; ".join(
                _("%(post)s, from %(day)s")
                % {"post": post_in_words(post), "day": short_day(post.since, get_language())}
                for post in posts
            ),
        }
        return (
            _("You have a seat or a place in the Staff"),
            _("%(body)s. You are entered as: %(posts)s. Sign in with the password that you have.") % facts,
        )

    return message(words, staff.get_absolute_url())


def second_factor_reset(by: Actor) -> Message:
    """Return the letter about a second factor that was taken away, so that a stranger's doing is noticed.

    The portal itself is the administrator at the server.
    """

    def words() -> tuple[str, str]:
        who = by.user.name if by.user else _("the administrator of the portal")
        return (
            _("Your second factor was reset"),
            _(
                "Reset by: %(who)s, because the phone or the key was lost. At the next sign-in you set up a "
                "new one. If you did not ask for this, call the secretary of the Staff at once."
            )
            % {"who": who},
        )

    return message(words, f"/{by.staff.code}/")


def absence_recorded(absence: Absence) -> Message:
    """Return the letter that says who performs the duties of the head, and when (clause 25(3))."""

    def words() -> tuple[str, str]:
        facts = {
            "since": long_day(absence.since, get_language()),
            "until": long_day(absence.until, get_language()),
            "name": absence.deputy.name,
        }
        return (
            _("Absence of the head: %(since)s – %(until)s") % facts,
            _(
                "The duties of the head are performed by %(name)s (clause 25(3)). "
                "Approvals, chairing, the casting vote and the signature belong to this person."
            )
            % facts,
        )

    return message(words, _absences_of(absence))


def absence_ended(absence: Absence, last_day: date) -> Message:
    """Return the letter that says from when the head acts himself again (clause 25(3))."""

    def words() -> tuple[str, str]:
        facts = {"until": long_day(last_day, get_language()), "name": absence.deputy.name}
        return (
            _("The absence of the head is over"),
            _(
                "The last day is %(until)s; after it the head performs his duties himself (clause 25(3)). "
                "They were performed by %(name)s."
            )
            % facts,
        )

    return message(words, _absences_of(absence))


def absence_cancelled(absence: Absence) -> Message:
    """Return the letter that says that a recorded absence, which had not begun, is no more (clause 25(3))."""

    def words() -> tuple[str, str]:
        facts = {
            "since": long_day(absence.since, get_language()),
            "until": long_day(absence.until, get_language()),
            "name": absence.deputy.name,
        }
        return (
            _("The absence of the head is cancelled: %(since)s – %(until)s") % facts,
            _(
                "On these days the head performs his duties himself (clause 25(3)). "
                "They were to be performed by %(name)s."
            )
            % facts,
        )

    return message(words, _absences_of(absence))


def _absences_of(absence: Absence) -> str:
    return reverse("members:absences", kwargs={"staff": absence.staff.code})
