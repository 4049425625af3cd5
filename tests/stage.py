"""A Staff with its people, and a meeting brought to the point where a test begins."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from time import time as time_now
from typing import Any, TypeVar

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from simple_history.utils import bulk_create_with_history

from meetings import actions
from meetings.models import AgendaItem, Ballot, Elector, Meeting
from meetings.points import PointText
from members.models import Composition, Holder, Organisation, Place, Regulation, Seat, Staff, User
from members.permissions import Actor, absence_on, actor_in, holders_on
from members.states import Role
from tests.documents import tiny_pdf

PASSWORD = "long-enough-for-tests"
_ENCODED = ""

# Thursday; 5 days before is Saturday 12, 3 days before Monday 14 December.
DAY = date(2026, 12, 17)
MORNING = datetime(2026, 12, 17, 5, 0, tzinfo=UTC)  # 10:00 in Qostanay
WEEK_BEFORE = datetime(2026, 12, 8, 6, 0, tzinfo=UTC)
APPROVED = datetime(2025, 11, 1, 5, 0, tzinfo=UTC)
PDF = tiny_pdf()
CALL_GROUND = "Штаб басшысының бастамасы, 07.12.2026: су тасқыны қаупі"
Row = TypeVar("Row", bound=models.Model)
ROLES = (Role.HEAD, Role.DEPUTY_HEAD, Role.DEPUTY_HEAD, Role.SECRETARY)


@dataclass
class Stage:
    """A Staff of `total` voting members and its secretary; `people` are actors in the order of the act."""

    staff: Staff
    people: list[Actor]
    organisations: list[Organisation] = field(default_factory=list)

    @property
    def head(self) -> Actor:
        return self.people[0]

    @property
    def deputy(self) -> Actor:
        return self.people[1]

    @property
    def secretary(self) -> Actor:
        return self.people[3]

    @property
    def member(self) -> Actor:
        return self.people[4]

    @property
    def voters(self) -> list[Actor]:
        return [person for person in self.people if person.role != Role.SECRETARY]


def password() -> str:
    """Return the encoded test password; encoding it once keeps Argon2 real and the tests quick."""
    global _ENCODED  # noqa: PLW0603 - a cache of one value
    _ENCODED = _ENCODED or make_password(PASSWORD)
    return _ENCODED


def set_stage(
    code: str = "test-staff",
    *,
    total: int = 15,
    today: date = DAY,
    since: date = date(2025, 11, 1),
    **parameters: Any,
) -> Stage:
    """Create a Staff with `total` voting members, each in an organisation of their own.

    Its regulation is in force from `since`, its composition from November 2025.
    """
    staff = Staff.objects.create(
        code=code,
        name_kk=f"{code} ведомствоаралық штабы",
        name_ru=f"Межведомственный штаб {code}",
        body_kk="Сынақ ауданының әкімдігі",
        body_ru="Акимат Тестового района",
        working_body_kk="«Сынақ ауданы әкімінің аппараты» ММ",
        working_body_ru="ГУ «Аппарат акима Тестового района»",
        place_kk="Тобыл қаласы",
        place_ru="город Тобыл",
        file_index="04-12",
    )
    Regulation.objects.create(staff=staff, in_force_from=since, parameters=parameters, approved_at=APPROVED)
    composition = Composition.objects.create(staff=staff, in_force_from=date(2025, 11, 1))
    organisations = _created(_organisation(staff, order) for order in range(1, total + 2))
    seats = _created(_seat(composition, order, each) for order, each in enumerate(organisations, start=1))
    users = _created(_user(seat, code) for seat in seats)
    pairs = zip(seats, users, strict=True)
    _created(Holder(seat=seat, user=user, since=composition.in_force_from) for seat, user in pairs)
    Composition.objects.filter(pk=composition.pk).update(approved_at=APPROVED)
    absence = absence_on(staff, today)
    people = [Actor(staff, each.user, each, absence=absence) for each in holders_on(staff, today)]
    assert [actor.user for actor in people] == users
    return Stage(staff, people, organisations)


def actor_of(staff: Staff, user: User, *, today: date = DAY) -> Actor:
    """Return who surely has a place in `staff` as an actor."""
    actor = actor_in(staff, user, today=today)
    assert actor is not None
    return actor


def signed_in(actor: Actor) -> Client:
    """Return a browser of `actor` who has signed in just now, so that no page asks once more who it is."""
    client = Client()
    client.force_login(actor.person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time_now()}]
    session["account_authentication_methods_user"] = str(actor.person.pk)
    session.save()
    return client


def _created(rows: Iterable[Row]) -> list[Row]:
    """Write rows of one model and their histories, in two statements instead of two for each."""
    made = list(rows)
    return list(bulk_create_with_history(made, type(made[0])))


def _organisation(staff: Staff, order: int) -> Organisation:
    return Organisation(
        staff=staff, name_kk=f"{order}-бөлім", name_ru=f"Отдел {order}", by_agreement=order % 2 == 0
    )


def _seat(composition: Composition, order: int, organisation: Organisation) -> Seat:
    role = ROLES[order - 1] if order <= len(ROLES) else Role.MEMBER
    return Seat(
        composition=composition,
        order=order,
        role=role,
        organisation=organisation,
        office_kk=f"{order}-бөлім басшысы",
        office_ru=f"Руководитель отдела {order}",
        votes=role != Role.SECRETARY,
    )


def _user(seat: Seat, code: str) -> User:
    return User(
        email=f"{seat.role}{seat.order}@{code}.example",
        name=f"М. Сынақ{seat.order}",
        password=password(),
        phone="8 (00000) 0-00-00",
    )


def placed(stage: Stage, role: str, *, organisation: Organisation | None = None, number: int = 1) -> Actor:
    """Return a new person with a place in the Staff without a seat, the `number`-th in this role."""
    which = "" if number == 1 else number
    user = User.objects.create(
        email=f"{role}{which}@{stage.staff.code}.example", name=f"Орынсыз {role}{which}", password=password()
    )
    Place.objects.create(
        staff=stage.staff, user=user, role=role, organisation=organisation, since=date(2025, 11, 1)
    )
    return actor_of(stage.staff, user)


def planned(stage: Stage, *, items: int = 1, day: date = DAY, **fields: Any) -> Meeting:
    """Return a planned meeting with `items` complete questions on its draft agenda."""
    if fields.get("kind") == "extraordinary":
        fields = {"call_ground": CALL_GROUND} | fields
    meeting = actions.schedule(
        stage.staff,
        by=stage.secretary,
        now=min(WEEK_BEFORE, datetime.combine(day - timedelta(days=9), time(6), UTC)),
        **{"kind": "regular", "day": day, "starts_at": time(10), "place_kk": "әкімдік", "place_ru": "акимат"}
        | fields,
    )
    for number in range(1, items + 1):
        add_item(stage, meeting, number)
    return meeting


def add_item(stage: Stage, meeting: Meeting, number: int) -> AgendaItem:
    """Put a complete question on the agenda, prepared by the organisation of seat 4 + number."""
    return actions.add_item(
        meeting,
        by=stage.secretary,
        now=WEEK_BEFORE,
        title_kk=f"{number}-мәселе туралы",
        title_ru=f"О вопросе {number}",
        agency=stage.organisations[(3 + number) % len(stage.organisations)],
        speaker_kk=f"{number}-баяндамашы",
        speaker_ru=f"Докладчик {number}",
        points=[
            PointText(f"{number}-шара өткізілсін", f"провести мероприятие {number}"),
            PointText("есеп берілсін", "представить отчёт"),
        ],
    )


def attach(stage: Stage, item: AgendaItem, *, now: datetime = WEEK_BEFORE) -> None:
    """Attach a small PDF to an item."""
    upload = SimpleUploadedFile("anyqtama.pdf", PDF)
    actions.attach_material(
        item,
        upload=upload,
        owed=item.owed.first(),
        title="Анықтама",
        language="kk",
        by=stage.secretary,
        now=now,
    )


def sent(stage: Stage, item: AgendaItem, *, now: datetime = WEEK_BEFORE) -> None:
    """Send the agenda with what came for its questions, approved before if it is not yet."""
    meeting = Meeting.objects.get(pk=item.meeting_id)
    if not meeting.agenda_versions.exists():
        version = actions.submit_agenda(meeting, by=stage.secretary, now=now)
        actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=now)
    actions.dispatch(Meeting.objects.get(pk=meeting.pk), by=stage.secretary, now=now, late_reason="себебі")


def approved(stage: Stage, **fields: Any) -> Meeting:
    """Return a planned meeting whose agenda with materials the head has approved."""
    meeting = planned(stage, **fields)
    for item in meeting.items.all():
        attach(stage, item)
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)
    return Meeting.objects.get(pk=meeting.pk)


def registered(stage: Stage, **fields: Any) -> Meeting:
    """Return a meeting on its day, registration open, nobody marked."""
    meeting = approved(stage, **fields)
    return actions.start_registration(meeting, by=stage.secretary, now=MORNING)


def elector(meeting: Meeting, person: Actor) -> Elector:
    """Return the seat of `person` at the meeting."""
    return Elector.objects.get(meeting=meeting, user=person.user)


def arrive(stage: Stage, meeting: Meeting, people: list[Actor], presence: str = "room") -> None:
    """Mark people present."""
    for person in people:
        actions.mark(elector(meeting, person), presence=presence, by=stage.secretary, now=MORNING)


def opened(stage: Stage, *, present: int = 10, **fields: Any) -> Meeting:
    """Return a meeting in session with the first `present` voters there, the head in the chair."""
    meeting = registered(stage, **fields)
    arrive(stage, meeting, stage.voters[:present])
    meeting = actions.appoint_chair(
        meeting, elector=elector(meeting, stage.head), by=stage.secretary, now=MORNING
    )
    return actions.open_meeting(meeting, by=stage.secretary, now=MORNING)


def ballot_on(stage: Stage, meeting: Meeting, order: int = 1) -> Ballot:
    """Open the vote on an item."""
    return actions.open_ballot(meeting.items.get(order=order), by=stage.secretary)


def vote(ballot: Ballot, person: Actor, choice: str, key: str | None = None) -> None:
    """Cast the vote of one person."""
    actions.cast_vote(
        ballot,
        elector=elector(ballot.meeting, person),
        choice=choice,
        key=key or f"{ballot.pk}-{person.user and person.user.pk}-{choice}",
        by=person,
    )


def vote_all(ballot: Ballot, people: list[Actor], choices: str) -> None:
    """Cast votes by letters in the order of people: f(or), a(gainst), o (abstained), - (no vote)."""
    words = {"f": "for", "a": "against", "o": "abstained"}
    for person, letter in zip(people, choices, strict=False):
        if letter in words:
            vote(ballot, person, words[letter])


def ended(stage: Stage, *, items: int = 1, votes: str = "ffffffffff", **fields: Any) -> Meeting:
    """Return a meeting that is over, every item voted with `votes` by the first voters."""
    meeting = opened(stage, present=len(votes), items=items, **fields)
    for order in range(1, items + 1):
        ballot = ballot_on(stage, meeting, order)
        vote_all(ballot, stage.voters, votes)
        actions.close_ballot(ballot, by=stage.secretary)
    return actions.end_meeting(meeting, by=stage.secretary, now=MORNING.replace(hour=6))
