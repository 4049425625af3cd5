"""The Staff of Kostanay district as its act sets it: offices without people (clause 11)."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from members.models import Composition, Organisation, Regulation, Seat, Staff

CODE = "kostanay"
SEATS_FILE = Path(__file__).with_name("composition.csv")
# The act is of November 2025; its number and day are blank in the text that we have, so they stay blank
# here, and the first day on which it is in force beyond doubt is taken.
IN_FORCE_FROM = date(2025, 12, 1)
APPROVED_AT = datetime(2025, 12, 1, 4, 0, tzinfo=UTC)
STAFF = {
    "name_kk": "Қостанай ауданы әкімдігінің жанындағы нашақорлықтың алдын алу және есірткі қылмысына қарсы "
    "іс-қимыл жөніндегі мемлекеттік органдардың қызметін үйлестіру жөніндегі ведомствоаралық штаб",
    "name_ru": "Межведомственный штаб при акимате Костанайского района по координации деятельности "
    "государственных органов по профилактике наркомании и противодействию наркопреступности",
    "body_kk": "Қостанай ауданының әкімдігі",
    "body_ru": "Акимат Костанайского района",
    "working_body_kk": "«Қостанай ауданы әкімінің аппараты» мемлекеттік мекемесі",
    "working_body_ru": "государственное учреждение «Аппарат акима Костанайского района»",
    "place_kk": "Тобыл қаласы",
    "place_ru": "город Тобыл",
    "file_index": "04-12",
}


# Clause 3 of that act repeals the resolution of 24 March 2022. Its composition is not known here, so the
# version stands without seats: nothing is invented about what was in force before.
FORMER_NUMBER = "242"
FORMER_DAY = date(2022, 3, 24)
FORMER_APPROVED_AT = datetime(2022, 3, 24, 4, 0, tzinfo=UTC)


@transaction.atomic
def load_composition() -> Staff:
    """Create the Staff, its regulation and its seats where they are missing, and return the Staff.

    What is there already stays as it is: a later act, a corrected name.
    """
    staff, _ = Staff.objects.get_or_create(code=CODE, defaults=STAFF)
    if not staff.compositions.exists():
        Composition.objects.create(
            staff=staff,
            act_number=FORMER_NUMBER,
            act_date=FORMER_DAY,
            in_force_from=FORMER_DAY,
            in_force_until=IN_FORCE_FROM - timedelta(days=1),
            approved_at=FORMER_APPROVED_AT,
        )
    load_versions(staff, SEATS_FILE)
    return staff


def load_versions(staff: Staff, seats: Path) -> None:
    """Put a regulation with the default parameters and the seats of a CSV file in force where none are."""
    if not staff.regulations.exists():
        Regulation.objects.create(staff=staff, in_force_from=IN_FORCE_FROM, approved_at=APPROVED_AT)
    if not staff.compositions.filter(in_force_from__gte=IN_FORCE_FROM).exists():
        composition = Composition.objects.create(staff=staff, in_force_from=IN_FORCE_FROM)
        _seat(composition, seats)
        composition.approved_at = APPROVED_AT
        composition.save()


def _seat(composition: Composition, seats: Path) -> None:
    with seats.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_agreement = row["by_agreement"] == "yes"
            organisation, _ = Organisation.objects.get_or_create(
                staff=composition.staff,
                name_kk=row["organisation_kk"],
                defaults={"name_ru": row["organisation_ru"], "by_agreement": by_agreement},
            )
            Seat.objects.create(
                composition=composition,
                order=int(row["order"]),
                role=row["role"],
                organisation=organisation,
                office_kk=row["position_kk"],
                office_ru=row["position_ru"],
                by_agreement=by_agreement,
                votes=row["votes"] == "yes",
            )
