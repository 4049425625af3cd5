"""The finished meeting of the demo is one that the portal itself could have led."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from meetings import facts
from meetings.models import AgendaVersion, Ballot, Delivery, Dispatch, Elector, Material, Meeting, Vote
from meetings.states import Presence, State
from members import journal
from members.models import JournalEntry, Notice
from members.states import Mail
from protocols.models import DissentingOpinion, Point, Protocol, ProtocolDocument, Signature
from regulation.voting import outcome
from staff_portal.demo.scene import Scene
from tests.demo.conftest import SUNDAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

# Item, for, against, abstained, adopted, reason.
OUTCOMES = [
    (1, 12, 0, 0, True, "majority"),
    (2, 6, 6, 0, True, "casting_vote"),
    (3, 7, 3, 2, False, "not_enough_votes"),
    (4, 9, 2, 1, True, "majority"),
]


def held() -> Meeting:
    return Meeting.objects.select_related("staff", "regulation", "chair").get(state=State.ENDED)


def test_the_votes_show_every_kind_of_outcome() -> None:
    told = Ballot.objects.values_list(
        "item__order", "votes_for", "votes_against", "votes_abstained", "adopted", "reason"
    )
    assert list(told) == OUTCOMES
    assert held().items.count() == len(OUTCOMES) + 1  # the last one was for information


def test_the_stored_outcome_is_the_computed_one() -> None:
    for ballot in Ballot.objects.select_related("chair"):
        computed = outcome(
            total=15,
            present=12,
            **dict(zip(("votes_for", "votes_against", "abstained"), _tally(ballot), strict=True)),
            chair_vote=Vote.objects.get(ballot=ballot, elector=ballot.chair).choice,
            procedure=held().procedure,
        )
        assert (ballot.adopted, ballot.reason, ballot.needed, ballot.clause) == (
            computed.adopted,
            computed.reason,
            computed.needed,
            computed.clause,
        )


def _tally(ballot: Ballot) -> list[int]:
    return list(facts.tally(ballot).values())


def test_twelve_of_fifteen_came_two_of_them_by_video() -> None:
    roll = facts.roll(held())
    assert (roll.total, roll.room, roll.video, roll.needed) == (15, 10, 2, 10)
    absent = Elector.objects.filter(votes=True, attendance__presence=Presence.ABSENT)
    assert [bool(elector.attendance.reason) for elector in absent] == [True, True, True]


def test_one_hand_was_recorded_by_the_secretary(demo: Scene) -> None:
    by_hand = Vote.objects.filter(by_hand=True)
    assert {vote.entered_by for vote in by_hand} == {demo.secretary.user}
    assert by_hand.values("elector").distinct().count() == 1
    for vote in Vote.objects.filter(by_hand=False).select_related("elector"):
        assert vote.entered_by_id == vote.elector.user_id


def test_every_vote_has_its_version_and_its_own_receipt() -> None:
    votes = Vote.objects.prefetch_related("changes")
    assert len({vote.code for vote in votes}) == sum(12 for _ in OUTCOMES)
    assert [[change.choice for change in vote.changes.all()] for vote in votes] == [
        [vote.choice] for vote in votes
    ]


def test_all_terms_were_kept() -> None:
    meeting = held()
    terms = facts.terms_of(meeting)
    for material in Material.objects.filter(item__meeting=meeting):
        assert timezone.localdate(material.uploaded_at) <= terms.materials_due
    assert Dispatch.objects.get(version__meeting=meeting).days_late == 0
    assert Protocol.objects.get().days_late == 0
    assert Delivery.objects.filter(opened_at__isnull=False).count() == 12


def test_the_protocol_is_signed_over_the_bytes_of_both_languages(demo: Scene) -> None:
    protocol = Protocol.objects.get()
    assert protocol.signed_by == demo.people[1].user
    documents = ProtocolDocument.objects.all()
    assert {document.language for document in documents} == {"kk", "ru"}
    for document in documents:
        content = bytes(document.content)
        assert content.startswith(b"%PDF-")
        assert Signature.objects.get(document=document).sha256 == hashlib.sha256(content).hexdigest()


def test_the_dissenting_opinion_is_attached() -> None:
    opinion = DissentingOpinion.objects.get()
    vote = Vote.objects.get(ballot__item=opinion.item, elector=opinion.elector)
    assert (opinion.item.order, vote.choice, opinion.after_signing) == (4, "against", False)


def test_some_points_are_due_behind_us_and_some_ahead() -> None:
    today = timezone.localdate(SUNDAY)
    dated = [point.due_on for point in Point.objects.all() if point.due_on]
    assert min(dated) < today < max(dated)
    assert set(Point.objects.values_list("kind", flat=True)) == {
        "instruction",
        "recommendation",
    }
    assert Point.objects.filter(executor__isnull=False, due_on=None, is_standing=False).count() == 0


def test_everything_happened_in_its_day_and_in_order() -> None:
    meeting = held()
    entries = list(JournalEntry.objects.filter(staff=meeting.staff).order_by("sequence"))
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert entries[-1].at <= SUNDAY
    assert journal.first_broken(meeting.staff) is None
    days = {timezone.localdate(vote.cast_at) for vote in Vote.objects.all()}
    assert days == {meeting.day}
    assert meeting.day <= timezone.localdate(SUNDAY) - timedelta(days=35)
    for ballot in Ballot.objects.all():
        moments = [meeting.opened_at, ballot.opened_at, ballot.closed_at, meeting.ended_at]
        assert moments == sorted(filter(None, moments))


def test_the_letters_of_the_past_are_not_sent_again() -> None:
    assert {notice.mail for notice in Notice.objects.all()} == {Mail.SENT}


@pytest.mark.parametrize("row", [Vote, Ballot, AgendaVersion, Signature])
def test_the_guards_watch_over_the_demo_too(row: type[Vote]) -> None:
    past = row.objects.first()
    assert past is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.objects.filter(pk=past.pk).delete()
