"""The act of a version, and what the database itself refuses (clause 11)."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from members.actions import versions
from members.models import Composition, JournalEntry, Regulation, Seat
from regulation.verdicts import Refused
from tests import stage as scene
from tests.members.composing import START, pdf, reason
from tests.stage import DAY, MORNING

pytestmark = pytest.mark.django_db


def test_what_the_act_lacks_is_filled_in_once() -> None:
    stage = scene.set_stage()
    version = Composition.objects.get()
    by: dict[str, Any] = {"by": stage.secretary, "now": MORNING}
    versions.complete_act(version, act_number="242", act_date=date(2025, 10, 30), **by)
    versions.complete_act(version, act_file=pdf(), **by)
    version.refresh_from_db()
    with version.act_file.open() as file:
        assert (version.act_number, version.act_date, file.read()) == ("242", date(2025, 10, 30), scene.PDF)
    for again in ({"act_number": "243"}, {"act_date": DAY}, {"act_file": pdf()}):
        with pytest.raises(Refused) as refusal:
            versions.complete_act(version, **again, **by)
        assert reason(refusal) == "act_fact_stands"
    assert JournalEntry.objects.filter(act="composition.act_completed", clause="11").count() == 2


HOSTILE = [
    pytest.param("act.pdf", b"MZ a program", "file_not_pdf", id="content"),
    pytest.param("act.exe", scene.PDF, "file_not_pdf", id="name"),
    pytest.param("act.png", b"\x89PNG\r\n\x1a\n", "file_not_pdf", id="picture"),
    pytest.param("act.pdf", b"", "file_empty", id="empty"),
]


@pytest.mark.parametrize(("name", "content", "code"), HOSTILE)
def test_the_file_of_an_act_is_a_pdf(name: str, content: bytes, code: str) -> None:
    stage = scene.set_stage()
    version, upload = Composition.objects.get(), pdf(name, content)
    with pytest.raises(Refused) as refusal:
        versions.complete_act(version, act_file=upload, by=stage.secretary, now=MORNING)
    assert reason(refusal) == code


def test_the_name_of_a_file_never_chooses_where_it_is_kept() -> None:
    stage = scene.set_stage()
    upload = pdf("../../etc/қаулы.pdf")
    version = versions.complete_act(
        Composition.objects.get(), act_file=upload, by=stage.secretary, now=MORNING
    )
    folder, name = version.act_file.name.split("/")
    assert (folder, len(name), name.endswith(".pdf")) == ("acts", 36, True)


# The database itself


def refused_by_the_database(change: Any) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError:
        return True
    return False


APPROVED = datetime(2026, 1, 1, 6, 0, tzinfo=MORNING.tzinfo)
OVERLAPS = [
    pytest.param(START, None, id="open"),
    pytest.param(date(2025, 10, 1), START, id="on-the-first-day"),
    pytest.param(date(2026, 5, 1), date(2026, 6, 1), id="inside"),
]


@pytest.mark.parametrize("model", [Composition, Regulation])
@pytest.mark.parametrize(("begins", "ends"), OVERLAPS)
def test_two_approved_versions_never_overlap(model: Any, begins: date, ends: date | None) -> None:
    stage = scene.set_stage()
    row = {"staff": stage.staff, "in_force_from": begins, "in_force_until": ends}
    assert refused_by_the_database(lambda: model.objects.create(**row, approved_at=APPROVED))
    late = model.objects.create(**row)
    assert refused_by_the_database(lambda: model.objects.filter(pk=late.pk).update(approved_at=APPROVED))


def test_an_approved_version_and_its_seats_do_not_change() -> None:
    scene.set_stage()
    version, regulation = Composition.objects.get(), Regulation.objects.get()
    seat = version.seats.get(order=5)
    rows = Composition.objects.filter(pk=version.pk)
    changes = [
        lambda: rows.update(in_force_from=date(2025, 12, 1)),
        lambda: rows.update(approved_at=None),
        version.delete,
        lambda: Regulation.objects.filter(pk=regulation.pk).update(parameters={"quorum": "1/2"}),
        lambda: Seat.objects.filter(pk=seat.pk).update(office_kk="басқа"),
        lambda: Seat.objects.filter(pk=seat.pk).update(votes=False),
        lambda: Seat.objects.filter(composition=version, order=16).delete(),
        lambda: Seat.objects.create(
            composition=version, order=99, role="member", organisation=seat.organisation, office_kk="x"
        ),
    ]
    assert [refused_by_the_database(change) for change in changes] == [True] * len(changes)
