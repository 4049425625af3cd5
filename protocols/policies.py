"""May this happen now? Facts in, a verdict out, with the clause; permissions are asked elsewhere."""

from collections.abc import Iterable, Mapping
from datetime import date

from meetings.facts import ballot_of
from meetings.models import Ballot, Elector, Meeting
from meetings.states import State as MeetingState
from members.models import Absence
from members.permissions import Actor
from protocols.models import DissentingOpinion, Edition, Point, Protocol, ProtocolItem
from protocols.signers import signer_today, signs_instead
from protocols.states import WITH_HEAD, State
from regulation.verdicts import ALLOWED, Verdict, all_of, refused


def may_draw_up(meeting: Meeting, protocol: Protocol | None) -> Verdict:
    """A protocol is drawn up once, of a meeting that has ended (clause 23)."""
    if meeting.state != MeetingState.ENDED:
        return refused("meeting_not_ended", "23")
    return refused("already_drawn_up", "23") if protocol is not None else ALLOWED


def is_not_signed(protocol: Protocol) -> Verdict:
    """What is signed does not change (clause 15)."""
    if protocol.state != State.SIGNED:
        return ALLOWED
    who = protocol.signed_by.name if protocol.signed_by else ""
    return refused("already_signed", "15", name=who, signed_at=protocol.signed_at)


def may_edit(protocol: Protocol) -> Verdict:
    """Until the signature the text may be mended; what is with the chair then comes back by itself."""
    return is_not_signed(protocol)


def may_send(protocol: Protocol, problems: Iterable[Verdict]) -> Verdict:
    """A complete draft goes to the chair, once (clause 23)."""
    found = list(problems)
    return all_of(
        is_not_signed(protocol),
        ALLOWED if protocol.state == State.DRAFT else refused("already_sent", "23"),
        refused("protocol_incomplete", "23", count=len(found)) if found else ALLOWED,
    )


def may_take_back(protocol: Protocol) -> Verdict:
    """The secretary may take back what is not signed yet."""
    return all_of(is_not_signed(protocol), _is_with_chair(protocol))


def may_return(protocol: Protocol, edition: Edition | None, by: Actor) -> Verdict:
    """Whoever must sign, by the edition or by today, may send the protocol back with a remark."""
    return all_of(is_not_signed(protocol), _is_signer(protocol, edition, by), _is_with_chair(protocol))


def may_sign(protocol: Protocol, edition: Edition | None, by: Actor) -> Verdict:
    """The one who chaired, or performs the duties of the absent head, signs what is made (clauses 15, 25(3)).

    The signer is printed in the documents of `edition`, the current one.
    """
    return all_of(
        is_not_signed(protocol),
        _is_signer(protocol, edition, by),
        _is_with_chair(protocol),
        is_still_signer(protocol, edition, by.absence),
        ALLOWED if protocol.state == State.AWAITING else refused("documents_not_ready", "15"),
    )


def is_still_signer(protocol: Protocol, edition: Edition | None, absence: Absence | None) -> Verdict:
    """The documents name who signs; when another has the powers of the head meanwhile, they are made anew."""
    signer = signer_today(protocol.meeting, absence)
    if edition is None or signer is None or edition.signer_id == signer.pk:
        return ALLOWED
    was = edition.signer.name if edition.signer else ""
    return refused("signer_changed", "25.3", was=was, name=signer.name)


def is_what_was_seen(documents: Mapping[str, str], seen: Mapping[str, str]) -> Verdict:
    """Exactly the bytes that were read are signed; the smallest change after reading refuses (clause 15)."""
    return ALLOWED if dict(documents) == dict(seen) else refused("protocol_changed", "15")


def _is_with_chair(protocol: Protocol) -> Verdict:
    return ALLOWED if protocol.state in WITH_HEAD else refused("not_sent_yet", "23")


def _is_signer(protocol: Protocol, edition: Edition | None, by: Actor) -> Verdict:
    today = signer_today(protocol.meeting, by.absence)
    named = edition.signer if edition else None
    if by.user is not None and by.user in (today, named):
        return ALLOWED
    signer = named or today
    instead = signs_instead(protocol.meeting, by.absence)
    reason = "only_who_stands_in" if instead and signer == instead.deputy else "only_who_chaired"
    return refused(reason, "15", name=signer.name if signer else "")


def is_same_text(item: ProtocolItem, version: int) -> Verdict:
    """Nobody overwrites unseen what another window saved meanwhile."""
    return ALLOWED if item.version == version else refused("edited_meanwhile", version=item.version)


def may_have_points(ballot: Ballot | None, points: int) -> Verdict:
    """Only a decision that was adopted has points (clause 13)."""
    if points and not (ballot and ballot.adopted):
        return refused("no_points_without_decision", "13")
    return ALLOWED


def may_dissent(
    meeting: Meeting, elector: Elector | None, ballot: Ballot | None, filed: DissentingOpinion | None
) -> Verdict:
    """Any member with a vote, present or not, once per question, after its vote (clause 14)."""
    if elector is None or not elector.votes:
        return refused("no_vote_at_meeting", "14")
    if filed is not None:
        return refused("opinion_already_filed", "14", filed_at=filed.filed_at)
    voted = ballot is not None and ballot.closed_at is not None
    if meeting.state == MeetingState.ENDED or (meeting.state == MeetingState.OPEN and voted):
        return ALLOWED
    return refused("question_not_decided", "14")


def problems_before_sending(protocol: Protocol) -> list[Verdict]:
    """Return everything the protocol lacks, each with the path of the page on which to mend it."""
    rows = protocol.items.select_related("item").prefetch_related("points", "item__ballots")
    problems = []
    for row in rows.order_by("item__order"):
        path = protocol.meeting.address("protocols:edit", order=row.item.order)
        found = [*_problems_of_item(row), *_problems_of_points(row, protocol.meeting.day)]
        problems += [refused(code, "23", order=row.item.order, path=path, **facts) for code, facts in found]
    return problems


Problem = tuple[str, dict[str, object]]


def _problems_of_item(row: ProtocolItem) -> Iterable[Problem]:
    ballot = ballot_of(row.item)
    if not (row.heard_kk or row.heard_ru):
        yield "heard_missing", {}
    if ballot is not None and ballot.closed_at is None:
        yield "vote_not_closed", {}
    if ballot is not None and ballot.adopted and not row.points.all():
        yield "points_missing", {}


def _problems_of_points(row: ProtocolItem, day: date) -> Iterable[Problem]:
    for point in row.points.all():
        facts: dict[str, object] = {"point": f"{row.item.order}.{point.number}"}
        if not (point.text_kk or point.text_ru):
            yield "point_without_text", facts
        if point.executor_id and not _has_term(point):
            yield "point_without_term", facts
        if _has_term(point) and not point.executor_id:
            yield "point_without_executor", facts
        if point.due_on and point.due_on < day:
            yield "point_due_before_meeting", facts


def _has_term(point: Point) -> bool:
    return bool(point.due_on or point.is_standing)
