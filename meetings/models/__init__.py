from meetings.models.agenda import AgendaItem, AgendaVersion, Question
from meetings.models.attendance import Attendance, Elector
from meetings.models.materials import Delivery, Dispatch, Invitee, Material
from meetings.models.meeting import Meeting
from meetings.models.voting import Ballot, Vote, VoteChange

__all__ = [
    "AgendaItem",
    "AgendaVersion",
    "Attendance",
    "Ballot",
    "Delivery",
    "Dispatch",
    "Elector",
    "Invitee",
    "Material",
    "Meeting",
    "Question",
    "Vote",
    "VoteChange",
]
