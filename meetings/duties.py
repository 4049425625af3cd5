"""What waits for a person about meetings, computed from the records (never stored)."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meetings import facts, policies
from meetings.facts import ItemMaterials, Terms
from meetings.labels import meeting_title
from meetings.locks import approved_version, submitted_version
from meetings.models import AgendaItem, AgendaVersion, Elector, Meeting
from meetings.permissions import DECIDE_AGENDA, DECIDE_LATE, VOTE
from meetings.sight import is_of_agency
from meetings.states import AgendaState, Presence, State
from members.days import long_day
from members.duties import Duty, state_by
from members.models.calendar import CalendarDay
from members.permissions import Actor
from members.policies import has_powers_of_head
from members.states import Role
from regulation.terms import quarter_alarm, quarter_bounds, quarter_of


def duties(actor: Actor, *, now: datetime) -> list[Duty]:
    """Return what `actor` has to do about the meetings of the Staff at `now`."""
    today = timezone.localdate(now)
    calendar = CalendarDay.objects.work_calendar()
    rows: list[Duty] = []
    for meeting in Meeting.objects.filter(staff=actor.staff).upcoming().for_duties():
        terms = facts.terms_of(meeting, calendar)
        rows += _going_on(actor, meeting) if meeting.state != State.PLANNED else []
        if meeting.state == State.PLANNED:
            rows += _planned(actor, meeting, terms, today)
    return [*_absent(actor), *_quarter(actor, today), *rows]


def _absent(actor: Actor) -> Iterator[Duty]:
    absence = actor.absence
    if absence is None or actor.role != Role.HEAD:
        return
    yield Duty(
        title=_("Your absence is recorded, the last day is %(until)s")
        % {"until": long_day(absence.until, get_language())},
        why=_("Your duties are performed by %(name)s; to act yourself, end the absence first")
        % {"name": absence.deputy.name},
        clause="25.3",
        url=reverse("members:absences", args=[actor.staff.code]),
        act=_("Open the absence"),
    )


def _stands_in(actor: Actor) -> str:
    """Return on what ground the person performs the duties of the head; empty for who does not."""
    if actor.absence is None or not actor.replaces_head:
        return ""
    until = long_day(actor.absence.until, get_language())
    facts = {"ground": actor.absence.ground, "until": until}
    return _("You perform the duties of the head: %(ground)s, the last day is %(until)s") % facts


def _quarter(actor: Actor, today: date) -> Iterator[Duty]:
    quarter = quarter_of(today)
    if actor.role not in (Role.SECRETARY, Role.HEAD) or facts.has_regular_in_quarter(
        actor.staff, quarter, today=today
    ):
        return
    alarm = quarter_alarm(today)
    if alarm or actor.is_secretary:
        yield Duty(
            title=_("No regular meeting is scheduled for this quarter"),
            why=_("A regular meeting is held at least once a quarter"),
            clause="12",
            url=f"/{actor.staff.code}/meetings/new/"
            if actor.is_secretary
            else f"/{actor.staff.code}/meetings/",
            act=_("Schedule the meeting") if actor.is_secretary else _("See the meetings"),
            due=quarter_bounds(quarter)[1],
            state={"red": "late", "amber": "soon"}.get(alarm, "open"),
        )


def _going_on(actor: Actor, meeting: Meeting) -> Iterator[Duty]:
    title = meeting_title(meeting)
    if actor.is_secretary:
        yield Duty(
            title=_("%(meeting)s is going on") % {"meeting": title},
            why=_("You keep the attendance and open the votes"),
            clause="20",
            url=meeting.address("meetings:live"),
            act=_("Open the console"),
            state="now",
        )
    elector = next((row for row in meeting.electors.all() if row.user_id == actor.person.pk), None)
    if elector is None or actor.role not in VOTE.roles:
        return
    yield from _in_the_room(meeting, title, elector)


def _in_the_room(meeting: Meeting, title: str, elector: Elector) -> Iterator[Duty]:
    ballot = next((row for row in meeting.ballots.all() if row.is_open), None)
    if elector.attendance.presence in (Presence.UNKNOWN, Presence.ABSENT, Presence.LEFT):
        yield Duty(
            title=_("%(meeting)s: say that you are here") % {"meeting": title},
            why=_("Only members marked present count in the quorum and vote"),
            clause="20",
            url=meeting.address("meetings:room"),
            act=_("I am at the meeting"),
            state="now",
        )
    elif ballot is not None and elector.pk not in {vote.elector_id for vote in ballot.votes.all()}:
        yield Duty(
            title=_("Vote on question %(order)s") % {"order": ballot.item.order},
            why=_("%(meeting)s is going on, you are present and have not voted") % {"meeting": title},
            clause="13",
            url=meeting.address("meetings:vote", order=ballot.item.order),
            act=_("Vote"),
            state="now",
        )
    else:
        yield Duty(
            title=_("%(meeting)s is going on") % {"meeting": title},
            why=_("You are marked present"),
            clause="20",
            url=meeting.address("meetings:room"),
            act=_("To the meeting"),
            state="now",
        )


def _planned(actor: Actor, meeting: Meeting, terms: Terms, today: date) -> Iterator[Duty]:
    rows = [facts.materials_of(item, terms.materials_due, today=today) for item in _items(meeting)]
    submitted = submitted_version(meeting)
    if actor.is_secretary:
        yield from _of_secretary(meeting, terms, rows, submitted, today)
    decides = actor.role in DECIDE_AGENDA.roles and policies.decides_on_agenda(meeting, actor)
    if submitted is not None and decides:
        yield _decide_agenda(actor, meeting, submitted, terms, today)
    if actor.role in DECIDE_LATE.roles and has_powers_of_head(actor):
        yield from _decide_late(actor, meeting, rows, terms)
    yield from _owed_by(actor, meeting, rows, terms, today)
    yield from _unread(actor, meeting, today)


def _items(meeting: Meeting) -> list[AgendaItem]:
    items = list(meeting.items.all())
    for item in items:
        item.meeting = meeting
    return items


def _of_secretary(
    meeting: Meeting, terms: Terms, rows: list[ItemMaterials], submitted: AgendaVersion | None, today: date
) -> Iterator[Duty]:
    if meeting.day < today:
        yield _not_held(meeting)
        return
    title = meeting_title(meeting)
    approved = approved_version(meeting)
    digest = facts.content_hash(facts.agenda_content(meeting, [row.item for row in rows]))
    if meeting.day == today and approved is not None:
        yield _is_today(meeting)
    if submitted is None and (approved is None or approved.sha256 != digest):
        yield Duty(
            title=_("Prepare the agenda. %(meeting)s") % {"meeting": title},
            why=_("The secretary drafts it, the head approves it"),
            clause="22",
            url=meeting.address("meetings:agenda"),
            act=_("Prepare the agenda"),
            due=terms.circulation_due,
            state=state_by(terms.circulation_due, today),
            note=_remark(meeting),
        )
    sent = approved is not None and hasattr(approved, "dispatch")
    if (
        approved is not None
        and not sent
        and policies.may_dispatch(meeting, approved, already=sent, digest=digest)
    ):
        yield Duty(
            title=_("Send the agenda and materials. %(meeting)s") % {"meeting": title},
            why=_("All documents go to the members at least three days before the meeting"),
            clause="26.4",
            url=meeting.address("meetings:dispatch"),
            act=_("Check and send"),
            due=terms.circulation_due,
            state=state_by(terms.circulation_due, today),
        )
    yield from _missing_materials(meeting, terms, rows, today)


def _not_held(meeting: Meeting) -> Duty:
    return Duty(
        title=_("%(meeting)s was not held on its day") % {"meeting": meeting_title(meeting)},
        why=_("Choose a new date; its terms follow by themselves"),
        clause="12",
        url=meeting.address("meetings:edit"),
        act=_("Choose a new date"),
        due=meeting.day,
        state="late",
    )


def _is_today(meeting: Meeting) -> Duty:
    return Duty(
        title=_("%(meeting)s is today") % {"meeting": meeting_title(meeting)},
        why=_("Begin the registration of members"),
        clause="20",
        url=meeting.get_absolute_url(),
        act=_("Begin registration"),
        due=meeting.day,
        state="now",
    )


def _remark(meeting: Meeting) -> str:
    """Return the remark with which the head returned the latest version, or nothing."""
    latest = next(iter(meeting.agenda_versions.all()), None)
    if latest is None or latest.state != AgendaState.RETURNED:
        return ""
    return _("Returned with a remark: «%(remark)s»") % {"remark": latest.remark}


def _missing_materials(
    meeting: Meeting, terms: Terms, rows: list[ItemMaterials], today: date
) -> Iterator[Duty]:
    missing = [str(row.item.order) for row in rows if row.is_missing]
    if missing:
        yield Duty(
            title=_("Materials are missing for questions %(orders)s") % {"orders": ", ".join(missing)},
            why=_("%(meeting)s. Agencies bring them five calendar days before")
            % {"meeting": meeting_title(meeting)},
            clause="22",
            url=meeting.address("meetings:agenda"),
            act=_("See the materials"),
            due=terms.materials_due,
            state=state_by(terms.materials_due, today),
        )


def _decide_agenda(actor: Actor, meeting: Meeting, version: AgendaVersion, terms: Terms, today: date) -> Duty:
    why = _("The head approves the agenda")
    if actor.role == Role.DEPUTY_HEAD:
        why = _stands_in(actor) or _("In the head's absence you approve it, with the ground")
    return Duty(
        title=_("Approve the agenda. %(meeting)s") % {"meeting": meeting_title(meeting)},
        why=why,
        clause="22",
        url=meeting.address("meetings:agenda"),
        act=_("Open the agenda"),
        due=terms.circulation_due,
        state=state_by(terms.circulation_due, today),
        note=_("version %(version)s") % {"version": version.number},
    )


def _decide_late(actor: Actor, meeting: Meeting, rows: list[ItemMaterials], terms: Terms) -> Iterator[Duty]:
    for row in rows:
        if row.held:
            yield Duty(
                title=_("Late material: question %(order)s. %(meeting)s")
                % {"order": row.item.order, "meeting": meeting_title(meeting)},
                why=_("It goes to nobody until you decide whether it is admitted"),
                clause="22",
                url=row.item.get_absolute_url(),
                act=_("Decide"),
                due=terms.materials_due,
                state="late",
                note=_stands_in(actor),
            )


def _owed_by(
    actor: Actor, meeting: Meeting, rows: list[ItemMaterials], terms: Terms, today: date
) -> Iterator[Duty]:
    if actor.is_secretary:
        return
    for row in rows:
        if row.is_missing and is_of_agency(row.item, actor):
            yield Duty(
                title=_("Material for question %(order)s. %(meeting)s")
                % {"order": row.item.order, "meeting": meeting_title(meeting)},
                why=_("Your agency prepares the question; send the document to the secretary"),
                clause="22",
                url=row.item.get_absolute_url(),
                act=_("See the question"),
                due=terms.materials_due,
                state=state_by(terms.materials_due, today),
            )


def _unread(actor: Actor, meeting: Meeting, today: date) -> Iterator[Duty]:
    sent = [version.dispatch for version in meeting.agenda_versions.all() if hasattr(version, "dispatch")]
    letters = [row for dispatch in sent for row in dispatch.deliveries.all()]
    if any(row.user_id == actor.person.pk and row.opened_at is None for row in letters):
        yield Duty(
            title=_("Read the agenda and materials. %(meeting)s") % {"meeting": meeting_title(meeting)},
            why=_("They were sent to you for the meeting; you attend without substitution"),
            clause="20",
            url=meeting.get_absolute_url(),
            act=_("Read"),
            due=meeting.day,
            state=state_by(meeting.day, today),
        )
