"""One press signs in as a person of the demo; outside the demo there is no such address."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from members.models import Staff, User
from staff_portal.demo.composition import load_composition
from staff_portal.demo.people import load_people, load_places
from staff_portal.demo.region import load_region
from tests.demo.conftest import SUNDAY
from tests.production_settings import manage

SECRETARY = "secretary@demo.kostanay.example"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _people() -> Iterator[None]:
    staff = load_composition()
    load_people(staff)
    load_places(staff)
    with time_machine.travel(SUNDAY):
        yield


def signed_in(client: Client) -> str:
    user = client.session.get("_auth_user_id")
    return User.objects.get(pk=user).email if user else ""


def test_the_sign_in_page_lists_everybody_and_says_that_it_is_a_demo() -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert page.count(f'action="{reverse("demo_sign_in")}"') == 21
    assert f'value="{SECRETARY}"' in page


def test_each_staff_is_folded_with_the_number_of_its_accounts_and_the_first_lies_open() -> None:
    staff = load_region(Staff.objects.get(), today=SUNDAY.date())
    page = Client().get(reverse("account_login")).content.decode()
    folds = re.findall(r'<details class="unfold"( open)?><summary>([^<]+)</summary>', page)
    first = Staff.objects.exclude(pk=staff.pk).get()
    assert folds == [(" open", f"{first.body_kk} · 21"), ("", f"{staff.body_kk} · 10")]


@pytest.mark.parametrize(("rule", "is_said"), [("none", True), ("roles", False), ("all", False)])
def test_it_is_said_when_no_second_factor_is_asked(settings: Settings, rule: str, is_said: bool) -> None:
    settings.SECOND_FACTOR = rule
    page = Client().get(reverse("account_login")).content.decode()
    assert ("екінші фактор" in page.lower()) is is_said


def test_one_press_signs_in() -> None:
    client = Client()
    response = client.post(reverse("demo_sign_in"), {"email": SECRETARY})
    assert (response.status_code, response.headers["Location"]) == (302, reverse("root"))
    assert signed_in(client) == SECRETARY


@pytest.mark.parametrize(
    ("target", "where"),
    [
        pytest.param("/kostanay/meetings/", "/kostanay/meetings/", id="a page of ours"),
        pytest.param("https://elsewhere.example/", "/", id="another site"),
        pytest.param("//elsewhere.example/", "/", id="another site without a scheme"),
    ],
)
def test_it_leads_back_to_where_one_came_from(target: str, where: str) -> None:
    response = Client().post(reverse("demo_sign_in"), {"email": SECRETARY, "next": target})
    assert response.headers["Location"] == where


@pytest.mark.parametrize("email", ["", "nobody@demo.kostanay.example", "real@kostanay.example"])
def test_only_people_of_the_demo_are_signed_in(email: str) -> None:
    User.objects.create_user("real@kostanay.example", name="Ә. Бөтен")
    client = Client()
    assert client.post(reverse("demo_sign_in"), {"email": email}).status_code == 404
    assert signed_in(client) == ""


def test_a_closed_account_is_not_signed_in() -> None:
    User.objects.filter(email=SECRETARY).update(is_active=False)
    assert Client().post(reverse("demo_sign_in"), {"email": SECRETARY}).status_code == 404


def test_a_link_signs_nobody_in() -> None:
    assert Client().get(reverse("demo_sign_in")).status_code == 405


def test_the_token_of_the_form_is_required() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(reverse("demo_sign_in"), {"email": SECRETARY}).status_code == 403


def test_outside_the_demo_nobody_is_listed_and_the_view_is_not_there(settings: Settings) -> None:
    settings.DEMO = False
    page = Client().get(reverse("account_login")).content.decode()
    assert SECRETARY not in page
    assert Client().post("/demo/sign-in/", {"email": SECRETARY}).status_code == 404


def test_a_production_portal_has_no_such_address() -> None:
    look = "from staff_portal import urls; print([str(each.pattern) for each in urls.urlpatterns])"
    routed = manage("shell", "--no-imports", "-c", look).stdout
    assert "help/rules/" in routed
    assert "demo/" not in routed
