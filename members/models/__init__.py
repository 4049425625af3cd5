from members.models.access import Absence, Invitation, Place
from members.models.calendar import CalendarDay
from members.models.composition import Composition, Holder, Organisation, Regulation, Seat, Staff
from members.models.people import User
from members.models.records import JournalEntry, JournalHead, Notice

__all__ = [
    "Absence",
    "CalendarDay",
    "Composition",
    "Holder",
    "Invitation",
    "JournalEntry",
    "JournalHead",
    "Notice",
    "Organisation",
    "Place",
    "Regulation",
    "Seat",
    "Staff",
    "User",
]
