"""Versions of rows in words: names of fields, values as people say them, nothing secret."""

from datetime import date

import pytest
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from members.history import LONGEST, Trace, name_of, versions_of
from members.models import Absence, Organisation, Place, Regulation, Seat, User
from members.states import PlaceRole
from tests import stage as scene
from tests.stage import APPROVED, Stage

pytestmark = pytest.mark.django_db


def told(row: object) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Return who, what and the changes of the versions of one row, the latest first, in Russian."""
    model = type(row)
    with translation.override("ru"):
        versions = versions_of([Trace(model.history.filter(id=row.pk), lambda _row: "")])
        return [
            (
                version.who,
                version.event,
                [(change.field, change.old.text, change.new.text) for change in version.changes],
            )
            for version in versions
        ]


def changed(row: object) -> list[tuple[str, str, str]]:
    return told(row)[0][2]


def test_a_change_says_what_was_and_what_is() -> None:
    stage = scene.set_stage()
    organisation = stage.organisations[0]
    organisation.name_ru = "Отдел спорта"
    organisation.save()
    assert told(organisation)[0] == (
        "портал",
        "изменено",
        [("Название (на русском языке)", "Отдел 1", "Отдел спорта")],
    )


def test_a_first_version_says_what_was_filled_in() -> None:
    stage = scene.set_stage()
    row = Organisation.objects.create(staff=stage.staff, name_kk="Мектеп", name_ru="Школа")
    _who, event, changes = told(row)[-1]
    assert (event, [new for _field, _old, new in changes]) == ("создано", ["Мектеп", "Школа", "нет"])


def test_who_changed_it_is_named() -> None:
    stage = scene.set_stage()
    organisation = stage.organisations[0]
    organisation.name_ru = "Отдел спорта"
    organisation._history_user = stage.secretary.person
    organisation.save()
    assert told(organisation)[0][0] == "М. Сынақ4"


def test_a_flag_a_choice_and_a_date_are_words() -> None:
    stage = scene.set_stage()
    organisation = stage.organisations[0]
    organisation.by_agreement = True
    organisation.save()
    assert changed(organisation)[0][1:] == ("нет", "да")
    person = stage.member.person
    person.language = "ru"
    person.save()
    assert changed(person)[0][1:] == ("Қазақша", "Русский")
    place = Place.objects.get(user=scene.placed(stage, PlaceRole.AUDITOR).person)
    place.until = date(2026, 12, 31)
    place.save()
    assert changed(place) == [("По какой день", "–", "31.12.2026")]


def test_a_person_and_an_organisation_are_called_by_name() -> None:
    stage = scene.set_stage()
    absence = Absence.objects.create(
        staff=stage.staff,
        since=scene.DAY,
        until=scene.DAY,
        ground="отпуск",
        deputy=stage.people[1].person,
    )
    absence.deputy = stage.people[2].person
    absence.save()
    assert changed(absence)[0][1:] == ("М. Сынақ2", "М. Сынақ3")
    seat = Seat.objects.get(order=5)
    assert "Отдел 5" in [new for _field, _old, new in told(seat)[-1][2]]


def test_a_moment_is_local() -> None:
    stage = scene.set_stage()
    row = Regulation.objects.create(
        staff=stage.staff, in_force_from=date(2027, 1, 1), act_number="7", act_date=date(2026, 12, 1)
    )
    Regulation.objects.filter(staff=stage.staff).exclude(pk=row.pk).update(in_force_until=date(2026, 12, 31))
    row.approved_at = APPROVED
    row.save()
    assert changed(row)[0][1:] == ("–", "01.11.2025, 10:00")


def test_a_long_text_is_cut_and_kept_whole_beside() -> None:
    stage = scene.set_stage()
    organisation = stage.organisations[0]
    organisation.name_ru = "слово " * 60
    organisation.save()
    versions = versions_of([Trace(Organisation.history.filter(id=organisation.pk), lambda _row: "")])
    words = versions[0].changes[0].new
    assert (len(words.text) <= LONGEST + 1, words.text[-1], words.whole) == (True, "…", "слово " * 60)


def test_a_save_that_changes_nothing_is_left_out() -> None:
    stage = scene.set_stage()
    before = len(told(stage.organisations[0]))
    stage.organisations[0].save()
    assert len(told(stage.organisations[0])) == before


def test_a_deleted_row_is_still_told() -> None:
    stage = scene.set_stage()
    row = Organisation.objects.create(staff=stage.staff, name_kk="Мектеп", name_ru="Школа")
    pk = row.pk
    row.delete()
    row.pk = pk
    assert told(row)[0][1:] == ("удалено", [])


def test_a_password_is_never_kept_nor_shown() -> None:
    stage = scene.set_stage()
    person = stage.member.person
    person.set_password("another long password")
    person.last_login = timezone.now()
    person.save()
    fields = {field.name for field in User.history.first().tracked_fields}
    assert fields & {"password", "last_login"} == set()
    assert all(name_of(field) == "" for field in User._meta.fields if field.name == "password")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stage: Stage = scene.set_stage(total=4)
    wanted = [seat.pk for seat in Seat.objects.order_by("order")[:rows]]
    with django_assert_num_queries(2):
        versions_of([Trace(Seat.history.filter(id__in=wanted), lambda _row: "")])
    assert len(stage.people) == 5
