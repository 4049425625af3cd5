"""Invitations: sent with a signed address, accepted once, within seven days, by who still has a place."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from members import actions, links, notices
from members.actions.invitations import VALID_FOR
from members.models import Invitation, JournalEntry, Notice, Place, User
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import Stage

pytestmark = pytest.mark.django_db

PASSWORD = "үш қоян мен бір түлкі"
PASSWORDS = ("new_password1", "new_password2")
FORM = {"new_password1": PASSWORD, "new_password2": PASSWORD, "language": "ru"}


@pytest.fixture
def stage() -> Stage:
    return scene.set_stage()


def invited(stage: Stage, email: str = "zhana@example.test") -> Invitation:
    """Return the open invitation of a person who was given a place just now."""
    actions.grant_place(
        stage.staff,
        email=email,
        name="Ж. Жаңа",
        role="analyst",
        since=timezone.localdate(),
        by=stage.secretary,
        now=timezone.now(),
    )
    return Invitation.objects.latest("pk")


def address(invitation: Invitation) -> str:
    return f"/invitations/{links.token_of(invitation.pk)}/"


def test_the_letter_has_the_signed_address_and_the_database_has_not(stage: Stage) -> None:
    invitation = invited(stage)
    notice = Notice.objects.get(event="invitation")
    token = links.token_of(invitation.pk)
    assert (notice.path, notice.email) == (f"/invitations/{invitation.pk}/", "zhana@example.test")
    assert f"/invitations/{token}/" in notices.letter(notice).body
    columns = [str(value) for row in Notice.objects.values() for value in row.values()]
    assert [value for value in columns if token.partition(".")[2] in value] == []


def test_who_accepts_sets_the_password_and_the_language_and_is_inside(stage: Stage) -> None:
    invitation, client = invited(stage), Client()
    page = client.get(address(invitation)).content.decode()
    assert ("Ж. Жаңа" in page, stage.staff.name_kk in page) == (True, True)
    answer = client.post(address(invitation), FORM)
    user = User.objects.get(email="zhana@example.test")
    assert (answer.status_code, answer["Location"]) == (302, "/test-staff/")
    assert (user.check_password(PASSWORD), user.language) == (True, "ru")
    assert client.get("/test-staff/").status_code == 200
    acts = JournalEntry.objects.order_by("sequence").values_list("act", "actor_text")
    assert list(acts)[-1] == ("invitation.accepted", "Ж. Жаңа, талдаушы")


def test_accepting_signs_out_who_was_signed_in_in_this_browser(stage: Stage) -> None:
    client = Client()
    client.force_login(stage.secretary.person)
    before = client.cookies["sessionid"].value
    client.post(address(invited(stage)), FORM)
    assert client.session["_auth_user_id"] == str(User.objects.get(email="zhana@example.test").pk)
    assert client.cookies["sessionid"].value != before


WEAK = [
    pytest.param({"new_password1": "short", "new_password2": "short"}, id="too-short"),
    pytest.param({"new_password1": PASSWORD, "new_password2": PASSWORD + "!"}, id="not-the-same"),
    pytest.param({"new_password1": "passwordpassword1", "new_password2": "other"}, id="other"),
    pytest.param({"language": "en"}, id="unknown-language"),
    pytest.param(dict.fromkeys(PASSWORDS, "zhana@example.test 123456789012345678"), id="like-the-e-mail"),
    pytest.param(dict.fromkeys(PASSWORDS, "Жаңағұлова-Сынақбаева 1"), id="like-the-name"),
]


@pytest.mark.parametrize("typed", WEAK)
def test_a_mistake_is_told_beside_the_field_and_nothing_is_accepted(
    stage: Stage, typed: dict[str, str]
) -> None:
    invitation = invited(stage)
    User.objects.filter(pk=invitation.user_id).update(name="Ж. Жаңағұлова-Сынақбаева")
    page = Client().post(address(invitation), FORM | typed)
    invitation.refresh_from_db()
    assert (page.status_code, "field-error" in page.content.decode()) == (200, True)
    assert invitation.accepted_at is None


def test_an_invitation_works_once(stage: Stage) -> None:
    invitation = invited(stage)
    Client().post(address(invitation), FORM)
    again = Client().post(address(invitation), FORM | {"new_password1": "x" * 20, "new_password2": "x" * 20})
    assert again.status_code == 410
    assert User.objects.get(email="zhana@example.test").check_password(PASSWORD)


def test_it_is_too_old_after_seven_days(stage: Stage) -> None:
    invitation = invited(stage)
    last = invitation.expires_at
    assert last - invitation.created_at == VALID_FOR == timedelta(days=7)
    with pytest.raises(Refused) as refusal:
        actions.accept(invitation, password=PASSWORD, language="kk", now=last)
    assert refusal.value.verdict.reason == "invitation_expired"
    actions.accept(invitation, password=PASSWORD, language="kk", now=last - timedelta(seconds=1))


def test_a_new_invitation_puts_the_former_one_out_of_force(stage: Stage) -> None:
    first = invited(stage)
    later = timezone.now() + timedelta(minutes=1)
    second = actions.invite(first.user, stage.staff, by=stage.secretary, now=later)
    answers = [Client().get(address(each)).status_code for each in (first, second)]
    assert answers == [410, 200]
    assert Invitation.objects.open(now=timezone.now()).count() == 1


def test_a_withdrawn_invitation_says_whom_to_ask(stage: Stage) -> None:
    invitation = invited(stage)
    actions.withdraw_invitation(invitation, by=stage.secretary, now=timezone.now())
    page = Client().get(address(invitation))
    secretary = stage.secretary.person
    assert (page.status_code, secretary.phone in page.content.decode()) == (410, True)
    with pytest.raises(Refused) as refusal:
        actions.withdraw_invitation(invitation, by=stage.secretary, now=timezone.now())
    assert refusal.value.verdict.reason == "invitation_withdrawn"


def test_who_lost_the_place_meanwhile_does_not_come_in(stage: Stage) -> None:
    invitation = invited(stage)
    actions.end_place(Place.objects.get(), by=stage.secretary, now=timezone.now())
    assert Client().get(address(invitation)).status_code == 410


FORGED = [
    pytest.param("{pk}", id="unsigned"),
    pytest.param("{pk}.AAAA", id="wrong-signature"),
    pytest.param("999999.{signature}", id="signature-of-another"),
    pytest.param("{pk}.{signature}x", id="longer"),
    pytest.param("' OR 1=1 --", id="hostile"),
]


@pytest.mark.parametrize("token", FORGED)
def test_a_token_that_the_portal_did_not_sign_opens_nothing(stage: Stage, token: str) -> None:
    pk, _, signature = links.token_of(invited(stage).pk).partition(".")
    answer = Client().get(f"/invitations/{token.format(pk=pk, signature=signature)}/")
    assert answer.status_code == 404


def test_who_has_a_password_keeps_it_and_signs_in_with_it(stage: Stage) -> None:
    other = scene.set_stage("other-staff").member.person
    Place.objects.create(staff=stage.staff, user=other, role="analyst", since=timezone.localdate())
    invitation = actions.invite(other, stage.staff, by=stage.secretary, now=timezone.now())
    answer = Client().post(address(invitation), {"language": "kk", "new_password1": PASSWORD})
    other.refresh_from_db()
    assert answer["Location"] == "/accounts/login/?next=%2Ftest-staff%2F"
    assert (other.check_password(scene.PASSWORD), other.check_password(PASSWORD)) == (True, False)


def test_only_the_secretary_invites_and_only_who_has_a_place(stage: Stage) -> None:
    stranger = User.objects.create(email="stranger@example.test", name="Б. Бөтен")
    cases = [(stage.head, stage.member.person), (stage.secretary, stranger)]
    reasons = []
    for by, user in cases:
        with pytest.raises(Refused) as refusal:
            actions.invite(user, stage.staff, by=by, now=timezone.now())
        reasons.append(refusal.value.verdict.reason)
    assert reasons == ["not_your_role", "no_post"]
