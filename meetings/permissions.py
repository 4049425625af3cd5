"""Who may do what about meetings. Who is not named, may not."""

from members.permissions import allow
from members.states import Role

EVERYBODY = tuple(Role.values)
MEMBERS = (Role.HEAD, Role.DEPUTY_HEAD, Role.MEMBER)

# What                                    who                                        clause
READ = allow("meeting.read", *EVERYBODY)  # 17, 23: what is sent to the members, they may read
PREPARE = allow("meeting.prepare", Role.SECRETARY)  # 22, 26(2), 26(3)
DECIDE_AGENDA = allow("agenda.decide", Role.HEAD, Role.DEPUTY_HEAD)  # 22: the head or who replaces him
DECIDE_LATE = allow("material.decide", Role.HEAD, Role.DEPUTY_HEAD)  # 22 with 18 and 25(3)
CONDUCT = allow("meeting.conduct", Role.SECRETARY)  # 26(2)
ATTEND = allow("meeting.attend", *MEMBERS)  # 20
VOTE = allow("meeting.vote", *MEMBERS)  # 13
