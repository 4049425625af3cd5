"""Who may open and do what: written by hand from the regulation and the roles, never computed.

A cell lists letters. On pages of a Staff:

    s secretary   h head   d deputy head   m member of the Staff
    c controller of the working body   g officer of the agency that prepares question 1
    y analyst   u auditor   i person invited to the meeting

Who is listed gets the page, or may try the act (whether it is the right moment is another matter). Who
stands after "~" finds nothing there (404); everybody else of the Staff is told that it is not theirs (403).
The administrator and people of another Staff find nothing at any address of this one; who is not signed in
is led to the sign-in. "-" means that there is no such page, or no such act.

A row holds in all states of the meeting or in those that it names, where the thing exists at all. A cell may
differ by the state of the meeting: draft (agenda not approved), session (in session, a vote open),
awaiting (ended, the protocol awaits the signature), signed.
"""

from typing import NamedTuple

ALL = "shdmcgyui"
SEATS = "shdm"
STAFF = "shdmcgyu"  # everybody but who is invited to one meeting
MEETINGS = "shdmcgui"
AGENDAS = "shdmcgu"
FOLLOWERS = "shdmcu"
NONE = "-"
STATES = ("draft", "session", "awaiting", "signed")


class Row(NamedTuple):
    """Who may open the page (GET), who may act there (POST), and where a state makes a difference."""

    get: str
    post: str = NONE
    get_in: dict[str, str] = {}
    post_in: dict[str, str] = {}
    states: tuple[str, ...] = STATES
    # Making the answer takes seconds: the first of who may stands for the others.
    is_dear: bool = False


HELD = ("session", "awaiting", "signed")
WITH_PROTOCOL = ("awaiting", "signed")


# In a draft the meeting is unknown to the invited, and the questions of others to who has no hand in them.
OF_STAFF: dict[str, Row] = {
    "home": Row(ALL),
    "kpi:indicators": Row(STAFF),
    # Meetings: reading.
    "meeting": Row(MEETINGS, get_in={"draft": "shdmcgu~i"}),
    "meetings:list": Row(MEETINGS),
    "meetings:agenda": Row(AGENDAS),
    "meetings:item": Row(MEETINGS, get_in={"draft": "shdgu~mci"}),
    "meetings:material": Row("shdmgu~ci", get_in={"draft": "shdgu~mci"}),
    "meetings:invited": Row(AGENDAS, "s"),
    "meetings:dispatch": Row("su", "s"),
    "meetings:resend": Row(NONE, "s"),
    "meetings:proof": Row("su"),
    "meetings:proof_csv": Row("su"),
    "meetings:answer": Row("hdmgi", "hdmgi", get_in={"draft": "hdmg~i"}, post_in={"draft": "hdmg~i"}),
    "meetings:room": Row(FOLLOWERS),
    # The pack, the own calendar address, the announcement.
    "meetings:pack": Row("shdmu"),
    "meetings:pack_make": Row(NONE, "shdmu"),
    "meetings:pack_pdf": Row("shdmu"),
    "meetings:pack_zip": Row("shdmu"),
    "meetings:calendar": Row(MEETINGS),
    "meetings:calendar_renew": Row(NONE, MEETINGS),
    "meetings:calendar_revoke": Row(NONE, MEETINGS),
    "meetings:announcement": Row("s", "s"),
    # Meetings: preparing and conducting.
    "meetings:new": Row("s", "s"),
    "meetings:terms": Row("s"),
    "meetings:breach": Row("s", "s"),
    "meetings:edit": Row("s", "s"),
    "meetings:cancel": Row("s", "s"),
    # Initiatives of members for an extraordinary meeting.
    "meetings:initiatives": Row("shdmu"),
    "meetings:initiative": Row("shdmu"),
    "meetings:initiative_new": Row("hdm", "hdm"),
    "meetings:initiative_join": Row(NONE, "hdm"),
    "meetings:initiative_leave": Row(NONE, "hdm"),
    "meetings:initiative_withdraw": Row(NONE, "hdm"),
    "meetings:submit": Row(NONE, "s"),
    "meetings:take_back": Row(NONE, "s", post_in={"draft": "~s"}),
    "meetings:decide": Row(NONE, "hd", post_in={"draft": "~hd"}),
    "meetings:agenda_version": Row(AGENDAS, states=HELD),
    "meetings:agenda_changes": Row("~shdu"),
    "meetings:agenda_pdf": Row(AGENDAS, get_in={"draft": "shdu~mcg"}, is_dear=True),
    "meetings:item_new": Row("s", "s"),
    "meetings:item_edit": Row("s", "s"),
    "meetings:item_move": Row(NONE, "s"),
    "meetings:item_remove": Row("s", "s"),
    # The member of the matrix sits for an agency that owes nothing, so do the head and his deputy.
    "meetings:attach": Row(NONE, "sg", post_in={"draft": "sg~m"}),
    "meetings:materials": Row("shdmg"),
    "meetings:bring": Row("sg", "sg", get_in={"draft": "sg~m"}, post_in={"draft": "sg~m"}),
    "meetings:correct": Row("sg", "sg", get_in={"draft": "sg~m"}, post_in={"draft": "sg~m"}),
    "meetings:brought": Row("sg~hdm"),
    "meetings:await": Row(NONE, "s"),
    "meetings:awaited": Row("s", "s"),
    "meetings:await_no_more": Row(NONE, "s"),
    "meetings:material_access": Row("s", "s"),
    "meetings:material_note": Row(NONE, "hdm", post_in={"draft": "hd~m"}),
    "meetings:decide_late": Row(NONE, "hd"),
    "meetings:added_question": Row("sd", "sd"),
    # The first question stands on the approved agenda: its draft is not written at the meeting.
    "meetings:added_draft": Row("~s", "~s"),
    # Changes of the plan: only the deputy heads and the working body write notes (18).
    "meetings:notes": Row("shdmcu"),
    "meetings:note": Row("shdu~mc"),
    "meetings:note_pdf": Row("shdu~mc", is_dear=True),
    "meetings:note_new": Row("sd", "sd"),
    "meetings:note_decide": Row("hd", "hd"),
    "meetings:note_withdraw": Row("sd", "sd"),
    "meetings:request_new": Row("hm", "hm"),
    "meetings:request_take": Row("s", "s"),
    "meetings:request_decline": Row("s", "s"),
    "meetings:questions": Row("shdmcgu"),
    "meetings:question": Row("shdgu~mc"),
    "meetings:withdraw": Row(NONE, "s"),
    "meetings:uninvite": Row(NONE, "s"),
    "meetings:invitee": Row("s", "s"),
    "meetings:live": Row("s"),
    "meetings:start": Row(NONE, "s"),
    "meetings:attendance": Row("s"),
    "meetings:mark": Row(NONE, "s", states=HELD),
    "meetings:chair": Row("s", "s"),
    "meetings:open": Row(NONE, "s"),
    "meetings:no_quorum": Row(NONE, "s"),
    "meetings:end": Row("s", "s"),
    "meetings:ballot_open": Row(NONE, "s"),
    "meetings:ballot_close": Row("s", "s", states=HELD),
    "meetings:hand": Row("s", "s", states=HELD),
    "meetings:here": Row(NONE, "hdm"),
    "meetings:vote": Row("hdm", states=HELD),
    "meetings:check": Row("hdm", "hdm", states=HELD),
    "meetings:receipt": Row("m~hd", states=HELD),
    # Half-year plans; the plan is being drafted, and an agency's officer reads approved ones alone.
    "meetings:plans": Row(AGENDAS),
    "meetings:plan_new": Row("s", "s"),
    "meetings:plan": Row("shdmcu~g"),
    "meetings:plan_pdf": Row("shdmcu~g", is_dear=True),
    "meetings:plan_xlsx": Row("shdmcu~g"),
    "meetings:plan_call": Row("s", "s"),
    "meetings:propose": Row("hdm", "hdm"),
    "meetings:proposal_withdraw": Row(NONE, "hdm"),
    "meetings:proposal_accept": Row(NONE, "s"),
    "meetings:proposal_decline": Row("s", "s"),
    "meetings:proposal_note": Row("s", "s"),
    "meetings:plan_row_new": Row("s", "s"),
    "meetings:plan_row_edit": Row("s", "s"),
    "meetings:plan_row_move": Row(NONE, "s"),
    "meetings:plan_row_remove": Row("s", "s"),
    "meetings:plan_control": Row("s", "s"),
    "meetings:plan_copy": Row("s", "s"),
    "meetings:plan_agreement": Row("s", "s"),
    "meetings:plan_agree": Row(NONE, "~dm"),
    "meetings:plan_submit": Row(NONE, "~s"),
    "meetings:plan_take_back": Row(NONE, "~s"),
    "meetings:plan_decide": Row(NONE, "~hd"),
    "meetings:plan_dispatch": Row("s", "s"),
    # Protocols: what is not signed yet belongs to who draws it up and who signs, and to the auditor.
    "protocols:detail": Row(FOLLOWERS),
    "protocols:list": Row(FOLLOWERS),
    "protocols:decisions": Row(STAFF),
    "protocols:pdf": Row(FOLLOWERS, get_in={"awaiting": "shdu"}, states=WITH_PROTOCOL),
    "protocols:draw_up": Row(NONE, "s"),
    "protocols:edit": Row("s", "s", states=WITH_PROTOCOL),
    "protocols:send": Row(NONE, "s", states=WITH_PROTOCOL),
    "protocols:make": Row(NONE, "shd", states=WITH_PROTOCOL),
    "protocols:take_back": Row(NONE, "s", states=WITH_PROTOCOL),
    "protocols:sign": Row("hd", "hd", states=WITH_PROTOCOL),
    "protocols:return": Row(NONE, "hd", states=WITH_PROTOCOL),
    "protocols:dissent": Row(SEATS, SEATS),
    # The journal and the history: what each person finds in them is tested beside them.
    "journal": Row(STAFF),
    "journal_export": Row(STAFF),
    "history": Row("shdmcgu~y"),
    # The composition and the regulation by act.
    "members:composition": Row(STAFF),
    "members:composition_versions": Row(STAFF),
    "members:composition_xlsx": Row(STAFF),
    "members:composition_pdf": Row(STAFF, is_dear=True),
    "members:composition_file": Row(STAFF),
    "members:composition_draft": Row("s"),
    "members:composition_start": Row(NONE, "s"),
    "members:composition_act": Row("s", "s"),
    "members:composition_discard": Row("s", "s"),
    "members:composition_approve": Row("s", "s"),
    "members:composition_complete": Row("s", "s"),
    "members:composition_import": Row("s", "s"),
    "members:composition_import_apply": Row(NONE, "s"),
    "members:composition_template": Row("s"),
    "members:seat_new": Row("s", "s"),
    "members:seat_edit": Row("s", "s"),
    "members:seat_move": Row(NONE, "s"),
    "members:seat_remove": Row("s", "s"),
    "members:regulation": Row(STAFF),
    "members:regulation_file": Row(STAFF),
    "members:regulation_draft": Row("s", "s"),
    "members:regulation_start": Row(NONE, "s"),
    "members:regulation_act": Row("s", "s"),
    "members:regulation_discard": Row("s", "s"),
    "members:regulation_approve": Row("s", "s"),
    "members:regulation_complete": Row("s", "s"),
    # Who sits where, and who acts for the head.
    "members:seat_consent": Row("s", "s"),
    "members:holder_new": Row("s", "s"),
    "members:holder_end": Row("s", "s"),
    "members:holder_order": Row("s", "s"),
    "members:absences": Row(STAFF),
    "members:absence_new": Row("shd", "shd"),
    "members:absence_end": Row("shd", "shd"),
    # Letters that did not arrive.
    "members:letters": Row("s"),
    "members:letter_again": Row(NONE, "s"),
    "members:letter_by_hand": Row(NONE, "s"),
    # People and access.
    "members:people": Row("shu"),
    "members:place_grant": Row("s", "s"),
    "members:place_end": Row("s", "s"),
    "members:person_invite": Row(NONE, "s"),
    "members:person_email": Row("s", "s"),
    "members:person_factor": Row("s", "s"),
    "members:invitation_withdraw": Row(NONE, "s"),
}

# Addresses outside a Staff: "*" everybody, "+" whoever is signed in, "a" the administrator alone, "0" nobody:
# what the address names is somebody else's own, and is not found; "?" not found without more in the form.
OUTSIDE: dict[str, Row] = {
    "root": Row("+"),
    "rules": Row("*"),
    "language": Row(NONE, "*"),
    "livez": Row("*"),
    "readyz": Row("*"),
    "demo_sign_in": Row(NONE, "?"),
    "invitation": Row("*", "*"),
    # What everybody may read, and the calendar that its address alone opens.
    "calendar": Row("*"),
    "open_calendar": Row("*"),
    "open_calendar_in": Row("*"),
    "open_all": Row("*"),
    "open": Row("*"),
    "open_meeting": Row("*"),
    # The own account.
    "me": Row("+", "+"),
    "my_data": Row("+"),
    "my_data_download": Row("+"),
    "usersessions_list": Row("+", "+"),
    "end_session": Row(NONE, "0"),
    "account_login": Row("*", "*"),
    "account_logout": Row("+", "*"),
    "account_inactive": Row("*"),
    "account_signup": Row("*"),
    "account_reauthenticate": Row("+", "+"),
    "account_change_password": Row("+", "+"),
    "account_set_password": Row("+", "+"),
    "account_reset_password": Row("*", "*"),
    "account_reset_password_done": Row("*"),
    "account_reset_password_from_key": Row("*", "*"),
    "account_reset_password_from_key_done": Row("*"),
    # The second factor.
    "mfa_index": Row("+"),
    "mfa_authenticate": Row("*", "*"),
    "mfa_reauthenticate": Row("+", "+"),
    "mfa_activate_totp": Row("+", "+"),
    "mfa_deactivate_totp": Row("0", "0"),
    "mfa_view_recovery_codes": Row("0"),
    "mfa_generate_recovery_codes": Row("0", "0"),
    "mfa_download_recovery_codes": Row("0"),
    "mfa_list_webauthn": Row("+"),
    "mfa_add_webauthn": Row("+", "+"),
    "mfa_login_webauthn": Row("*", "*"),
    "mfa_reauthenticate_webauthn": Row("+", "+"),
    "mfa_remove_webauthn": Row("0", "0"),
    "mfa_edit_webauthn": Row("0", "0"),
    # The administrator's site: no meetings, no protocols, no votes.
    "admin:index": Row("a"),
    "admin:login": Row("a"),
    "admin:logout": Row("+", "+"),
    "admin:jsi18n": Row("a"),
    "admin:app_list": Row("a"),
    "admin:members_user_changelist": Row("a", "a"),
    "admin:members_user_add": Row("a", "a"),
    "admin:members_user_change": Row("a", "a"),
    "admin:members_user_history": Row("a"),
    "admin:members_user_delete": Row("", ""),
    "admin:members_staff_changelist": Row("a", "a"),
    "admin:members_staff_add": Row("a", "a"),
    "admin:members_staff_change": Row("a", "a"),
    "admin:members_staff_history": Row("a"),
    "admin:members_staff_delete": Row("", ""),
    "admin:members_organisation_changelist": Row("a", "a"),
    "admin:members_organisation_add": Row("a", "a"),
    "admin:members_organisation_change": Row("a", "a"),
    "admin:members_organisation_history": Row("a"),
    "admin:members_organisation_delete": Row("", ""),
    "admin:members_calendarday_changelist": Row("a", "a"),
    "admin:members_calendarday_add": Row("a", "a"),
    "admin:members_calendarday_change": Row("a", "a"),
    "admin:members_calendarday_history": Row("a"),
    "admin:members_calendarday_delete": Row("a", "a"),
    "admin:members_invitation_changelist": Row("a", "a"),
    "admin:members_invitation_add": Row("", ""),
    "admin:members_invitation_change": Row("a"),
    "admin:members_invitation_history": Row("a"),
    "admin:members_invitation_delete": Row("", ""),
    "admin:members_notice_changelist": Row("a", "a"),
    "admin:members_notice_add": Row("", ""),
    "admin:members_notice_change": Row("a"),
    "admin:members_notice_history": Row("a"),
    "admin:members_notice_delete": Row("", ""),
}

# What a form sends where the address alone does not say enough.
BODIES: dict[str, dict[str, str]] = {
    "meetings:take_back": {"version": "1"},
    "meetings:decide": {"version": "1"},
    **{f"meetings:plan_{act}": {"version": "1"} for act in ("agree", "submit", "take_back", "decide")},
}
