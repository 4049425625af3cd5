"""Pages of the composition: who reads them, what they say, what a form refuses without losing anything."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members import facts
from members.models import Composition, Holder, JournalEntry, Seat
from members.permissions import Actor
from members.states import PlaceRole
from tests import stage as scene
from tests.members.composing import approve, draft
from tests.stage import Stage

pytestmark = pytest.mark.django_db

HOME = "/test-staff/composition"
SEAT = {
    "role": "member",
    "office_kk": "жаңа лауазым",
    "office_ru": "новая должность",
    "votes": "on",
    "rank": "",
}


def client_of(actor: Actor) -> Client:
    return scene.signed_in(actor)


@pytest.fixture
def stage(db: None) -> Stage:
    return scene.set_stage()


@pytest.fixture
def secretary(stage: Stage) -> Client:
    return client_of(stage.secretary)


def people(stage: Stage) -> dict[str, Actor]:
    seats = {"s": stage.secretary, "h": stage.head, "d": stage.deputy, "m": stage.member}
    agency = {"g": scene.placed(stage, PlaceRole.AGENCY, organisation=stage.organisations[0])}
    roles = {
        "c": PlaceRole.CONTROLLER,
        "n": PlaceRole.ANALYST,
        "a": PlaceRole.AUDITOR,
        "i": PlaceRole.INVITED,
    }
    return seats | agency | {letter: scene.placed(stage, role) for letter, role in roles.items()}


# Address, and who may open it: s(ecretary), h(ead), d(eputy), m(ember), a(uditor), c(ontroller), ...
PAGES = [
    ("/composition/", "shdmgcna"),
    ("/composition/?day=2020-01-01", "shdmgcna"),
    ("/composition/versions/", "shdmgcna"),
    ("/composition/draft/", "s"),
    ("/composition/draft/act/", "s"),
    ("/composition/draft/seats/new/", "s"),
    ("/composition/draft/approve/", "s"),
    ("/composition/draft/discard/", "s"),
    ("/regulation/", "shdmgcna"),
]


def test_every_page_by_every_role(stage: Stage) -> None:
    draft(stage)
    clients = {letter: client_of(actor) for letter, actor in people(stage).items()}
    answers = {
        (path, letter): client.get(f"/test-staff{path}").status_code
        for path, _who in PAGES
        for letter, client in clients.items()
    }
    assert answers == {
        (path, letter): 200 if letter in who else 403 for path, who in PAGES for letter in clients
    }


def test_another_staff_finds_nothing(stage: Stage) -> None:
    version = draft(stage)
    seat = version.seats.get(order=1)
    other = client_of(scene.set_stage("other-staff").secretary)
    approved = Composition.objects.get(staff=stage.staff, approved_at__isnull=False)
    for path in (
        *(f"/test-staff{path}" for path, _who in PAGES),
        f"/other-staff/composition/draft/seats/{seat.pk}/",
        f"/other-staff/composition/draft/seats/{seat.pk}/remove/",
        f"/other-staff/composition/versions/{approved.pk}/act/",
        f"/other-staff/composition/versions/{approved.pk}/file/",
    ):
        assert other.get(path).status_code == 404
    assert other.post(f"/other-staff/composition/draft/seats/{seat.pk}/move/").status_code == 404


def test_a_seat_of_an_approved_version_has_no_form(stage: Stage, secretary: Client) -> None:
    seat = Seat.objects.get(composition__staff=stage.staff, order=1)
    assert secretary.get(f"{HOME}/draft/seats/{seat.pk}/").status_code == 404
    assert secretary.post(f"{HOME}/draft/seats/{seat.pk}/remove/").status_code == 404


@pytest.mark.parametrize("name", ["", "act/", "seats/new/", "approve/", "discard/"])
def test_without_a_draft_its_pages_say_so(secretary: Client, name: str) -> None:
    assert secretary.get(f"{HOME}/draft/{name}").status_code == 409


def test_a_blank_act_is_told_in_words(stage: Stage, secretary: Client) -> None:
    page = secretary.get(f"{HOME}/")
    assert (page.context["facts"].version.act_number, page.context["lacks"]) == ("", True)


def test_a_vacancy_and_who_acts_are_told(stage: Stage) -> None:
    Holder.objects.filter(seat__order=6).update(until=scene.DAY)
    Holder.objects.filter(seat__order=7).update(acting_number="9-ж/қ", acting_date=scene.DAY)
    page = client_of(stage.member).get(f"{HOME}/?day=2026-12-18")
    rows = page.context["facts"].rows
    assert (rows[5].warnings, rows[6].warnings) == (("seat_vacant",), ("acting_holder",))
    assert "№ 9-ж/қ, 17.12.2026" in page.content.decode()


DAYS = ["tomorrow", "2026-02-31", "' OR 1=1", "9" * 4000, "0000-00-00"]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", ["composition", "regulation"])
def test_a_day_that_is_no_day_is_told_and_today_is_shown(stage: Stage, name: str, day: str) -> None:
    answer = client_of(stage.member).get(f"/test-staff/{name}/", {"day": day})
    assert (answer.status_code, bool(answer.context["form"].errors)) == (422, True)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", ""])
def test_the_ends_of_time_are_days_too(stage: Stage, day: str) -> None:
    assert client_of(stage.member).get(f"{HOME}/", {"day": day}).status_code == 200


# The way of a draft, by the pages


def test_from_a_draft_to_an_approved_version(stage: Stage, secretary: Client) -> None:
    assert secretary.post(f"{HOME}/draft/start/").url == f"{HOME}/draft/"
    begins = timezone.localdate()
    act = {"act_number": "15", "act_date": begins.isoformat(), "in_force_from": begins.isoformat()}
    upload = SimpleUploadedFile("act.pdf", scene.PDF)
    assert secretary.post(f"{HOME}/draft/act/", act | {"act_file": upload}).status_code == 302
    organisation = {"organisation": stage.organisations[0].pk}
    seen = {"seen": secretary.get(f"{HOME}/draft/seats/new/").context["seen"]}
    assert secretary.post(f"{HOME}/draft/seats/new/", SEAT | organisation | seen).status_code == 302
    added = Seat.objects.get(office_kk="жаңа лауазым")
    changed = SEAT | organisation | {"rank": "first", "seen": facts.seat_hash(added)}
    assert secretary.post(f"{HOME}/draft/seats/{added.pk}/", changed).status_code == 302
    assert secretary.post(f"{HOME}/draft/seats/{added.pk}/move/", {"where": "up"}).status_code == 302
    last = Seat.objects.get(composition=added.composition, order=17)
    assert secretary.post(f"{HOME}/draft/seats/{last.pk}/remove/").status_code == 302
    seen = secretary.get(f"{HOME}/draft/approve/").context["seen"]
    assert secretary.post(f"{HOME}/draft/approve/", {"seen": seen}).url == f"{HOME}/"
    version = Composition.objects.get(in_force_from=begins)
    assert version.approved_by == stage.secretary.user
    assert version.seats.count() == 16
    shown = secretary.get(f"{HOME}/versions/").context["versions"]
    changes = [row["change"] and (len(row["change"].added), len(row["change"].removed)) for row in shown]
    assert changes == [(1, 1), None]
    file = secretary.get(f"{HOME}/versions/{version.pk}/file/")
    assert b"".join(file.streaming_content) == scene.PDF
    assert file["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_what_was_not_read_is_not_approved(stage: Stage, secretary: Client) -> None:
    draft(stage)
    for seen in ("", "x" * 9000):
        assert secretary.post(f"{HOME}/draft/approve/", {"seen": seen}).status_code == 409
    assert Composition.objects.filter(approved_at__isnull=True).count() == 1


def test_a_get_changes_nothing(stage: Stage, secretary: Client) -> None:
    secretary.get(f"{HOME}/draft/start/")
    version = draft(stage)
    seat = version.seats.get(order=5)
    entries = JournalEntry.objects.count()
    for name in ("approve/", "discard/", f"seats/{seat.pk}/move/", f"seats/{seat.pk}/remove/"):
        secretary.get(f"{HOME}/draft/{name}")
    assert JournalEntry.objects.count() == entries
    assert Composition.objects.filter(approved_at__isnull=True).count() == 1


WRONG_SEATS = [
    pytest.param({"office_kk": ""}, "office_kk", id="no-office"),
    pytest.param({"office_ru": "лицо 880101300123"}, "office_ru", id="iin"),
    pytest.param({"office_kk": "\u200b"}, "office_kk", id="nothing-visible"),
    pytest.param({"role": "tsar"}, "role", id="role"),
    pytest.param({"rank": "x"}, "rank", id="rank"),
    pytest.param({"organisation": ""}, "organisation", id="no-organisation"),
    pytest.param({"organisation_kk": "а", "organisation_ru": "б"}, "organisation", id="both"),
    pytest.param({"organisation": "999999"}, "organisation", id="unknown-organisation"),
    pytest.param({"consent_number": "5"}, "by_agreement", id="consent-without-agreement"),
    pytest.param({"by_agreement": "on", "consent_number": "5"}, "consent_date", id="consent-without-date"),
    pytest.param({"by_agreement": "on", "consent_date": "2026-01-01"}, "consent_number", id="date-alone"),
    pytest.param(
        {"by_agreement": "on", "consent_number": "5", "consent_date": "0026-01-01"}, "consent_date", id="year"
    ),
    pytest.param({"office_kk": "x" * 401}, "office_kk", id="too-long"),
]


@pytest.mark.parametrize(("typed", "field"), WRONG_SEATS)
def test_a_seat_is_refused_beside_its_field(
    stage: Stage, secretary: Client, typed: dict[str, Any], field: str
) -> None:
    version = draft(stage)
    values = SEAT | {"organisation": stage.organisations[0].pk} | typed
    answer = secretary.post(f"{HOME}/draft/seats/new/", values)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert version.seats.count() == 16


def test_an_organisation_of_another_staff_is_no_choice(stage: Stage, secretary: Client) -> None:
    draft(stage)
    foreign = scene.set_stage("other-staff").organisations[0].pk
    answer = secretary.post(f"{HOME}/draft/seats/new/", SEAT | {"organisation": foreign})
    assert list(answer.context["form"].errors) == ["organisation"]


def test_a_second_head_is_told_in_the_form_and_nothing_is_lost(stage: Stage, secretary: Client) -> None:
    draft(stage)
    values = SEAT | {"role": "head", "organisation": stage.organisations[0].pk}
    answer = secretary.post(f"{HOME}/draft/seats/new/", values)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["__all__"])
    assert answer.context["form"]["office_kk"].value() == "жаңа лауазым"


WRONG_ACTS = [
    pytest.param({"in_force_from": ""}, "in_force_from", id="no-day"),
    pytest.param({"in_force_from": "2025-11-01"}, "__all__", id="too-early"),
    pytest.param({"in_force_from": "2206-01-01"}, "in_force_from", id="year"),
    pytest.param({"act_date": "1025-01-01"}, "act_date", id="year-of-the-act"),
    pytest.param({"act_number": "1" * 41}, "act_number", id="number"),
    pytest.param({"act_number": "880101300123"}, "act_number", id="iin"),
]


@pytest.mark.parametrize(("typed", "field"), WRONG_ACTS)
def test_an_act_is_refused_beside_its_field(
    stage: Stage, secretary: Client, typed: dict[str, str], field: str
) -> None:
    draft(stage)
    start = {"act_number": "1", "act_date": "2026-01-01", "in_force_from": timezone.localdate().isoformat()}
    answer = secretary.post(f"{HOME}/draft/act/", start | typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_the_act_of_an_approved_version_is_completed_once(stage: Stage, secretary: Client) -> None:
    version = Composition.objects.get()
    address = f"{HOME}/versions/{version.pk}/act/"
    assert secretary.post(address, {}).status_code == 422
    upload = SimpleUploadedFile("act.pdf", b"MZ")
    assert secretary.post(address, {"act_file": upload}).status_code == 422
    whole = {
        "act_number": "242",
        "act_date": "2025-10-30",
        "act_file": SimpleUploadedFile("a.pdf", scene.PDF),
    }
    assert secretary.post(address, whole).status_code == 302
    assert secretary.get(address).status_code == 409
    assert client_of(stage.head).get(address).status_code == 403


def test_the_file_of_a_draft_is_not_found(stage: Stage, secretary: Client) -> None:
    version = draft(stage)
    assert secretary.get(f"{HOME}/versions/{version.pk}/file/").status_code == 404
    assert secretary.get(f"{HOME}/versions/{version.pk}/act/").status_code == 404


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["composition/", "composition/draft/", "composition/draft/approve/"])
def test_pages_take_the_same_queries_for_any_number_of_seats(name: str) -> None:
    few, many = scene.set_stage("staff-one", total=4), scene.set_stage("staff-three", total=15)
    for each in (few, many):
        draft(each)
    counts = [queries(client_of(each.secretary), f"/{each.staff.code}/{name}") for each in (few, many)]
    assert counts[0] == counts[1]


def test_the_versions_take_the_same_queries_for_any_number(stage: Stage) -> None:
    member = client_of(stage.member)
    one = queries(member, f"{HOME}/versions/")
    for begins in (scene.DAY, scene.DAY.replace(day=20)):
        approve(stage, draft(stage, begins=begins))
    assert queries(member, f"{HOME}/versions/") == one
