from members.models.calendar import CalendarDay
from members.models.composition import Composition, Holder, Organisation, Regulation, Seat, Staff
from members.models.people import User
from members.models.records import JournalEntry, JournalHead, Notice

__all__ = [
    "CalendarDay",
    "Composition",
    "Holder",
    "JournalEntry",
    "JournalHead",
    "Notice",
    "Organisation",
    "Regulation",
    "Seat",
    "Staff",
    "User",
]
