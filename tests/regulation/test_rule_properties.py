"""What holds for every staff, every count of votes and every day."""

from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from regulation import terms, voting, workdays
from regulation.procedure import VOCABULARIES, Adoption, Procedure, Tie
from regulation.voting import VOTES, Outcome, outcome

settings.register_profile("rules", max_examples=80, deadline=None, derandomize=True, database=None)
quickly = settings(settings.get_profile("rules"))

DAY = timedelta(days=1)
shares = st.fractions(min_value=0, max_value=1, max_denominator=12).filter(lambda share: 0 < share < 1)
adoptions: st.SearchStrategy[Adoption] = st.sampled_from(("total", "present"))
ties: st.SearchStrategy[Tie] = st.sampled_from(("chair", "head_only", "not_adopted"))
procedures = st.builds(
    Procedure,
    quorum=shares,
    initiative=shares,
    adoption=adoptions,
    tie=ties,
    materials_days=st.integers(0, 20),
    materials_unit=st.sampled_from(VOCABULARIES["materials_unit"]),
    materials_roll=st.sampled_from(VOCABULARIES["materials_roll"]),
    circulation_days=st.integers(0, 20),
    protocol_days=st.integers(0, 10),
    protocol_roll=st.sampled_from(VOCABULARIES["protocol_roll"]),
    announcement_working_days=st.integers(0, 10),
)
totals = st.integers(1, 60)
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
calendars = st.frozensets(st.dates(date(2026, 4, 20), date(2026, 5, 31)), max_size=25)
days_near = st.dates(date(2026, 4, 20), date(2026, 5, 31))


@st.composite
def ballots(draw: st.DrawFn) -> tuple[int, int, list[str]]:
    """A total, a number present and the votes cast, in some order."""
    total = draw(totals)
    present = draw(st.integers(0, total))
    return total, present, draw(st.lists(st.sampled_from(VOTES), max_size=present))


def decide(
    total: int, present: int, votes: list[str], chair_vote: str | None, procedure: Procedure
) -> Outcome:
    return outcome(
        total=total,
        present=present,
        votes_for=votes.count("for"),
        votes_against=votes.count("against"),
        abstained=votes.count("abstained"),
        chair_vote=chair_vote,
        procedure=procedure,
    )


def is_tie(votes: list[str]) -> bool:
    return votes.count("for") == votes.count("against") > 0


@quickly
@given(ballots(), procedures, st.data())
def test_one_more_vote_for_never_turns_adopted_into_not_adopted(
    ballot: tuple[int, int, list[str]], procedure: Procedure, data: st.DataObject
) -> None:
    total, present, votes = ballot
    chair_vote = data.draw(st.sampled_from([None, *sorted(set(votes))]))
    before = decide(total, present, votes, chair_vote, procedure)
    # The vote comes from someone who had not voted, or had abstained without being the chair.
    more = [*votes, "for"]
    if votes.count("abstained") > (chair_vote == "abstained"):
        more.remove("abstained")
    if len(more) > present or is_tie(votes) or is_tie(more):
        return
    assert decide(total, present, more, chair_vote, procedure).adopted >= before.adopted


@quickly
@given(ballots(), procedures, st.randoms(use_true_random=False))
def test_the_order_of_votes_is_irrelevant(
    ballot: tuple[int, int, list[str]], procedure: Procedure, chance: Random
) -> None:
    total, present, votes = ballot
    shuffled = sorted(votes, key=lambda _: chance.random())
    assert decide(total, present, shuffled, None, procedure) == decide(total, present, votes, None, procedure)


@quickly
@given(ballots(), procedures, st.data())
def test_an_outcome_says_what_its_numbers_say(
    ballot: tuple[int, int, list[str]], procedure: Procedure, data: st.DataObject
) -> None:
    total, present, votes = ballot
    chair_vote = data.draw(st.sampled_from([None, *sorted(set(votes))]))
    result = decide(total, present, votes, chair_vote, procedure)
    assert (result.reason == "no_quorum") == (present < voting.quorum(total, procedure))
    assert (result.clause == "20") == (result.reason == "no_quorum")
    if result.reason != "no_quorum":
        assert (result.reason in ("casting_vote", "tie_not_broken")) == is_tie(votes)
    if result.adopted:
        enough = result.votes_for >= result.needed
        assert enough or (is_tie(votes) and chair_vote == "for" and procedure.tie != "not_adopted")


@quickly
@given(totals, procedures)
def test_thresholds_grow_with_the_staff_and_can_be_reached(total: int, procedure: Procedure) -> None:
    for threshold in (voting.quorum, voting.majority, voting.initiative):
        needed = threshold(total, procedure)
        assert 1 <= needed <= total
        assert needed <= threshold(total + 1, procedure) <= needed + 1


@quickly
@given(totals, procedures)
def test_thresholds_are_the_least_number_that_meets_the_share(total: int, procedure: Procedure) -> None:
    quorum, called = voting.quorum(total, procedure), voting.initiative(total, procedure)
    majority = voting.majority(total, procedure)
    assert quorum - 1 < total * procedure.quorum <= quorum
    assert called - 1 <= total * procedure.initiative < called
    assert 2 * (majority - 1) <= total < 2 * majority


@quickly
@given(days_near, procedures, calendars, calendars)
def test_due_dates_grow_with_the_day(
    day: date, procedure: Procedure, holidays: frozenset[date], working: frozenset[date]
) -> None:
    for due in (
        terms.materials_due,
        terms.circulation_due,
        terms.protocol_due,
        terms.announcement_due,
    ):
        first = due(day, procedure, holidays, extra_working=working)
        assert first <= due(day + DAY, procedure, holidays, extra_working=working)


@quickly
@given(days_near, procedures, calendars, calendars)
def test_terms_before_a_meeting_are_before_it_and_after_it_after(
    day: date, procedure: Procedure, holidays: frozenset[date], working: frozenset[date]
) -> None:
    latest_materials = day - timedelta(days=procedure.materials_days)
    assert terms.materials_due(day, procedure, holidays, extra_working=working) <= latest_materials
    assert terms.announcement_due(day, procedure, holidays, extra_working=working) <= day
    unrolled = terms.unrolled_protocol_due(day, procedure)
    assert terms.protocol_due(day, procedure, holidays, extra_working=working) >= unrolled >= day


@quickly
@given(days_near, calendars, calendars)
def test_next_and_previous_working_are_the_nearest(
    day: date, holidays: frozenset[date], working: frozenset[date]
) -> None:
    after = workdays.next_working(day, holidays, extra_working=working)
    before = workdays.previous_working(day, holidays, extra_working=working)
    between = [before + DAY * n for n in range((after - before).days + 1)]
    open_days = {d for d in between if workdays.is_working(d, holidays, extra_working=working)}
    assert before <= day <= after
    assert open_days == {before, after}


@quickly
@given(days)
def test_every_day_is_in_its_quarter_and_no_other(day: date) -> None:
    first, last = terms.quarter_bounds(terms.quarter_of(day))
    assert first <= day <= last
    assert terms.quarter_of(first) == terms.quarter_of(last) == terms.quarter_of(day)
    assert terms.quarter_of(first - DAY) < terms.quarter_of(day) < terms.quarter_of(last + DAY)


@quickly
@given(days, st.integers(-400, 400))
def test_days_late_is_the_distance_after_the_due_date(due: date, distance: int) -> None:
    assert terms.days_late(due, due + DAY * distance) == max(0, distance)


@quickly
@given(procedures, st.sampled_from(sorted(VOCABULARIES)), st.data())
def test_every_procedure_survives_its_stored_form(
    procedure: Procedure, name: str, data: st.DataObject
) -> None:
    stored = procedure.as_dict() | {name: data.draw(st.sampled_from(VOCABULARIES[name]))}
    assert Procedure.from_dict(stored).as_dict() == stored
