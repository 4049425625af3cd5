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
READ_PACK = allow("pack.read", *EVERYBODY, AUDITOR)  # 22, 26(4): the reading list, one file, ZIP
READ_DRAFTS = allow("agenda.read_drafts", Role.SECRETARY, Role.HEAD, Role.DEPUTY_HEAD, AUDITOR)  # 22
FOLLOW = allow("meeting.follow", *EVERYBODY, CONTROLLER, AUDITOR)  # 13: the session, who voted how
READ_DISPATCH = allow("dispatch.read", Role.SECRETARY, AUDITOR)  # 26(4): proof of sending
READ_PLANS = allow("plan.read", *EVERYBODY, CONTROLLER, AGENCY, AUDITOR)  # 16, 17; an agency: approved ones
READ_PLAN_DRAFTS = allow("plan.read_drafts", *EVERYBODY, CONTROLLER, AUDITOR)  # 16, 26(5)
READ_PLAN_DISPATCH = allow("plan.read_dispatch", Role.SECRETARY, AUDITOR)  # 17: proof of sending

# Acting.
PREPARE_PLAN = allow("plan.prepare", Role.SECRETARY)  # 16, 26(5): calls, drafts, sends
PROPOSE = allow("plan.propose", *MEMBERS)  # 16: from the proposals of members
AGREE_PLAN = allow("plan.agree", Role.DEPUTY_HEAD, Role.MEMBER)  # 26(5): the head approves instead
DECIDE_PLAN = allow("plan.decide", Role.HEAD, Role.DEPUTY_HEAD)  # 16, 25(3): or who performs his duties
PREPARE = allow("meeting.prepare", Role.SECRETARY)  # 22, 26(2), 26(3)
BRING = allow("material.bring", Role.SECRETARY, *MEMBERS, AGENCY)  # 22: for the own agency alone
NOTE = allow("material.note", *MEMBERS)  # 22: for oneself, nobody else reads it
DECIDE_AGENDA = allow("agenda.decide", Role.HEAD, Role.DEPUTY_HEAD)  # 22: the head or who replaces him
DECIDE_LATE = allow("material.decide", Role.HEAD, Role.DEPUTY_HEAD)  # 22 with 18 and 25(3)
ANNOUNCE = allow("meeting.announce", Role.SECRETARY)  # 19, 26(2)
CONDUCT = allow("meeting.conduct", Role.SECRETARY)  # 26(2)
ATTEND = allow("meeting.attend", *MEMBERS)  # 20
ANSWER = allow("meeting.answer", *MEMBERS, AGENCY, INVITED)  # 20, 21: whether one will come
READ_FORECAST = allow("forecast.read", Role.SECRETARY, Role.HEAD, AUDITOR)  # 20: who answered what
VOTE = allow("meeting.vote", *MEMBERS)  # 13
READ_INITIATIVES = allow("initiative.read", *EVERYBODY, AUDITOR)  # 12
JOIN_INITIATIVE = allow("initiative.join", *MEMBERS)  # 12

# Changes of the plan. The notes themselves come from the deputy heads and the working body alone.
READ_NOTES = allow("note.read", *EVERYBODY, CONTROLLER, AUDITOR)  # 18: agreed ones; keepers read all
READ_QUESTIONS = allow("question.read", *EVERYBODY, CONTROLLER, AGENCY, AUDITOR)  # 17, 18, 22
PREPARE_NOTE = allow("note.prepare", Role.SECRETARY, Role.DEPUTY_HEAD)  # 18
DECIDE_NOTE = allow("note.decide", Role.HEAD, Role.DEPUTY_HEAD)  # 18 with 25(3)
REQUEST_CHANGE = allow("change.request", Role.HEAD, Role.MEMBER)  # 18: the others ask the working body
ANSWER_REQUEST = allow("change.answer", Role.SECRETARY)  # 18, 26(5)
