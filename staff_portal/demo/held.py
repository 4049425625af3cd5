"""The finished meeting of the demo: registration, votes and the end, as they happened on that day."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from meetings import actions, facts
from meetings.actions import voting
from meetings.models import AgendaItem, Ballot, Elector, Meeting, Vote, VoteChange
from meetings.states import Presence
from members import journal
from members.permissions import Actor
from staff_portal.demo.minutes import ABSENT, BY_HAND, MINUTES, ON_VIDEO
from staff_portal.demo.preparing import convene
from staff_portal.demo.questions import HELD
from staff_portal.demo.scene import HEAD, SECRETARY, Scene, moment

GUEST = {
    "name": "Ә. Қонақ",
    "office_kk": "«Үлгі» қоғамдық қорының жетекшісі",
    "office_ru": "руководитель общественного фонда «Үлгі»",
    "email": "guest@demo.kostanay.example",
}
MINUTES_AN_ITEM = 15


def hold(scene: Scene, day: date) -> Meeting:
    """Walk a meeting on the past working day `day` from its scheduling to its end, and return it."""
    # Before holidays several of these days may be one: the clock times alone keep the order.
    meeting = convene(
        scene,
        HELD,
        day,
        called_at=scene.before(day, 21, "10:00"),
        sent_at=scene.before(day, 9, "10:10"),
    )
    actions.invite(meeting, items=(), **GUEST, by=scene.secretary, now=scene.before(day, 8, "10:20"))
    _approve_and_send(scene, meeting)
    seats = _register(scene, meeting)
    actions.open_meeting(meeting, by=scene.secretary, now=moment(day, "15:00"))
    meeting.refresh_from_db()
    for item, heard in zip(meeting.items.order_by("order"), MINUTES, strict=True):
        if heard.votes is not None:
            began = moment(day, "15:00") + timedelta(minutes=MINUTES_AN_ITEM * item.order - 4)
            _vote(scene, item, seats, heard.votes, began)
    return actions.end_meeting(meeting, by=scene.secretary, now=moment(day, "16:20"))


def _approve_and_send(scene: Scene, meeting: Meeting) -> None:
    day = meeting.day
    version = actions.submit_agenda(meeting, by=scene.secretary, now=scene.before(day, 7, "11:00"))
    actions.approve_agenda(
        version, seen=version.sha256, by=scene.actor(HEAD), now=scene.before(day, 7, "12:15")
    )
    sent_at = scene.before(day, 5, "16:30")
    actions.dispatch(meeting, by=scene.secretary, now=sent_at)
    for seat, holder in scene.people.items():
        if seat not in ABSENT:
            actions.note_opening(meeting, holder.user, now=sent_at + timedelta(hours=seat))


def _register(scene: Scene, meeting: Meeting) -> dict[int, Elector]:
    day, secretary = meeting.day, scene.secretary
    meeting = actions.start_registration(meeting, by=secretary, now=moment(day, "14:30"))
    seats = {elector.order: elector for elector in meeting.electors.voting().select_related("meeting")}
    for order, elector in seats.items():
        came_at = moment(day, "14:35") + timedelta(minutes=order)
        if order in ABSENT:
            actions.mark(elector, presence=Presence.ABSENT, reason=ABSENT[order], by=secretary, now=came_at)
        else:
            presence = Presence.VIDEO if order in ON_VIDEO else Presence.ROOM
            actions.mark(elector, presence=presence, by=secretary, now=came_at)
    actions.appoint_chair(meeting, elector=seats[HEAD], by=secretary, now=moment(day, "14:58"))
    return seats


def _vote(
    scene: Scene, item: AgendaItem, seats: Mapping[int, Elector], votes: Mapping[int, str], began: datetime
) -> None:
    """Write a vote of the past with its outcome.

    The actions take the moment of a vote from the database's clock, which knows only today. So the rows of
    a past vote are written here, past the actions but under the same guards and constraints, with the
    actions' own functions for the outcome and for the journal.
    """
    secretary, meeting = scene.secretary, item.meeting
    roll = facts.roll(meeting)
    ballot = Ballot.objects.create(
        meeting=meeting,
        item=item,
        text_kk=item.draft_kk,
        text_ru=item.draft_ru,
        opened_at=began,
        opened_by=scene.people[SECRETARY].user,
        total=roll.total,
    )
    journal.record(
        "ballot.opened",
        ballot,
        by=secretary,
        now=began,
        clause="13",
        order=item.order,
        total=roll.total,
        present=roll.present,
    )
    for number, (seat, choice) in enumerate(votes.items()):
        by = secretary if seat == BY_HAND else scene.actor(seat)
        _cast(ballot, seats[seat], choice, by=by, cast_at=began + timedelta(seconds=20 + 4 * number))
    voting.settle(ballot, present=[elector.pk for elector in roll.attending])
    ballot.closed_at, ballot.closed_by = began + timedelta(seconds=90), secretary.user
    ballot.save()
    voting.record_closing(ballot, by=secretary)


def _cast(ballot: Ballot, elector: Elector, choice: str, *, by: Actor, cast_at: datetime) -> None:
    letters = "".join(secrets.choice(voting.ALPHABET) for _ in range(8))
    entered = {"choice": choice, "cast_at": cast_at, "entered_by": by.user, "by_hand": by.is_secretary}
    vote = Vote.objects.create(ballot=ballot, elector=elector, code=f"{letters[:4]}-{letters[4:]}", **entered)
    VoteChange.objects.create(vote=vote, key=f"demo-{vote.pk}", **entered)
    journal.record(
        "vote.cast", ballot, by=by, now=cast_at, clause="13", receipt=vote.code, by_hand=by.is_secretary
    )
