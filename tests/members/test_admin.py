"""The administrator's site: behind the portal's sign-in, accounts without content, nothing more."""

import pytest
from django.test import Client

from members.admin import site
from members.models import User
from tests import stage as scene

pytestmark = pytest.mark.django_db

NEW = {"email": "Zhana@Example.test", "name": "Ж. Жаңа", "phone": "", "language": "ru"}


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("admin@example.test", scene.PASSWORD, name="Ә. Әкімші"))
    return client


def test_only_what_the_portal_itself_registers_is_there() -> None:
    names = {model._meta.label for model in site._registry}
    assert names == {
        "members.User",
        "members.Staff",
        "members.Organisation",
        "members.CalendarDay",
        "members.Invitation",
        "members.Notice",
    }


def test_sign_in_is_the_portals_own() -> None:
    nobody = Client().get("/admin/", follow=True)
    assert nobody.redirect_chain[-1][0].startswith("/accounts/login/?next=")


def test_a_head_of_a_staff_is_no_administrator() -> None:
    client = Client()
    client.force_login(scene.set_stage().head.person)
    assert client.get("/admin/", follow=True).status_code == 403


def test_the_administrator_reaches_no_page_of_a_staff(administrator: Client) -> None:
    scene.set_stage()
    assert administrator.get("/test-staff/").status_code == 404
    assert administrator.get("/").status_code == 200


def test_an_account_is_created_without_a_password(administrator: Client) -> None:
    administrator.post("/admin/members/user/add/", NEW)
    user = User.objects.get(email="zhana@example.test")
    assert (user.has_usable_password(), user.is_superuser, user.is_active) == (False, False, True)


def test_nobody_becomes_another_person_by_the_form(administrator: Client) -> None:
    user = scene.set_stage().head.person
    before = (user.email, user.password)
    typed = NEW | {"is_active": "on", "is_superuser": "on", "password": "x"}
    administrator.post(f"/admin/members/user/{user.pk}/change/", typed)
    user.refresh_from_db()
    assert (user.name, user.email, user.password, user.is_superuser) == ("Ж. Жаңа", *before, False)


def test_closing_an_account_signs_it_out(administrator: Client) -> None:
    user, client = scene.set_stage().member.person, Client()
    client.force_login(user)
    key = client.cookies["sessionid"].value
    administrator.post(f"/admin/members/user/{user.pk}/change/", NEW)
    user.refresh_from_db()
    assert (user.is_active, client.session.exists(key)) == (False, False)


def test_a_letter_is_shown_without_its_words(administrator: Client) -> None:
    stage = scene.set_stage()
    scene.approved(stage)
    page = administrator.get("/admin/members/notice/").content.decode()
    assert ("agenda.submitted" in page, "Күн тәртібін" in page) == (True, False)
