"""The page of the indicators: what is counted, and plainly that there are no figures yet."""

import re
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from kpi.indicators import INDICATORS
from members.models import Holder, Seat, Staff, User
from staff_portal.demo.composition import IN_FORCE_FROM, load_composition

pytestmark = pytest.mark.django_db
TODAY = "2026-11-22T10:00:00+05:00"


@pytest.fixture
def staff() -> Staff:
    return load_composition()


def member(staff: Staff, language: str, since: date = IN_FORCE_FROM) -> Client:
    user = User.objects.create_user("member@kostanay.example", name="Н. Айшық", language=language)
    Holder.objects.create(seat=Seat.objects.get(order=8), user=user, since=since)
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_all_twelve_are_shown_with_what_counts(staff: Staff, language: str) -> None:
    with time_machine.travel(TODAY):
        text = member(staff, language).get(reverse("kpi:indicators", args=[staff.code])).content.decode()
    assert re.findall(r'id="indicator-(\d+)"', text) == [str(number) for number in range(1, 13)]
    for indicator in INDICATORS:
        assert escape(getattr(indicator, f"name_{language}")) in text
        assert escape(getattr(indicator, f"counted_{language}")) in text
        for part in indicator.parts:
            assert escape(getattr(part, f"name_{language}")) in text


def test_the_years_compared_are_named_without_a_thousands_separator(staff: Staff) -> None:
    with time_machine.travel(TODAY):
        text = member(staff, "ru").get(reverse("kpi:indicators", args=[staff.code])).content.decode()
    assert "2026" in text
    assert "2025" in text


def test_a_stranger_does_not_find_the_page(staff: Staff) -> None:
    client = member(staff, "kk", since=date(2027, 1, 1))
    with time_machine.travel(TODAY):
        assert client.get(reverse("kpi:indicators", args=[staff.code])).status_code == 404


def test_without_sign_in_the_page_asks_for_it(staff: Staff) -> None:
    response = Client().get(reverse("kpi:indicators", args=[staff.code]))
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (
        302,
        reverse("account_login"),
    )
