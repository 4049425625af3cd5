"""Clauses 12, 13 and 20: quorum, majority, initiative and the outcome of a vote."""

from collections.abc import Callable
from dataclasses import astuple, fields
from fractions import Fraction

import pytest

from regulation import voting
from regulation.procedure import Procedure
from regulation.voting import Outcome, outcome

THIS = Procedure()
OF_PRESENT = Procedure(adoption="present")
HEAD_ONLY = Procedure(tie="head_only")
NO_CASTING_VOTE = Procedure(tie="not_adopted")

# total, quorum, majority, initiative
THRESHOLDS = [
    pytest.param(1, 1, 1, 1, id="one member"),
    pytest.param(2, 2, 2, 2, id="two members"),
    pytest.param(3, 2, 2, 2, id="three members"),
    pytest.param(12, 8, 7, 7, id="12"),
    pytest.param(13, 9, 7, 7, id="13"),
    pytest.param(14, 10, 8, 8, id="14"),
    pytest.param(15, 10, 8, 8, id="15: this Staff"),
    pytest.param(16, 11, 9, 9, id="16: secretary counted"),
    pytest.param(17, 12, 9, 9, id="17"),
]


@pytest.mark.parametrize(("total", "quorum", "majority", "initiative"), THRESHOLDS)
def test_thresholds(total: int, quorum: int, majority: int, initiative: int) -> None:
    assert voting.quorum(total, THIS) == quorum
    assert voting.majority(total, THIS) == majority
    assert voting.initiative(total, THIS) == initiative


@pytest.mark.parametrize(
    ("share", "total", "needed"),
    [
        pytest.param(Fraction(1, 2), 15, 8, id="at least half rounds up"),
        pytest.param(Fraction(1, 2), 16, 8, id="at least half of an even number is half"),
        pytest.param(Fraction(3, 4), 16, 12, id="three quarters"),
        pytest.param(Fraction(1), 15, 15, id="everyone"),
    ],
)
def test_another_quorum(share: Fraction, total: int, needed: int) -> None:
    assert voting.quorum(total, Procedure(quorum=share)) == needed


@pytest.mark.parametrize(
    ("share", "total", "needed"),
    [
        pytest.param(Fraction(1, 3), 15, 6, id="more than a third, not a third itself"),
        pytest.param(Fraction(1, 3), 16, 6, id="more than a third of 16"),
        pytest.param(Fraction(2, 3), 15, 11, id="more than two thirds"),
    ],
)
def test_another_initiative(share: Fraction, total: int, needed: int) -> None:
    assert voting.initiative(total, Procedure(initiative=share)) == needed


@pytest.mark.parametrize("threshold", [voting.quorum, voting.majority, voting.initiative])
@pytest.mark.parametrize("number", [0, -1, True, 1.0, "15", None])
def test_a_threshold_of_no_members_is_refused(
    threshold: Callable[[object, Procedure], int], number: object
) -> None:
    with pytest.raises(ValueError, match=r"total|base"):
        threshold(number, THIS)


def vote(
    procedure: Procedure, total: int, present: int, counts: tuple[int, int, int], chair: str | None
) -> Outcome:
    votes_for, votes_against, abstained = counts
    return outcome(
        total=total,
        present=present,
        votes_for=votes_for,
        votes_against=votes_against,
        abstained=abstained,
        chair_vote=chair,
        procedure=procedure,
    )


# total, present, (for, against, abstained), chair's vote, adopted, reason
THIS_REGULATION = [
    pytest.param(15, 10, (8, 0, 2), "for", True, "majority", id="8 of 15 is a majority"),
    pytest.param(15, 10, (7, 0, 3), "for", False, "not_enough_votes", id="7 for, 0 against of 10 present"),
    pytest.param(15, 15, (8, 7, 0), "against", True, "majority", id="the chair against a majority"),
    pytest.param(15, 15, (7, 8, 0), "for", False, "not_enough_votes", id="one vote short of a tie"),
    pytest.param(15, 15, (15, 0, 0), "for", True, "majority", id="unanimous"),
    pytest.param(15, 15, (0, 15, 0), "against", False, "not_enough_votes", id="unanimously against"),
    pytest.param(15, 15, (7, 7, 1), "for", True, "casting_vote", id="7:7, chair for"),
    pytest.param(15, 15, (7, 7, 1), "against", False, "casting_vote", id="7:7, chair against"),
    pytest.param(15, 15, (7, 7, 1), "abstained", False, "tie_not_broken", id="7:7, chair abstained"),
    pytest.param(15, 14, (7, 7, 0), None, False, "tie_not_broken", id="7:7, chair did not vote"),
    pytest.param(15, 10, (5, 5, 0), "for", True, "casting_vote", id="5:5 below the majority, chair for"),
    pytest.param(15, 10, (5, 5, 0), "against", False, "casting_vote", id="5:5, chair against"),
    pytest.param(15, 10, (1, 1, 8), "for", True, "casting_vote", id="1:1 is a tie"),
    pytest.param(15, 11, (6, 5, 0), "for", False, "not_enough_votes", id="6:5 is no tie and no majority"),
    pytest.param(15, 10, (0, 0, 10), "abstained", False, "not_enough_votes", id="all abstained is no tie"),
    pytest.param(15, 10, (0, 0, 0), None, False, "not_enough_votes", id="nobody voted is no tie"),
    pytest.param(15, 12, (8, 0, 0), None, True, "majority", id="present may not vote"),
    pytest.param(16, 11, (8, 0, 3), "for", False, "not_enough_votes", id="8 of 16 is half"),
    pytest.param(16, 16, (8, 8, 0), "for", True, "casting_vote", id="8:8 of 16"),
    pytest.param(16, 11, (9, 0, 2), "for", True, "majority", id="9 of 16"),
    pytest.param(15, 9, (9, 0, 0), "for", False, "no_quorum", id="9 present: no vote counts"),
    pytest.param(15, 9, (4, 4, 1), "for", False, "no_quorum", id="no casting vote without quorum"),
    pytest.param(15, 0, (0, 0, 0), None, False, "no_quorum", id="nobody came"),
    pytest.param(1, 1, (1, 0, 0), "for", True, "majority", id="one member"),
]


@pytest.mark.parametrize(("total", "present", "counts", "chair", "adopted", "reason"), THIS_REGULATION)
def test_outcome(
    total: int, present: int, counts: tuple[int, int, int], chair: str | None, adopted: bool, reason: str
) -> None:
    needed = total // 2 + 1
    clause = "20" if reason == "no_quorum" else "13"
    expected = Outcome(adopted, reason, clause, needed, *counts, total, present)  # type: ignore[arg-type]  # table of str
    assert vote(THIS, total, present, counts, chair) == expected


def test_the_fields_of_an_outcome_keep_their_order() -> None:
    assert [field.name for field in fields(Outcome)] == [
        "adopted",
        "reason",
        "clause",
        "needed",
        "votes_for",
        "votes_against",
        "abstained",
        "total",
        "present",
    ]
    assert astuple(vote(THIS, 15, 12, (8, 3, 1), "for")) == (True, "majority", "13", 8, 8, 3, 1, 15, 12)


# procedure, present of 15, (for, against, abstained), chair's vote, adopted, reason, needed
OTHER_PROCEDURES = [
    pytest.param(OF_PRESENT, 10, (6, 0, 4), None, True, "majority", 6, id="present: 6 of 10"),
    pytest.param(OF_PRESENT, 10, (5, 0, 5), None, False, "not_enough_votes", 6, id="present: half of 10"),
    pytest.param(OF_PRESENT, 11, (6, 5, 0), "for", True, "majority", 6, id="present: 6 of 11"),
    pytest.param(OF_PRESENT, 10, (5, 5, 0), "for", True, "casting_vote", 6, id="present: 5:5, chair for"),
    pytest.param(OF_PRESENT, 10, (5, 5, 0), None, False, "tie_not_broken", 6, id="present: 5:5, no chair"),
    pytest.param(OF_PRESENT, 9, (9, 0, 0), None, False, "no_quorum", 5, id="present: quorum stays of N"),
    pytest.param(OF_PRESENT, 0, (0, 0, 0), None, False, "no_quorum", 1, id="present: nobody came"),
    pytest.param(HEAD_ONLY, 15, (7, 7, 1), "for", True, "casting_vote", 8, id="head only: head for"),
    pytest.param(HEAD_ONLY, 15, (7, 7, 1), "against", False, "casting_vote", 8, id="head only: head against"),
    pytest.param(HEAD_ONLY, 14, (7, 7, 0), None, False, "tie_not_broken", 8, id="head only: deputy chairs"),
    pytest.param(
        NO_CASTING_VOTE, 15, (7, 7, 1), "for", False, "tie_not_broken", 8, id="no casting vote: for"
    ),
    pytest.param(
        NO_CASTING_VOTE, 15, (7, 7, 1), "against", False, "tie_not_broken", 8, id="no casting vote: against"
    ),
    pytest.param(
        NO_CASTING_VOTE, 15, (8, 7, 0), "against", True, "majority", 8, id="no casting vote: majority"
    ),
]


@pytest.mark.parametrize(
    ("procedure", "present", "counts", "chair", "adopted", "reason", "needed"), OTHER_PROCEDURES
)
def test_outcome_under_another_procedure(
    procedure: Procedure,
    present: int,
    counts: tuple[int, int, int],
    chair: str | None,
    adopted: bool,
    reason: str,
    needed: int,
) -> None:
    result = vote(procedure, 15, present, counts, chair)
    assert (result.adopted, result.reason, result.needed) == (adopted, reason, needed)


def test_a_lower_quorum_admits_the_vote() -> None:
    assert vote(Procedure(quorum=Fraction(1, 2)), 15, 8, (8, 0, 0), None).reason == "majority"


IMPOSSIBLE_COUNTS = [
    pytest.param({"total": 0, "present": 0, "votes_for": 0}, id="no members"),
    pytest.param({"total": -15}, id="negative total"),
    pytest.param({"present": -1, "votes_for": 0}, id="negative present"),
    pytest.param({"present": 16}, id="more present than members"),
    pytest.param({"votes_for": -1}, id="negative for"),
    pytest.param({"votes_against": -1}, id="negative against"),
    pytest.param({"abstained": -1}, id="negative abstained"),
    pytest.param({"votes_for": 9, "votes_against": 1, "abstained": 1}, id="more votes than present"),
    pytest.param({"present": 7}, id="fewer present than votes"),
    pytest.param({"votes_for": True}, id="a bool is no count"),
    pytest.param({"present": 10.0}, id="a float is no count"),
    pytest.param({"abstained": None}, id="nothing is no count"),
    pytest.param({"chair_vote": "yes"}, id="unknown chair vote"),
    pytest.param({"chair_vote": ""}, id="empty chair vote"),
    pytest.param({"chair_vote": "for", "votes_for": 0}, id="chair for, nobody for"),
    pytest.param({"chair_vote": "against"}, id="chair against, nobody against"),
    pytest.param({"chair_vote": "abstained"}, id="chair abstained, nobody abstained"),
    pytest.param(
        {"chair_vote": "against", "present": 9, "votes_for": 0}, id="impossible also without quorum"
    ),
]


@pytest.mark.parametrize("change", IMPOSSIBLE_COUNTS)
@pytest.mark.parametrize("procedure", [THIS, OF_PRESENT, HEAD_ONLY, NO_CASTING_VOTE])
def test_impossible_numbers_are_refused(change: dict[str, object], procedure: Procedure) -> None:
    possible: dict[str, object] = {
        "total": 15,
        "present": 10,
        "votes_for": 8,
        "votes_against": 0,
        "abstained": 0,
        "chair_vote": None,
        "procedure": procedure,
    }
    outcome(**possible)  # type: ignore[arg-type]  # a table of arguments
    with pytest.raises(ValueError, match=r"."):
        outcome(**possible | change)  # type: ignore[arg-type]  # wrong on purpose
