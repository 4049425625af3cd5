"""Whose second factor and whose e-mail a secretary may touch: of people of the own Staff alone."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from members import actions, links
from members.models import Invitation, JournalEntry, Notice, Place, User
from members.permissions import Actor
from members.states import Mail
from regulation.verdicts import Refused
from tests import stage as scene
from tests.stage import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return scene.set_stage()


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.person)
    return client


def factor_of(user: User) -> None:
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})


def place_for(user: User, by: Actor) -> Place:
    """Give `user` a place in the Staff of `by`."""
    return actions.grant_place(
        by.staff,
        email=user.email,
        name=user.name,
        role="analyst",
        since=timezone.localdate(),
        by=by,
        now=timezone.now(),
    )


def reset(user: User, by: Actor) -> None:
    actions.reset_second_factor(user, recognised="in_person", by=by, now=timezone.now())


# A lost second factor


def test_a_place_given_by_another_secretary_does_not_open_the_account_of_a_head(stage: Stage) -> None:
    other, head = scene.set_stage("other-staff"), stage.head
    factor_of(head.person)
    client = client_of(head)
    place_for(head.person, other.secretary)
    for by in (other.secretary, stage.secretary):
        with pytest.raises(Refused) as refusal:
            reset(head.person, by)
        assert refusal.value.verdict.reason == "factor_of_another_staff"
    assert Authenticator.objects.filter(user=head.person).exists()
    assert client.get("/test-staff/").status_code == 200
    page = client_of(other.secretary).get("/other-staff/people/").content.decode()
    assert f"/people/{head.person.pk}/second-factor/" not in page


def test_a_place_elsewhere_that_is_over_hinders_nothing(stage: Stage) -> None:
    other = scene.set_stage("other-staff")
    factor_of(stage.head.person)
    actions.end_place(place_for(stage.head.person, other.secretary), by=other.secretary, now=timezone.now())
    reset(stage.head.person, stage.secretary)
    assert not Authenticator.objects.exists()


def test_the_administrator_resets_it_at_the_server_and_every_staff_is_told(stage: Stage) -> None:
    other, user, client = scene.set_stage("other-staff"), stage.head.person, client_of(stage.head)
    factor_of(user)
    place_for(user, other.secretary)
    call_command("reset_second_factor", user.email.upper(), recognised="by_phone", stdout=StringIO())
    entries = JournalEntry.objects.filter(act="person.second_factor_reset").order_by("staff__code")
    assert list(entries.values_list("staff__code", "actor_text", "data__recognised")) == [
        ("other-staff", "Портал", "by_phone"),
        ("test-staff", "Портал", "by_phone"),
    ]
    assert not Authenticator.objects.exists()
    assert client.get("/test-staff/")["Location"].startswith("/accounts/login/")
    assert set(Notice.objects.filter(event="second_factor_reset").values_list("recipient", flat=True)) == {
        user.pk
    }


@pytest.mark.parametrize("whose", ["nobody@example.test", "head1@test-staff.example"])
def test_the_command_says_what_is_not_there(stage: Stage, whose: str) -> None:
    with pytest.raises(CommandError):
        call_command("reset_second_factor", whose, recognised="by_phone", stdout=StringIO())


# A mistyped e-mail


def invited(stage: Stage, email: str = "mistyped@example.test") -> User:
    place_for(User(email=email, name="Ж. Жаңа"), stage.secretary)
    return User.objects.get(email=email)


def test_a_mistyped_address_is_corrected_and_the_invitation_goes_to_the_right_one(stage: Stage) -> None:
    user = invited(stage)
    old = Invitation.objects.get()
    Notice.objects.create(
        staff=stage.staff,
        key="other",
        event="test",
        recipient=user,
        name=user.name,
        email=user.email,
        created_at=timezone.now(),
        available_at=timezone.now(),
        mail=Mail.FAILED,
        path="/test-staff/",
    )
    path = f"/test-staff/people/{user.pk}/email/"
    client = client_of(stage.secretary)
    assert path in client.get("/test-staff/people/").content.decode()
    answer = client.post(path, {"email": "Right@Example.test"})
    user.refresh_from_db()
    assert (answer["Location"], user.email) == ("/test-staff/people/", "right@example.test")
    assert Client().get(f"/invitations/{links.token_of(old.pk)}/").status_code == 410
    letters = Notice.objects.order_by("pk").values_list("event", "email", "mail")
    assert sorted(letters) == [
        ("invitation", "", "waiting"),
        ("invitation", "right@example.test", "waiting"),
        ("test", "right@example.test", "waiting"),
    ]
    entry = JournalEntry.objects.get(act="person.email_corrected")
    assert "@" not in str(entry.data)


def refusal_of(user: User, by: Actor, email: str = "right@example.test") -> str:
    with pytest.raises(Refused) as refusal:
        actions.correct_email(user, email=email, by=by, now=timezone.now())
    return refusal.value.verdict.reason


def test_whose_address_does_not_change(stage: Stage) -> None:
    other, user = scene.set_stage("other-staff"), invited(stage)
    signed_in = User.objects.create_user("once@example.test", name="Б. Бұрын", last_login=timezone.now())
    place_for(signed_in, stage.secretary)
    assert refusal_of(stage.member.person, stage.secretary) == "email_in_use"
    assert refusal_of(signed_in, stage.secretary) == "email_in_use"
    assert refusal_of(user, stage.secretary, stage.head.person.email.upper()) == "email_taken"
    assert refusal_of(user, stage.head) == "not_your_role"
    assert refusal_of(user, other.secretary) == "no_post"
    place_for(user, other.secretary)
    assert refusal_of(user, stage.secretary) == "email_of_another_staff"


def test_a_taken_address_is_told_in_the_form(stage: Stage) -> None:
    user = invited(stage)
    answer = client_of(stage.secretary).post(
        f"/test-staff/people/{user.pk}/email/", {"email": stage.head.person.email}
    )
    assert (answer.status_code, User.objects.get(pk=user.pk).email) == (200, "mistyped@example.test")


# What waits when the last place ends


def waiting() -> list[tuple[str, str]]:
    return sorted(Notice.objects.values_list("event", "email"))


def test_who_leaves_gets_no_letter_that_still_waits(stage: Stage) -> None:
    user = invited(stage)
    actions.end_place(Place.objects.get(), by=stage.secretary, now=timezone.now())
    assert waiting() == [("invitation", "")]
    assert Invitation.objects.get(user=user).withdrawn_at is not None


def test_who_keeps_another_place_gets_it(stage: Stage) -> None:
    user = invited(stage)
    Place.objects.create(staff=stage.staff, user=user, role="auditor", since=timezone.localdate())
    actions.end_place(Place.objects.get(role="analyst"), by=stage.secretary, now=timezone.now())
    assert waiting() == [("invitation", "mistyped@example.test")]
    assert Invitation.objects.get(user=user).withdrawn_at is None


def test_the_letter_of_a_withdrawn_invitation_does_not_go(stage: Stage) -> None:
    invited(stage)
    actions.withdraw_invitation(Invitation.objects.get(), by=stage.secretary, now=timezone.now())
    assert waiting() == [("invitation", "")]
