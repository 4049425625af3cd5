"""What is done about people and acts; one name for one act."""

from members.actions.absences import end_absence, record_absence
from members.actions.consent import record_consent
from members.actions.invitations import accept, correct_email, invite, withdraw_invitation
from members.actions.places import (
    end_place,
    grant_place,
    reset_second_factor,
    reset_second_factor_anywhere,
)
from members.actions.seats import correct_order, end_term, seat_person
from members.actions.sweep import sweep

__all__ = [
    "accept",
    "correct_email",
    "correct_order",
    "end_absence",
    "end_place",
    "end_term",
    "grant_place",
    "invite",
    "record_absence",
    "record_consent",
    "reset_second_factor",
    "reset_second_factor_anywhere",
    "seat_person",
    "sweep",
    "withdraw_invitation",
]
