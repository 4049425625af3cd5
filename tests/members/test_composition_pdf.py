"""The composition as a document: the annex of its act, on any day, kk and ru."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from members import documents
from members.facts import composition_on
from members.models import Composition, Holder, Organisation, Seat, Staff, User
from tests.stage import DAY, MORNING, Stage, placed, set_stage

pytestmark = pytest.mark.django_db
NOW = timezone.localtime(datetime(2026, 12, 17, 5, 30, tzinfo=UTC))


@pytest.fixture
def stage() -> Stage:
    return set_stage(total=5)


def reader(stage: Stage, language: str = "ru", day: date = DAY) -> PdfReader:
    return PdfReader(BytesIO(documents.composition(composition_on(stage.staff, day), language, now=NOW)))


def text(pdf: PdfReader) -> str:
    found = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    return found.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "phrases"),
    [
        pytest.param(
            "kk",
            [
                "1-қосымша",
                "Сынақ ауданының әкімдігі",
                "20__ жылғы «___» __________ № ____ қаулы",
                "ШТАБ ҚҰРАМЫ",
                "Құрам көрсетілген күн: 2026 жылғы 17 желтоқсан",
                "Басшылық және хатшы",
                "Штаб мүшелері",
                "келісім бойынша; хат № 7-1, 02.01.2026",
                "келісім бойынша; келісім хаты көрсетілмеген",
                "бос",
                "(м.а., № 12, 01.12.2026 бұйрық)",
                "жалпы саны – 5, оның ішінде бос орын – 1. Хатшы жалпы санға кірмейді",
                "Кворум – 4.",
                "нөмірі мен күні толтырылмаған",
                "17.12.2026, 10:30",
            ],
            id="kk",
        ),
        pytest.param(
            "ru",
            [
                "Приложение 1",
                "Акимат Тестового района",
                "Постановление № ____ от «___» __________ 20__ года",
                "СОСТАВ ШТАБА",
                "По состоянию на 17 декабря 2026 года",
                "Руководство и секретарь",
                "Члены Штаба",
                "по согласованию; письмо № 7-1, 02.01.2026",
                "по согласованию; письмо о согласии не указано",
                "вакантно",
                "(и. о., приказ № 12, 01.12.2026)",
                "членов Штаба – 5, из них вакантно – 1. Секретарь в общее число не входит",
                "Кворум – 4.",
                "номер и дата не заполнены",
                "17.12.2026, 10:30",
            ],
            id="ru",
        ),
    ],
)
def test_it_says_what_the_page_says(stage: Stage, language: str, phrases: list[str]) -> None:
    composition = Composition.objects.get()
    by_agreement = Composition.objects.create(staff=stage.staff, in_force_from=date(2026, 12, 1))
    for seat in composition.seats.order_by("order"):
        holder = seat.holders.get()
        seat.pk, seat.composition = None, by_agreement
        seat.by_agreement = seat.order in (5, 6)
        seat.consent_number = "7-1" if seat.order == 5 else ""
        seat.consent_date = date(2026, 1, 2) if seat.order == 5 else None
        seat.save()
        if seat.order == 6:
            continue
        acting = {"acting_number": "12", "acting_date": date(2026, 12, 1)} if seat.order == 2 else {}
        Holder.objects.create(seat=seat, user=holder.user, since=date(2026, 12, 1), **acting)
    composition.in_force_until = date(2026, 11, 30)
    composition.save()
    by_agreement.approved_at = NOW
    by_agreement.save()
    said = text(reader(stage, language))
    assert [phrase for phrase in phrases if phrase not in said] == []


def test_a_filled_act_is_named_and_nothing_is_said_to_be_blank(stage: Stage) -> None:
    Composition.objects.update(act_number="301", act_date=date(2025, 11, 20))
    said = text(reader(stage))
    assert "Постановление № 301 от 20 ноября 2025 года" in said
    assert "не заполнены" not in said


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2020, 1, 1), "в этот день, в портал не внесён"),
        (date(2025, 3, 1), "по этому постановлению в портал не внесён"),
    ],
)
def test_no_composition_or_one_without_seats_is_said(stage: Stage, day: date, sentence: str) -> None:
    Composition.objects.create(
        staff=stage.staff,
        act_number="242",
        in_force_from=date(2022, 3, 24),
        in_force_until=date(2025, 10, 31),
        approved_at=NOW,
    )
    assert sentence in text(reader(stage, day=day))


def test_it_is_tagged_pdf_a_with_its_own_fonts(stage: Stage) -> None:
    pdf = reader(stage, "kk")
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "kk"
    assert "/StructTreeRoot" in root
    assert "pdfaid" in root["/Metadata"].get_data().decode()


def test_what_somebody_typed_is_text_and_loads_nothing(stage: Stage) -> None:
    hostile = '</p><img src="file:///etc/passwd"><script>x</script>'
    Staff.objects.update(name_ru=hostile)
    Organisation.objects.update(name_ru=hostile[:60])
    User.objects.filter(pk=stage.head.person.pk).update(name="<b>{0} %s</b>")
    said = "".join(text(reader(stage)).split())
    assert "".join(hostile.split()) in said
    assert "<b>{0}%s</b>" in said


def test_a_hundred_long_offices_go_over_pages(stage: Stage) -> None:
    draft = Composition.objects.create(staff=stage.staff, in_force_from=date(2027, 1, 1))
    organisation = Organisation.objects.filter(staff=stage.staff).order_by("pk").first()
    assert organisation is not None
    for order in range(1, 101):
        Seat.objects.create(
            composition=draft,
            order=order,
            role="member",
            organisation=organisation,
            office_kk="Ұзақ лауазым " * 20,
            office_ru="Длинная должность " * 20,
        )
    Composition.objects.exclude(pk=draft.pk).update(in_force_until=date(2026, 12, 31))
    Composition.objects.filter(pk=draft.pk).update(approved_at=NOW)
    pdf = reader(stage, day=date(2027, 1, 1))
    assert len(pdf.pages) > 5
    assert text(pdf).count("Длинная должность") == 2000


def test_members_download_it_and_strangers_do_not(stage: Stage) -> None:
    address = reverse("members:composition_pdf", kwargs={"staff": stage.staff.code})
    answers = []
    for person in (
        stage.member,
        placed(stage, "auditor"),
        placed(stage, "invited"),
        set_stage("other").member,
    ):
        client = Client()
        with time_machine.travel(MORNING, tick=False):
            client.force_login(person.person)
            answers.append(client.get(address).status_code)
    assert answers == [200, 200, 403, 404]
