"""Who may do what about meetings. Who is not named, may not."""

from members.permissions import allow
from members.states import PlaceRole, Role

EVERYBODY = tuple(Role.values)
MEMBERS = (Role.HEAD, Role.DEPUTY_HEAD, Role.MEMBER)
CONTROLLER, AGENCY, AUDITOR, INVITED = (
    PlaceRole.CONTROLLER,
    PlaceRole.AGENCY,
    PlaceRole.AUDITOR,
    PlaceRole.INVITED,
)

# Reading. An officer of an agency reads everything about the questions of the own agency besides
# (`meetings.sight`); an invited person sees only the meetings with the own name on the approved list.
# What                                              who                                        clause
READ = allow("meeting.read", *EVERYBODY, CONTROLLER, AGENCY, AUDITOR, INVITED)  # 19, 21, 23: date, questions
READ_AGENDA = allow("agenda.read", *EVERYBODY, CONTROLLER, AGENCY, AUDITOR)  # 19, 22: as approved
READ_TEXTS = allow("agenda.read_texts", *EVERYBODY, CONTROLLER, AUDITOR)  # 22: draft decisions, as approved
READ_MATERIALS = allow("material.read", *EVERYBODY, AUDITOR)  # 22, 26(4): what was sent to the members
READ_DRAFTS = allow("agenda.read_drafts", Role.SECRETARY, Role.HEAD, Role.DEPUTY_HEAD, AUDITOR)  # 22
FOLLOW = allow("meeting.follow", *EVERYBODY, CONTROLLER, AUDITOR)  # 13: the session, who voted how
READ_DISPATCH = allow("dispatch.read", Role.SECRETARY, AUDITOR)  # 26(4): proof of sending

# Acting.
PREPARE = allow("meeting.prepare", Role.SECRETARY)  # 22, 26(2), 26(3)
DECIDE_AGENDA = allow("agenda.decide", Role.HEAD, Role.DEPUTY_HEAD)  # 22: the head or who replaces him
DECIDE_LATE = allow("material.decide", Role.HEAD, Role.DEPUTY_HEAD)  # 22 with 18 and 25(3)
CONDUCT = allow("meeting.conduct", Role.SECRETARY)  # 26(2)
ATTEND = allow("meeting.attend", *MEMBERS)  # 20
VOTE = allow("meeting.vote", *MEMBERS)  # 13
