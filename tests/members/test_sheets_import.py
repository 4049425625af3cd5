"""A sheet is imported all or nothing: checked first, applied by a second press, never twice."""

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from members.actions import importing
from members.models import Composition, Holder, JournalEntry, Organisation, Seat, User
from members.permissions import Actor
from members.sheets import reading
from members.sheets.columns import PEOPLE, SEATS
from members.sheets.reading import Unreadable
from tests.members.workbooks import headings, person_row, seat_row, upload, workbook
from tests.stage import MORNING, WEEK_BEFORE, Stage, placed, set_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return set_stage(total=5)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(WEEK_BEFORE, tick=False):
        yield


def signed_in(person: Actor) -> Client:
    client = Client()
    client.force_login(person.person)
    return client


def send(stage: Stage, kind: str, file: SimpleUploadedFile, *, client: Client | None = None) -> Any:
    address = reverse("members:composition_import", kwargs={"staff": stage.staff.code})
    return (client or signed_in(stage.secretary)).post(address, {"kind": kind, "file": file})


def apply(stage: Stage, kind: str, sheet: str, *, client: Client | None = None) -> Any:
    address = reverse("members:composition_import_apply", kwargs={"staff": stage.staff.code})
    return (client or signed_in(stage.secretary)).post(address, {"kind": kind, "sheet": sheet})


def sealed_in(response: Any) -> str:
    found = re.search(r'name="sheet" value="([^"]+)"', response.content.decode())
    assert found
    return found[1]


def book(kind: str, *rows: list[Any]) -> SimpleUploadedFile:
    return workbook([headings(kind), *rows])


def of_stage(seat: Seat, **cells: Any) -> list[Any]:
    """Return the row of a seat as it stands in force."""
    facts = {
        "role": seat.role,
        "office_kk": seat.office_kk,
        "office_ru": seat.office_ru,
        "organisation_kk": seat.organisation.name_kk,
        "organisation_ru": seat.organisation.name_ru,
        "votes": "иә" if seat.votes else "жоқ",
    }
    return seat_row(seat.order, **(facts | cells))


def seats(stage: Stage) -> list[Seat]:
    return list(Seat.objects.filter(composition__staff=stage.staff).order_by("composition", "order"))


def draft(stage: Stage) -> Composition:
    return Composition.objects.get(staff=stage.staff, approved_at=None)


def test_seats_start_a_draft_that_goes_on_from_the_composition_in_force(stage: Stage) -> None:
    head, deputy, _other, secretary, member, _last = seats(stage)
    file = book(
        SEATS,
        of_stage(head),
        of_stage(secretary),
        of_stage(member, office_kk="Басқа атау", votes="жоқ"),
        seat_row(9, by_agreement="да", consent_number="7-1", consent_date="01.12.2026", rank="first"),
    )
    response = send(stage, SEATS, file)
    assert response.status_code == 200
    assert not Composition.objects.filter(approved_at=None).exists()
    assert apply(stage, SEATS, sealed_in(response)).status_code == 302
    rows = draft(stage).seats.select_related("organisation").order_by("order")
    assert [(row.order, row.continues) for row in rows] == [(1, head), (4, secretary), (5, member), (9, None)]
    assert [row.votes for row in rows] == [True, False, False, True]
    last = rows[3]
    assert (last.consent_number, last.consent_date, last.rank) == ("7-1", date(2026, 12, 1), "first")
    assert (last.organisation.staff, last.organisation.by_agreement) == (stage.staff, True)
    entry = JournalEntry.objects.get(act="composition.imported")
    assert {**entry.data, "key": ""} == {
        "kind": SEATS,
        "key": "",
        "new": 1,
        "changed": 1,
        "same": 2,
        "removed": 3,
    }
    assert deputy.continued_by.count() == 0


def test_seats_of_the_version_in_force_stay(stage: Stage) -> None:
    before = list(Seat.objects.order_by("pk").values())
    sheet = reading.read(book(SEATS, seat_row(1, "head")), SEATS)
    importing.import_sheet(stage.staff, sheet, key="k", by=stage.secretary, now=WEEK_BEFORE)
    assert list(Seat.objects.exclude(composition=draft(stage)).order_by("pk").values()) == before


def test_a_second_sheet_replaces_the_draft_and_says_what_it_changes(stage: Stage) -> None:
    first = reading.read(book(SEATS, seat_row(1, "head"), seat_row(2)), SEATS)
    importing.import_sheet(stage.staff, first, key="1", by=stage.secretary, now=WEEK_BEFORE)
    second = reading.read(book(SEATS, seat_row(1, "head"), seat_row(3)), SEATS)
    done = importing.try_import(stage.staff, second, by=stage.secretary, now=WEEK_BEFORE)
    assert [(change.what, change.order) for change in done.changes] == [
        (importing.SAME, 1),
        (importing.NEW, 3),
        (importing.REMOVED, 2),
    ]
    assert [seat.order for seat in draft(stage).seats.order_by("order")] == [1, 2]


def test_people_take_the_seats_in_force(stage: Stage) -> None:
    member = seats(stage)[4]
    Holder.objects.filter(seat=member).delete()
    kept = Holder.objects.get(seat__order=1)
    file = book(
        PEOPLE,
        person_row(1, name=kept.user.name, email=kept.user.email.upper(), since=kept.since),
        person_row(2, acting_number="12", acting_date=date(2026, 12, 1)),
        person_row(5),
    )
    response = send(stage, PEOPLE, file)
    assert response.status_code == 200
    assert not User.objects.filter(email="new2@test.example").exists()
    done = apply(stage, PEOPLE, sealed_in(response))
    assert (done.status_code, done.headers["Location"]) == (302, f"/{stage.staff.code}/composition/")
    holders = Holder.objects.filter(since=date(2026, 12, 10)).select_related("user", "seat").order_by("seat")
    assert [(row.seat.order, row.user.name, row.acting_order) for row in holders] == [
        (2, "Ж. Жаңа2", "№ 12, 01.12.2026"),
        (5, "Ж. Жаңа5", ""),
    ]
    former = Holder.objects.get(seat__order=2, until__isnull=False)
    assert former.until == date(2026, 12, 9)
    entry = JournalEntry.objects.get(act="composition.imported")
    assert (entry.data["new"], entry.data["changed"], entry.data["same"]) == (1, 1, 1)
    assert JournalEntry.objects.filter(act="seat.taken").count() == 2


def test_one_error_and_nothing_is_kept(stage: Stage) -> None:
    file = book(PEOPLE, person_row(1), person_row(99), person_row(2, email="new1@test.example"))
    response = send(stage, PEOPLE, file)
    page = response.content.decode()
    assert response.status_code == 422
    assert [f"<li>{row}-жол, " in page for row in (2, 3, 4)] == [False, True, True]
    assert 'type="file"' in page
    assert not User.objects.filter(email__startswith="new").exists()
    assert send(stage, PEOPLE, book(PEOPLE, person_row(1))).status_code == 200


def problems(stage: Stage, kind: str, *rows: list[Any]) -> list[tuple[int, str, str]]:
    sheet = reading.read(book(kind, *rows), kind)
    with pytest.raises(Unreadable) as answer:
        importing.try_import(stage.staff, sheet, by=stage.secretary, now=WEEK_BEFORE)
    return [(problem.row, problem.column, problem.text) for problem in answer.value.problems]


def places(stage: Stage, kind: str, *rows: list[Any]) -> list[tuple[int, str]]:
    return [(row, column) for row, column, _text in problems(stage, kind, *rows)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([seat_row(1)], [(0, "")], id="no head"),
        pytest.param([seat_row(1, "head"), seat_row(2, "head")], [(3, "Рөлі")], id="two heads"),
        pytest.param(
            [seat_row(1, "head"), seat_row(2, "secretary"), seat_row(3, "secretary")],
            [(4, "Рөлі")],
            id="two secretaries",
        ),
        pytest.param([seat_row(1, "head"), seat_row(1)], [(3, "Реті")], id="a number twice"),
        pytest.param(
            [seat_row(1, "head", consent_number="7")], [(2, "Келісім хатының күні")], id="half a letter"
        ),
        pytest.param(
            [seat_row(1, "head", organisation_kk="1-бөлім")],
            [(2, "Ұйымы (орыс.)")],
            id="another Russian name",
        ),
        pytest.param(
            [seat_row(1, "аким"), seat_row(2, consent_number="7")],
            [(2, "Рөлі"), (3, "Келісім хатының күні")],
            id="a wrong cell and a rule at once",
        ),
    ],
)
def test_rules_across_the_rows_of_seats(
    stage: Stage, rows: list[list[Any]], expected: list[tuple[int, str]]
) -> None:
    assert places(stage, SEATS, *rows) == expected


def test_rules_across_the_rows_of_people(stage: Stage) -> None:
    assert places(
        stage,
        PEOPLE,
        person_row(1),
        person_row(1, email="other@test.example"),
        person_row(2, email="new1@test.example"),
        person_row(3, acting_number="12"),
        person_row(4, email=stage.head.person.email),
    ) == [
        (3, "Реті"),
        (4, "Электрондық пошта"),
        (5, "М.а. бұйрығының күні"),
        (6, "Аты-жөні"),
    ]


def test_a_refusal_of_the_seat_stands_at_its_row(stage: Stage) -> None:
    early = person_row(2, since=date(2020, 1, 1))
    assert places(stage, PEOPLE, person_row(1), early) == [(3, "Қай күннен")]


def test_the_same_check_is_applied_once(stage: Stage) -> None:
    sheet = sealed_in(send(stage, PEOPLE, book(PEOPLE, person_row(2))))
    client = signed_in(stage.secretary)
    assert [apply(stage, PEOPLE, sheet, client=client).status_code for _twice in range(2)] == [302, 302]
    assert JournalEntry.objects.filter(act="composition.imported").count() == 1
    assert Holder.objects.filter(user__email="new2@test.example").count() == 1


def test_what_changed_meanwhile_is_found_when_it_is_applied(stage: Stage) -> None:
    sheet = sealed_in(send(stage, PEOPLE, book(PEOPLE, person_row(2))))
    User.objects.create_user("new2@test.example", name="Басқа адам")
    assert apply(stage, PEOPLE, sheet).status_code == 422
    assert not JournalEntry.objects.filter(act="composition.imported").exists()


def test_a_changed_an_old_or_a_foreign_check_is_refused(stage: Stage) -> None:
    other = set_stage("other-staff", total=5)
    sheet = sealed_in(send(stage, PEOPLE, book(PEOPLE, person_row(2))))
    assert apply(stage, PEOPLE, f"{sheet[:-3]}abc").status_code == 422
    assert apply(stage, SEATS, sheet).status_code == 422
    assert apply(other, PEOPLE, sheet).status_code == 422
    assert apply(stage, PEOPLE, signing.dumps({"rows": []})).status_code == 422
    with time_machine.travel(WEEK_BEFORE.replace(hour=WEEK_BEFORE.hour + 2), tick=False):
        assert apply(stage, PEOPLE, sheet).status_code == 422
    assert not User.objects.filter(email="new2@test.example").exists()


def test_at_most_a_hundred_errors_are_shown(stage: Stage) -> None:
    rows = [person_row(5, email="?") for _many in range(150)]
    page = send(stage, PEOPLE, book(PEOPLE, *rows)).content.decode()
    assert len(re.findall(r"<li>\d+|<li>[^<]*\d+-жол|<li>Row", page)) <= 100
    assert "199" in page  # 150 addresses and 149 repeated numbers, a hundred of them shown


def test_only_the_secretary_imports(stage: Stage) -> None:
    auditor = placed(stage, "auditor")
    for person in (stage.head, stage.member, auditor):
        client = signed_in(person)
        assert send(stage, PEOPLE, book(PEOPLE, person_row(1)), client=client).status_code == 403
        assert apply(stage, PEOPLE, "x", client=client).status_code == 403
        template = reverse("members:composition_template", kwargs={"staff": stage.staff.code})
        assert client.get(template).status_code == 403


def test_another_staff_is_not_found(stage: Stage) -> None:
    other = set_stage("other-staff", total=5)
    client = signed_in(stage.secretary)
    assert send(other, PEOPLE, book(PEOPLE, person_row(1)), client=client).status_code == 404
    assert not Organisation.objects.filter(staff=other.staff, name_kk__contains="жаңа").exists()


def test_a_file_that_is_no_sheet_is_refused_with_words(stage: Stage) -> None:
    response = send(stage, SEATS, upload(b"%PDF-1.7", "a.pdf"))
    assert response.status_code == 422
    assert "XLSX" in response.content.decode()
    assert list(get_messages(response.wsgi_request)) == []


def test_without_a_composition_in_force_people_have_no_seats(stage: Stage) -> None:
    sheet = reading.read(book(PEOPLE, person_row(1)), PEOPLE)
    with pytest.raises(Unreadable, match=r"No composition|құрам|состав"):
        importing.try_import(stage.staff, sheet, by=stage.secretary, now=MORNING.replace(year=2020))


@pytest.mark.parametrize("kind", [SEATS, PEOPLE])
def test_the_template_is_offered(stage: Stage, kind: str) -> None:
    address = reverse("members:composition_template", kwargs={"staff": stage.staff.code})
    response = signed_in(stage.secretary).get(address, {"kind": kind})
    assert response.headers["Content-Disposition"] == f'attachment; filename="staff-{kind}.xlsx"'
