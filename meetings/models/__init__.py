from meetings.models.agenda import AgendaItem, AgendaVersion, DraftPoint, Question
from meetings.models.attendance import Attendance, Elector
from meetings.models.changes import ChangeRequest, JustificationNote
from meetings.models.dispatch import Answer, CalendarFeed, Delivery, Dispatch, Invitee, Pack
from meetings.models.initiative import Initiative, Supporter
from meetings.models.materials import Material, MaterialReader, MaterialReading, OwedMaterial, PrivateNote
from meetings.models.meeting import Meeting
from meetings.models.plans import (
    Agreement,
    PlanDelivery,
    PlanDispatch,
    PlanItem,
    PlanVersion,
    Proposal,
    WorkPlan,
)
from meetings.models.voting import Ballot, Vote, VoteChange

__all__ = [
    "AgendaItem",
    "AgendaVersion",
    "Agreement",
    "Answer",
    "Attendance",
    "Ballot",
    "CalendarFeed",
    "ChangeRequest",
    "Delivery",
    "Dispatch",
    "DraftPoint",
    "Elector",
    "Initiative",
    "Invitee",
    "JustificationNote",
    "Material",
    "MaterialReader",
    "MaterialReading",
    "Meeting",
    "OwedMaterial",
    "Pack",
    "PlanDelivery",
    "PlanDispatch",
    "PlanItem",
    "PlanVersion",
    "PrivateNote",
    "Proposal",
    "Question",
    "Supporter",
    "Vote",
    "VoteChange",
    "WorkPlan",
]
