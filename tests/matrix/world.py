"""Who walks, and a meeting in each of the states with everything that an address may name."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from meetings import actions
from meetings.models import Ballot, Elector, Invitee, Material, Meeting, OwedMaterial, Vote, WorkPlan
from members import links
from members.actions import invite
from members.models import (
    Absence,
    CalendarDay,
    Composition,
    Holder,
    Notice,
    Place,
    Regulation,
    Seat,
    User,
)
from members.permissions import Actor
from tests import stage as scene
from tests.meetings import planning
from tests.protocols import life
from tests.stage import MORNING, WEEK_BEFORE, Stage

VOTERS = 10


@dataclass
class World:
    """The Staff with its people by letter, the meeting, and the values of address parameters by name."""

    stage: Stage
    meeting: Meeting
    people: dict[str, User]
    values: dict[str, Any] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def client(self, letter: str) -> Client:
        """Return a fresh browser of that person; "n" is nobody."""
        client = Client(raise_request_exception=False)
        if letter in self.cookies:
            client.cookies["sessionid"] = self.cookies[letter]
        return client


def world(state: str) -> World:
    """Return the Staff with its meeting in `state`, everybody signed in."""
    cache.clear()
    stage = scene.set_stage()
    cast = _people(stage)
    meeting = _meeting(stage, cast["i"], state)
    people = {letter: _user(actor) for letter, actor in cast.items()}
    people["a"] = User.objects.create_superuser("admin@portal.example", scene.PASSWORD, name="Әкімші")
    people["x"] = _user(scene.set_stage("other-staff").secretary)
    made = World(stage, meeting, people, _values(stage, meeting, people))
    for letter, user in people.items():
        client = Client()
        client.force_login(user)
        made.cookies[letter] = client.cookies["sessionid"].value
    return made


def _user(actor: Actor) -> User:
    assert actor.user is not None
    return actor.user


def _people(stage: Stage) -> dict[str, Actor]:
    """The member sits for an agency that prepares no question, the officer works for that of question 1."""
    places = {"c": "controller", "y": "analyst", "u": "auditor", "i": "invited"}
    return {
        "s": stage.secretary,
        "h": stage.head,
        "d": stage.deputy,
        "m": stage.people[8],
        "g": scene.placed(stage, "agency", organisation=stage.organisations[4]),
        **{letter: scene.placed(stage, role) for letter, role in places.items()},
    }


def _meeting(stage: Stage, guest: Actor, state: str) -> Meeting:
    meeting = scene.planned(stage, items=2)
    actions.announce(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.invite(
        meeting,
        name="Қ. Қонақ",
        office_kk="қонақ",
        office_ru="гость",
        # As a letter would write it: the case of an address does not matter.
        email=_user(guest).email.upper(),
        by=stage.secretary,
        now=WEEK_BEFORE,
    )
    for item in meeting.items.all():
        scene.attach(stage, item)
    if state == "draft":
        return meeting
    version = actions.submit_agenda(meeting, by=stage.secretary, now=WEEK_BEFORE)
    actions.approve_agenda(version, seen=version.sha256, by=stage.head, now=WEEK_BEFORE)
    meeting = Meeting.objects.get(pk=meeting.pk)
    actions.dispatch(meeting, by=stage.secretary, now=WEEK_BEFORE)
    meeting = actions.start_registration(meeting, by=stage.secretary, now=MORNING)
    scene.arrive(stage, meeting, stage.voters[:VOTERS])
    chair = scene.elector(meeting, stage.head)
    meeting = actions.appoint_chair(meeting, elector=chair, by=stage.secretary, now=MORNING)
    meeting = actions.open_meeting(meeting, by=stage.secretary, now=MORNING)
    return _held(stage, meeting, state)


def _held(stage: Stage, meeting: Meeting, state: str) -> Meeting:
    scene.vote(scene.ballot_on(stage, meeting), stage.people[8], "for")
    if state == "session":
        return meeting
    for order in (1, 2):
        ballot = Ballot.objects.filter(item__order=order).first() or scene.ballot_on(stage, meeting, order)
        rest = [person for person in stage.voters[:VOTERS] if order == 2 or person is not stage.people[8]]
        scene.vote_all(ballot, rest, "f" * VOTERS)
        actions.close_ballot(ballot, by=stage.secretary)
    meeting = actions.end_meeting(meeting, by=stage.secretary, now=MORNING.replace(hour=6))
    protocol = life.sent_from(stage, meeting)
    life.put_documents(protocol)
    if state == "signed":
        life.sign(life.fresh(protocol), stage.head)
    return Meeting.objects.get(pk=meeting.pk)


def _values(stage: Stage, meeting: Meeting, people: dict[str, User]) -> dict[str, Any]:
    """Return a value for every parameter; those that mean several things by the name of the address."""
    invited = invite(people["i"], stage.staff, by=stage.secretary, now=timezone.now())
    vote = Vote.objects.first()
    elector = Elector.objects.order_by("order").first()
    return (
        _of_acts(stage, people)
        | _of_changes(stage, meeting)
        | _of_plans(stage)
        | {
            "history": meeting.pk,
            "kind": "meeting",
            "members:letter_again": Notice.objects.earliest("pk").pk,
            "members:letter_by_hand": Notice.objects.earliest("pk").pk,
            # Nobody has a session or a key with this number.
            "end_session": 0,
            "mfa_remove_webauthn": 0,
            "mfa_edit_webauthn": 0,
            "uidb36": "1",
            "app_label": "members",
            "admin:members_user": people["m"].pk,
            "admin:members_staff": stage.staff.pk,
            "admin:members_organisation": stage.organisations[0].pk,
            "admin:members_calendarday": CalendarDay.objects.create(
                day=date(2026, 12, 16),
                kind="holiday",
                name_kk="Тәуелсіздік күні",
                name_ru="День Независимости",
            ).pk,
            "admin:members_invitation": invited.pk,
            "admin:members_notice": Notice.objects.earliest("pk").pk,
            "staff": stage.staff.code,
            "key": meeting.key,
            "order": 1,
            "language": "kk",
            "token": links.token_of(invited.pk),
            "feed": actions.renew_feed(by=stage.member, now=timezone.now()),
            "public": stage.staff.code,
            "lang": "kk",
            "code": vote.code if vote else "",
            **dict.fromkeys(
                (
                    "meetings:initiative",
                    "meetings:initiative_join",
                    "meetings:initiative_leave",
                    "meetings:initiative_withdraw",
                ),
                _initiative(stage),
            ),
            "meetings:material": Material.objects.earliest("pk").pk,
            "meetings:withdraw": Material.objects.earliest("pk").pk,
            "meetings:correct": Material.objects.earliest("pk").pk,
            "meetings:brought": Material.objects.earliest("pk").pk,
            "meetings:material_access": Material.objects.earliest("pk").pk,
            "meetings:material_note": Material.objects.earliest("pk").pk,
            "meetings:bring": OwedMaterial.objects.earliest("pk").pk,
            "meetings:awaited": OwedMaterial.objects.earliest("pk").pk,
            "meetings:await_no_more": OwedMaterial.objects.earliest("pk").pk,
            "meetings:uninvite": Invitee.objects.get().pk,
            "meetings:invitee": Invitee.objects.get().pk,
            "number": 1,
            "meetings:mark": elector.pk if elector else 0,
            "meetings:hand": elector.pk if elector else 0,
            "members:place_end": Place.objects.get(user=people["i"]).pk,
            "members:person_invite": people["i"].pk,
            "members:person_email": people["i"].pk,
            "members:person_factor": people["i"].pk,
            "members:invitation_withdraw": invited.pk,
        }
    )


def _initiative(stage: Stage) -> int:
    started = actions.start_initiative(
        stage.staff, title_kk="мәселе", title_ru="вопрос", ground="негіз", by=stage.member, now=WEEK_BEFORE
    )
    return started.pk


def _of_changes(stage: Stage, meeting: Meeting) -> dict[str, Any]:
    """Return a note that waits for the head, a member's request, and the first question."""
    question = meeting.items.get(order=1).question
    note = actions.prepare_note(
        kind="add",
        title_kk="қосымша мәселе",
        agency=stage.organisations[4],
        to_year=2031,
        to_month=3,
        reason_kk="негіз",
        by=stage.secretary,
        now=timezone.now(),
    )
    plan = WorkPlan.objects.create(staff=stage.staff, year=2031, half=1, state="approved")
    asked = actions.request_change(
        plan, kind="add", title_kk="сұрау", reason="негіз", by=stage.member, now=timezone.now()
    )
    return {
        "note": note.key,
        "meetings:question": question.pk,
        "meetings:request_take": asked.pk,
        "meetings:request_decline": asked.pk,
    }


def _of_acts(stage: Stage, people: dict[str, User]) -> dict[str, Any]:
    """Return what pages of acts name: approved versions with a file, drafts, a holder, an absence to come."""
    name = default_storage.save("acts/matrix.pdf", ContentFile(scene.PDF))
    version = Composition.objects.get(staff=stage.staff)
    regulation = Regulation.objects.get(staff=stage.staff)
    for approved in (version, regulation):
        type(approved).objects.filter(pk=approved.pk).update(act_file=name)
    draft = Composition.objects.create(staff=stage.staff, in_force_from=date(2027, 2, 1))
    Regulation.objects.create(staff=stage.staff, in_force_from=date(2027, 2, 1))
    last = Seat.objects.filter(composition=version).latest("order")
    last.pk, last.composition = None, draft
    last.save()
    holder = Holder.objects.get(user=people["m"])
    absence = Absence.objects.create(
        staff=stage.staff,
        since=date(2027, 3, 1),
        until=date(2027, 3, 5),
        ground="бұйрық",
        deputy=people["d"],
    )
    return {
        "members:composition_file": version.pk,
        "members:composition_complete": version.pk,
        "members:regulation_file": regulation.pk,
        "members:regulation_complete": regulation.pk,
        "members:seat_edit": last.pk,
        "members:seat_move": last.pk,
        "members:seat_remove": last.pk,
        "members:holder_new": holder.seat_id,
        "members:seat_consent": holder.seat_id,
        "members:holder_end": holder.pk,
        "members:holder_order": holder.pk,
        "members:absence_end": absence.pk,
    }


def _of_plans(stage: Stage) -> dict[str, Any]:
    """Return what pages of half-year plans name: one that is being drafted, a row, a member's proposal."""
    plan = planning.drafted(stage)
    proposal = planning.proposed(plan, stage.people[8])
    row = plan.items.get(section=1).pk
    acts = ("withdraw", "accept", "decline", "note")
    return {
        "plan": plan.key,
        "section": 1,
        **{f"meetings:proposal_{act}": proposal.pk for act in acts},
        **{f"meetings:plan_row_{act}": row for act in ("edit", "move", "remove")},
    }
