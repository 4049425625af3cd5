"""Who is told about a meeting: its members, the guests who know of it, the agencies that still owe."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from meetings import facts
from meetings.models import Delivery, JustificationNote, Meeting
from members.models import Place, Staff
from members.notices import Recipient, to_user
from members.permissions import absence_on, holders_on, with_powers_of_head
from members.states import PlaceRole, Role


def voting_members(staff: Staff, today: date) -> list[Recipient]:
    """Return who holds a voting seat of `staff` on the local date `today`."""
    return [to_user(holder.user) for holder in holders_on(staff, today).filter(seat__votes=True)]


def secretaries(staff: Staff, today: date) -> list[Recipient]:
    """Return who keeps the secretary's seat on `today`."""
    return [to_user(holder.user) for holder in holders_on(staff, today).filter(seat__role=Role.SECRETARY)]


def secretary_and_head(staff: Staff, today: date) -> list[Recipient]:
    """Return the secretary, the head, and in a recorded absence who performs his duties (clause 25(3))."""
    leading = Q(seat__role=Role.SECRETARY) | Q(seat__role=Role.HEAD)
    seated = [holder.user for holder in holders_on(staff, today).filter(leading)]
    acting = [user for user in with_powers_of_head(staff, today) if user not in seated]
    return [to_user(user) for user in [*seated, *(acting if len(acting) == 1 else [])]]


def deciders_of(note: JustificationNote, today: date) -> list[Recipient]:
    """Return whom a note waits for (clauses 18, 25(3)): the head, or who performs his duties on `today`.

    Deputies are asked only where nobody holds the seat of the head, and nobody about a note of the own, which
    then waits for the head.
    """
    heads = [row.user for row in holders_on(note.staff, today).filter(seat__role=Role.HEAD)]
    absence = absence_on(note.staff, today)
    asked = [absence.deputy] if absence else heads or with_powers_of_head(note.staff, today)
    others = [user for user in asked if user != note.prepared_by]
    return [to_user(user) for user in others or heads]


def told_guests(meeting: Meeting) -> list[Recipient]:
    """Return the invited to whom the pack went out: nobody else knows of the meeting yet (clause 21)."""
    sent = Delivery.objects.filter(dispatch__version__meeting=meeting, notice__event="pack.invited")
    known = {email.lower() for email in sent.values_list("notice__email", flat=True)}
    guests = [row.recipient for row in facts.addressees_of(meeting) if row.invitee is not None]
    return [guest for guest in guests if guest.email.lower() in known]


def people_of(organisation_ids: Iterable[int], staff: Staff, today: date) -> list[Recipient]:
    """Return who sits or works for these organisations in `staff` on `today`."""
    ids = set(organisation_ids)
    seated = [holder.user for holder in holders_on(staff, today).filter(seat__organisation__in=ids)]
    places = Place.objects.on(today).filter(staff=staff, role=PlaceRole.AGENCY, organisation__in=ids)
    placed = [place.user for place in places.select_related("user").order_by("pk")]
    return [to_user(user) for user in dict.fromkeys([*seated, *placed])]


def owing_people(meeting: Meeting, today: date) -> list[Recipient]:
    """Return who sits or works for the agencies that still owe materials of the meeting (clause 22)."""
    rows = facts.items_with_materials(meeting, today=today)
    owing = {owed.agency_id for row in rows for owed in row.owed}
    return people_of(owing, meeting.staff, today)
