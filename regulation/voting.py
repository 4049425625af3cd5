"""Quorum, majority, initiative and the outcome of an open vote (clauses 12, 13, 20)."""

from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

from regulation.procedure import Procedure

Reason = Literal["majority", "casting_vote", "not_enough_votes", "tie_not_broken", "no_quorum"]

VOTES = ("for", "against", "abstained")


@dataclass(frozen=True)
class Outcome:
    """What a vote decided and by which numbers; ``needed`` is the majority of the adoption base."""

    adopted: bool
    reason: Reason
    clause: str
    needed: int
    votes_for: int
    votes_against: int
    abstained: int
    total: int
    present: int


def quorum(total: int, procedure: Procedure) -> int:
    """How many members must attend for the meeting to be lawful (clause 20).

    Reading: at least two thirds of the total number, rounded up: 10 of 15. ValueError if total < 1.
    """
    return ceil(_people("total", total) * procedure.quorum)


def majority(base: int, procedure: Procedure) -> int:  # noqa: ARG001 - thresholds share one call shape
    """How many votes "for" make a majority of ``base`` (clause 13).

    Reading: more than half: 8 of 15. ``base`` is the total number of members, or the number present when
    ``procedure.adoption`` is "present". ValueError if base < 1.
    """
    return _people("base", base) // 2 + 1


def initiative(total: int, procedure: Procedure) -> int:
    """How many members together call an extraordinary meeting (clause 12).

    Reading: more than half of the total number: 8 of 15. ValueError if total < 1.
    """
    return floor(_people("total", total) * procedure.initiative) + 1


def outcome(
    *,
    total: int,
    present: int,
    votes_for: int,
    votes_against: int,
    abstained: int,
    chair_vote: str | None,
    procedure: Procedure,
) -> Outcome:
    """The outcome of an open vote, by clauses 20 and 13 in this order.

    1. Fewer present than the quorum: ``no_quorum``.
    2. Equal votes for and against, at least one each: the casting vote decides (``casting_vote``), even
       below the majority; abstained, none, or a procedure without a casting vote: ``tie_not_broken``.
       A tie never reaches the majority (two equal halves), so every tie adopted is adopted below it.
    3. Otherwise the votes for are compared with the majority: ``majority`` or ``not_enough_votes``.

    ``chair_vote`` is the vote, already contained in the counts, of whoever holds the casting vote: under
    ``tie="chair"`` the one who lawfully chairs; under ``tie="head_only"`` the head alone, so the caller
    passes None while a deputy chairs; under ``tie="not_adopted"`` it has no effect.
    Members present who did not vote are in ``present`` only. Raises ValueError for impossible numbers.
    """
    _check_counts(total, present, votes_for, votes_against, abstained)
    _check_chair_vote(chair_vote, votes_for, votes_against, abstained)
    base = total if procedure.adoption == "total" else max(present, 1)
    needed = majority(base, procedure)
    adopted = False
    reason: Reason = "no_quorum"
    if present >= quorum(total, procedure):
        adopted, reason = _decide(votes_for, votes_against, needed, chair_vote, procedure)
    clause = "20" if reason == "no_quorum" else "13"
    return Outcome(adopted, reason, clause, needed, votes_for, votes_against, abstained, total, present)


def _decide(
    votes_for: int, votes_against: int, needed: int, chair_vote: str | None, procedure: Procedure
) -> tuple[bool, Reason]:
    if votes_for == votes_against > 0:
        if procedure.tie != "not_adopted" and chair_vote in ("for", "against"):
            return chair_vote == "for", "casting_vote"
        return False, "tie_not_broken"
    if votes_for >= needed:
        return True, "majority"
    return False, "not_enough_votes"


def _people(name: str, number: int) -> int:
    if _whole(name, number) < 1:
        raise ValueError(f"{name} must be at least 1, not {number}")
    return number


def _whole(name: str, number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise ValueError(f"{name} must be a whole number from 0 on, not {number!r}")
    return number


def _check_counts(total: int, present: int, votes_for: int, votes_against: int, abstained: int) -> None:
    _people("total", total)
    if _whole("present", present) > total:
        raise ValueError(f"{present} present of {total} members")
    votes = (
        _whole("votes_for", votes_for)
        + _whole("votes_against", votes_against)
        + _whole("abstained", abstained)
    )
    if votes > present:
        raise ValueError(f"{votes} votes of {present} present")


def _check_chair_vote(chair_vote: str | None, votes_for: int, votes_against: int, abstained: int) -> None:
    if chair_vote is None:
        return
    if chair_vote not in VOTES:
        raise ValueError(f"unknown chair vote {chair_vote!r}")
    if dict(zip(VOTES, (votes_for, votes_against, abstained), strict=True))[chair_vote] < 1:
        raise ValueError(f"the counts hold no vote {chair_vote!r}, yet the chair is said to have cast it")
