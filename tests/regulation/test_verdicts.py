"""Verdicts: allowed, or refused with a reason, a clause and facts."""

import pickle

import pytest

from regulation.verdicts import ALLOWED, Refused, Verdict, all_of, refusals, refused

NO_QUORUM = refused("no_quorum", "20", present=9, needed=10)
LATE = refused("late")


def test_a_refusal_carries_reason_clause_and_facts() -> None:
    assert (
        Verdict(allowed=False, reason="no_quorum", clause="20", facts={"present": 9, "needed": 10})
        == NO_QUORUM
    )
    assert Verdict(allowed=False, reason="late", clause="", facts={}) == LATE


def test_a_verdict_is_true_when_allowed() -> None:
    assert (bool(ALLOWED), bool(NO_QUORUM)) == (True, False)


def test_a_refusal_without_a_reason_is_impossible() -> None:
    with pytest.raises(ValueError, match="reason"):
        refused("")


def test_allowed_does_not_raise() -> None:
    ALLOWED.or_raise()


def test_refused_raises_itself() -> None:
    with pytest.raises(Refused) as caught:
        NO_QUORUM.or_raise()
    assert caught.value.verdict is NO_QUORUM


@pytest.mark.parametrize(("verdict", "words"), [(NO_QUORUM, "no_quorum (clause 20)"), (LATE, "late")])
def test_the_exception_names_reason_and_clause(verdict: Verdict, words: str) -> None:
    assert str(Refused(verdict)) == words


def test_a_refusal_survives_the_way_between_processes() -> None:
    copied = pickle.loads(pickle.dumps(Refused(NO_QUORUM)))  # noqa: S301 - our own bytes
    assert copied.verdict == NO_QUORUM


def test_verdicts_can_be_members_of_a_set() -> None:
    assert len({ALLOWED, NO_QUORUM, LATE, refused("late")}) == 3


@pytest.mark.parametrize(
    ("verdicts", "first", "every"),
    [
        pytest.param((), ALLOWED, (), id="nothing asked"),
        pytest.param((ALLOWED, ALLOWED), ALLOWED, (), id="all allowed"),
        pytest.param((ALLOWED, LATE), LATE, (LATE,), id="one refusal"),
        pytest.param((LATE, ALLOWED, NO_QUORUM), LATE, (LATE, NO_QUORUM), id="the first of two"),
        pytest.param((NO_QUORUM, LATE), NO_QUORUM, (NO_QUORUM, LATE), id="order is kept"),
    ],
)
def test_combining(verdicts: tuple[Verdict, ...], first: Verdict, every: tuple[Verdict, ...]) -> None:
    assert all_of(*verdicts) is first
    assert refusals(*verdicts) == every
