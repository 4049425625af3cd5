"""What a protocol says, as plain JSON: computed once here, for the page, the PDF and its attachment alike."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from meetings.facts import ballot_of
from meetings.models import Attendance, Ballot, Elector, Meeting
from meetings.states import PRESENT, Presence
from members.models import Absence, Holder, JournalHead
from members.models.calendar import CalendarDay, WorkCalendar
from members.states import Role
from protocols.models import DissentingOpinion, Point, Protocol, ProtocolItem
from protocols.signers import signs_instead
from regulation import terms, voting
from regulation.workdays import DAY, next_working

Facts = dict[str, Any]
# Version of this structure: whoever reads the attachment of an old PDF must know what the keys meant.
# 2: a ballot says whether its own chair was the head. 3: who signs stands apart from who chaired.
FORMAT = 3
SIGNATURE_TARGET = 2
DID_NOT_VOTE, WAS_ABSENT = "none", "absent"


def protocol_facts(protocol: Protocol, absence: Absence | None = None) -> Facts:
    """Return everything the document says (T1, T5, T6, T8): both languages, dates and local moments as ISO.

    `absence` is that of the head on the day of sending: who performs his duties then signs for him. The
    number of queries does not depend on the number of items.
    """
    meeting = protocol.meeting
    members = _members(meeting)
    number_of = {elector.pk: number for number, elector in enumerate(members, 1)}
    opinions = _attached_opinions(meeting)
    chosen = _choices(meeting)
    on_video = _on_video(members)
    return {
        "format": FORMAT,
        "index": index_of(meeting),
        "number": meeting.number,
        "year": meeting.year,
        "staff": _staff(meeting),
        "meeting": _meeting(meeting),
        "chair": _chair(meeting),
        "signer": _signer(meeting, absence),
        "secretary": _secretary(protocol),
        "counts": _counts(meeting, members),
        "members": [_member(row, number, on_video) for number, row in enumerate(members, 1)],
        "invited": [_named(person) for person in meeting.invitees.all()],
        "items": [_item(row, members, number_of) for row in _items(protocol)],
        "opinions": [_opinion(row, chosen) for row in opinions],
        "journal": journal_head(meeting),
    }


def index_of(meeting: Meeting) -> str:
    """Return the registration index of the protocol: file plan index and the number in the year."""
    return "/".join(filter(None, (meeting.staff.file_index, str(meeting.number))))


def protocol_due(meeting: Meeting, calendar: WorkCalendar | None = None) -> date:
    """Return the last local day to draw up the protocol of an ended meeting (clause 23)."""
    holidays, extra = calendar or CalendarDay.objects.work_calendar()
    ended_on = meeting.ended_on or meeting.day
    return terms.protocol_due(ended_on, meeting.procedure, holidays, extra_working=extra)


def signature_target(sent_on: date, calendar: WorkCalendar) -> date:
    """Return the day by which a signature is hoped for: the second working day; the text sets no term."""
    holidays, extra = calendar
    day = sent_on
    for _step in range(SIGNATURE_TARGET):
        day = next_working(day + DAY, holidays, extra_working=extra)
    return day


def changed_items(before: Facts, after: Facts) -> list[int]:
    """Return the orders of the items whose text, votes, points or opinions differ between two editions."""
    return [
        item["order"]
        for item in after["items"]
        if item not in before["items"] or _opinions_on(item, before) != _opinions_on(item, after)
    ]


def _opinions_on(item: Facts, facts: Facts) -> list[Facts]:
    return [opinion for opinion in facts["opinions"] if opinion["order"] == item["order"]]


def journal_head(meeting: Meeting) -> Facts:
    """Return the last entry of the journal: a signature over the document anchors everything before it."""
    head = JournalHead.objects.filter(staff=meeting.staff_id).first()
    return {"sequence": head.sequence if head else 0, "hash": head.hash if head else ""}


def _both(row: object, field: str) -> dict[str, str]:
    return {language: str(getattr(row, f"{field}_{language}") or "").strip() for language in ("kk", "ru")}


def _named(row: Any) -> Facts:
    return {"name": row.name, "office": _both(row, "office")}


def _moment(value: datetime | None) -> str:
    return value.astimezone(timezone.get_default_timezone()).isoformat(timespec="minutes") if value else ""


def _staff(meeting: Meeting) -> Facts:
    staff = meeting.staff
    names = ("name", "body", "working_body", "place")
    return {"code": staff.code} | {field: _both(staff, field) for field in names}


def _meeting(meeting: Meeting) -> Facts:
    return {
        "kind": meeting.kind,
        "urgent_ground": meeting.urgent_ground,
        "mode": meeting.mode,
        "day": meeting.day.isoformat(),
        "place": _both(meeting, "place"),
        "opened_at": _moment(meeting.opened_at),
        "ended_at": _moment(meeting.ended_at),
    }


def _chair(meeting: Meeting) -> Facts:
    if (chair := meeting.chair) is None:
        nobody = {"name": "", "office": {"kk": "", "ru": ""}}
        return nobody | {"is_head": False, "ground": "", "acting_order": ""}
    return _named(chair) | {
        "is_head": chair.role == Role.HEAD,
        "ground": meeting.chair_ground,
        "acting_order": chair.acting_order,
    }


def _signer(meeting: Meeting, absence: Absence | None) -> Facts:
    instead = signs_instead(meeting, absence)
    if instead is None:
        chair = _chair(meeting)
        return {key: chair[key] for key in ("name", "office", "is_head")} | {"ground": "", "until": ""}
    held = Holder.objects.filter(user=instead.deputy, seat__composition__staff=meeting.staff)
    holder = held.select_related("seat").order_by("-since", "-pk").first()
    return {
        "name": instead.deputy.name,
        "office": _both(holder.seat, "office") if holder else {"kk": "", "ru": ""},
        "is_head": False,
        "ground": instead.ground,
        "until": instead.until.isoformat(),
    }


def _secretary(protocol: Protocol) -> Facts:
    """The secretary of that day; while the seat was vacant, who drew the protocol up."""
    seat = protocol.meeting.electors.filter(role=Role.SECRETARY).first()
    if seat is not None and seat.name:
        return _named(seat)
    office = _both(seat, "office") if seat else {"kk": "", "ru": ""}
    return {"name": protocol.created_by.name, "office": office}


def _counts(meeting: Meeting, members: Iterable[Elector]) -> Facts:
    total = meeting.total or 0
    return {
        "total": total,
        "attended": sum(_attended(row) for row in members),
        "quorum": voting.quorum(total, meeting.procedure) if total else 0,
    }


def _members(meeting: Meeting) -> list[Elector]:
    return list(meeting.electors.voting().select_related("attendance"))


def _attended(elector: Elector) -> bool:
    return elector.attendance.presence in {*PRESENT, Presence.LEFT}


def _on_video(members: Iterable[Elector]) -> set[int]:
    """The members on the video link; of those who left before the end the history knows how they attended."""
    rows = list(members)
    gone = [row.attendance.pk for row in rows if row.attendance.presence == Presence.LEFT]
    history = Attendance.history.filter(id__in=gone, presence__in=PRESENT).order_by("history_id")
    last = dict(history.values_list("elector_id", "presence"))
    now = {row.pk: row.attendance.presence for row in rows}
    return {pk for pk, presence in (now | last).items() if presence == Presence.VIDEO}


def _member(elector: Elector, number: int, on_video: set[int]) -> Facts:
    attendance = elector.attendance
    return _named(elector) | {
        "n": number,
        "organisation": _both(elector, "organisation"),
        "role": elector.role,
        "by_agreement": elector.by_agreement,
        "acting_order": elector.acting_order,
        "attended": _attended(elector),
        "video": elector.pk in on_video,
        "arrived_at": _moment(attendance.arrived_at),
        "left_at": _moment(attendance.left_at),
        "reason": attendance.reason,
    }


def _items(protocol: Protocol) -> Iterable[ProtocolItem]:
    ballots = Ballot.objects.select_related("chair").prefetch_related("votes")
    points = Point.objects.select_related("executor").order_by("number")
    return (
        protocol.items.select_related("item__question", "item__agency")
        .prefetch_related(Prefetch("item__ballots", ballots), Prefetch("points", points))
        .order_by("item__order")
    )


def _item(row: ProtocolItem, members: list[Elector], number_of: dict[int, int]) -> Facts:
    ballot = ballot_of(row.item)
    return {
        "order": row.item.order,
        "title": _both(row.item.question, "title"),
        "speaker": _both(row.item, "speaker"),
        "agency": _both(row.item.agency, "name"),
        "heard": _both(row, "heard"),
        "spoke": _both(row, "spoke"),
        "ballot": _ballot(ballot, members, number_of) if ballot else None,
        "points": [_point(point, row.item.order) for point in row.points.all()],
    }


def _ballot(ballot: Ballot, members: list[Elector], number_of: dict[int, int]) -> Facts:
    return {
        "text": _both(ballot, "text"),
        "total": ballot.total,
        "present": ballot.present,
        "needed": ballot.needed,
        "for": ballot.votes_for,
        "against": ballot.votes_against,
        "abstained": ballot.votes_abstained,
        "adopted": ballot.adopted,
        "reason": ballot.reason,
        "chair": ballot.chair.name if ballot.chair else "",
        "chair_is_head": ballot.chair is not None and ballot.chair.role == Role.HEAD,
        "chair_vote": ballot.chair_vote,
        "votes": _votes(ballot, members, number_of),
    }


def _votes(ballot: Ballot, members: list[Elector], number_of: dict[int, int]) -> list[Facts]:
    cast = {vote.elector_id: vote for vote in ballot.votes.all()}
    return [
        {
            "n": number_of[elector.pk],
            "choice": cast[elector.pk].choice if elector.pk in cast else _without_vote(elector, ballot),
            "by_hand": elector.pk in cast and cast[elector.pk].by_hand,
        }
        for elector in members
    ]


def _without_vote(elector: Elector, ballot: Ballot) -> str:
    """Whoever was there when the vote closed and cast none, against whoever was not there."""
    return DID_NOT_VOTE if elector.pk in ballot.present_ids else WAS_ABSENT


def _point(point: Point, order: int) -> Facts:
    return {
        "cited": f"{order}.{point.number}",
        "kind": point.kind,
        "text": _both(point, "text"),
        "executor": _both(point.executor, "name") if point.executor else None,
        "due_on": point.due_on.isoformat() if point.due_on else "",
        "is_standing": point.is_standing,
    }


def _attached_opinions(meeting: Meeting) -> list[DissentingOpinion]:
    rows = DissentingOpinion.objects.filter(item__meeting=meeting, after_signing=False)
    return list(rows.select_related("elector", "item").order_by("item__order", "filed_at"))


def _choices(meeting: Meeting) -> dict[tuple[int, int], str]:
    rows = Ballot.objects.filter(meeting=meeting, votes__isnull=False)
    return {
        (item, elector): choice
        for item, elector, choice in rows.values_list("item_id", "votes__elector_id", "votes__choice")
    }


def _opinion(row: DissentingOpinion, chosen: dict[tuple[int, int], str]) -> Facts:
    return _named(row.elector) | {
        "order": row.item.order,
        "organisation": _both(row.elector, "organisation"),
        "choice": chosen.get((row.item_id, row.elector_id), ""),
        "text": row.text,
        "proposal": row.proposal,
        "filed_at": _moment(row.filed_at),
    }
