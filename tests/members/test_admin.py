"""The administrator's site: behind the portal's sign-in, accounts without content, nothing more."""

import html
import json
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from members import actions
from members.admin import site
from members.models import CalendarDay, Invitation, JournalEntry, Notice, Organisation, Place, Staff, User
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
    assert ("Күн тәртібі бекітуге ұсынылды" in page, "agenda.submitted" in page) == (True, False)
    assert "Күн тәртібін бекітіңіз" not in page


def test_a_new_name_stands_in_the_journal_of_each_staff(administrator: Client) -> None:
    stages = [scene.set_stage(code) for code in ("one-staff", "two-staff", "three-staff")]
    user = stages[0].member.person
    Place.objects.create(staff=stages[1].staff, user=user, role="analyst", since=date(2025, 11, 1))
    administrator.post(f"/admin/members/user/{user.pk}/change/", NEW | {"is_active": "on"})
    told = JournalEntry.objects.filter(act="user.renamed").order_by("staff__code")
    assert [(row.staff.code, row.actor_text, row.data) for row in told] == [
        (code, "Ә. Әкімші", {"name": "Ж. Жаңа", "was": "М. Сынақ5"}) for code in ("one-staff", "two-staff")
    ]


def test_another_change_of_an_account_is_no_new_name(administrator: Client) -> None:
    user = scene.set_stage().member.person
    administrator.post(f"/admin/members/user/{user.pk}/change/", NEW | {"name": user.name, "is_active": "on"})
    user.refresh_from_db()
    assert (user.language, JournalEntry.objects.filter(act="user.renamed").count()) == ("ru", 0)


WRONG = [
    pytest.param({"name": "850101 300123"}, id="an-iin"),
    pytest.param({"name": "<b>Ж. Жаңа"}, id="markup"),
    pytest.param({"phone": "javascript:alert(1)"}, id="a-script-for-a-phone"),
]


@pytest.mark.parametrize("typed", WRONG)
def test_an_account_is_typed_sensibly(administrator: Client, typed: dict[str, str]) -> None:
    administrator.post("/admin/members/user/add/", NEW | typed)
    assert not User.objects.filter(email="zhana@example.test").exists()


def test_a_staff_stands_neither_below_itself_nor_in_a_circle() -> None:
    top, below, lowest = (scene.set_stage(code).staff for code in ("top-staff", "mid-staff", "low-staff"))
    below.parent, lowest.parent = top, below
    for staff in (top, below, lowest):
        staff.clean()
        staff.save()
    for wrong in (top, below, lowest):
        top.parent = wrong
        with pytest.raises(ValidationError) as error:
            top.clean()
        assert list(error.value.message_dict) == ["parent"]


LATIN = re.compile("[A-Za-z]{3,}")
# Codes, addresses and names that are written so in both languages.
LATIN_PARTS = re.compile(
    r"<(script|style|textarea).*?</\1>|<[^>]+>|[^\s<>]+@[^\s<>]+|test-staff|PDF|UTC", re.DOTALL
)


def latin_lines(client: Client, path: str) -> list[str]:
    """Return what stands on the page in Latin letters."""
    text = html.unescape(LATIN_PARTS.sub("\n", client.get(path, follow=True).content.decode()))
    return [line.strip() for line in text.splitlines() if LATIN.search(line)]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_page_speaks_english(administrator: Client, language: str) -> None:
    stage = scene.set_stage()
    scene.approved(stage)
    actions.invite(stage.member.person, stage.staff, by=stage.secretary, now=timezone.now())
    CalendarDay.objects.create(day=scene.DAY, kind="holiday", name_kk="Мереке", name_ru="Праздник")
    User.objects.filter(is_superuser=True).update(language=language)
    paths = ["/admin/", "/admin/members/"]
    for model in (User, Staff, Organisation, CalendarDay, Invitation, Notice):
        base, pk = f"/admin/members/{model._meta.model_name}/", model._default_manager.latest("pk").pk
        paths += [base, f"{base}?q=x", f"{base}add/", f"{base}{pk}/change/", f"{base}{pk}/history/"]
        paths.append(f"{base}999999/change/")
    shown = {path: latin_lines(administrator, path) for path in paths}
    assert {path: lines for path, lines in shown.items() if lines} == {}


def test_the_scripts_speak_kazakh(administrator: Client) -> None:
    script = administrator.get("/admin/jsi18n/").content.decode()
    told = dict(re.findall(r'"((?:[^"\\]|\\.)+)": "((?:[^"\\]|\\.)*)"', script))
    assert json.loads(f'"{told["Choose a Date"]}"') == "Күнді таңдаңыз"


def test_closing_and_opening_an_account_stands_in_every_journal(administrator: Client) -> None:
    first, second = scene.set_stage(), scene.set_stage("other-staff")
    user = first.member.person
    Place.objects.create(staff=second.staff, user=user, role="analyst", since=timezone.localdate())
    path = f"/admin/members/user/{user.pk}/change/"
    for is_active in (False, True, True):
        typed = {"name": user.name, "phone": user.phone, "language": "kk"} | (
            {"is_active": "on"} if is_active else {}
        )
        assert administrator.post(path, typed).status_code == 302
    entries = JournalEntry.objects.order_by("staff__code", "sequence")
    assert list(entries.values_list("staff__code", "act", "actor_text")) == [
        (code, act, "Ә. Әкімші")
        for code in ("other-staff", "test-staff")
        for act in ("person.account_closed", "person.account_opened")
    ]
