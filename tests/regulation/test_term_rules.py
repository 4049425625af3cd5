"""Clauses 12, 16, 19, 22, 23, 26.4 and 26.7: due dates and periods."""

from datetime import date, timedelta

import pytest

from regulation import terms
from regulation.procedure import Procedure

THIS = Procedure()
# The non-working weekdays of Kazakhstan's calendar around the meetings below.
HOLIDAYS = frozenset(
    {
        date(2026, 1, 1),
        date(2026, 1, 2),
        date(2026, 1, 7),
        date(2026, 3, 9),
        date(2026, 3, 23),
        date(2026, 3, 24),
        date(2026, 3, 25),
        date(2026, 5, 1),
        date(2026, 5, 7),
        date(2026, 5, 9),
        date(2026, 5, 11),
        date(2026, 12, 16),
    }
)


def day(text: str) -> date:
    return date.fromisoformat(text)


# meeting = end, materials, circulation, protocol, protocol unrolled
WORKED_TERMS = [
    pytest.param(
        "2026-12-17", "2026-12-12", "2026-12-14", "2026-12-18", "2026-12-18", id="Thu: due on a Saturday"
    ),
    pytest.param(
        "2026-11-27", "2026-11-22", "2026-11-24", "2026-11-30", "2026-11-28", id="Fri: over the weekend"
    ),
    pytest.param(
        "2026-12-15", "2026-12-10", "2026-12-12", "2026-12-17", "2026-12-16", id="Tue: Independence Day"
    ),
    pytest.param(
        "2026-05-08", "2026-05-03", "2026-05-05", "2026-05-12", "2026-05-09", id="Fri: 9-11 May are off"
    ),
    pytest.param(
        "2026-03-20", "2026-03-15", "2026-03-17", "2026-03-26", "2026-03-21", id="Fri: Nauryz to Wednesday"
    ),
    pytest.param(
        "2026-03-02", "2026-02-25", "2026-02-27", "2026-03-03", "2026-03-03", id="Mon: over a month's end"
    ),
    pytest.param(
        "2024-03-04", "2024-02-28", "2024-03-01", "2024-03-05", "2024-03-05", id="Mon: over 29 February"
    ),
]


@pytest.mark.parametrize(("meeting", "materials", "circulation", "protocol", "unrolled"), WORKED_TERMS)
def test_worked_terms(meeting: str, materials: str, circulation: str, protocol: str, unrolled: str) -> None:
    assert terms.materials_due(day(meeting), THIS, HOLIDAYS) == day(materials)
    assert terms.circulation_due(day(meeting), THIS, HOLIDAYS) == day(circulation)
    assert terms.protocol_due(day(meeting), THIS, HOLIDAYS) == day(protocol)
    assert terms.unrolled_protocol_due(day(meeting), THIS) == day(unrolled)


def test_without_holidays_only_weekends_are_off() -> None:
    assert terms.protocol_due(day("2026-12-15"), THIS) == day("2026-12-16")
    assert terms.protocol_due(day("2026-05-08"), THIS) == day("2026-05-11")


def test_an_urgent_meeting_takes_materials_on_its_day() -> None:
    for procedure in (THIS, Procedure(materials_unit="working", materials_roll="previous")):
        sunday = day("2026-05-10")
        assert terms.materials_due(sunday, procedure, HOLIDAYS, urgent=True) == sunday
        assert terms.circulation_due(sunday, procedure, HOLIDAYS, urgent=True) == sunday


@pytest.mark.parametrize(
    ("procedure", "meeting", "due"),
    [
        pytest.param(
            Procedure(materials_roll="previous"), "2026-12-17", "2026-12-11", id="back from Saturday"
        ),
        pytest.param(
            Procedure(materials_roll="previous"), "2026-05-08", "2026-04-30", id="back over holidays"
        ),
        pytest.param(
            Procedure(materials_roll="previous"), "2026-12-15", "2026-12-10", id="a working day stays"
        ),
        pytest.param(Procedure(materials_unit="working"), "2026-12-18", "2026-12-10", id="5 working days"),
        pytest.param(
            Procedure(materials_unit="working", materials_days=1),
            "2026-12-17",
            "2026-12-15",
            id="1 working day",
        ),
        pytest.param(Procedure(materials_days=0), "2026-12-13", "2026-12-13", id="on the day"),
        pytest.param(Procedure(materials_days=10), "2026-12-17", "2026-12-07", id="10 calendar days"),
    ],
)
def test_materials_under_another_procedure(procedure: Procedure, meeting: str, due: str) -> None:
    assert terms.materials_due(day(meeting), procedure, HOLIDAYS) == day(due)


def test_a_moved_working_saturday_keeps_the_term_of_materials_on_it() -> None:
    saturday = day("2024-05-04")
    rolled = Procedure(materials_roll="previous")
    assert terms.materials_due(day("2024-05-09"), rolled, extra_working={saturday}) == saturday
    assert terms.materials_due(day("2024-05-09"), rolled) == day("2024-05-03")


def test_circulation_under_another_procedure() -> None:
    assert terms.circulation_due(day("2026-12-17"), Procedure(circulation_days=7)) == day("2026-12-10")


@pytest.mark.parametrize(
    ("procedure", "due"),
    [
        pytest.param(Procedure(protocol_roll="none"), "2026-05-09", id="not moved"),
        pytest.param(Procedure(protocol_days=3), "2026-05-12", id="3 days end on a holiday"),
        pytest.param(Procedure(protocol_days=5), "2026-05-13", id="5 days"),
        pytest.param(Procedure(protocol_days=0), "2026-05-08", id="the same day"),
    ],
)
def test_protocol_under_another_procedure(procedure: Procedure, due: str) -> None:
    assert terms.protocol_due(day("2026-05-08"), procedure, HOLIDAYS) == day(due)


def test_a_moved_working_saturday_ends_the_term_of_the_protocol() -> None:
    saturday = day("2024-05-04")
    assert terms.protocol_due(day("2024-05-03"), THIS, extra_working={saturday}) == saturday


@pytest.mark.parametrize(
    ("meeting", "due"),
    [
        pytest.param("2026-11-27", "2026-11-24", id="Fri to Tue"),
        pytest.param("2026-11-26", "2026-11-23", id="Thu to Mon"),
        pytest.param("2026-11-25", "2026-11-20", id="Wed to Fri"),
        pytest.param("2026-12-17", "2026-12-11", id="over Independence Day and a weekend"),
        pytest.param("2026-05-12", "2026-05-05", id="over the May holidays"),
        pytest.param("2026-11-29", "2026-11-25", id="a Sunday meeting"),
    ],
)
def test_announcement_is_due_on_the_third_working_day_before(meeting: str, due: str) -> None:
    assert terms.announcement_due(day(meeting), THIS, HOLIDAYS) == day(due)


def test_announcement_under_another_procedure_and_calendar() -> None:
    friday = day("2026-11-27")
    assert terms.announcement_due(friday, Procedure(announcement_working_days=0), HOLIDAYS) == friday
    assert terms.announcement_due(
        day("2026-12-01"), THIS, HOLIDAYS, extra_working={day("2026-11-28")}
    ) == day("2026-11-27")


@pytest.mark.parametrize(
    ("on", "late"),
    [
        pytest.param("2026-12-01", 0, id="long before"),
        pytest.param("2026-12-11", 0, id="the day before"),
        pytest.param("2026-12-12", 0, id="on the due date"),
        pytest.param("2026-12-13", 1, id="the next date"),
        pytest.param("2027-01-12", 31, id="over the year's end"),
    ],
)
def test_days_late(on: str, late: int) -> None:
    assert terms.days_late(day("2026-12-12"), day(on)) == late


@pytest.mark.parametrize(
    ("first", "last", "quarter"),
    [
        pytest.param("2026-01-01", "2026-03-31", (2026, 1), id="Q1"),
        pytest.param("2026-04-01", "2026-06-30", (2026, 2), id="Q2"),
        pytest.param("2026-07-01", "2026-09-30", (2026, 3), id="Q3"),
        pytest.param("2026-10-01", "2026-12-31", (2026, 4), id="Q4"),
    ],
)
def test_quarters(first: str, last: str, quarter: tuple[int, int]) -> None:
    assert terms.quarter_of(day(first)) == terms.quarter_of(day(last)) == quarter
    assert terms.quarter_bounds(quarter) == (day(first), day(last))


@pytest.mark.parametrize("number", [0, 5, -1])
def test_there_are_four_quarters(number: int) -> None:
    with pytest.raises(ValueError, match="quarter"):
        terms.quarter_bounds((2026, number))


@pytest.mark.parametrize(
    ("today", "alarm"),
    [
        pytest.param("2026-10-01", "", id="first day of the quarter"),
        pytest.param("2026-11-14", "", id="14th of the second month"),
        pytest.param("2026-11-15", "amber", id="15th of the second month"),
        pytest.param("2026-11-30", "amber", id="last day of the second month"),
        pytest.param("2026-12-01", "red", id="1st of the third month"),
        pytest.param("2026-12-31", "red", id="last day of the quarter"),
        pytest.param("2027-01-15", "", id="15th of the first month"),
        pytest.param("2027-02-15", "amber", id="Q1"),
        pytest.param("2026-05-15", "amber", id="Q2"),
        pytest.param("2026-08-15", "amber", id="Q3"),
        pytest.param("2026-03-01", "red", id="red in Q1"),
    ],
)
def test_the_alarm_of_a_quarter_without_a_scheduled_meeting(today: str, alarm: str) -> None:
    assert terms.quarter_alarm(day(today)) == alarm


@pytest.mark.parametrize(
    ("procedure", "today", "first", "last"),
    [
        pytest.param(THIS, "2026-06-30", "2026-01-01", "2026-06-30", id="first half-year"),
        pytest.param(THIS, "2026-07-01", "2026-07-01", "2026-12-31", id="second half-year"),
        pytest.param(Procedure(plan_period="year"), "2026-07-01", "2026-01-01", "2026-12-31", id="year"),
        pytest.param(
            Procedure(plan_period="quarter"), "2026-05-31", "2026-04-01", "2026-06-30", id="quarter"
        ),
    ],
)
def test_the_period_of_a_plan(procedure: Procedure, today: str, first: str, last: str) -> None:
    assert terms.plan_bounds(day(today), procedure) == (day(first), day(last))


def test_the_annual_information_is_due_in_february_of_the_next_year() -> None:
    assert terms.annual_report_due(2026, THIS) == day("2027-02-15")
    assert terms.annual_report_due(2026, Procedure(annual_report_due=(12, 31))) == day("2027-12-31")


def test_terms_run_over_the_whole_calendar() -> None:
    start = day("2026-01-01")
    for meeting in (start + timedelta(days=n) for n in range(365)):
        assert (meeting - terms.materials_due(meeting, THIS, HOLIDAYS)).days == 5
        assert (meeting - terms.circulation_due(meeting, THIS, HOLIDAYS)).days == 3
