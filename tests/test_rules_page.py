"""/help/rules/: the regulation for everybody, with an anchor for every "why"."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from regulation import clauses
from staff_portal.act import FACTS, SLIPS

pytestmark = pytest.mark.django_db


def page(language: str) -> str:
    client = Client()
    client.cookies["django_language"] = language
    response = client.get(reverse("rules"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_clause_stands_there_once_with_its_anchor_text_and_reading(language: str) -> None:
    text = page(language)
    anchors = re.findall(r'id="(clause-[\d-]+)"', text)
    assert anchors == [clause.anchor for clause in clauses.CLAUSES.values()]
    for clause in clauses.CLAUSES.values():
        assert escape(clause.text(language)).splitlines()[0] in text
        assert escape(clause.reading(language)) in text


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_sections_are_listed_and_the_act_has_no_number(language: str) -> None:
    text = page(language)
    for section in clauses.sections():
        assert f'href="#section-{section.number}"' in text
        assert f'<h2 id="section-{section.number}">{section.number}. {section.title(language)}</h2>' in text
    for row in (*(fact[2:] for fact in FACTS), *(slip[1:] for slip in SLIPS)):
        assert escape(row[("kk", "ru").index(language)]) in text


def test_nobody_has_to_sign_in_and_the_answer_is_in_one_language() -> None:
    assert "пункт 13" in page("ru")
    assert "пункт 13" not in page("kk")
    assert "13-тармақ" in page("kk")


def test_the_register_is_in_the_order_of_the_regulation() -> None:
    numbers = [int(number.split(".")[0]) for number in clauses.CLAUSES]
    assert numbers == sorted(numbers)
