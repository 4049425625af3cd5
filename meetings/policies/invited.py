from collections.abc import Iterable

from meetings.models import Invitee, Meeting
from members.permissions import holders_on
from regulation.verdicts import ALLOWED, Verdict, refused


def may_be_invited(meeting: Meeting, name: str, email: str, others: Iterable[Invitee]) -> Verdict:
    """A person stands once on the list, by name and by e-mail, and a voting member not at all (20, 21).

    `others`: who stands on it already.
    """
    rows = list(others)
    if any(row.name == name for row in rows):
        return refused("invited_already", "21", name=name)
    if not email:
        return ALLOWED
    same = next((row for row in rows if row.email.lower() == email.lower()), None)
    if same is not None:
        return refused("email_invited_already", "21", email=email, name=same.name)
    voting = holders_on(meeting.staff, meeting.day).filter(seat__votes=True, user__email__iexact=email)
    holder = voting.first()
    if holder is not None:
        return refused("member_is_not_invited", "20", name=holder.user.name)
    return ALLOWED


def is_same_invitation(person: Invitee, version: int) -> Verdict:
    """Nobody writes over what another window saved meanwhile."""
    if person.version == version:
        return ALLOWED
    office = person.office_kk or person.office_ru
    said = ", ".join(filter(None, (person.name, office, person.email)))
    return refused("invitee_edited_meanwhile", "21", said=said)
